"""How often streams fire, before any scenario: weights by the conditions under which they hold.

Streams that only differ in their intervals and prices are added up once, so that many scenarios cost little.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.load.conditions import terms
from callaudit.load.formulas import failing_period, poll_rate
from callaudit.load.model import Condition
from callaudit.load.ranges import NOTHING, Range, exactly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.model import Holder, Stream, Term
    from callaudit.load.restarts import Restart
    from callaudit.load.scenario import Pace


class Shape(Struct, frozen=True, cache_hash=True):
    """What decides how streams follow a scenario. `slots` are the conditions of their alternatives.

    Of polls that actions put off (`restarts`) `periods` are the seconds between runs in each slot.
    """

    group: str
    holder: Holder
    pages: tuple[str, ...]
    slots: tuple[Condition | None, ...]
    background: bool
    action: str
    retry_attempts: int
    failure_attempts: int
    fresh_s: Range
    restarts: tuple[Restart, ...] = ()
    periods: tuple[float, ...] = ()


class Demand(Struct, frozen=True):
    """A shape with one weight for each slot: calls a second where it repeats, else calls of one firing."""

    shape: Shape
    weights: tuple[Range, ...]


class Total(Struct, frozen=True):
    """What streams of one shape ask for together, in requests and in units of a bucket."""

    requests: Demand
    units: Demand


def demand(stream: Stream, pace: Pace) -> Demand:
    """What one stream asks for, in requests, without those that are sent again."""
    if stream.kind not in REPEATING:
        return Demand(_shape(stream, (stream.when,)), (stream.calls,))
    slots: dict[Condition | None, Range] = {}
    rates: list[Range] = []
    for one in stream.alternatives:
        rate = _rate(stream, one.seconds, pace)
        if one.when is None:
            rates.append(rate)
        else:
            slot = _both(stream.when, one.when)
            slots[slot] = slots.get(slot, NOTHING) + rate
    if rates:
        slots[stream.when] = slots.get(stream.when, NOTHING) + _one_of(rates)
    shape = _shape(stream, tuple(slots))
    if stream.restarts:
        shape = replace(shape, restarts=stream.restarts, periods=tuple(1 / rate.expected for rate in slots.values()))
    return Demand(shape, tuple(stream.calls * rate for rate in slots.values()))


def together(demands: Sequence[tuple[Demand, Range]]) -> Total:
    """Add up demands of one shape, each with the price of a request."""
    shape = demands[0][0].shape
    requests, units = [NOTHING] * len(shape.slots), [NOTHING] * len(shape.slots)
    for one, price in demands:
        for place, weight in enumerate(one.weights):
            requests[place] = requests[place] + weight
            units[place] = units[place] + weight * price
    return Total(Demand(shape, tuple(requests)), Demand(shape, tuple(units)))


def asked(shape: Shape) -> frozenset[Term]:
    """Everything that the conditions of a shape ask."""
    return frozenset(term for slot in shape.slots for term in terms(slot))


def _rate(stream: Stream, seconds: float, pace: Pace) -> Range:
    """Runs per second; where the interval begins after a run, what fails delays it by its attempts and waits."""
    latency, failure = pace.latency_s, pace.failure
    if stream.after_run and failure.high:
        attempts, delays = stream.failure_attempts, stream.failure_delays_s
        return Range(
            1 / failing_period(seconds, latency.high, failure.high, attempts, delays),
            1 / failing_period(seconds, latency.expected, failure.expected, attempts, delays),
            1 / failing_period(seconds, latency.low, failure.low, attempts, delays),
        )
    expected = poll_rate(seconds, latency.expected, after_run=stream.after_run)
    if not stream.after_run or latency.exact:
        return exactly(expected)
    low, high = (poll_rate(seconds, wait, after_run=True) for wait in (latency.high, latency.low))
    return Range(low, expected, high)


def _shape(stream: Stream, slots: tuple[Condition | None, ...]) -> Shape:
    return Shape(
        "repeat" if stream.kind in REPEATING else stream.kind,
        stream.holder,
        stream.pages,
        slots,
        stream.background,
        stream.action,
        stream.retry_attempts,
        stream.failure_attempts,
        stream.fresh_s,
    )


@cache
def _both(one: Condition | None, other: Condition) -> Condition:
    return other if one is None or one == other else Condition("all", (one, other))


def _one_of(rates: list[Range]) -> Range:
    """One of several rates, where nothing says which."""
    if len(rates) == 1:
        return rates[0]
    mean = sum(rate.expected for rate in rates) / len(rates)
    return Range(min(rate.low for rate in rates), mean, max(rate.high for rate in rates))
