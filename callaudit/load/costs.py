"""What one action and one minute on each page cost: the numbers that do not depend on how many users there are."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.inventory.model import REPEATING
from callaudit.load.branches import excess, lowered
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
    plain = frozenset(bucket.id for bucket in model.buckets if bucket.unit == "requests")
    found = [
        _action(run, by_action.get(run.name, []), scenario, plain)
        for run in model.runs
        if run.name in wanted or any(_writes(stream) for stream in by_action.get(run.name, ()))
    ]
    return tuple(sorted(found, key=lambda one: (-(one.credits.expected or 0), one.entry)))


def _writes(stream: Stream) -> bool:
    return stream.kind == "action" and stream.effect == "write"


def _action(run: Run, streams: list[Stream], scenario: Scenario, plain: frozenset[str]) -> ActionCost:
    situation = Situation(scenario)
    own = NOTHING
    buckets: dict[str, Range] = {}
    later = _Refetches()
    for stream in streams:
        asked = stream.calls * situation.attempts(stream)
        if stream.kind == "refetch":
            later.add((stream.file, stream.entry), "", asked)
        else:
            own = own + asked
        for charge in stream.paid(keys_set=scenario.keys_set):
            paid = asked * charge.cost
            if stream.kind == "refetch":
                later.add((stream.file, stream.entry), charge.bucket, paid)
            else:
                buckets[charge.bucket] = buckets.get(charge.bucket, NOTHING) + paid
    calls = [stream for stream in streams if stream.kind == "action"]
    for name, cost in buckets.items():
        buckets[name] = lowered(cost, excess(run, calls, name, situation)[1])
    for name in later.names - {""}:
        buckets[name] = buckets.get(name, NOTHING) + later.total(name)
    whole = NOTHING
    for cost in buckets.values():
        whole = whole + cost
    return ActionCost(
        entry=run.name,
        calls=Count(run.min, run.max, own.expected),
        credits=count(whole),
        file=run.file,
        line=run.line,
        buckets=tuple(sorted(buckets.items())),
        refetches=count(later.total("")),
        only_requests=plain.issuperset(buckets),
    )


class _Refetches:
    """What is asked again after an action, summed up by who makes it so: one run comes from one of them."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, tuple[str, str]], Range] = {}

    def add(self, owner: tuple[str, str], name: str, asked: Range) -> None:
        self._sums[name, owner] = self._sums.get((name, owner), NOTHING) + asked

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self._sums}

    def total(self, name: str) -> Range:
        """What is expected of all of them, each with its share of the runs; at most what one of them asks."""
        found = [one for (whose, _), one in self._sums.items() if whose == name]
        expected = sum(one.expected for one in found)
        most = max((one.high for one in found), default=0.0)
        return Range(min((one.low for one in found), default=0.0), expected, max(most, expected))


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
