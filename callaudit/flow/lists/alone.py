"""Which objects of a list are in it once: a loop over services asks each of them, not one of them many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import Choice
from callaudit.flow.reading.within import OF_ITEMS
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Instance, OneOf, Seq, Value
from callaudit.syntax.ir import Call, Func, Loop, Member
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter


def alone_in(interpreter: Interpreter, value: Value) -> frozenset[int]:
    """The identities of the objects in a list that one place puts there once, or of which there is only one."""
    value = forced(value)
    found: set[int] = set()
    for one in value.values if isinstance(value, OneOf) else (value,):
        for item in one.items if isinstance(one, Seq) else ():
            known = forced(item)
            often = _put_often(interpreter, item)
            for each in known.values if isinstance(known, OneOf) else (known,):
                if isinstance(each, Instance) and (each.args is None or not often):
                    found.add(id(each))
    return frozenset(found)


def _put_often(interpreter: Interpreter, item: Value) -> bool:
    """Whether the place that puts `item` into a list stands in a loop, or in a callback that others run for each."""
    if not isinstance(item, Lazy) or item.expr is None or item.scope is None:
        return False
    module, index = item.scope.module, item.scope.function
    for loop in interpreter.nodes_of(module, index, Loop):
        if any(part is item.expr for part in walk(loop.body)):
            return True
    parent = interpreter.function(module, index).parent if index >= 0 else -1
    return parent >= 0 and any(
        isinstance(node.callee, Member)
        and node.callee.prop in OF_ITEMS
        and any(isinstance(arg, Func) and arg.index == index for arg in node.args)
        for node in interpreter.nodes_of(module, parent, Call)
    )


def decided_by(tree: list[Effect], begun: int, items: Sequence[tuple[str, bool]], place: tuple[str, int]) -> None:
    """Note that the loop at `place` decides the choice that stands in `tree` from `begun`.

    `items` are the labels of its ways, each with whether an item is in the list once.
    """
    several = {label for label, alone in items if not alone}
    for number in range(begun, len(tree)):
        choice = tree[number]
        if isinstance(choice, Choice):
            often = tuple(way for way, (label, _) in enumerate(choice.ways) if label in several)
            tree[number] = replace(choice, by=(*choice.by, place), often=often)
