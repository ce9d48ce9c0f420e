"""Functions that are assigned to `on…` properties of what the platform or a library made: they run when it happens.

`socket.onmessage = handle` says what `socket.addEventListener('message', handle)` says (HTML standard, event handler
IDL attributes). An object of the program's own may call its properties what it likes: those run where they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.apply import apply
from callaudit.flow.machine.callbacks import closures_in
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Const, ForeignValue, OneOf, Undefined, Unknown
from callaudit.syntax.ir import Assign, Call, Lit, Member

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value


def listen_by_property(frame: Frame, expr: Assign, scope: Scope, tree: list[Effect]) -> Cost:
    """Add what happens when an event handler that `expr` assigns is called to `tree`; its cost."""
    target = expr.target
    if not isinstance(target, Member) or expr.op != "=" or target.prop[:2] != "on" or not target.prop[2:].islower():
        return costs.NONE
    interpreter = frame.interpreter
    handler = forced(interpreter.evaluate(expr.value, scope))
    if not may_hold(handler) or not closures_in(handler, 0):
        return costs.NONE
    if not _is_not_ours(forced(interpreter.evaluate(target.obj, scope))):
        return costs.NONE
    event = target.prop[2:]
    call = interpreter.answers.listening.get(id(expr))
    if call is None:
        method = Member(target.obj, "addEventListener")
        call = interpreter.answers.listening[id(expr)] = Call(method, (Lit(event), expr.value), expr.line, 0)
    spent = apply(frame, call, scope, [Const(event), handler], tree, awaited=False)
    frame.end = ""
    return spent


def _is_not_ours(value: Value) -> bool:
    """Whether an object is, as far as is known, none that the program made itself."""
    if isinstance(value, OneOf):
        known = [item for item in map(forced, value.values) if not isinstance(item, (Const, Undefined))]
        return all(_is_not_ours(item) for item in known)
    return isinstance(value, (Client, ForeignValue, Unknown, Undefined))
