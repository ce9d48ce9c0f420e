"""What one firing of a trigger costs: each request with how often, over the repository's own routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.inventory.reaching import Key, key_of
from callaudit.inventory.tree_cost import cost_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.content import Contents
    from callaudit.inventory.model import Reach

NO_GUARD: frozenset[str] = frozenset()
"""A firing is counted with all caches cold: what they keep is for those who know how often it fires."""


class Firings:
    """Measures what triggers repeat."""

    def __init__(self, interpreter: Interpreter, composer: Composer, contents: Contents) -> None:
        """Measure the bodies that `contents` met in the trees of all runs."""
        self._in = interpreter
        self._composer = composer
        self._contents = contents
        self._places = {number: (one.file, one.line, one.mechanism) for one, number in contents.triggers.items()}

    def reaches(
        self, numbers: Iterable[int], entry: Entry, reached: Callable[[Cost], tuple[Reach, ...]]
    ) -> tuple[Reach, ...]:
        """What one firing of triggers of `entry` reaches, by `reached` of its cost.

        A trigger that is set up in several contexts costs the lowest and the highest of them; triggers of several
        places (the queries that one call makes ask again) cost their sum.
        """
        contexts: dict[tuple[str, int, str], list[int]] = {}
        for number in dict.fromkeys(numbers):
            contexts.setdefault(self._places[number], []).append(number)
        total: dict[Key, Reach] = {}
        for same in contexts.values():
            ways = [reached(cost) for number in same for cost in self._costs(number, entry)]
            for key, reach in _either(ways).items():
                before = total.get(key)
                total[key] = reach if before is None else _sum(before, reach)
        return tuple(total[key] for key in sorted(total))

    def _costs(self, number: int, entry: Entry) -> list[Cost]:
        bodies = self._contents.bodies.get(number, {})
        return [
            self._composer.part(entry, cost_of(self._in, body, answering=NO_GUARD), body) for body in bodies.values()
        ]


def _either(ways: list[tuple[Reach, ...]]) -> dict[Key, Reach]:
    found: dict[Key, Reach] = {}
    for way in ways:
        for reach in way:
            before = found.get(key_of(reach))
            most = reach.max if before is None else _most(before.max, reach.max)
            found[key_of(reach)] = replace(reach, max=most)
    least = {key: min(next((one.min for one in way if key_of(one) == key), 0) for way in ways) for key in found}
    return {key: replace(one, via=(), min=least[key], conditional=not least[key]) for key, one in found.items()}


def _sum(one: Reach, other: Reach) -> Reach:
    most = None if one.max is None or other.max is None else one.max + other.max
    return replace(one, min=one.min + other.min, max=most, conditional=one.conditional and other.conditional)


def _most(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)
