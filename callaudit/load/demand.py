"""How often streams fire, before any scenario: weights by the conditions under which they hold.

Streams that only differ in their intervals and prices are added up once, so that many scenarios cost little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.conditions import terms
from callaudit.load.formulas import poll_rate
from callaudit.load.model import Condition
from callaudit.load.ranges import NOTHING, Range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.model import Holder, Kind, Stream, Term

REPEATING = frozenset({"poll", "timer", "loop", "cron"})


class Shape(Struct, frozen=True):
    """What decides how streams follow a scenario. `slots` are the conditions of their alternatives."""

    group: str
    holder: Holder
    pages: tuple[str, ...]
    slots: tuple[Condition | None, ...]
    background: bool
    action: str
    retry_attempts: int
    failure_attempts: int
    fresh_s: Range


class Demand(Struct, frozen=True):
    """A shape with one weight for each slot: calls a second where it repeats, else calls of one firing."""

    shape: Shape
    weights: tuple[Range, ...]


class Total(Struct, frozen=True):
    """What streams of one shape ask for together, in requests and in units of a bucket."""

    requests: Demand
    units: Demand


def demand(stream: Stream, latency_s: Range) -> Demand:
    """What one stream asks for, in requests."""
    if stream.kind not in REPEATING:
        return Demand(_shape(stream, (stream.when,)), (stream.calls,))
    slots: dict[Condition | None, Range] = {}
    rates: list[Range] = []
    for one in stream.alternatives:
        rate = Range(
            poll_rate(one.seconds, latency_s.high, after_run=stream.after_run),
            poll_rate(one.seconds, latency_s.expected, after_run=stream.after_run),
            poll_rate(one.seconds, latency_s.low, after_run=stream.after_run),
        )
        if one.when is None:
            rates.append(rate)
        else:
            slot = _both(stream.when, one.when)
            slots[slot] = slots.get(slot, NOTHING) + rate
    if rates:
        slots[stream.when] = slots.get(stream.when, NOTHING) + _one_of(rates)
    return Demand(_shape(stream, tuple(slots)), tuple(stream.calls * rate for rate in slots.values()))


def together(demands: Iterable[tuple[Demand, Range]]) -> list[Total]:
    """Add up demands of one shape, each with the price of a request."""
    found: dict[Shape, tuple[list[Range], list[Range]]] = {}
    for one, price in demands:
        nothing = [NOTHING] * len(one.weights)
        requests, units = found.setdefault(one.shape, (nothing, list(nothing)))
        for number, weight in enumerate(one.weights):
            requests[number] = requests[number] + weight
            units[number] = units[number] + weight * price
    return [
        Total(Demand(shape, tuple(requests)), Demand(shape, tuple(units))) for shape, (requests, units) in found.items()
    ]


def asked(shape: Shape) -> frozenset[Term]:
    """Everything that the conditions of a shape ask."""
    return frozenset(term for slot in shape.slots for term in terms(slot))


def _shape(stream: Stream, slots: tuple[Condition | None, ...]) -> Shape:
    group: Kind | str = "repeat" if stream.kind in REPEATING else stream.kind
    return Shape(
        group,
        stream.holder,
        stream.pages,
        slots,
        stream.background,
        stream.action,
        stream.retry_attempts,
        stream.failure_attempts,
        stream.fresh_s,
    )


def _both(one: Condition | None, other: Condition) -> Condition:
    return other if one is None or one == other else Condition("all", (one, other))


def _one_of(rates: list[Range]) -> Range:
    """One of several rates, where nothing says which."""
    if len(rates) == 1:
        return rates[0]
    mean = sum(rate.expected for rate in rates) / len(rates)
    return Range(min(rate.low for rate in rates), mean, max(rate.high for rate in rates))
