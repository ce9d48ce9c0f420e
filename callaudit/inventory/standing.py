"""Which guards stand before a request, whichever way leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.flow.effects.records import Guard

OF_A_KIND: Final = frozenset({"timeout", "backoff-429", "metrics"})
"""Kinds of which one on each way is enough: ways may end a call after other times, but all of them end it."""


def standing(ways: Iterable[frozenset[int]], guards: Mapping[int, Guard]) -> frozenset[int]:
    """The guards that all `ways` have in common, and all of a kind of which each way has one."""
    sets = tuple(ways)
    if not sets:
        return frozenset()
    common = frozenset.intersection(*sets)
    kinds = frozenset.intersection(*(frozenset(guards[number].kind for number in way) for way in sets)) & OF_A_KIND
    return common.union(*((number for number in way if guards[number].kind in kinds) for way in sets))


def standing_before_both(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    """What stands before either of two requests that are one row, by the ids of guards."""
    one, other = frozenset(first), frozenset(second)
    kinds = {_kind(name) for name in one} & {_kind(name) for name in other} & OF_A_KIND
    return tuple(sorted((one & other) | {name for name in one | other if _kind(name) in kinds}))


def _kind(name: str) -> str:
    return name.partition(":")[0]
