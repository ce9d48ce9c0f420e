"""How many instances of a trigger run at once: on one page, or in one process.

A hook that five components call polls five times, if each has a timer of its own or asks under another key; queries
with the same key are one. Where a part of a key is not known, calls of one hook are taken to mean the same data, and
the items of a list different ones.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.query_keys import varies
from callaudit.inventory import model as m
from callaudit.inventory.measure import Bounds, always_taken, rounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects import Choice, Repeated
    from callaudit.flow.records import Trigger
    from callaudit.frameworks.model import Entry

Place = tuple[str, int, str]
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
    """The counts of triggers by their numbers, and the most of each place, which ways that exclude each other share."""

    __slots__ = ("most", "of")

    def __init__(self) -> None:
        """Count nothing."""
        self.of: dict[int, Count] = {}
        self.most: dict[Place, float] = {}

    def mark(self, number: int, trigger: Trigger) -> None:
        """Count a trigger where it stands."""
        self.of[number] = Count(1, 1, bool(trigger.parts), not trigger.parts or any(map(varies, trigger.parts)))
        self.most[place_of(trigger)] = 1

    def add(self, more: Counts) -> None:
        """Count what runs beside what is counted here."""
        for number, count in more.of.items():
            before = self.of.get(number)
            self.of[number] = count if before is None else before.beside(count)
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
    found.of = {number: count.repeated(times) for number, count in counts.of.items()}
    found.most = {place: _product(most, times[1]) for place, most in counts.most.items()}
    return found


def in_one_way(ways: Sequence[Counts], choice: Choice) -> Counts:
    """The counts of a choice, of whose `ways` one is taken, or none."""
    found = Counts()
    for number in dict.fromkeys(number for way in ways for number in way.of):
        inside = [way.of[number] for way in ways if number in way.of]
        always = len(inside) == len(choice.ways) and always_taken(choice)
        least = min(count.least for count in inside) if always else 0
        found.of[number] = Count(least, max(count.most for count in inside), inside[0].merges, inside[0].varies)
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
        inside = [counts.of[number] for number in wanted if number in counts.of]
        most = min(sum(count.most for count in inside), counts.most.get(place, 0))
        if entry.kind in DERIVED or most <= 1:
            continue
        least = min(sum(count.least for count in inside), most)
        where = (entry.path or entry.name) if entry.kind == "page" else entry.name
        found[where] = m.Instances(where, int(least), None if most == inf else int(most))
    return tuple(found[where] for where in sorted(found))


def _product(one: float, other: float) -> float:
    return one * other if one and other else 0
