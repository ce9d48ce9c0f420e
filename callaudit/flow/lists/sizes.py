"""Tests that ask whether a list has items: `missing.length > 0`, `!missing.size`, `found.length === ids.length`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.ir import Lit, Member, Op

if TYPE_CHECKING:
    from callaudit.syntax.ir import Expr

SIZES = frozenset({"length", "size"})
_SOME = frozenset({(">", 0), (">=", 1), ("!==", 0), ("!=", 0)})
"""Comparisons of a size with a number that hold where there is at least one item."""
_NONE = frozenset({("<=", 0), ("<", 1), ("===", 0), ("==", 0)})


class Sized(NamedTuple):
    """A list whose size a test asks; `holds` says whether the test is true where it has items."""

    list: Expr
    holds: bool


def size_asked(test: Expr) -> Sized | None:
    """The list whose size `test` asks, or compares with that of another list: then whether it has all."""
    if isinstance(test, Member):
        return Sized(test.obj, holds=True) if test.prop in SIZES else None
    if not isinstance(test, Op) or len(test.items) != 2:
        return None
    size, other = test.items
    if not isinstance(size, Member) or size.prop not in SIZES:
        return None
    if isinstance(other, Lit):
        asked = (test.op, other.value)
        return Sized(size.obj, holds=asked in _SOME) if asked in _SOME or asked in _NONE else None
    if isinstance(other, Member) and other.prop in SIZES and test.op in ("===", "=="):
        return Sized(size.obj, holds=True)
    if isinstance(other, Member) and other.prop in SIZES and test.op in ("!==", "!=", "<"):
        return Sized(size.obj, holds=False)
    return None
