"""The value of a call: of the program's own functions, of classes, of the platform and of known libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.connections import CONNECTOR, note_connection
from callaudit.flow.components.stores import held, typed_store
from callaudit.flow.machine.arguments import argument, arguments
from callaudit.flow.machine.optional_chains import or_nothing
from callaudit.flow.objects.proxied import PROXY, called_behind, given_back, proxied
from callaudit.flow.requests.clients import client_method
from callaudit.flow.requests.procedures import with_type
from callaudit.flow.requests.requested import IncomingUrl
from callaudit.flow.text.query_fills import with_query
from callaudit.flow.text.strings import each, parts_of
from callaudit.flow.text.text_functions import text_result
from callaudit.flow.values.foreign_results import foreign_value
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.method_results import value_of_method
from callaudit.flow.values.promises import kept_promise
from callaudit.flow.values.values import (
    IMPORTED,
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Context,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Proxied,
    Unknown,
    Url,
)
from callaudit.libraries.model import Hold, Provide
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr


def value_of_call(interpreter: Interpreter, expr: Call, scope: Scope) -> Value:
    """What a call gives."""
    args = arguments(interpreter, expr.args, scope)
    if expr.new:
        made = construct(interpreter, interpreter.evaluate(expr.callee, scope), args, (id(expr), scope.mark))
        return (
            with_query(interpreter, made, expr, scope)
            if isinstance(made, Url) and _fills_query(interpreter, made, scope)
            else made
        )
    callee = expr.callee
    if isinstance(callee, Member):
        put = interpreter.fillings.made_here(expr, scope) if callee.prop == "get" else None
        if put is not None:
            return put
        receiver = forced(interpreter.evaluate(callee.obj, scope))
        place = (id(expr), scope.mark)
        if isinstance(callee.obj, Name) and callee.obj.id == "super":
            return _super_method(interpreter, receiver, callee.prop, args, scope, place)
        fresh = isinstance(callee.obj, Call) and callee.obj.new
        result = each(receiver, lambda one: value_of_method(interpreter, one, callee.prop, args, place, fresh=fresh))
        return _typed_result(interpreter, or_nothing(interpreter, result, callee, scope), expr, scope)
    if isinstance(callee, Name) and callee.id == "super":
        return UNDEFINED
    place = (id(expr), scope.mark)
    result = each(
        interpreter.evaluate(callee, scope),
        lambda one: apply_value(interpreter, one, args, _name(callee), place),
    )
    return _typed_result(interpreter, result, expr, scope)


def _fills_query(interpreter: Interpreter, url: Url, scope: Scope) -> bool:
    """Whether a function sets queries of URL objects: `url.searchParams.set(…)`, `url.search = …`.

    That of a request which came in is read.
    """
    if any(isinstance(part, IncomingUrl) for part in parts_of(url)[:1]):
        return False
    refs = interpreter.function(scope.module, scope.function).refs
    return ".searchParams" in refs or ".search" in refs


def _super_method(
    interpreter: Interpreter, receiver: Value, name: str, args: list[Value], scope: Scope, place: object
) -> Value:
    """What `super.name(args)` gives: of the next class that has such a method, or of the library's class below."""
    if not isinstance(receiver, Instance):
        return UNDEFINED
    inherited = interpreter.classes.inherited(receiver, name, scope)
    if inherited is not None:
        return interpreter.run(inherited, args, effects=False).value
    client = interpreter.classes.as_client(receiver)
    return client_method(interpreter, client, name, args, place) if client is not None else UNDEFINED


def _name(callee: Expr) -> str:
    return callee.id if isinstance(callee, Name) else "result"


def construct(interpreter: Interpreter, cls: Value, args: list[Value], place: tuple[int, object]) -> Value:
    """What `new cls(args)` gives."""
    cls = forced(cls)
    if isinstance(cls, ClassValue):
        made = interpreter.instance(("new", *place, cls.module, cls.index), cls, tuple(args))
        return given_back(interpreter, made)
    if isinstance(cls, ForeignValue):
        kept = kept_promise(interpreter, args) if cls.package == "" and cls.path == ("Promise",) else None
        if cls.package == "" and cls.path == (PROXY,) and (behind := proxied(args)) is not None:
            return behind
        found = kept if kept is not None else foreign_value(interpreter, cls, args, place)
        if type(found) is ForeignValue and found.args is not None:
            found.made = found.package != ""  # a promise of the platform may be awaited, and then give nothing
        return found
    if isinstance(cls, ModuleValue):
        whole = interpreter.export(cls.module, "=") or interpreter.export(cls.module, "default")
        return construct(interpreter, whole, args, place) if whole is not None else Unknown("object", given=True)
    if isinstance(cls, OneOf):
        return join(construct(interpreter, item, args, place) for item in cls.values)
    if isinstance(cls, Unknown) and cls.why.startswith(IMPORTED):
        return Unknown(cls.name, cls.why, given=True)
    return Unknown("object", "an object of a class that is not known", given=True)


def apply_value(
    interpreter: Interpreter, target: Value, args: list[Value], name: str = "result", place: object = None
) -> Value:
    """What calling `target` with `args` gives."""
    target = forced(target)
    if isinstance(target, Closure):
        return text_result(interpreter, target, args, interpreter.run(target, args, effects=False).value)
    if isinstance(target, ForeignValue):
        return foreign_value(interpreter, target, args, place)
    if isinstance(target, OneOf):
        return join(apply_value(interpreter, item, args, name, place) for item in target.values)
    if isinstance(target, Client):
        if target.kind == CONNECTOR and args:
            note_connection(interpreter, target, args[0])
        return client_method(interpreter, target, "", args, place)
    if isinstance(target, ClassValue) and isinstance(place, tuple):  # a function whose prototype is filled
        return construct(interpreter, target, args, place)
    if isinstance(target, ModuleValue):  # CommonJS: the module is the function
        whole = interpreter.export(target.module, "=") or interpreter.export(target.module, "default")
        return apply_value(interpreter, whole, args, name, place) if whole is not None else Unknown(name)
    if isinstance(target, Proxied):
        behind, given = called_behind(target, args)
        return apply_value(interpreter, behind, given, name, place)
    if isinstance(target, Unknown) and target.receiver is not None:
        return value_of_method(interpreter, forced(target.receiver), target.name, args, place)
    return Unknown(name, "the result of a function that is not known")


def _typed_result(interpreter: Interpreter, value: Value, expr: Call, scope: Scope) -> Value:
    """The result of a call that is not known has the type that the call is given: `resolve<Client>("client")`."""
    if isinstance(value, ForeignValue) and value.args is not None:
        model = exported(value.package, value.path)
        if model is not None and isinstance(model[1], Hold):
            return held(interpreter, expr, scope, model[1], list(value.args))
        if model is not None and isinstance(model[1], Provide):
            return Context(expr, scope, argument(interpreter, value.args, model[1].default))
    if isinstance(value, Client) and value.kind in value.library.typed and expr.types:
        return with_type(value, scope.module, expr.types)
    if isinstance(value, Client) and value.kind == "store" and expr.types:
        return typed_store(value, scope.module, expr.types)
    if expr.types and "," not in expr.types:
        if type(value) is Unknown and value.type is None and not value.env:
            return Unknown(value.name, value.why, type=(scope.module, expr.types), receiver=value.receiver)
        if isinstance(value, ForeignValue) and value.args is not None:
            return Unknown("result", f"a result of {value.package}", type=(scope.module, expr.types))
    return value
