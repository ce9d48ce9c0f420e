"""Visits the effects of call trees, and makes new trees of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import USER, Called, Choice, Guarded, Repeated, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from callaudit.flow.effects.effects import Effect


def anywhere(effect: Effect) -> bool:
    """Enter every effect."""
    del effect
    return True


def walk_effects(
    effects: Iterable[Effect], seen: set[int] | None = None, enter: Callable[[Effect], bool] = anywhere
) -> Iterator[Effect]:
    """Every effect of a tree, in the order in which they happen; of what `enter` refuses the parts are left out.

    Trees share their parts, so that a few functions that call each other twice have more paths than any run can
    follow: a part is visited once, also by several walks with one `seen`.
    """
    seen = set() if seen is None else seen
    waiting = list(effects)[::-1]
    while waiting:
        effect = waiting.pop()
        if id(effect) in seen:
            continue
        seen.add(id(effect))
        yield effect
        if enter(effect):
            waiting.extend(reversed(parts_of(effect)))


def rebuilt(effects: Sequence[Effect], change: Callable[[Effect], Effect | None]) -> tuple[Effect, ...]:
    """The same effects with what `change` makes of them: itself, something else, or nothing.

    Where it leaves an effect as it is, the parts of that effect are asked for too; what then holds nothing goes.
    """
    known: dict[int, Effect | None] = {}
    waiting = list(effects)
    while waiting:
        effect = waiting[-1]
        changed = change(effect) if id(effect) not in known else effect
        missing = [part for part in parts_of(effect) if id(part) not in known]
        if id(effect) not in known and missing and changed is effect:
            waiting.extend(missing)
            continue
        waiting.pop()
        if id(effect) not in known:
            known[id(effect)] = _kept(effect, known) if changed is effect else changed
    return _all_kept(effects, known)


def acts_apart(effects: Sequence[Effect]) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """What happens by itself, and what a user's doing starts, each with what leads there."""
    return apart(effects, _by_user)


def apart(
    effects: Sequence[Effect], is_apart: Callable[[Effect], bool]
) -> tuple[tuple[Effect, ...], tuple[Effect, ...]]:
    """A tree without that of which `is_apart` holds, and that alone, each with what leads there."""

    def without(effect: Effect) -> Effect | None:
        return None if is_apart(effect) else effect

    def alone(effect: Effect) -> Effect | None:
        if is_apart(effect):
            return replace(effect)  # whole, with what is inside
        return effect if parts_of(effect) else None

    return rebuilt(effects, without), rebuilt(effects, alone)


def _by_user(effect: Effect) -> bool:
    return isinstance(effect, Repeated) and effect.kind == USER


def _all_kept(effects: Iterable[Effect], known: dict[int, Effect | None]) -> tuple[Effect, ...]:
    found = (known[id(effect)] for effect in effects)
    return tuple(effect for effect in found if effect is not None)


def _kept(effect: Effect, known: dict[int, Effect | None]) -> Effect | None:
    before = parts_of(effect)
    if all(known[id(part)] is part for part in before):
        return effect
    if isinstance(effect, (Called, Repeated, Guarded)):
        body = _all_kept(effect.body, known)
        return replace(effect, body=body) if body else None
    if isinstance(effect, Choice):
        ways = tuple((label, _all_kept(way, known)) for label, way in effect.ways)
        return replace(effect, ways=ways) if any(way for _, way in ways) else None
    return effect
