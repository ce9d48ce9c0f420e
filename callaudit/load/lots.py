"""Streams of one shape added up, and those of many shapes and caches that ask most."""

from __future__ import annotations

from functools import partial
from heapq import nlargest
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.demand import Demand, Total, together
from callaudit.load.ways import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from callaudit.load.model import Stream
    from callaudit.load.ranges import Range
    from callaudit.load.situation import Situation
    from callaudit.load.ways import Share

    Heap = tuple[float, Callable[[], Iterator[tuple[Stream, "Part"]]]]


class Part(Struct, frozen=True):
    """What one stream, or all of one shape, asks of a bucket per second: requests and units."""

    requests: Range
    units: Range


class Member(Struct, frozen=True):
    """One stream of a lot, and what a request of it costs there."""

    demand: Demand
    price: Range
    stream: Stream


class Lot(Struct, frozen=True):
    """Streams of one shape, what all of them ask, and the dearest of them in order."""

    total: Total
    dearest: tuple[Member, ...]


def lots_of(members: Sequence[Member]) -> list[Lot]:
    """Streams by their shapes."""
    by_shape: dict[object, list[Member]] = {}
    for member in members:
        by_shape.setdefault(member.demand.shape, []).append(member)
    return [
        Lot(together([(one.demand, one.price) for one in same]), tuple(sorted(same, key=_weight)[:TOP]))
        for same in by_shape.values()
    ]


def of_lots(lots: Iterable[Lot], situation: Situation) -> list[Heap]:
    """What each lot asks for in all, and how to see the dearest of its streams."""

    def opened(lot: Lot) -> Iterator[tuple[Stream, Part]]:
        for member in lot.dearest:
            rate = situation.rate(member.demand)
            yield member.stream, Part(rate, rate * member.price)

    return [(situation.rate(lot.total.units).expected, partial(opened, lot)) for lot in lots]


def of_shares(paid: Mapping[int, Share], left: Sequence[Range]) -> list[Heap]:
    """The same of streams behind caches."""

    def opened(left: Range, share: Share) -> Iterator[tuple[Stream, Part]]:
        for stream, scale, price in share.dearest:
            rate = left.scaled(scale)
            yield stream, Part(rate, rate * price)

    return [((left[place] * one.units).expected, partial(opened, left[place], one)) for place, one in paid.items()]


def largest(heaps: Iterable[Heap]) -> list[tuple[Stream, Part]]:
    """The streams that ask most; heaps that can hold none of them are not opened."""
    found: list[tuple[Stream, Part]] = []
    for whole, opened in sorted(heaps, key=lambda one: -one[0]):
        if len(found) >= TOP and whole < nlargest(TOP, (part.units.expected for _, part in found))[-1]:
            break
        found += opened()
    used = [one for one in found if one[1].requests.high > 0]
    return sorted(used, key=lambda one: (-one[1].units.expected, -one[1].units.high, one[0].id))[:TOP]


def _weight(member: Member) -> tuple[float, int]:
    asked = sum(weight.expected for weight in member.demand.weights)
    return -asked * member.price.expected, member.stream.id
