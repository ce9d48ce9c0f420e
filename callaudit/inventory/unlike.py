"""Which call trees are unlike: what two processes found of one thing is the same, though no object of it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from callaudit.flow.effects.effects import Effect


def unlike(bodies: Iterable[Sequence[Effect]]) -> list[tuple[Effect, ...]]:
    """Those of `bodies` that say something else than those before them.

    Trees share their parts, so that each part is numbered once: by what it says and the numbers of what it holds.
    """
    numbers = _Numbers()
    found: dict[tuple[int, ...], tuple[Effect, ...]] = {}
    for body in bodies:
        told = {numbers.of(effect): effect for effect in body}
        found.setdefault(tuple(told), tuple(told.values()))
    return list(found.values())


class _Numbers:
    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._table: dict[Hashable, int] = {}

    def of(self, part: Struct) -> int:
        """The number of a part: the same for all that say the same."""
        known = self._known.get(id(part))
        if known is None:
            says = (type(part), *(self._value(getattr(part, name)) for name in part.__struct_fields__))
            known = self._known[id(part)] = self._table.setdefault(says, len(self._table))
        return known

    def _value(self, value: object) -> Hashable:
        if isinstance(value, tuple):
            return tuple(self._value(item) for item in value)
        return ("part", self.of(value)) if isinstance(value, Struct) else value
