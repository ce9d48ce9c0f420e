"""Adds up what each bucket has to bear: all streams of one shape at once, those behind caches one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.caches import passed
from callaudit.load.demand import demand, together
from callaudit.load.ranges import NOTHING, Range

if TYPE_CHECKING:
    from callaudit.load.demand import Demand, Total
    from callaudit.load.model import Charge, Model, Stream
    from callaudit.load.situation import Situation

TOP = 10
"""Contributors that are named."""


class Part(Struct, frozen=True):
    """What one stream, or all of one shape, asks of a bucket per second: requests and units."""

    requests: Range
    units: Range


class Lot(Struct, frozen=True):
    """Streams of one shape that one bucket is charged for, the dearest first."""

    total: Total
    streams: tuple[tuple[Demand, Charge, Stream], ...]


class Totals:
    """Answers for one model in any number of scenarios."""

    def __init__(self, model: Model) -> None:
        """Add up `model`."""
        self.model = model
        self._lots: dict[tuple[Range, bool], dict[str, list[Lot]]] = {}
        self._cached = [stream for stream in model.streams if stream.caches]
        self._kept = {charge.bucket for one in self._cached for charge in (*one.charges, *one.without_key)}

    def buckets(self, situation: Situation) -> dict[str, Part]:
        """What every bucket has to bear per second."""
        kept = self.behind_caches(situation)
        found: dict[str, Part] = {}
        for name, lots in self._of(situation).items():
            requests = units = NOTHING
            for lot in lots:
                requests = requests + situation.rate(lot.total.requests)
                units = units + situation.rate(lot.total.units)
            found[name] = Part(requests, units)
        for _, charge, part in kept:
            before = found.get(charge.bucket, Part(NOTHING, NOTHING))
            found[charge.bucket] = Part(before.requests + part.requests, before.units + part.units)
        return found

    def bucket(self, name: str, situation: Situation) -> Part:
        """What a bucket has to bear per second."""
        requests = units = NOTHING
        for lot in self._of(situation).get(name, ()):
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

    def streams(self, situation: Situation) -> list[tuple[Stream, Charge, Part]]:
        """What every stream asks of every bucket that it is charged to."""
        latency = situation.scenario.latency_s
        found = self.behind_caches(situation)
        for stream in self.model.streams:
            if not stream.caches:
                rate = situation.rate(demand(stream, latency))
                found += [(stream, charge, Part(rate, rate * charge.cost)) for charge in charges(stream, situation)]
        return sorted(found, key=lambda one: one[0].id)

    def top(self, name: str, situation: Situation, most: int = TOP) -> list[tuple[Stream, Part]]:
        """The streams that ask most of a bucket, by what is expected of units, then by what may be."""
        found = [(stream, part) for stream, charge, part in self.behind_caches(situation) if charge.bucket == name]
        lots = [(situation.rate(lot.total.units), lot) for lot in self._of(situation).get(name, ())]
        for whole, lot in sorted(lots, key=lambda one: -one[0].expected):
            if len(found) >= most and whole.expected < sorted(-part.units.expected for _, part in found)[most - 1] * -1:
                break
            for one, charge, stream in lot.streams[:most]:
                rate = situation.rate(one)
                found.append((stream, Part(rate, rate * charge.cost)))
        used = [one for one in found if one[1].requests.high > 0]
        return sorted(used, key=lambda one: (-one[1].units.expected, -one[1].units.high, one[0].id))[:most]

    def shared_caches(self, name: str) -> bool:
        """Whether a bucket's load is not linear in users: something behind it is kept."""
        return any(
            charge.bucket == name and stream.holder == "user"
            for stream in self._cached
            for charge in (*stream.charges, *stream.without_key)
        )

    def _of(self, situation: Situation) -> dict[str, list[Lot]]:
        key = (situation.scenario.latency_s, situation.scenario.keys_set)
        found = self._lots.get(key)
        if found is None:
            found = self._lots[key] = self._added(situation)
        return found

    def _added(self, situation: Situation) -> dict[str, list[Lot]]:
        by_bucket: dict[str, list[tuple[Demand, Charge, Stream]]] = {}
        for stream in self.model.streams:
            if not stream.caches:
                one = demand(stream, situation.scenario.latency_s)
                for charge in charges(stream, situation):
                    by_bucket.setdefault(charge.bucket, []).append((one, charge, stream))
        return {name: _lots(members) for name, members in by_bucket.items()}


def charges(stream: Stream, situation: Situation) -> tuple[Charge, ...]:
    """Whose quota pays for a stream."""
    return stream.charges if situation.scenario.keys_set or not stream.without_key else stream.without_key


def _lots(members: list[tuple[Demand, Charge, Stream]]) -> list[Lot]:
    by_shape: dict[object, list[tuple[Demand, Charge, Stream]]] = {}
    for member in members:
        by_shape.setdefault(member[0].shape, []).append(member)
    found: list[Lot] = []
    for same in by_shape.values():
        total = together((one, charge.cost) for one, charge, _ in same)[0]
        dearest = sorted(same, key=lambda one: (-_weight(one[0]) * one[1].cost.expected, one[2].id))
        found.append(Lot(total, tuple(dearest[:TOP])))
    return found


def _weight(one: Demand) -> float:
    return sum(weight.expected for weight in one.weights)
