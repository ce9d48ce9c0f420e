"""Conditions of intervals that hold together: one that is one of several ways stands in brackets."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from callaudit.flow.effects.conditions import negated, together
from tests.projects import ENTRY, audited, cases

ASK = "const ask = () => fetch('https://a.test/one'); const argv = process.argv; const fast = argv[2], old = argv[3], late = argv[4]; "
SLEEP = "const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms)); "
TIMES = {
    "a choice in a choice": ASK + "setInterval(ask, fast || old ? (late ? 1000 : 2000) : 3000);",
    "a variable": ASK
    + "const every = fast || old ? (late ? 1000 : 2000) : 3000; setTimeout(function again() { ask(); setTimeout(again, every); }, every);",
}


@pytest.mark.parametrize("name", cases(TIMES))
def test_ways_that_hold_with_something_else_stand_in_brackets(name: str) -> None:
    (trigger,) = audited({ENTRY: TIMES[name]}).triggers
    whens = {span.ms: span.when for span in trigger.intervals}
    assert whens[1000] == "(fast || old) && late"
    assert whens[2000] == "(fast || old) && !late"


def test_rounds_of_a_loop_too() -> None:
    source = (
        ASK
        + SLEEP
        + "while (true) { const got = await ask(); if (fast || old) { if (late) { await sleep(1000); continue; } } await sleep(5000); }"
    )
    (trigger,) = audited({ENTRY: source}).triggers
    assert "(fast || old) && late" in {span.when for span in trigger.intervals}


def test_what_brackets_hold_together_gets_no_others() -> None:
    assert together(("a && b", "c")) == "a && b && c"
    assert together(("!(a || b)", "c")) == "!(a || b) && c"
    assert together(("!(a) || b", "c")) == "(!(a) || b) && c"
    assert together(("", "a || b", "a || b")) == "a || b"
    assert negated(together(("a", "b"))) == "!(a && b)"
