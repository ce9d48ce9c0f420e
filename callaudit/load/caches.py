"""What caches let through: the streams behind one cache are asked together, for each key and each process."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.load.gates import Asked, Bounds, Gate, Regular, bounds, grown, let_through, opening
from callaudit.load.ranges import NOTHING, Range, exactly, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.load.situation import Situation
    from callaudit.load.ways import Gathered, Share, Way


class Term(Struct, frozen=True):
    """Streams that ask alike, as the search for the most users adds them up: `rate`, and units for each request."""

    ways: tuple[int, ...]
    regular: frozenset[int]
    grows: bool
    rate: Bounds
    units: Range


class Passing:
    """Answers for one situation; `growth` multiplies its users, with actions in proportion."""

    def __init__(self, gathered: Gathered, situation: Situation) -> None:
        """Ask once how much everybody asks for."""
        self._gathered = gathered
        self._situation = situation
        self._rates = [situation.rate(one.demand) for one in gathered.alikes]
        self._regular = [self._fastest(way) for way in gathered.ways]
        self._asked = [self._sum(number, way) for number, way in enumerate(gathered.ways)]
        self._left: list[Range] | None = None

    def left(self) -> list[Range]:
        """Requests per second that leave, of one of each that ask alike."""
        if self._left is None:
            gates = {number: self._gate(number, 1.0) for number in range(len(self._gathered.ways))}
            self._left = [
                self._through(one.ways, self._is_regular(place, one.ways), bounds(self._rates[place]), gates)
                for place, one in enumerate(self._gathered.alikes)
            ]
        return self._left

    def terms(self, shares: Mapping[int, Share]) -> list[Term]:
        """What a payer is asked for, those together whose rates stay in proportion whatever the number of users."""
        found: dict[object, Term] = {}
        for place, share in shares.items():
            one, rate = self._gathered.alikes[place], bounds(self._rates[place])
            if rate[2] <= 0:
                continue
            regular = self._is_regular(place, one.ways)
            scale = 1.0 if regular or inf in rate else rate[1] or rate[2]
            unit = (rate[0] / scale, rate[1] / scale, rate[2] / scale)
            key = (one.ways, regular, one.grows, *(round(part, 12) for part in unit))
            term = Term(one.ways, regular, one.grows, unit, share.units.scaled(scale))
            before = found.get(key)
            found[key] = term if before is None else replace(before, units=before.units + term.units)
        return list(found.values())

    def units(self, terms: Iterable[Term], growth: float) -> Range:
        """Units per second that leave for a payer when there are `growth` times as many users."""
        gates: dict[int, Gate | None] = {}
        low = expected = high = 0.0
        for term in terms:
            for number in term.ways:
                if number not in gates:
                    gates[number] = self._gate(number, growth)
            rate = grown(term.rate, growth) if term.grows else term.rate
            left = self._through(term.ways, term.regular, rate, gates)
            low += product(left.low, term.units.low)
            expected += product(left.expected, term.units.expected)
            high += product(left.high, term.units.high)
        return Range(low, expected, high)

    def _through(
        self, ways: tuple[int, ...], regular: frozenset[int], rate: Bounds, gates: Mapping[int, Gate | None]
    ) -> Range:
        """What all caches on a way let through, one after the other: about what the best one does."""
        found: Range | None = None
        for number in ways:
            gate = gates[number]
            left = let_through(gate, rate, polls=number in regular)
            if gate is not None and not self._gathered.ways[number].cache.certain:
                left = Range(left.low, rate[1], rate[2])
            found = left if found is None else _least(found, left)
        return found or NOTHING

    def _is_regular(self, place: int, ways: Iterable[int]) -> frozenset[int]:
        found = ((number, self._regular[number]) for number in ways)
        return frozenset(number for number, one in found if one is not None and one.alike == place)

    def _ttl(self, way: Way) -> float | None:
        """A request in flight is shared as long as it takes; a cache of unknown time may keep all or nothing."""
        cache = way.cache
        latency = self._situation.scenario.latency_s.expected
        return cache.ttl_s if cache.ttl_s is not None else latency if cache.kind == "dedup" else None

    def _sum(self, number: int, way: Way) -> Asked:
        """What is asked at each bound, without the regular poller."""
        regular = self._regular[number]
        sums = [[0.0] * 3 for _ in range(4)]
        for place in way.alikes:
            if regular is not None and regular.alike == place:
                continue
            one = self._gathered.alikes[place]
            scale = sum(multiple for _, multiple in one.members)
            for point, rate in enumerate(bounds(self._rates[place])):
                if rate == inf:
                    sums[2 + one.grows][point] += len(one.members)
                else:
                    sums[0 + one.grows][point] += rate * scale
        fixed, growing, endless, endless_growing = ((one[0], one[1], one[2]) for one in sums)
        return Asked(fixed, growing, endless, endless_growing)

    def _gate(self, number: int, growth: float) -> Gate | None:
        """What one way lets through; None where nothing says how long answers are kept."""
        way, asked, regular = self._gathered.ways[number], self._asked[number], self._regular[number]
        ttl = self._ttl(way)
        if ttl is None:
            return None
        points = [
            opening(
                asked.fixed[point] + asked.growing[point] * growth,
                asked.endless[point] + (asked.endless_growing[point] if growth else 0.0),
                copies,
                ttl,
                regular,
                product(bounds(regular.keys)[point], growth if regular.grows else 1.0) if regular is not None else 0.0,
            )
            for point, copies in enumerate(bounds(self._copies(way, growth)))
        ]
        parts, endless, polled = zip(*points, strict=True)
        return Gate(parts, endless, polled)

    def _copies(self, way: Way, growth: float) -> Range:
        """How many answers are kept: one for each key in each process that keeps its own."""
        scenario, cache = self._situation.scenario, way.cache
        there = self._situation.concurrent.scaled(growth)
        if cache.store == "browser":
            return there
        here = scenario.worker_instances if way.at_work else scenario.server_instances
        processes = float(here) if cache.store in ("process", "unknown") else 1.0
        if cache.scope == "shared" or not way.by_users:
            return exactly(processes)
        users = there if self._situation.visitor else there * scenario.share_connected
        most = Range(max(users.low, 1), max(users.expected, 1), max(users.high, 1)).scaled(processes)
        return most if cache.scope == "per-key" else Range(processes, most.expected, most.high)

    def _fastest(self, way: Way) -> Regular | None:
        """The poller whose requests for one key come at even times; None where many users' share an answer.

        Where several processes keep answers of their own, the requests of one user meet any of them, at random times.
        What a browser keeps is its user's own.
        """
        found: list[tuple[float, int, Regular]] = []
        cache, several = way.cache, self._situation.scenario.server_instances > 1
        for poller in way.pollers:
            by_user = poller.stream.holder == "user" and cache.store != "browser"
            spread = by_user and several and cache.store in ("process", "unknown")
            if spread or (by_user and cache.scope != "per-key") or self._rates[poller.alike].high <= 0:
                continue
            period = self._situation.period(poller.demand)
            if period is not None:
                keys = self._situation.rate(poller.demand).scaled(period)
                one = Regular(poller.alike, keys, period, self._gathered.alikes[poller.alike].grows)
                found.append((period, poller.stream.id, one))
        return min(found, key=lambda one: one[:2])[2] if found else None


def _least(one: Range, other: Range) -> Range:
    return Range(min(one.low, other.low), min(one.expected, other.expected), min(one.high, other.high))
