"""Branches that exclude each other: one run of an action makes no more calls than its entry, however it goes."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.load.ranges import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from callaudit.load.model import Model, Run, Stream
    from callaudit.load.situation import Situation


def bounded_runs(model: Model) -> dict[str, tuple[Run, tuple[Stream, ...]]]:
    """The actions whose entry says how many calls a run makes at most, with their own streams, free of caches."""
    by_action: dict[str, list[Stream]] = {}
    for stream in model.streams:
        if stream.kind == "action":
            by_action.setdefault(stream.action, []).append(stream)
    return {
        run.name: (run, tuple(streams))
        for run in model.runs
        if run.max is not None
        and len(streams := by_action.get(run.name, [])) > 1
        and not any(one.caches or one.queues for one in streams)
    }


def too_many(
    bounded: Mapping[str, tuple[Run, tuple[Stream, ...]]], bucket: str, situation: Situation
) -> tuple[float, float]:
    """Requests and units per second that the sum over the endpoints of actions has too many at most.

    Only of actions whose calls are all charged to `bucket`: of others nothing says which way costs it most.
    """
    requests = units = 0.0
    for name in {action.entry for action in situation.scenario.actions} & bounded.keys():
        run, streams = bounded[name]
        rate = situation.action_rate(name).high
        if rate > 0:
            calls, cost = excess(run, streams, bucket, situation)
            requests, units = requests + product(calls, rate), units + product(cost, rate)
    return requests, units


def excess(run: Run, streams: Sequence[Stream], bucket: str, situation: Situation) -> tuple[float, float]:
    """Calls and units of one run by which the sum over its endpoints is above the dearest way through them."""
    keys_set = situation.scenario.keys_set
    prices = [
        sum(charge.cost.high for charge in one.paid(keys_set=keys_set) if charge.bucket == bucket) for one in streams
    ]
    charged = all(any(charge.bucket == bucket for charge in one.paid(keys_set=keys_set)) for one in streams)
    calls = [product(one.calls.high, situation.attempts(one).high) for one in streams]
    if run.max is None or not charged or inf in calls or inf in prices:
        return 0.0, 0.0
    expected = sum(one.calls.expected * situation.attempts(one).expected for one in streams)
    most = max(float(run.max), expected)
    whole = sum(product(many, price) for many, price in zip(calls, prices, strict=True))
    return max(0.0, sum(calls) - most), whole - dearest_way(zip(calls, prices, strict=True), most)


def dearest_way(ways: Iterable[tuple[float, float]], most: float) -> float:
    """Units of at most so many calls, of each price no more than there are, the dearest first."""
    units = 0.0
    for many, price in sorted(ways, key=lambda one: -one[1]):
        taken = min(many, most)
        units, most = units + taken * price, most - taken
    return units
