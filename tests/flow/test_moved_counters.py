"""Loops whose body moves the counter as well go on, leave early, or begin anew: not as often as their head says."""

from __future__ import annotations

import pytest

from tests.projects import cases, run

ASK = "await fetch('https://a.test/one');"
LOOPS = {
    "it skips": (f"for (let i = 0; i < 10; i++) {{ if (i % 2) i += 1; {ASK} }}", (1, 10)),
    "it skips one": (f"for (let i = 10; i > 0; i--) {{ {ASK} if (go) i--; }}", (1, 10)),
    "it takes one again": (f"for (let i = 0; i < 10; i++) {{ {ASK} if (go) i--; }}", (1, None)),
    "it begins anew": (f"for (let i = 0; i < 10; i++) {{ {ASK} if (go) i = 0; }}", (1, None)),
    # ---
    "another counter": (f"let n = 0; for (let i = 0; i < 10; i++) {{ n += 1; {ASK} }}", (10, 10)),
    "it is only read": (f"for (let i = 0; i < 10; i++) {{ console.log(i + 1); {ASK} }}", (10, 10)),
}


@pytest.mark.parametrize("name", cases(LOOPS))
def test_how_often_a_loop_runs(name: str) -> None:
    source, wanted = LOOPS[name]
    assert run(f"const go = process.argv[2]; {source}") == {"GET a.test/one": wanted}


EARLY = {
    "some": ("['a', 'b', 'c'].some((id) => { fetch('https://a.test/one'); return id === go; });", (1, 3)),
    "find": ("['a', 'b', 'c'].find((id) => { fetch('https://a.test/one'); return id === go; });", (1, 3)),
    "a bound that moves": (f"let n = 3; for (let i = 0; i < n; i++) {{ {ASK} if (go) n++; }}", (0, None)),
    "a bound that the body counts down": (f"let n = 9; for (let i = 0; i < n; i++) {{ {ASK} n -= 1; }}", (0, None)),
    # ---
    "all of them": ("['a', 'b', 'c'].forEach(() => { fetch('https://a.test/one'); });", (3, 3)),
    "a bound that stays": (f"let n = 3; for (let i = 0; i < n; i++) {{ {ASK} }}", (3, 3)),
}


@pytest.mark.parametrize("name", cases(EARLY))
def test_what_ends_before_the_last_round(name: str) -> None:
    source, wanted = EARLY[name]
    assert run(f"async function f(go: string) {{ {source} }} f(process.argv[2]);") == {"GET a.test/one": wanted}


STOPS = {
    "find": ("a", (1, 1)),
    "findIndex": ("a", (1, 1)),
    "findLast": ("c", (1, 1)),
    "findLastIndex": ("c", (1, 1)),
    # ---
    "some": ("c", (0, 1)),
}


@pytest.mark.parametrize("name", cases(STOPS))
def test_which_item_is_surely_asked_for(name: str) -> None:
    item, wanted = STOPS[name]
    found = run(f"['a', 'b', 'c'].{name}((id) => {{ fetch(`https://a.test/${{id}}`); }});")
    assert found[f"GET a.test/{item}"] == wanted
    assert sorted(found) == ["GET a.test/a", "GET a.test/b", "GET a.test/c"]
