"""Visit the effects of call trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import Called, Choice, Guarded, Repeated, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from callaudit.flow.effects import Effect


def walk_effects(effects: Iterable[Effect], seen: set[int]) -> Iterator[Effect]:
    """Every effect of a tree; a part that several trees share is visited once."""
    waiting = list(effects)
    while waiting:
        effect = waiting.pop()
        if id(effect) in seen:
            continue
        seen.add(id(effect))
        yield effect
        waiting.extend(parts_of(effect))


def rebuilt(effects: Sequence[Effect], left_out: Callable[[Effect], bool]) -> tuple[Effect, ...]:
    """The same effects without those for which `left_out` holds, and without what then holds nothing."""
    known: dict[int, Effect | None] = {}
    waiting = list(effects)
    while waiting:
        effect = waiting[-1]
        missing = [part for part in parts_of(effect) if id(part) not in known]
        if id(effect) not in known and missing and not left_out(effect):
            waiting.extend(missing)
            continue
        waiting.pop()
        if id(effect) not in known:
            known[id(effect)] = None if left_out(effect) else _kept(effect, known)
    return _all_kept(effects, known)


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
