"""Which part of a function that timers start again belongs to its rounds: the ways on which the timer is set anew.

A way that leaves, or that stands beside the one that sets the timer, is taken once, when the rounds are over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import Again, Called, Choice, Guarded, Repeated, parts_of
from callaudit.flow.effects.records import REST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.effects.effects import Effect

Place = tuple[str, int]
Parts = tuple[tuple["Effect", ...], tuple["Effect", ...]]


def rounds_and_end(effects: Sequence[Effect], place: Place) -> Parts:
    """What every round of the function at `place` does, and what is done when it does not start itself again."""
    known: dict[int, bool] = {}
    if not any(_holds(effect, place, known) for effect in effects):
        return _unmarked(effects, place), ()
    rounds, ends = _Split(place, known).sequence(effects, before=False, later=False, outside=False)
    return _unmarked(rounds, place), _unmarked(ends, place)


def _unmarked(effects: Sequence[Effect], place: Place) -> tuple[Effect, ...]:
    """A tree without the marks of a function that is started again, and without what held nothing else."""
    return rebuilt(
        effects,
        lambda effect: None if isinstance(effect, Again) and (effect.file, effect.function) == place else effect,
    )


def _holds(effect: Effect, place: Place, known: dict[int, bool]) -> bool:
    """Whether the function is started again somewhere in an effect."""
    found = known.get(id(effect))
    if found is None:
        if isinstance(effect, Again):
            found = (effect.file, effect.function) == place
        else:
            found = any(_holds(part, place, known) for part in parts_of(effect))
        known[id(effect)] = found
    return found


class _Split:
    """Takes a tree apart; `known` says which effects hold the mark of a timer that is set."""

    def __init__(self, place: Place, known: dict[int, bool]) -> None:
        self._place = place
        self._known = known
        self._parts: dict[object, Parts] = {}

    def sequence(self, effects: Sequence[Effect], *, before: bool, later: bool, outside: bool) -> Parts:
        """Both parts of what is done in order.

        `before`: the timer was set before; `later`: it is set after this in the function; `outside`: it is set by
        who called the function, which leaving the function does not keep from it.
        """
        effects = list(self._opened(effects))
        holds = [_holds(effect, self._place, self._known) for effect in effects]
        before = before or any(here and self._surely(effect) for effect, here in zip(effects, holds, strict=True))
        rounds: list[Effect] = []
        ends: list[Effect] = []
        over = False
        """Whether the timer was only set on ways that have left."""
        for number, effect in enumerate(effects):
            after = later or any(holds[number + 1 :])
            if over and not after:
                ends.append(effect)
                continue
            over = not before and not outside and isinstance(effect, Choice) and self._leaves(effect)
            each, last = self._effect(effect, before=before, later=after, outside=outside)
            rounds.extend(each)
            ends.extend(last)
            before = before or (holds[number] and not over)
        return tuple(rounds), tuple(ends)

    def _opened(self, effects: Sequence[Effect]) -> Iterator[Effect]:
        """Effects with what may be left out among them, where it sets the timer: else there is no round."""
        for effect in effects:
            rest = isinstance(effect, Guarded) and effect.guard.kind == REST
            if rest and _holds(effect, self._place, self._known):
                yield from self._opened(parts_of(effect))
            else:
                yield effect

    def _surely(self, effect: Effect) -> bool:
        """Whether the timer is set in a block that runs however what is before it ended."""
        marks = (one for one in walk_effects((effect,)) if isinstance(one, Again))
        return any(one.always and (one.file, one.function) == self._place for one in marks)

    def _effect(self, effect: Effect, *, before: bool, later: bool, outside: bool) -> Parts:
        if isinstance(effect, Called) and not _holds(effect, self._place, self._known):
            return (effect,), ()  # that it leaves keeps nobody else from anything
        seen = (id(effect), before, later, outside)
        if seen not in self._parts:
            self._parts[seen] = self._taken(effect, before=before, later=later, outside=outside)
        return self._parts[seen]

    def _taken(self, effect: Effect, *, before: bool, later: bool, outside: bool) -> Parts:
        if isinstance(effect, Choice):
            return self._choice(effect, before=before, later=later, outside=outside)
        if isinstance(effect, Called):
            body = self.sequence(effect.body, before=before, later=False, outside=later or outside)
        elif isinstance(effect, (Repeated, Guarded)):
            body = self.sequence(effect.body, before=before, later=later, outside=outside)
        else:
            return (effect,), ()
        if not body[1]:
            return (effect,), ()
        return tuple((replace(effect, body=part),) if part else () for part in body)  # type: ignore[return-value]

    def _leaves(self, choice: Choice) -> bool:
        """Whether the timer is set on ways alone that leave the function."""
        holding = [
            number
            for number, (_, way) in enumerate(choice.ways)
            if any(_holds(effect, self._place, self._known) for effect in way)
        ]
        return bool(holding) and all(number in choice.leaves for number in holding)

    def _choice(self, choice: Choice, *, before: bool, later: bool, outside: bool) -> Parts:
        holds = [any(_holds(effect, self._place, self._known) for effect in way) for _, way in choice.ways]
        each: list[tuple[str, tuple[Effect, ...]]] = []
        last: list[tuple[str, tuple[Effect, ...]]] = []
        for number, (label, way) in enumerate(choice.ways):
            if holds[number]:
                rounds, ends = self.sequence(way, before=before, later=later, outside=outside)
            elif not before and not outside and (number in choice.leaves or (any(holds) and not later)):
                rounds, ends = (), way
            else:
                rounds, ends = way, ()
            each.extend([(label, rounds)] if rounds else [])
            last.extend([(label, ends)] if ends else [])
        if not last:
            return (choice,), ()
        return tuple((Choice(choice.line, tuple(ways)),) if ways else () for ways in (each, last))  # type: ignore[return-value]
