"""Timers that ask when a counter has run down."""

from __future__ import annotations

import pytest

from tests.projects import audited

EVERY = {
    "by one": "let left = 30;\nsetInterval(() => { left--; if (left <= 0) { left = 30; ask(); } }, 1000);",
    "in the test": "let left = 30;\nsetInterval(() => { if (--left > 0) return; left = 30; ask(); }, 1000);",
    "set in another function": """
        let left = 30;
        function refresh() { left = 30; ask(); }
        setInterval(() => { left -= 1; if (left === 0) refresh(); }, 1000);
        """,
    "a field": """
        class Poller {
          left = 30;
          run() { setInterval(() => { this.left--; if (this.left <= 0) { this.left = 30; ask(); } }, 1000); }
        }
        new Poller().run();
        """,
}
SOME = {
    "begins with what is given": """
        let left = 30;
        const begin = (given: number) => { left = given; };
        setInterval(() => { left--; if (left <= 0) { begin(Number(process.argv[2])); ask(); } }, 1000);
        """,
    "steps in some rounds": """
        let left = 30;
        setInterval(() => { if (process.argv[2]) { left--; if (left <= 0) { left = 30; ask(); } } }, 1000);
        """,
}
ALWAYS = {
    "never begins anew": "let left = 30;\nsetInterval(() => { left--; if (left <= 0) ask(); }, 1000);",
    "another counter": "let left = 30, n = 9;\nsetInterval(() => { n--; if (left <= 0) { left = 30; ask(); } }, 1000);",
    "before its end": "let left = 30;\nsetInterval(() => { left--; if (left > 0) ask(); else left = 30; }, 1000);",
}


def told(source: str) -> tuple[list[float], str]:
    """The intervals of the timer that asks, and why they are not known."""
    found = audited({"main.ts": f"const ask = () => fetch('https://a.test/one');\n{source}"})
    (timer,) = (one for one in found.triggers if one.kind == "timer" and one.reaches_upstream)
    return [span.ms for span in timer.intervals], timer.why


@pytest.mark.parametrize("how", EVERY)
def test_every_so_many_rounds(how: str) -> None:
    assert told(EVERY[how]) == ([30_000], "")


@pytest.mark.parametrize("how", SOME)
def test_how_often_is_not_known(how: str) -> None:
    assert told(SOME[how]) == ([], "only when left <= 0")


@pytest.mark.parametrize("how", ALWAYS)
def test_each_round_may_ask(how: str) -> None:
    assert told(ALWAYS[how]) == ([1000], "")
