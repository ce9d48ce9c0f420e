"""A timer behind a limiter of its own sends as often as the limiter lets it: the limit is not counted twice."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.load.models import project, rates, scenario

ASK = "await fetch('https://a.test/one');"
EARLY = "if (Date.now() - at < 60_000) return; at = Date.now();"
ALONE = {
    "that leaves": f"let at = 0; setInterval(async () => {{ {EARLY} {ASK} }}, 1000);",
    "around the call": f"let at = 0; setInterval(async () => {{ if (Date.now() - at > 60_000) {{ at = Date.now(); {ASK} }} }}, 1000);",
    "in a function": f"let at = 0; async function load() {{ {EARLY} {ASK} }} setInterval(load, 1000);",
}  # fmt: skip
TWICE = (
    f"let at = 0; async function load() {{ {EARLY} {ASK} }} setInterval(load, 1000);\nsetInterval(() => load(), 2000);"
)


def minute(source: str, **fields: int) -> float:
    """Requests a minute that are expected."""
    found = rates(project({"main.ts": source}), scenario(**fields))
    return sum(one.expected for one in found.values()) * 60


@pytest.mark.parametrize("name", ALONE)
def test_the_only_timer_behind_a_limiter_is_let_through(name: str) -> None:
    assert minute(ALONE[name]) == pytest.approx(1)
    assert minute(ALONE[name], worker_instances=3) == pytest.approx(3)


def test_two_timers_share_what_a_limiter_lets_through() -> None:
    assert minute(TWICE) < 1
