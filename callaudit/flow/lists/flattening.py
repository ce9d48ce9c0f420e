"""Lists of lists made flat: `flat()`, `flat(2)`, `flat(Infinity)`, and what `flatMap` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, ForeignValue, Instance, Record, Seq, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import Value

MOST_ITEMS = 32
DEEPEST = 8


def is_infinite(value: Value) -> bool:
    """Whether a number has no bound: `Infinity`."""
    known = forced(value)
    return isinstance(known, ForeignValue) and known.path[-1:] in (("Infinity",), ("POSITIVE_INFINITY",))


def flat_to(receiver: Seq, args: Sequence[Value]) -> Seq:
    """What `flat` gives, which is handed how deep the lists are that are made flat; one level by itself."""
    depth = forced(args[0]) if args else Const(1)
    if is_infinite(depth):
        depth = Const(DEEPEST)
    if not isinstance(depth, Const) or not isinstance(depth.value, (int, float)):
        return Seq(flat(receiver).items, open=True, chosen=True)
    for _ in range(min(int(depth.value), DEEPEST)):
        lists = any(isinstance(forced(item), Seq) for item in receiver.items)
        receiver = flat(receiver)
        if not lists:
            break
    return receiver


def flat(receiver: Seq) -> Seq:
    """The items of the lists in a list; what is not known may be such a list, or an item."""
    items: list[Value] = []
    opened, chosen = receiver.open, receiver.chosen
    for item in receiver.items[:MOST_ITEMS]:
        known = forced(item)
        if isinstance(known, Seq):
            items.extend(known.items)
            opened, chosen = opened or known.open, chosen or known.chosen
        else:
            items.append(item)
            opened = opened or not isinstance(known, (Const, Text, Record, Instance, Closure, ClassValue))
    return Seq(tuple(items), open=opened or len(receiver.items) > MOST_ITEMS, chosen=chosen)
