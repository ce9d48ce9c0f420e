"""Caches and queues at one number of users: what each of them lets through, worked out when it is asked for."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from callaudit.load.gates import Asked, Bounds, Gate, Regular, grown, let_through, opening, queued
from callaudit.load.ranges import NOTHING, Range, exactly, product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.situation import Situation
    from callaudit.load.ways import Gathered, Line, Way


class Opened:
    """Answers for `growth` times the users of a situation."""

    def __init__(
        self,
        gathered: Gathered,
        situation: Situation,
        rates: Sequence[Range],
        regular: Sequence[Regular | None],
        asked: Sequence[Asked],
        growth: float,
    ) -> None:
        """Take what everybody asks for: `rates` by places, the regular poller and the sums of each way."""
        self._gathered = gathered
        self._situation = situation
        self._rates = rates
        self._regular = regular
        self._asked = asked
        self._growth = growth
        self._gates: dict[int, Gate | None] = {}
        self._lines: dict[int, Gate] = {}
        self._cached: dict[int, Range] = {}

    def left(self, place: int) -> Range:
        """Requests per second that leave, of one of those alike."""
        return self._in_lines(self._gathered.alikes[place].lines, self._behind_caches(place))

    def through(self, ways: tuple[int, ...], lines: tuple[int, ...], regular: frozenset[int], rate: Bounds) -> Range:
        """What all caches on a way let through of a rate, and then all queues."""
        return self._in_lines(lines, self._in_ways(ways, regular, rate))

    def at_line(self, number: int) -> tuple[Range, Range]:
        """What comes to one queue, and what leaves it."""
        comes = leaves = NOTHING
        for place in self._gathered.lines[number].alikes:
            scale = self._multiples(place)
            asked = self._behind_caches(place)
            comes = comes + asked.scaled(scale)
            leaves = leaves + let_through(self._line(number), asked.points, polls=False).scaled(scale)
        return comes, leaves

    def regular_in(self, place: int) -> frozenset[int]:
        """The ways in which one of those alike is the regular poller."""
        found = ((number, self._regular[number]) for number in self._gathered.alikes[place].ways)
        return frozenset(number for number, one in found if one is not None and one.alike == place)

    def _behind_caches(self, place: int) -> Range:
        if place not in self._cached:
            one, rate = self._gathered.alikes[place], self._rates[place].points
            rate = grown(rate, self._growth) if one.grows else rate
            self._cached[place] = self._in_ways(one.ways, self.regular_in(place), rate)
        return self._cached[place]

    def _in_ways(self, ways: tuple[int, ...], regular: frozenset[int], rate: Bounds) -> Range:
        """Several caches one after the other let through about what the best one does."""
        found: Range | None = None
        for number in ways:
            if number not in self._gates:
                self._gates[number] = self._gate(self._gathered.ways[number], number)
            gate = self._gates[number]
            left = let_through(gate, rate, polls=number in regular)
            if gate is not None and not self._gathered.ways[number].cache.certain:
                left = Range(left.low, rate[1], rate[2])
            found = left if found is None else _least(found, left)
        return Range(*rate) if found is None else found

    def _in_lines(self, lines: tuple[int, ...], asked: Range) -> Range:
        found = asked
        for number in lines:
            found = _least(found, let_through(self._line(number), asked.points, polls=False))
        return found

    def _gate(self, way: Way, number: int) -> Gate | None:
        """What one way lets through; None where nothing says how long answers are kept."""
        asked, regular, growth = self._asked[number], self._regular[number], self._growth
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
                product(regular.keys.points[point], growth if regular.grows else 1.0) if regular is not None else 0.0,
            )
            for point, copies in enumerate(self._copies(way).points)
        ]
        parts, endless, polled = zip(*points, strict=True)
        return Gate(parts, endless, polled)

    def _line(self, number: int) -> Gate:
        """What one queue lets through: its processes start so many a second, or have so many at work at a time."""
        if number not in self._lines:
            line = self._gathered.lines[number]
            sums, endless = [0.0] * 3, [0.0] * 3
            for place in line.alikes:
                for point, rate in enumerate(self._behind_caches(place).points):
                    if rate == inf:
                        endless[point] += len(self._gathered.alikes[place].members)
                    else:
                        sums[point] += rate * self._multiples(place)
            wait = self._situation.scenario.latency_s
            points = [
                queued(line.queue, sums[point], endless[point], copies, takes)
                for point, (copies, takes) in enumerate(
                    zip(self._queues(line).points, (wait.high, wait.expected, wait.low), strict=True)
                )
            ]
            parts, every = zip(*points, strict=True)
            self._lines[number] = Gate(parts, every, (0.0, 0.0, 0.0))
        return self._lines[number]

    def _queues(self, line: Line) -> Range:
        """How many of one queue there are."""
        scenario = self._situation.scenario
        if line.queue.store == "browser":
            return self._there
        here = scenario.worker_instances if line.at_work else scenario.server_instances
        return exactly(float(here) if line.queue.store in ("process", "unknown") else 1.0)

    @cached_property
    def _there(self) -> Range:
        """The users who are there."""
        return self._situation.concurrent.scaled(self._growth)

    def _multiples(self, place: int) -> float:
        return sum(multiple for _, multiple in self._gathered.alikes[place].members)

    def _copies(self, way: Way) -> Range:
        """How many answers are kept: one for each key in each process that keeps its own."""
        scenario, cache = self._situation.scenario, way.cache
        there = self._there
        if cache.store == "browser":
            return there
        here = scenario.worker_instances if way.at_work else scenario.server_instances
        processes = float(here) if cache.store in ("process", "unknown") else 1.0
        if cache.scope == "shared" or not way.by_users:
            return exactly(processes)
        users = there if self._situation.visitor else there * scenario.share_connected
        most = Range(max(users.low, 1), max(users.expected, 1), max(users.high, 1)).scaled(processes)
        return most if cache.scope == "per-key" else Range(processes, most.expected, most.high)

    def _ttl(self, way: Way) -> float | None:
        """A request in flight is shared as long as it takes; a cache of unknown time may keep all or nothing."""
        cache = way.cache
        latency = self._situation.scenario.latency_s.expected
        return cache.ttl_s if cache.ttl_s is not None else latency if cache.kind == "dedup" else None


def _least(one: Range, other: Range) -> Range:
    return Range(min(one.low, other.low), min(one.expected, other.expected), min(one.high, other.high))
