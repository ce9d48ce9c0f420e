"""Visit the effects of call trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
