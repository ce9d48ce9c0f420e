"""How often the parts of call trees send requests, and which parts are the same."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import (
    EMIT,
    Called,
    Choice,
    Connection,
    Effect,
    Guarded,
    Repeated,
    Request,
    parts_of,
)
from callaudit.flow.effects.records import REST

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from callaudit.flow.effects.effects import Requested
    from callaudit.inventory.answers import Answers
    from callaudit.inventory.runs import Run

Bounds = tuple[float, float]
"""Fewest and most requests; `inf` where data decides."""

ZERO: Bounds = (0, 0)
ONE: Bounds = (1, 1)


def times(first: Bounds, second: Bounds) -> Bounds:
    """Return what `second` costs, `first` times."""
    least = first[0] * second[0] if first[0] and second[0] else 0
    most = first[1] * second[1] if first[1] and second[1] else 0
    return least, most


def sequence(parts: Iterable[Bounds]) -> Bounds:
    """Return the cost of all parts."""
    found = list(parts)
    return sum(part[0] for part in found), sum(part[1] for part in found)


def one_of(parts: Iterable[Bounds], *, always: bool) -> Bounds:
    """Return the cost of one of the parts, or of none of them unless `always`."""
    found = list(parts)
    least = min((part[0] for part in found), default=0)
    return least if always else 0, max((part[1] for part in found), default=0)


def always_taken(choice: Choice) -> bool:
    """Whether the ways of a choice leave out nothing."""
    if all(label.startswith(("it is ", "the receiver is ")) for label, _ in choice.ways):
        return bool(choice.ways)
    return len(choice.ways) > 1 and choice.ways[-1][0] == "otherwise"


class Measures:
    """Measures effects of all runs, each part once however many trees share it."""

    def __init__(self, answers: Answers) -> None:
        """Measure trees whose requests `answers` leads to the repository's own routes."""
        self._answers = answers
        self._bounds: dict[tuple[int, str], Bounds] = {}
        self._numbers: dict[int, int] = {}
        self._known: dict[Hashable, int] = {}

    def crossed(self, requested: Requested, app: str) -> Run | None:
        """Return the run of the repository's own route that answers a request from `app`, or None."""
        return self._answers.answer(requested, app)

    def number(self, effect: Effect) -> int:
        """Return a number that only equal effects share."""
        waiting = [effect]
        while waiting:
            top = waiting[-1]
            if id(top) in self._numbers:
                waiting.pop()
                continue
            missing = [part for part in parts_of(top) if id(part) not in self._numbers]
            if missing:
                waiting.extend(missing)
                continue
            key = _key(top, tuple(self._numbers[id(part)] for part in parts_of(top)))
            self._numbers[id(top)] = self._known.setdefault(key, len(self._known))
            waiting.pop()
        return self._numbers[id(effect)]

    def bounds(self, effects: Iterable[Effect], app: str) -> Bounds:
        """How many requests leave the repository when `effects` happen in `app`."""
        found = list(effects)
        waiting = [(effect, app) for effect in found]
        begun: set[tuple[int, str]] = set()
        while waiting:
            effect, place = waiting[-1]
            key = (id(effect), place)
            inside = [] if key in begun else self._inside(effect, place)
            missing = [part for part in inside if self._open(part, begun)]
            begun.add(key)
            if key in self._bounds:
                waiting.pop()
            elif missing:
                waiting.extend(missing)
            else:
                self._bounds[key] = self._combined(effect, place)
                waiting.pop()
        return sequence(self._bounds[id(effect), app] for effect in found)

    def _open(self, part: tuple[Effect, str], begun: set[tuple[int, str]]) -> bool:
        """Whether a part is still to be measured; one that was begun holds this one: routes in a circle."""
        key = (id(part[0]), part[1])
        return key not in self._bounds and key not in begun

    def _inside(self, effect: Effect, app: str) -> list[tuple[Effect, str]]:
        if isinstance(effect, Request):
            answers = [self.crossed(requested, app) for requested in effect.requests]
            return [(part, run.entry.app) for run in answers if run is not None for part in run.effects]
        return [(part, app) for part in parts_of(effect)]

    def _combined(self, effect: Effect, app: str) -> Bounds:
        if isinstance(effect, Request):
            return one_of((self._request(requested, app) for requested in effect.requests), always=True)
        if isinstance(effect, Choice):
            return one_of((self._sum(way, app) for _, way in effect.ways), always=always_taken(effect))
        if isinstance(effect, Repeated):
            return times(rounds(effect), self._sum(effect.body, app))
        if isinstance(effect, Guarded) and (effect.guard.kind == REST or effect.guard.part):
            return times((0, 1), self._sum(effect.body, app))
        return self._sum(effect.body, app) if isinstance(effect, (Called, Guarded)) else ZERO

    def _request(self, requested: Requested, app: str) -> Bounds:
        run = self.crossed(requested, app)
        if run is None:
            return ZERO if requested.target.method == EMIT else ONE  # a message that nobody listens for
        return self._sum(run.effects, run.entry.app)

    def _sum(self, effects: Iterable[Effect], app: str) -> Bounds:
        return sequence(self._bounds.get((id(effect), app), ZERO) for effect in effects)


def rounds(loop: Repeated) -> Bounds:
    """How often a loop runs."""
    return loop.least, inf if loop.most is None else loop.most


def _key(effect: Effect, parts: tuple[int, ...]) -> Hashable:
    """Everything about an effect, with numbers for its parts."""
    if isinstance(effect, Called):
        return (
            "called",
            effect.function,
            effect.file,
            effect.line,
            effect.defined_in,
            effect.defined,
            effect.awaited,
            parts,
        )
    if isinstance(effect, Repeated):
        marks = (effect.trigger, effect.retries, effect.together)
        return ("repeated", effect.kind, effect.line, effect.least, effect.most, effect.over, marks, parts)
    if isinstance(effect, Guarded):
        return ("guarded", effect.guard, parts)
    if isinstance(effect, Choice):
        ways = tuple((label, len(way)) for label, way in effect.ways)
        return ("choice", effect.line, ways, effect.by, parts)
    if isinstance(effect, Connection):
        return ("connection", effect.site, effect.url)
    return ("request", effect.requests if isinstance(effect, Request) else id(effect))
