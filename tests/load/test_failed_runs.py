"""Polls that come sooner after a run that failed: as often as usual where nothing fails."""

from __future__ import annotations

import pytest

from callaudit.load.assumptions import assumptions
from callaudit.load.conditions import condition
from callaudit.load.model import Alternative
from callaudit.load.ranges import Range, exactly
from callaudit.load.simulation import simulate
from tests.load.models import model, project, rates, scenario, stream

ASK = "const r = await fetch('https://a.test/one');"
LATE = {
    "where it is well": f"{ASK} if (r.ok) at = Date.now();",
    "after the request": f"{ASK} at = Date.now();",
}
ALWAYS = f"at = Date.now(); {ASK}"


def polls(body: str) -> dict[str, str]:
    """A server that asks each second whether a minute is over."""
    return {
        "main.ts": f"let at = 0; setInterval(async () => {{ if (Date.now() - at < 60_000) return; {body} }}, 1000);"
    }


def asked(body: str, failure: Range) -> Range:
    """Requests a minute."""
    (found,) = rates(project(polls(body)), scenario(failure=failure)).values()
    return found.scaled(60)


@pytest.mark.parametrize("name", LATE)
def test_nothing_that_fails_is_asked_at_the_usual_interval(name: str) -> None:
    assert asked(LATE[name], exactly(0)).expected == pytest.approx(asked(ALWAYS, exactly(0)).expected)
    assert asked(LATE[name], exactly(0)).high == pytest.approx(asked(ALWAYS, exactly(0)).high)


@pytest.mark.parametrize("name", LATE)
def test_what_always_fails_is_asked_each_time(name: str) -> None:
    assert asked(LATE[name], exactly(1)).high == pytest.approx(60)
    often = asked(LATE[name], Range(0, 0.1, 0.5))
    assert asked(LATE[name], exactly(0)).high < often.expected < often.high < 60


def test_a_time_that_any_run_notes_does_not_follow_failures() -> None:
    assert asked(ALWAYS, exactly(1)).high == pytest.approx(asked(ALWAYS, exactly(0)).high)


def test_it_is_said_what_is_assumed() -> None:
    said = {one.name: one.value for one in assumptions(scenario(), project(polls(LATE["after the request"])))}
    assert said["conditions.failed"] == "a run failed"


def test_only_an_interval_knows_of_failures() -> None:
    """What is called `failed` elsewhere may be anything."""
    rate = next(iter(rates(model(stream(when=condition("failed"))), scenario()).values()))
    assert rate.low < rate.expected < rate.high


def test_the_simulation_asks_as_often() -> None:
    usual = Alternative(60.0, condition("!failed", of_interval=True))
    sooner = Alternative(1.0, condition("failed", of_interval=True))
    poll = stream(alternatives=(sooner, usual))
    run = simulate(model(poll), scenario(), seconds=600)
    assert run.buckets[0].requests_per_second == pytest.approx(100 / 60, rel=0.05)
