"""How many instances of a trigger run at once: on one page, or in one process.

A hook that five components call polls five times, if each has a timer of its own or asks under another key; queries
with the same key are one. Where a part of a key is not known, calls of one hook are taken to mean the same data, and
the items of a list different ones.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.queries.query_keys import varies
from callaudit.inventory import model as m
from callaudit.inventory.measure import Bounds, always_taken, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Choice, Repeated
    from callaudit.flow.effects.records import Trigger
    from callaudit.frameworks.model import Entry

Place = tuple[str, int, str]
Mark = tuple[int, int]
"""A trigger by its number, and the line of what runs again because it does, 0 for what it runs itself: an effect that
depends on what a timer sets is no instance of its own.
"""
DERIVED = frozenset({"hook", "component", "loop", "socket"})
"""Entries that others start."""


class Count(Struct, frozen=True):
    """Fewest and most instances of one trigger; `merges` holds where all of one place and key are one."""

    least: float
    most: float
    merges: bool
    varies: bool
    """Whether another item of a list is another instance."""

    def beside(self, other: Count) -> Count:
        """The count where both parts of a tree run."""
        if self.merges:
            return Count(max(self.least, other.least), max(self.most, other.most), self.merges, self.varies)
        return Count(self.least + other.least, self.most + other.most, self.merges, self.varies)

    def repeated(self, times: Bounds) -> Count:
        """The count where a part runs so many times."""
        least, most = times if self.varies else (min(times[0], 1), min(times[1], 1))
        return Count(_product(self.least, least), _product(self.most, most), self.merges, self.varies)


class Counts:
    """The counts of triggers by their marks, and the most of each place, which ways that exclude each other share."""

    __slots__ = ("most", "of")

    def __init__(self) -> None:
        """Count nothing."""
        self.of: dict[Mark, Count] = {}
        self.most: dict[tuple[Place, int], float] = {}

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the triggers that are counted."""
        return tuple(dict.fromkeys(number for number, _ in self.of))

    def mark(self, number: int, trigger: Trigger, line: int) -> None:
        """Count a trigger where it runs what stands at `line`."""
        after = line if trigger.kind == "timer" and line != trigger.line else 0
        count = Count(1, 1, bool(trigger.parts), not trigger.parts or any(map(varies, trigger.parts)))
        self.of[number, after] = count
        self.most[place_of(trigger), after] = 1

    def add(self, more: Counts) -> None:
        """Count what runs beside what is counted here."""
        for mark, count in more.of.items():
            before = self.of.get(mark)
            self.of[mark] = count if before is None else before.beside(count)
        for place, most in more.most.items():
            self.most[place] = self.most.get(place, 0) + most


def place_of(trigger: Trigger) -> Place:
    """What the contexts of one trigger share."""
    return trigger.file, trigger.line, trigger.mechanism


def in_rounds(counts: Counts, loop: Repeated) -> Counts:
    """The counts of the body of a loop, for all of its rounds."""
    times = rounds(loop)
    if times == (1, 1):
        return counts
    found = Counts()
    found.of = {mark: count.repeated(times) for mark, count in counts.of.items()}
    found.most = {place: _product(most, times[1]) for place, most in counts.most.items()}
    return found


def in_one_way(ways: Sequence[Counts], choice: Choice) -> Counts:
    """The counts of a choice, of whose `ways` one is taken, or none."""
    found = Counts()
    for mark in dict.fromkeys(mark for way in ways for mark in way.of):
        inside = [way.of[mark] for way in ways if mark in way.of]
        always = len(inside) == len(choice.ways) and always_taken(choice)
        least = min(count.least for count in inside) if always else 0
        found.of[mark] = Count(least, max(count.most for count in inside), inside[0].merges, inside[0].varies)
    for way in ways:
        for place, most in way.most.items():
            found.most[place] = max(most, found.most.get(place, 0))
    return found


def at_once(place: Place, numbers: Iterable[int], holders: Iterable[tuple[Entry, Counts]]) -> tuple[m.Instances, ...]:
    """Where several instances of the trigger at `place` run at once: it has `numbers`, one for each of its contexts.

    `holders` are the entries that have it, with all that they count.
    """
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, m.Instances] = {}
    for entry, counts in holders:
        least = most = 0.0
        for after in dict.fromkeys(line for number, line in counts.of if number in wanted):
            inside = [counts.of[number, after] for number in wanted if (number, after) in counts.of]
            here = min(sum(count.most for count in inside), counts.most.get((place, after), 0))
            least, most = max(least, min(sum(count.least for count in inside), here)), max(most, here)
        if entry.kind in DERIVED or most <= 1:
            continue
        where = (entry.path or entry.name) if entry.kind == "page" else entry.name
        found[where] = m.Instances(where, int(least), None if most == inf else int(most))
    return tuple(found[where] for where in sorted(found))


def _product(one: float, other: float) -> float:
    return one * other if one and other else 0
