"""The parameters of a function, and what they are when it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.lent_lists import with_more
from callaudit.flow.lists.resizing import changes_parameter
from callaudit.flow.machine.binding import bind, defaulted
from callaudit.flow.machine.scope import Scope
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.type_homes import declared
from callaudit.flow.values.values import UNDEFINED, Seq, Unknown
from callaudit.syntax.ir import (
    Name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Closure, Value
    from callaudit.syntax.facts import Function


def bind_parameters(
    interpreter: Interpreter, function: Function, args: Sequence[Value], scope: Scope, *, known: bool
) -> None:
    """Give the parameters their arguments; with `known` false nothing is known of the callers."""
    for number, param in enumerate(function.params):
        type_ = declared(interpreter, scope.module, param.type) if param.type else None
        if param.rest:
            value: Value = Seq(tuple(args[number:])) if known else Unknown("arguments")
        elif number < len(args):
            value = args[number]
            if type_ is not None:
                value = of_declared_type(value, type_)
        elif known:
            value = UNDEFINED
        else:
            value = Unknown(param.target.id if isinstance(param.target, Name) else "param", "a parameter", type=type_)
        if param.default is not None:
            value = defaulted(interpreter, value, param.default, scope)
        if isinstance(param.target, Name) and _is_changed(interpreter, param.target.id, scope):
            value = with_more(value)
        bind(interpreter, param.target, value, scope)


def _is_changed(interpreter: Interpreter, name: str, scope: Scope) -> bool:
    """Whether a function changes the length of a list that it is handed."""
    if name not in interpreter.program.modules[scope.module].filled:
        return False
    return changes_parameter(interpreter, scope.module, scope.function, name)


def of_declared_type(value: Value, type_: tuple[str, str]) -> Value:
    """An argument that is not known has at least the parameter's type."""

    def compute() -> Value:
        known = forced(value)
        if type(known) is Unknown and known.type is None and not known.env:
            return Unknown(
                known.name, known.why, type=type_, given=known.given, receiver=known.receiver, most=known.most
            )
        return known

    return Lazy(compute, value.expr, value.scope, value.line) if isinstance(value, Lazy) else compute()


def at_entry(interpreter: Interpreter, closure: Closure, frame: Frame) -> Scope:
    """The variables of a function as it began, before it changed its parameters."""
    scope = Scope(closure.module, closure.scope, this=frame.scope.this, function=closure.index)
    scope.mark = ("entered", frame.scope.mark)
    bind_parameters(interpreter, interpreter.function(closure.module, closure.index), frame.args, scope, known=True)
    return scope
