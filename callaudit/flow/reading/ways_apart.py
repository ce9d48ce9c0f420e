"""Parts of an expression of which one is taken, `a ? (x = 1) : (x = 2)`: a variable may be what either makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from callaudit.flow.machine.variables import merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.frame import Frame

_Found = TypeVar("_Found")


def taken_apart(frame: Frame, *ways: Callable[[], _Found]) -> list[_Found]:
    """What each way gives, begun with the same variables; a part that may be left out stands beside one of nothing."""
    scope, start = frame.scope, frame.scope.vars
    found: list[_Found] = []
    ends = []
    frame.ways += 1
    for take in ways:
        scope.vars = dict(start)
        found.append(take())
        ends.append(scope.vars)
    frame.ways -= 1
    scope.vars = merged(start, ends)
    return found
