"""Which code can be passed over: it calls nothing, assigns nothing and leaves nowhere.

Asked of every expression and statement once, from the shape of the code alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.tabled import tables
from callaudit.flow.objects.accessor_names import getters
from callaudit.flow.reading.event_names import is_event
from callaudit.flow.reading.iterating import are_iterated
from callaudit.syntax.ir import (
    Assign,
    Call,
    Func,
    ImportCall,
    Index,
    Jsx,
    Jump,
    Let,
    Lit,
    Loop,
    Many,
    Member,
    Name,
    Prop,
    Ret,
    Spread,
    Throw,
    Un,
)  # fmt: skip
from callaudit.syntax.walking import CHILDREN

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Node

QUIET_ROOTS = frozenset(
    {"console", "Math", "JSON", "Number", "String", "Boolean", "Date", "parseInt", "parseFloat", "isNaN"}
)
"""Globals whose calls neither reach the network nor run what they are handed (unless it is a function)."""

_LOUD = frozenset({Jsx, Assign, ImportCall, Ret, Throw, Jump, Let})


def is_silent(interpreter: Interpreter, node: Node | None) -> bool:
    """Whether nothing below `node` calls, assigns, declares or leaves."""
    kind = type(node)
    if node is None or kind is Name or kind is Lit or kind is Func:  # half of all that is asked
        return True
    known = interpreter.answers.silent.get(id(node))
    if known is None:
        known = interpreter.answers.silent[id(node)] = _is_silent(interpreter, node, kind)
    return known


def _is_silent(interpreter: Interpreter, node: Node, kind: type) -> bool:
    if kind is Member:
        loud = node.prop in tables(interpreter).names or node.prop in getters(interpreter)  # type: ignore[attr-defined]
        return not loud and is_silent(interpreter, node.obj)  # type: ignore[attr-defined]
    if kind in _LOUD:
        return False
    if kind is Call:
        return _is_quiet_call(interpreter, node)  # type: ignore[arg-type]
    if kind is Index and getters(interpreter) and type(node.key) is not Lit:  # type: ignore[attr-defined]
        return False  # the key may name a getter
    if kind is Loop and node.source is not None and are_iterated(interpreter):  # type: ignore[attr-defined]
        return False  # its source may be asked for each item
    if kind is Un and node.op in ("++", "--", "delete"):  # type: ignore[attr-defined]
        return False
    if kind is Prop and (type(node.value) is Func or is_event(node.key)):  # type: ignore[attr-defined]
        return False  # the handler of an element
    if kind is Many and any(type(item) is Spread for item in node.items):  # type: ignore[attr-defined]
        return False  # attributes of an element, among which handlers may be
    for name in CHILDREN[kind]:
        value = getattr(node, name)
        inner = type(value)
        if inner is tuple:
            for item in value:
                if not is_silent(interpreter, item):
                    return False
        elif inner in CHILDREN and not is_silent(interpreter, value):
            return False
    return True


def _is_quiet_call(interpreter: Interpreter, call: Call) -> bool:
    root = call.callee
    while isinstance(root, Member):
        root = root.obj
    if not isinstance(root, Name) or root.id not in QUIET_ROOTS:
        return False
    return all(not isinstance(arg, Func) and is_silent(interpreter, arg) for arg in call.args)
