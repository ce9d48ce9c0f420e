"""A number that is computed, or counts, may be zero; what is put into a list later may not be in it yet."""

from __future__ import annotations

import pytest

from tests.projects import run


@pytest.mark.parametrize(
    "test",
    ["n & 1", "n - 1", "n % step", "rows.length - n"],
)
def test_a_number_that_is_not_known_may_be_zero(test: str) -> None:
    source = f"""
    let n = 0;
    async function main(rows, step) {{
      n++;
      if ({test}) return;
      await fetch('https://a.test/x');
    }}
    setInterval(() => main(load(), ask()), 1000);
    """
    assert run(source) == {"GET a.test/x": (0, 1)}


@pytest.mark.parametrize("test", ["{ n }", "[n]", "() => n"])
def test_what_is_no_number_is_there(test: str) -> None:
    source = f"let n = 0; function main() {{ n++; if ({test}) return; fetch('https://a.test/x'); }} main();"
    assert run(source) == {}


@pytest.mark.parametrize(
    "gate",
    [
        "const seen = []; async function f(id) { if (seen.includes(id)) return; seen.push(id); await ask(id); }",
        """class F {
          seen = [];
          async f(id) { if (this.seen.includes(id)) return; this.seen.push(id); await ask(id); }
        }
        const one = new F(); const f = (id) => one.f(id);""",
    ],
)
def test_what_is_put_in_later_may_not_be_there_yet(gate: str) -> None:
    source = f"const ask = (id) => fetch('https://a.test/' + id); {gate} setInterval(() => f('k'), 1000);"
    assert run(source) == {"GET a.test/k": (0, 1)}


def test_what_a_list_is_written_with_is_there() -> None:
    source = (
        "const seen = ['k']; function f(id) { if (seen.includes(id)) return; fetch('https://a.test/' + id); } f('k');"
    )
    assert run(source) == {}
