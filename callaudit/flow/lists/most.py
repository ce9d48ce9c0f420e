"""How many items a list has at most, and how great a number is, where data decides the rest.

`rows.slice(0, 20)` has twenty items or fewer, whatever `rows` is; `Math.min(rows.length, 20)` is twenty or less.
Methods that make no list longer hand that on; nothing is said of a list that may grow, or is filled elsewhere.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, OneOf, Seq, Unknown, is_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import Value

LARGEST = 1_000_000
GROWING = frozenset({"concat", "flat", "flatMap", "with", "toSpliced"})
"""Methods of lists that may give more items than the list has."""


def most_items(value: Value) -> int | None:
    """How many items a list may have; `None` where data decides."""
    value = forced(value)
    if isinstance(value, OneOf):
        found = [most_items(one) for one in value.values if not is_nothing(forced(one))]
        return max((one for one in found if one is not None), default=None) if None not in found else None
    if isinstance(value, Seq):
        return _whole(value.most) if value.open else len(value.items)
    return _whole(value.most) if type(value) is Unknown else None


def _whole(most: float | None) -> int | None:
    return None if most is None else int(most)


def most_number(value: Value) -> float | None:
    """How great a number may be; `None` where data decides."""
    value = forced(value)
    if isinstance(value, Const):
        known = value.value
        return known if isinstance(known, (int, float)) and not isinstance(known, bool) else None
    return value.most if type(value) is Unknown else None


def at_most(value: Value, most: float | None) -> Value:
    """`value`, of which it is known that there is no more than `most`; another kind of value as it is."""
    known = forced(value)
    if most is None or not 0 <= most <= LARGEST:
        return value
    if type(known) is not Unknown and not (isinstance(known, Seq) and known.open):
        return value
    found = copy(known)
    found.most = most if known.most is None else min(most, known.most)
    if isinstance(found, Seq):
        found.keys = None
    return found


def of_any_size(value: Value) -> Value:
    """`value` as something into which more may be put."""

    def compute() -> Value:
        known = forced(value)
        if (type(known) is not Unknown and not isinstance(known, Seq)) or known.most is None:
            return known
        found = copy(known)
        found.most = None
        if isinstance(found, Seq):
            found.keys = None
        return found

    return Lazy(compute, value.expr, value.scope, value.line) if isinstance(value, Lazy) else compute()


def sliced_to(args: Sequence[Value]) -> float | None:
    """How many items `slice(…args)` leaves at most; `None` where data decides."""
    first = most_number(args[0]) if args and isinstance(forced(args[0]), Const) else None
    if first is None:
        return None
    if len(args) == 1:
        return -first if first < 0 else None
    last = most_number(args[1])
    if last is None or (last < 0) != (first < 0):
        return None
    return max(last - first, 0)


def least_of(args: Sequence[Value]) -> float | None:
    """The most that `Math.min(…args)` gives."""
    return min((one for one in map(most_number, args) if one is not None), default=None)


def greatest_of(args: Sequence[Value]) -> float | None:
    """The most that `Math.max(…args)` gives."""
    found = [one for one in map(most_number, args) if one is not None]
    return max(found) if found and len(found) == len(args) else None
