"""Adds up what each bucket has to bear: all streams of one shape at once, those behind caches one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.caches import passed
from callaudit.load.demand import REPEATING, Demand, demand, together
from callaudit.load.ranges import NOTHING, ONE, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from callaudit.load.demand import Total
    from callaudit.load.model import Charge, Model, Stream
    from callaudit.load.scenario import Pace
    from callaudit.load.situation import Situation

TOP = 10
"""Contributors that are named."""


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


class Totals:
    """Answers for one model in any number of scenarios."""

    def __init__(self, model: Model) -> None:
        """Add up `model`."""
        self.model = model
        self._lots: dict[Hashable, dict[str, list[Lot]]] = {}
        self._demands: dict[Pace, list[tuple[Stream, Demand]]] = {}
        self._cached = [stream for stream in model.streams if stream.caches]
        self._free = [stream for stream in model.streams if not stream.caches]
        self._kept = {charge.bucket for one in self._cached for charge in (*one.charges, *one.without_key)}

    def buckets(self, situation: Situation) -> dict[str, Part]:
        """What every bucket has to bear per second."""
        names = {*self._by_bucket(situation), *self._kept}
        return {name: self.bucket(name, situation) for name in sorted(names)}

    def bucket(self, name: str, situation: Situation) -> Part:
        """What a bucket has to bear per second."""
        requests = units = NOTHING
        for lot in self.lots(name, situation):
            requests = requests + situation.rate(lot.total.requests)
            units = units + situation.rate(lot.total.units)
        if name in self._kept:
            for _, charge, part in self.behind_caches(situation):
                if charge.bucket == name:
                    requests, units = requests + part.requests, units + part.units
        return Part(requests, units)

    def behind_caches(self, situation: Situation) -> list[tuple[Stream, Charge, Part]]:
        """What the streams with caches on their way ask for after these."""
        left = passed(self._cached, situation)
        return [
            (stream, charge, Part(left[stream.id], left[stream.id] * charge.cost))
            for stream in self._cached
            for charge in charges(stream, situation)
        ]

    def shared_caches(self, name: str) -> bool:
        """Whether a bucket's load is not linear in users: something that users ask for is kept."""
        return any(
            charge.bucket == name and stream.holder == "user"
            for stream in self._cached
            for charge in (*stream.charges, *stream.without_key)
        )

    def lots(self, name: str, situation: Situation) -> list[Lot]:
        """The streams without caches that a bucket is charged for."""
        return self._by_bucket(situation).get(name, [])

    def top(self, name: str, situation: Situation) -> list[tuple[Stream, Part]]:
        """The streams that ask most of a bucket, by what is expected of units, then by what may be."""
        kept = [(stream, part) for stream, charge, part in self.behind_caches(situation) if charge.bucket == name]
        return largest(self.lots(name, situation), kept, situation)

    def rate(self, stream: Stream, situation: Situation) -> Range:
        """Requests per second of one stream that leave, after caches."""
        return passed(self._cached, situation)[stream.id] if stream.caches else situation.asks(stream)

    def rates(self, situation: Situation) -> dict[int, Range]:
        """Requests per second that leave, after caches, of every stream by its id."""
        left = passed(self._cached, situation)
        return {one.id: left[one.id] if one.caches else situation.asks(one) for one in self.model.streams}

    def about(self, name: str, holds: Callable[[Stream], bool], situation: Situation) -> tuple[Range, list[Stream]]:
        """Requests per second of all streams for which `holds`, called `name`, and the largest of them."""
        key = ("about", name, situation.scenario.pace)
        if key not in self._lots:
            members = [Member(one, ONE, stream) for stream, one in self._asked(situation) if holds(stream)]
            self._lots[key] = {name: lots_of(members)}
        lots = self._lots[key][name]
        left = passed(self._cached, situation) if self._cached else {}
        kept = [(one, Part(left[one.id], left[one.id])) for one in self._cached if holds(one)]
        whole = NOTHING
        for lot in lots:
            whole = whole + situation.rate(lot.total.requests)
        for _, part in kept:
            whole = whole + part.requests
        return whole, [stream for stream, _ in largest(lots, kept, situation)]

    def polls(self, page: str, situation: Situation) -> float:
        """Requests per second that repeat while a page is open, before caches, as expected."""
        key = ("pages", situation.scenario.pace)
        if key not in self._lots:
            by_page: dict[str, list[Member]] = {}
            cached = [(one, demand(one, situation.scenario.pace)) for one in self._cached]
            for stream, one in (*self._asked(situation), *cached):
                for name in stream.pages if stream.holder == "user" and stream.kind in REPEATING else ():
                    by_page.setdefault(name, []).append(Member(one, ONE, stream))
            self._lots[key] = {name: lots_of(members) for name, members in by_page.items()}
        return sum(situation.rate(lot.total.requests).expected for lot in self._lots[key].get(page, ()))

    def _asked(self, situation: Situation) -> list[tuple[Stream, Demand]]:
        """What each stream without caches asks for."""
        pace = situation.scenario.pace
        if pace not in self._demands:
            self._demands[pace] = [(stream, demand(stream, pace)) for stream in self._free]
        return self._demands[pace]

    def _by_bucket(self, situation: Situation) -> dict[str, list[Lot]]:
        key = (situation.scenario.pace, situation.scenario.keys_set)
        if key not in self._lots:
            members: dict[str, list[Member]] = {}
            for stream, one in self._asked(situation):
                for charge in charges(stream, situation):
                    members.setdefault(charge.bucket, []).append(Member(one, charge.cost, stream))
            self._lots[key] = {name: lots_of(found) for name, found in members.items()}
        return self._lots[key]


def charges(stream: Stream, situation: Situation) -> tuple[Charge, ...]:
    """Whose quota pays for a stream."""
    return stream.charges if situation.scenario.keys_set or not stream.without_key else stream.without_key


def lots_of(members: Sequence[Member]) -> list[Lot]:
    """Streams by their shapes."""
    by_shape: dict[object, list[Member]] = {}
    for member in members:
        by_shape.setdefault(member.demand.shape, []).append(member)
    return [
        Lot(together([(one.demand, one.price) for one in same]), tuple(sorted(same, key=_weight)[:TOP]))
        for same in by_shape.values()
    ]


def largest(lots: Iterable[Lot], kept: list[tuple[Stream, Part]], situation: Situation) -> list[tuple[Stream, Part]]:
    """The streams that ask most, of lots and of what caches left; lots that can hold none of them are not opened."""
    found = list(kept)
    rated = sorted(((situation.rate(lot.total.units).expected, lot) for lot in lots), key=lambda one: -one[0])
    for whole, lot in rated:
        known = sorted((part.units.expected for _, part in found), reverse=True)
        if len(known) >= TOP and whole < known[TOP - 1]:
            break
        for member in lot.dearest:
            rate = situation.rate(member.demand)
            found.append((member.stream, Part(rate, rate * member.price)))
    used = [one for one in found if one[1].requests.high > 0]
    return sorted(used, key=lambda one: (-one[1].units.expected, -one[1].units.high, one[0].id))[:TOP]


def _weight(member: Member) -> tuple[float, int]:
    asked = sum(weight.expected for weight in member.demand.weights)
    return -asked * member.price.expected, member.stream.id
