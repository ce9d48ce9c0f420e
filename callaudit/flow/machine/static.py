"""What can be said of a function whose callers are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.scope import Scope
from callaudit.flow.reading.counting import stepped
from callaudit.flow.reading.within import enter, top_level
from callaudit.flow.values.identity import identity
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.set_values import set_at
from callaudit.flow.values.type_homes import declared
from callaudit.flow.values.values import UNDEFINED, ClassValue, Closure, OneOf, Record, Seq, Undefined, Unknown, Value
from callaudit.syntax.ir import Assign, Func, Name, Obj, Prop, Typed, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Param
    from callaudit.syntax.ir import Expr

CHANGES = "it changes"
PARAMETER = "a parameter"
"""Why an argument is not known that something hands to a function which is no call of the program."""


def unknown_arguments(interpreter: Interpreter, closure: Closure) -> list[Value]:
    """Arguments of which nothing but the parameter's name and type is known."""
    function = interpreter.function(closure.module, closure.index)
    return [_unknown_argument(interpreter, closure.module, param) for param in function.params]


def _unknown_argument(interpreter: Interpreter, module: str, param: Param) -> Value:
    name = getattr(param.target, "id", "param")
    unknown = Unknown(name, PARAMETER, type=declared(interpreter, module, param.type) if param.type else None)
    return unknown if param.default is None else OneOf((unknown, UNDEFINED))


def static_scope(interpreter: Interpreter, module: str, index: int, this: Value | None = None) -> Scope:
    """The scope of a function whose callers are not known: parameters are unknown, variables are what they begin as."""
    function = interpreter.function(module, index)
    place = (module, index, identity(this))
    known = interpreter.answers.static_scopes.get(place)
    if known is not None:
        return known
    if function.parent < 0:
        top = interpreter.answers.static_scopes[place] = top_level(interpreter, module)
        return top
    outer = static_scope(interpreter, module, function.parent, this)
    own = this if this is not None or function.arrow else _object_with(interpreter, module).get(index)
    scope = Scope(module, outer, this=own, function=index)
    scope.mark = (module, index, outer.mark, identity(this))
    interpreter.answers.static_scopes[place] = scope
    enter(interpreter, index, scope, outer)
    return scope


def scope_inside(interpreter: Interpreter, module: str, index: int) -> Scope:
    """The scope of a function whose callers are not known; that of a method has an object of its class."""
    function = interpreter.function(module, index)
    if function.cls < 0 or function.static:
        return static_scope(interpreter, module, index)
    cls = ClassValue(module, function.cls, static_scope(interpreter, module, function.parent))
    return static_scope(interpreter, module, index, interpreter.injection.injected(cls))


def _object_with(interpreter: Interpreter, module: str) -> dict[int, Value]:
    """The functions of a module that are methods of its objects, each with that object."""
    known = interpreter.answers.objects_with.get(module)
    if known is None:
        known = interpreter.answers.objects_with[module] = {}
        for value in interpreter.module_scope(module).vars.values():
            expr = value.expr if isinstance(value, Lazy) else None
            while isinstance(expr, Typed):
                expr = expr.value
            for prop in expr.props if isinstance(expr, Obj) else ():
                if isinstance(prop, Prop) and isinstance(prop.value, Func):
                    known.setdefault(prop.value.index, value)
    return known


def _is_known(value: Value, expr: Expr) -> bool:
    """Whether all that is assigned is known; a local variable that is given its value later seems to be nothing.

    Of data this never holds: an object that is read from a file, or merged, has more than can be seen.
    """
    if isinstance(value, Undefined):
        return isinstance(expr, Name) and expr.id == "undefined"
    ways = value.values if isinstance(value, OneOf) else (value,)
    return not any(isinstance(one, (Unknown, Record, Seq)) for one in ways)


def assigned_values(interpreter: Interpreter, scope: Scope, name: str, first: Value, *, awaited: bool = False) -> Value:
    """Everything that the module `scope.module` ever assigns to its variable `name`.

    One that is `awaited` is declared without a value: where all that is assigned is known, its type says no more.
    """
    values = [forced(first)]
    known = awaited
    for index, function in enumerate(interpreter.program.modules[scope.module].functions):
        if name not in function.refs:
            continue
        for node in interpreter.nodes_of(scope.module, index, Assign):
            if isinstance(node.target, Name) and node.target.id == name:
                inside = static_scope(interpreter, scope.module, index)
                if inside.find(name) in (scope, None):
                    plain = node.op in ("=", "??=", "||=", "&&=") and stepped(node) is None
                    new = set_at(interpreter.evaluate(node.value, inside), scope.module, node.line) if plain else None
                    values.append(Unknown(name, CHANGES) if new is None else new)
                    known = known and _is_known(forced(values[-1]), node.value)
        for step in interpreter.nodes_of(scope.module, index, Un):
            if step.op in ("++", "--") and getattr(step.value, "id", "") == name:
                values.append(Unknown(name, CHANGES))
                known = False
    if len(values) == 1:
        values.append(Unknown(name, CHANGES))
    elif known:
        values[0] = UNDEFINED
    return join(values)
