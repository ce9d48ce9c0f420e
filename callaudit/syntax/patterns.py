"""Patterns of the records of code: the names that they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Name, PatArr, PatDefault, PatObj, Spread

if TYPE_CHECKING:
    from callaudit.syntax.ir import Expr


def bound_names(target: Expr) -> list[str]:
    """The names that a pattern declares, in order."""
    if type(target) is Name:
        return [target.id]
    found: list[str] = []
    waiting = [target]
    while waiting:
        pattern = waiting.pop(0)
        if type(pattern) is Name:
            found.append(pattern.id)
        else:
            waiting.extend(_inside(pattern))
    return found


def _inside(pattern: Expr) -> list[Expr]:
    if type(pattern) is PatObj:
        return [entry.target for entry in pattern.entries]
    if type(pattern) is PatArr:
        return [item for item in pattern.items if item is not None]
    if type(pattern) is PatDefault:
        return [pattern.target]
    return [pattern.value] if type(pattern) is Spread else []
