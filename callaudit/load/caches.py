"""What caches and queues let through: streams behind one are asked together, for each key and each process."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.load.gates import Asked, Bounds, Regular, grown
from callaudit.load.opened import Opened
from callaudit.load.ranges import Range, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.load.queues import Queue
    from callaudit.load.situation import Situation
    from callaudit.load.ways import Gathered, Share, Way


class Term(Struct, frozen=True):
    """Streams that ask alike, as the search for the most users adds them up: `rate`, and units for each request."""

    ways: tuple[int, ...]
    lines: tuple[int, ...]
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
        self._now = self._open(1.0)

    def left(self) -> list[Range]:
        """Requests per second that leave, of one of each that ask alike."""
        return [self._now.left(place) for place in range(len(self._gathered.alikes))]

    def waiting(self) -> list[tuple[Queue, Range, Range]]:
        """For each queue what comes to it, and what leaves it, per second."""
        return [(line.queue, *self._now.at_line(number)) for number, line in enumerate(self._gathered.lines)]

    def terms(self, shares: Mapping[int, Share]) -> list[Term]:
        """What a payer is asked for, those together whose rates stay in proportion whatever the number of users."""
        found: dict[object, Term] = {}
        for place, share in shares.items():
            one, rate = self._gathered.alikes[place], self._rates[place].points
            if rate[2] <= 0:
                continue
            regular = self._now.regular_in(place)
            scale = 1.0 if regular or inf in rate else rate[1] or rate[2]
            unit = (rate[0] / scale, rate[1] / scale, rate[2] / scale)
            key = (one.ways, one.lines, regular, one.grows, *(round(part, 12) for part in unit))
            term = Term(one.ways, one.lines, regular, one.grows, unit, share.units.scaled(scale))
            before = found.get(key)
            found[key] = term if before is None else replace(before, units=before.units + term.units)
        return list(found.values())

    def units(self, terms: Iterable[Term], growth: float) -> Range:
        """Units per second that leave for a payer when there are `growth` times as many users."""
        opened = self._open(growth)
        low = expected = high = 0.0
        for term in terms:
            rate = grown(term.rate, growth) if term.grows else term.rate
            left = opened.through(term.ways, term.lines, term.regular, rate)
            low += product(left.low, term.units.low)
            expected += product(left.expected, term.units.expected)
            high += product(left.high, term.units.high)
        return Range(low, expected, high)

    def _open(self, growth: float) -> Opened:
        return Opened(self._gathered, self._situation, self._rates, self._regular, self._asked, growth)

    def _sum(self, number: int, way: Way) -> Asked:
        """What is asked at each bound, without the regular poller."""
        regular = self._regular[number]
        sums = [[0.0] * 3 for _ in range(4)]
        for place in way.alikes:
            if regular is not None and regular.alike == place:
                continue
            one = self._gathered.alikes[place]
            scale = sum(multiple for _, multiple in one.members)
            for point, rate in enumerate(self._rates[place].points):
                if rate == inf:
                    sums[2 + one.grows][point] += len(one.members)
                else:
                    sums[0 + one.grows][point] += rate * scale
        fixed, growing, endless, endless_growing = ((one[0], one[1], one[2]) for one in sums)
        return Asked(fixed, growing, endless, endless_growing)

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
