"""What callaudit's load estimate says of one person on a page, in the surroundings of a visit."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import TYPE_CHECKING

from callaudit.load.ranges import exactly
from callaudit.load.scenario import Action, Scenario, Visit
from callaudit.load.situation import Situation
from callaudit.load.totals import Totals

if TYPE_CHECKING:
    from callaudit.load.model import Kind, Model
    from tests.e2e.visits import Plan


def steady(model: Model, plan: Plan, seconds: float, latency: float) -> dict[str, float]:
    """Requests to each endpoint in `seconds` on the open page, answers taking `latency` seconds."""
    return _counts(model, _scenario(plan, latency), seconds)


def opened(model: Model, plan: Plan) -> dict[str, float]:
    """Requests of one page load, without those of polls."""
    scenario = _scenario(plan, 0, dwell_s=exactly(1))
    return _counts(model, scenario, 1, "load")


def after(model: Model, plan: Plan, action: str, times: int) -> dict[str, float]:
    """Requests after an action was taken so many times, its refetches included."""
    scenario = _scenario(plan, 0, actions=(Action(action, exactly(times)),))
    return _counts(model, scenario, 1, "action", "refetch")


def behind(model: Model, action: str, rate: float, seconds: float) -> dict[str, float]:
    """Requests that leave in `seconds` when everybody together asks for a route `rate` times a second."""
    scenario = Scenario(name="e2e", users=1, actions=(Action(action, exactly(rate)),), retry_miss=exactly(0))
    return _counts(model, scenario, seconds, "action")


def _scenario(plan: Plan, latency: float, **more: object) -> Scenario:
    known: dict[str, object] = {"dwell_s": exactly(inf), **more}
    return Scenario(
        name="e2e",
        users=1,
        share_connected=exactly(1),
        websocket_uptime=exactly(plan.connected),
        focus_share=exactly(not plan.hidden),
        failure=exactly(plan.failing),
        latency_s=exactly(latency),
        pages=(Visit(plan.page, 1.0),),
        **known,  # type: ignore[arg-type]
    )


def _counts(model: Model, scenario: Scenario, seconds: float, *kinds: Kind) -> dict[str, float]:
    total: Counter[str] = Counter()
    totals, situation = Totals(model), Situation(scenario)
    for stream in model.streams:
        if not kinds or stream.kind in kinds:
            total[f"{stream.method} {stream.path}"] += totals.rate(stream, situation).expected * seconds
    return {name: count for name, count in total.items() if count}
