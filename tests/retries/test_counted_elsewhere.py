"""A function that starts itself again with a counter of its module has a bound, which is not known."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases

ASK = "try { return await fetch('https://a.test/one'); } catch (e)"
COUNTED = {
    "tested before the next start": f"let n = 0; async function load(k) {{ {ASK} {{ if (k < 3) return load(++n); throw e; }} }} await load(0);",
    "tested first": f"let n = 0; async function load(k) {{ if (k >= 3) return; {ASK} {{ return load(++n); }} }} await load(0);",
    "a second parameter": f"let n = 9; async function load(id, left) {{ {ASK} {{ if (left > 0) return load(id, --n); throw e; }} }} await load('a', 9);",
}
ENDLESS = {
    "nothing tests it": f"let n = 0; async function load(k) {{ {ASK} {{ return load(++n); }} }} await load(0);",
    "another parameter is tested": f"let n = 0; async function load(k, other) {{ {ASK} {{ if (other > 3) return load(++n, other); throw e; }} }} await load(0, JSON.parse(process.argv[2]));",
}


def why(source: str) -> str:
    """Why it is not known how often the only retry of a program tries."""
    (retry,) = audited({"main.js": source}).retries
    assert retry.max_attempts is None
    return retry.why or ""


@pytest.mark.parametrize("name", cases(COUNTED))
def test_a_counter_that_is_handed_on_bounds_it_somehow(name: str) -> None:
    assert "its bound is not known" in why(COUNTED[name])


@pytest.mark.parametrize("name", cases(ENDLESS))
def test_nothing_bounds_what_is_not_tested(name: str) -> None:
    assert "nothing bounds it" in why(ENDLESS[name])
