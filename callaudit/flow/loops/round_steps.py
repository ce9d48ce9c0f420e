"""Items of a table that a counter leads to which goes on at once: `DELAYS[attempt++]` asks for `DELAYS[attempt]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from msgspec.structs import replace

from callaudit.syntax.ir import Call, Index, Let, Name, Op, Typed, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Node

_Kind = TypeVar("_Kind", bound="Node")


def before_steps(interpreter: Interpreter, node: _Kind) -> _Kind:
    """`node` as it is before the counters in its indices go on; itself where none does."""
    kept = interpreter.found_once("before steps", dict[int, "Node"])
    found = kept.get(id(node))
    if found is None:  # kept, as answers are known by the places of their code in memory
        found = kept[id(node)] = _plain(node)
    return cast("_Kind", found)


def _plain(node: Node) -> Node:
    if isinstance(node, Index):
        key = node.key
        steps = isinstance(key, Un) and key.postfix and key.op in ("++", "--") and isinstance(key.value, Name)
        return Index(node.obj, key.value) if isinstance(key, Un) and steps else node
    if isinstance(node, (Let, Typed)) and node.value is not None:
        value = _plain(node.value)
        return node if value is node.value else replace(node, value=value)
    if isinstance(node, Op):
        items = tuple(_plain(item) for item in node.items)
        same = all(one is other for one, other in zip(items, node.items, strict=True))
        return node if same else replace(node, items=items)
    if isinstance(node, Call):
        args = tuple(_plain(arg) for arg in node.args)
        same = all(one is other for one, other in zip(args, node.args, strict=True))
        return node if same else replace(node, args=args)
    return node
