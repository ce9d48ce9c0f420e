"""What a function makes of an object that it is handed: `authorize(headers)` that puts a key into them.

Values are immutable: the caller's variable is given what the function's parameter is at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.property_writes import place_of
from callaudit.flow.requests.headers import SETTERS
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Client, Closure, ForeignValue, Record
from callaudit.syntax.ir import Assign, Call, Member, Name, Obj, Spread

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Node


class _Known:
    """Which parameters functions write to, and which functions are being looked at."""

    def __init__(self) -> None:
        """Know of none yet."""
        self.written: dict[tuple[str, int], dict[int, str]] = {}
        self.busy: set[tuple[str, int]] = set()


def take_back(frame: Frame, expr: Call) -> None:
    """Give the variables that `expr` hands to a function what it makes of them."""
    scope, interpreter = frame.scope, frame.interpreter
    handed = [
        (number, arg.id)
        for number, arg in enumerate(expr.args)
        if type(arg) is Name and arg.id in scope.vars and _is_object(scope.vars[arg.id])
    ]
    if not handed or scope.parent is None or any(type(arg) is Spread for arg in expr.args):
        return
    target = forced(interpreter.evaluate(expr.callee, scope))
    if not isinstance(target, Closure) or target.bound:
        return
    place = (target.module, target.index)
    known = interpreter.found_once("written parameters", _Known)
    written = _written(interpreter, known, place)
    own = [(written[number], name) for number, name in handed if number in written]
    if not own or place in known.busy:
        return
    known.busy.add(place)
    try:
        _run(frame, expr, target, own)
    finally:
        known.busy.discard(place)


def _is_object(value: Value) -> bool:
    """Whether a variable was given an object as it is written, or one that was changed since."""
    if type(value) is Lazy:
        return value.expr is None or type(value.expr) is Obj or (type(value.expr) is Call and value.expr.new)
    return isinstance(value, (Record, ForeignValue, Client))


def _run(frame: Frame, expr: Call, target: Closure, own: list[tuple[str, str]]) -> None:
    interpreter, scope = frame.interpreter, frame.scope
    inner: Scope = interpreter.stores.bindings.entered(target, expr.args, scope)
    before = {param: inner.vars[param] for param, _ in own}
    type(frame)(interpreter, inner, effects=False).block(interpreter.function(target.module, target.index).body, [])
    for param, name in own:
        after = inner.vars[param]
        if after is not before[param]:
            scope.vars[name] = after


def _written(interpreter: Interpreter, known: _Known, place: tuple[str, int]) -> dict[int, str]:
    """The parameters, by position, whose properties or headers a function sets."""
    found = known.written.get(place)
    if found is None:
        params = interpreter.function(*place).params
        names = {param.target.id: number for number, param in enumerate(params) if type(param.target) is Name}
        written = {name for node in (interpreter.nodes(*place) if names else ()) if (name := _target(node)) in names}
        found = known.written[place] = {names[name]: name for name in written}
    return found


def _target(node: Node) -> str:
    """The variable whose object a piece of code changes; empty for others."""
    if type(node) is Assign:
        written = place_of(node.target)
        return written[0].id if written is not None else ""
    if type(node) is not Call or type(node.callee) is not Member or not node.args:
        return ""
    holder = node.args[0] if node.callee.prop == "assign" else node.callee.obj
    if type(holder) is Member and holder.prop == "headers":
        holder = holder.obj
    return holder.id if type(holder) is Name and node.callee.prop in (*SETTERS, "assign") else ""
