"""Timers that stop themselves in the run in which they ask."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, entry

ONE = "GET a.test/one"
ONCE = {
    "behind a test": "const timer = setInterval(() => { if (go) { clearInterval(timer); ask(); } }, 100);",
    "after a way out": (
        "let timer; timer = setInterval(() => { if (!go) return; clearInterval(timer); ask(); }, 100);"
    ),
    "with what it gives": (
        "const timer = setInterval(() => { if (go) { ask(); return clearInterval(timer); } }, 100);"
    ),
    "a field": """
        class Parcel {
          wait() { this.every = setInterval(this.look, 100); }
          look = async () => {
            if (!this.door?.rings) return;
            clearInterval(this.every);
            const paid = await ask();
            console.log(paid);
          }
        }
        new Parcel().wait();
        """,
}
POLLS = {
    "stops after its answer": (
        "const timer = setInterval(async () => { const got = await ask(); if (got.ok) clearInterval(timer); }, 100);"
    ),
    "asks before the test": "const timer = setInterval(() => { ask(); if (go) clearInterval(timer); }, 100);",
    "asks in other runs too": """
        const timer = setInterval(() => { if (go) { clearInterval(timer); return; } ask(); }, 100);
        """,
    "stops another timer": """
        const other = setInterval(() => {}, 5000);
        const timer = setInterval(() => { if (go) { clearInterval(other); ask(); } }, 100);
        """,
    "waits for the answer first": (
        "const timer = setInterval(async () => { if (go) { await ask(); clearInterval(timer); } }, 100);"
    ),
}


def script(source: str) -> Files:
    return {"main.js": f"const go = process.argv[2] === 'x';\nconst ask = () => fetch('https://a.test/one');\n{source}"}


@pytest.mark.parametrize("how", ONCE)
def test_it_asks_once(how: str) -> None:
    found = audited(script(ONCE[how]))
    assert not [one for one in found.triggers if one.calls_network]
    assert brief(entry(found, "main.js"))[ONE] == (0, 1)


@pytest.mark.parametrize("how", POLLS)
def test_it_asks_in_other_runs_too(how: str) -> None:
    (timer,) = (one for one in audited(script(POLLS[how])).triggers if one.calls_network)
    assert [span.ms for span in timer.intervals] == [100]


@pytest.mark.xfail(strict=True, reason="only the function that a timer runs is read, not those that it calls")
def test_it_asks_once_in_a_function_that_its_function_calls() -> None:
    source = (
        "class Parcel { wait() { this.every = setInterval(() => this.look(), 100); }"
        " look() { if (!go) return; clearInterval(this.every); ask(); } } new Parcel().wait();"
    )
    assert not [one for one in audited(script(source)).triggers if one.calls_network]
