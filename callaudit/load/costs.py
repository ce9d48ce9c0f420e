"""What one action and one minute on each page cost: the numbers that do not depend on how many users there are."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.load.branches import excess
from callaudit.load.demand import REPEATING
from callaudit.load.ranges import NOTHING, Range
from callaudit.load.resolve import for_one_page
from callaudit.load.results import ActionCost, Count, PageCost
from callaudit.load.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.model import Model, Run, Stream
    from callaudit.load.scenario import Scenario

MINUTE_S = 60


def action_costs(model: Model, scenario: Scenario, named: Iterable[str] = ()) -> tuple[ActionCost, ...]:
    """What each action costs in one run that writes upstream, or is in `named` or the scenario, the dearest first."""
    wanted = {*named, *(action.entry for action in scenario.actions)}
    by_action: dict[str, list[Stream]] = {}
    for stream in model.streams:
        if stream.action:
            by_action.setdefault(stream.action, []).append(stream)
    found = [
        _action(run, by_action.get(run.name, []), scenario)
        for run in model.runs
        if run.name in wanted or any(_writes(stream) for stream in by_action.get(run.name, ()))
    ]
    return tuple(sorted(found, key=lambda one: (-(one.credits.expected or 0), one.entry)))


def _writes(stream: Stream) -> bool:
    return stream.kind == "action" and stream.effect == "write"


def _action(run: Run, streams: list[Stream], scenario: Scenario) -> ActionCost:
    situation = Situation(scenario)
    own = again = NOTHING
    buckets: dict[str, Range] = {}
    for stream in streams:
        asked = stream.calls * situation.attempts(stream)
        if stream.kind == "refetch":
            again = again + asked
        else:
            own = own + asked
        for charge in stream.paid(keys_set=scenario.keys_set):
            buckets[charge.bucket] = buckets.get(charge.bucket, NOTHING) + asked * charge.cost
    calls = [stream for stream in streams if stream.kind == "action"]
    for name, cost in buckets.items():
        over = excess(run, calls, name, situation)[1]
        if 0 < over < cost.high < inf:
            buckets[name] = Range(cost.low, cost.expected, max(cost.high - over, cost.expected))
    paid = NOTHING
    for cost in buckets.values():
        paid = paid + cost
    return ActionCost(
        entry=run.name,
        calls=Count(run.min, run.max, own.expected),
        credits=count(paid),
        file=run.file,
        line=run.line,
        buckets=tuple(sorted(buckets.items())),
        refetches=count(again),
    )


def page_costs(model: Model, scenario: Scenario) -> tuple[PageCost, ...]:
    """What one connected user asks of each bucket by having a page open: polls only, loads and actions left out."""
    windows = {bucket.id: bucket.window_s or MINUTE_S for bucket in model.buckets}
    polls = [stream for stream in model.streams if stream.holder == "user" and stream.kind in REPEATING]
    found: list[PageCost] = []
    for page in model.pages:
        here = Situation(for_one_page(scenario, page), visitor=True)
        requests: dict[str, Range] = {}
        units: dict[str, Range] = {}
        for stream in polls:
            if page in stream.pages:
                rate = here.asks(stream)
                for charge in stream.paid(keys_set=scenario.keys_set):
                    requests[charge.bucket] = requests.get(charge.bucket, NOTHING) + rate
                    units[charge.bucket] = units.get(charge.bucket, NOTHING) + rate * charge.cost
        found += [
            PageCost(
                page=page,
                bucket=name,
                requests_per_second=requests[name],
                credits_per_window=units[name].scaled(windows[name]),
                per_minute=units[name].scaled(MINUTE_S),
                scenario=scenario.name,
            )
            for name in sorted(requests)
        ]
    return tuple(found)


def count(value: Range) -> Count:
    """Bounds as a count: no `max` where data decides."""
    return Count(value.low, None if value.high == inf else value.high, value.expected)
