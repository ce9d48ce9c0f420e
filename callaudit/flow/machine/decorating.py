"""Methods that decorators put something else in the place of: a function of the program's own, or a library's.

Both kinds of decorators are followed: those that are given a property descriptor, whose `value` they set, and those of
the standard, which are given the method and give what stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.variables import declare
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record, Unknown, Value
from callaudit.libraries.registry import decorator_of
from callaudit.syntax.ir import Assign, Let, Member, Name, Ret

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Call, Expr

MOST_DECORATORS = 6
DECORATED = "decorated"
"""What the mark of a scope begins with in which a decorator has run."""
OF_A_DESCRIPTOR = 3
"""Parameters of a decorator that is given a descriptor: the class, the name, the descriptor."""


def replaced(interpreter: Interpreter, method: Closure, scope: Scope) -> Value:
    """What a call of a method comes to whose class stands in `scope`: of several decorators the lowest is nearest."""
    function = interpreter.function(method.module, method.index)
    value: Value = method
    for call in reversed(function.decorators[:MOST_DECORATORS]):
        value = _by(interpreter, call, value, function.name, method.this, scope) or value
    return value


def stands_for_method(closure: Closure) -> bool:
    """Whether a function is one that a decorator put in the place of a method."""
    mark = closure.scope.mark
    return isinstance(mark, tuple) and mark[:1] == (DECORATED,)


def _by(
    interpreter: Interpreter, call: Call, value: Value, name: str, this: Value | None, scope: Scope
) -> Value | None:
    target = forced(interpreter.evaluate(call.callee, scope))
    if isinstance(target, ForeignValue) and target.args is None:
        if decorator_of(target.package, target.path) is None:
            return None
        return ForeignValue(target.package, target.path, (value, *arguments(interpreter, call.args, scope)))
    if not isinstance(target, Closure):
        return None
    if call.args or not call.is_bare:
        target = forced(interpreter.evaluate(call, scope))
        if not isinstance(target, Closure):
            return None
    return _replaced(interpreter, target, value, name, this)


def _replaced(
    interpreter: Interpreter, decorator: Closure, method: Value, name: str, this: Value | None
) -> Value | None:
    """The function that a decorator of the program's own puts in the place of a method."""
    function = interpreter.function(decorator.module, decorator.index)
    by_descriptor = len(function.params) >= OF_A_DESCRIPTOR
    descriptor = Record({"value": method})
    given = (
        [Unknown("target", given=True), Const(name), descriptor] if by_descriptor else [method, Record({}, open=True)]
    )
    scope = Scope(decorator.module, decorator.scope, function=decorator.index)
    scope.mark = (DECORATED, decorator.module, decorator.index, decorator.scope.mark, key(method))
    bind_parameters(interpreter, function, given, scope, known=True)
    third = function.params[2].target if by_descriptor else None
    holder = third.id if isinstance(third, Name) else ""
    found: Value | None = None
    for statement in interpreter.nodes(decorator.module, decorator.index):
        if isinstance(statement, Let):
            declare(interpreter, statement, scope)
        elif isinstance(statement, Assign) and _is_value_of(statement.target, holder):
            found = forced(interpreter.evaluate(statement.value, scope))
        elif isinstance(statement, Ret) and statement.value is not None and found is None:
            given_back = forced(interpreter.evaluate(statement.value, scope))
            if isinstance(given_back, Record) and given_back is not descriptor:
                given_back = forced(given_back.fields.get("value", given_back))
            found = given_back if isinstance(given_back, Closure) else None
    if not isinstance(found, Closure) or found is method:
        return None
    return Closure(found.module, found.index, found.scope, found.this or this, found.bound)


def _is_value_of(target: Expr, descriptor: str) -> bool:
    return (
        isinstance(target, Member)
        and target.prop == "value"
        and isinstance(target.obj, Name)
        and target.obj.id == descriptor
    )
