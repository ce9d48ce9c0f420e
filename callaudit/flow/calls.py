"""The value of a call: of the program's own functions, of classes, of the platform and of known libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.arguments import argument, arguments, handed, with_this
from callaudit.flow.clients import client_method
from callaudit.flow.contexts import value_of
from callaudit.flow.conversions import converted
from callaudit.flow.digging import dug
from callaudit.flow.dispatching import bound
from callaudit.flow.fluent import chained
from callaudit.flow.holding import may_hold
from callaudit.flow.join import join
from callaudit.flow.maps import WALKS, is_walk
from callaudit.flow.members import ENVIRONMENTS, index, item_type, known, member
from callaudit.flow.observables import observable, piped
from callaudit.flow.platform import platform_value
from callaudit.flow.query_answers import answer_of
from callaudit.flow.requested import Incoming
from callaudit.flow.schemas import of_check, of_schema
from callaudit.flow.states import first_state
from callaudit.flow.stores import held, of_any_store, typed_store
from callaudit.flow.strings import each, string_method
from callaudit.flow.text_functions import text_result
from callaudit.flow.urls import join_base, with_query
from callaudit.flow.values import (
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    Context,
    ForeignValue,
    Instance,
    Lazy,
    ModuleValue,
    OneOf,
    Record,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
    forced,
    listed,
)
from callaudit.libraries import class_containers
from callaudit.libraries.model import (
    Bind,
    Connect,
    Consume,
    Convert,
    Declare,
    Dig,
    Give,
    Hold,
    Inject,
    Invoke,
    Join,
    Keep,
    Make,
    Operation,
    Operator,
    Part,
    Provide,
    Query,
    Shield,
    State,
    Ticking,
)
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.libraries.model import Library, Model
    from callaudit.syntax.ir import Expr


MOST_ITEMS = 32
MOST_FOLDED = 12


CHOOSING = frozenset({"filter", "slice", "concat", "flat"})
"""Methods of arrays that give another number of items."""
SAME_RECEIVER = frozenset({"catch", "finally", "filter", "slice", "sort", "reverse", "concat", "flat", "bind", "pipe"})


def value_of_call(interpreter: Interpreter, expr: Call, scope: Scope) -> Value:
    """What a call gives."""
    args = arguments(interpreter, expr.args, scope)
    if expr.new:
        made = construct(interpreter, interpreter.evaluate(expr.callee, scope), args, (id(expr), scope.mark))
        return with_query(made) if isinstance(made, Url) and _fills_query(interpreter, scope) else made
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
        result = each(receiver, lambda one: _method(interpreter, one, callee.prop, args, place, fresh=fresh))
        return _typed_result(interpreter, result, expr, scope)
    if isinstance(callee, Name) and callee.id == "super":
        return UNDEFINED
    place = (id(expr), scope.mark)
    result = each(
        interpreter.evaluate(callee, scope),
        lambda one: apply_value(interpreter, one, args, _name(callee), place),
    )
    return _typed_result(interpreter, result, expr, scope)


def _fills_query(interpreter: Interpreter, scope: Scope) -> bool:
    """Whether a function sets queries of URL objects: `url.searchParams.set(…)`, `url.search = …`."""
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
        return interpreter.instance(("new", *place, cls.module, cls.index), cls, tuple(args))
    if isinstance(cls, ForeignValue):
        return foreign_value(interpreter, cls, args, place)
    if isinstance(cls, ModuleValue):
        whole = interpreter.export(cls.module, "=") or interpreter.export(cls.module, "default")
        return construct(interpreter, whole, args, place) if whole is not None else Unknown("object", given=True)
    if isinstance(cls, OneOf):
        return join(construct(interpreter, item, args, place) for item in cls.values)
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
        return client_method(interpreter, target, "", args, place)
    if isinstance(target, ModuleValue):  # CommonJS: the module is the function
        whole = interpreter.export(target.module, "=") or interpreter.export(target.module, "default")
        return apply_value(interpreter, whole, args, name, place) if whole is not None else Unknown(name)
    if isinstance(target, Unknown) and target.receiver is not None:
        return _method(interpreter, forced(target.receiver), target.name, args, place)
    return Unknown(name, "the result of a function that is not known")


def _typed_result(interpreter: Interpreter, value: Value, expr: Call, scope: Scope) -> Value:
    """The result of a call that is not known has the type that the call is given: `resolve<Client>("client")`."""
    if isinstance(value, ForeignValue) and value.args is not None:
        model = exported(value.package, value.path)
        if model is not None and isinstance(model[1], Hold):
            return held(interpreter, expr, scope, model[1], list(value.args))
        if model is not None and isinstance(model[1], Provide):
            return Context(expr, scope, argument(interpreter, value.args, model[1].default))
    if isinstance(value, Client) and value.kind == "store" and expr.types:
        return typed_store(value, scope.module, expr.types)
    if expr.types and "," not in expr.types:
        if type(value) is Unknown and value.type is None and not value.env:
            return Unknown(value.name, value.why, type=(scope.module, expr.types), receiver=value.receiver)
        if isinstance(value, ForeignValue) and value.args is not None:
            return Unknown("result", f"a result of {value.package}", type=(scope.module, expr.types))
    return value


def foreign_value(interpreter: Interpreter, target: ForeignValue, args: list[Value], place: object = None) -> Value:
    """What a call of the platform or of a library gives."""
    if target.package in class_containers.PACKAGES and target.path[-1:] and args:
        asked = forced(args[0])
        if target.path[-1] in class_containers.METHODS and isinstance(asked, ClassValue):
            return interpreter.injection.injected(asked)
    found = exported(target.package, target.path) if target.args is None else None
    if found is not None:
        return _of_model(interpreter, *found, target, args, place)
    if target.package == "":
        value = platform_value(interpreter, target.path, args)
        if value is not None:
            return value
    checked = of_check(interpreter, target, args) if target.package else None
    if checked is not None:
        return checked
    if target.args is not None:  # a function made by a library: it is taken to be what it wraps
        inner = [arg for arg in (forced(arg) for arg in target.args) if isinstance(arg, Closure)]
        if inner:
            return join(apply_value(interpreter, closure, args) for closure in inner[:4])
    for arg in args:
        value = forced(arg) if not isinstance(arg, Lazy) or target.package else None
        if isinstance(value, ForeignValue) and value.path[-1:] == ("env",):
            return value  # a checker of the environment gives the environment
    return ForeignValue(target.package, target.path, tuple(args))


def _of_model(
    interpreter: Interpreter, library: Library, model: Model, target: ForeignValue, args: list[Value], place: object
) -> Value:
    """What a call gives of which the table of its library says what it does."""
    if isinstance(model, (Make, Part)):
        return Client(library, model.kind, tuple(args), place)
    if isinstance(model, (Ticking, Operator)):
        return observable(model, target, args)
    if isinstance(model, Keep):
        return ForeignValue(target.package, target.path, tuple(args))
    if isinstance(model, (Connect, Operation)) and model.makes:
        return Client(library, model.makes, tuple(args), place)
    if isinstance(model, Give):
        given = forced(argument(interpreter, args, model.value))
        if model.either and isinstance(given, Seq):
            return join(given.items) if given.items else Unknown("item", "an item of data")
        return _seldom(given) if model.seldom and isinstance(given, Closure) else given
    if isinstance(model, Shield):
        return forced(argument(interpreter, args, model.client))
    if isinstance(model, Join):
        return _joined_url(args)
    if isinstance(model, Dig):
        return dug(interpreter, model, args)
    if isinstance(model, Convert):
        return converted(model, args)
    if isinstance(model, Query):
        return answer_of(interpreter, model, args, target.path[-1] if target.path else model.mechanism)
    if isinstance(model, Bind):
        return bound(interpreter, model, args)
    if isinstance(model, Inject):
        return interpreter.injection.held(forced(argument(interpreter, args, model.token)))
    if isinstance(model, Invoke) and model.returns == "callback":
        return forced(argument(interpreter, args, model.callbacks[0]))
    if isinstance(model, Invoke) and model.returns == "result":
        return apply_value(interpreter, argument(interpreter, args, model.callbacks[0]), [])
    if isinstance(model, Invoke) and model.returns == "state" and args and may_hold(args[0]):
        first = first_state(interpreter, forced(args[0]), apply_value)
        if first is not None:
            return first
    if isinstance(model, State):
        return of_any_store(interpreter, model, args, place)
    if isinstance(model, (Hold, Provide, Declare)):
        return ForeignValue(target.package, target.path, tuple(args))
    if isinstance(model, Consume):
        return _consumed(interpreter, model, args)
    made = platform_value(interpreter, target.path, args) if target.package == "" else None
    if made is not None:
        return made
    return Unknown(target.path[-1] if target.path else "response", "what a request gives" if library.network else "")


def _consumed(interpreter: Interpreter, model: Consume, args: list[Value]) -> Value:
    """What a context holds, or what a selector makes of it; what is no context is given as it is, as a promise is."""
    given = forced(argument(interpreter, args, model.context))
    value = each(given, lambda one: value_of(interpreter, one) if isinstance(one, Context) else one)
    chosen = argument(interpreter, args, model.selector) if model.selector is not None else UNDEFINED
    return apply_value(interpreter, chosen, [value]) if isinstance(forced(chosen), Closure) else value


def _seldom(function: Closure) -> Closure:
    """`function` as one that does not run at each call."""
    made = Closure(function.module, function.index, function.scope, function.this, function.bound)
    made.seldom = True
    return made


def _joined_url(args: list[Value]) -> Value:
    """The parts of a URL, joined; options at the end are no part."""
    parts = [forced(arg) for arg in args]
    if parts and isinstance(parts[0], Seq):
        parts = [forced(item) for item in parts[0].items] + ([Unknown("rest")] if parts[0].open else [])
    while parts and isinstance(parts[-1], (Record, Undefined)):
        parts.pop()
    url = parts[0] if parts else UNDEFINED
    for part in parts[1:]:
        url = join_base(url, part)
    return url


def _method(
    interpreter: Interpreter,
    receiver: Value,
    name: str,
    args: list[Value],
    place: object = None,
    *,
    fresh: bool = False,
) -> Value:
    """What `receiver.name(args)` gives."""
    receiver = known(interpreter, receiver)
    if isinstance(receiver, Incoming) and name in ("json", "valid", "parseBody"):
        return receiver.body
    if isinstance(receiver, OneOf):
        return join(_method(interpreter, item, name, args, place) for item in receiver.values)
    string = string_method(receiver, name, args)
    if string is not None:
        return string
    if isinstance(receiver, ForeignValue) and name == "bind" and receiver.args is None and len(args) <= 1:
        return receiver
    if isinstance(receiver, Closure) and name == "bind":
        bound = (*receiver.bound, *args[1:])
        whole = with_this(receiver, args)
        this = whole.this if isinstance(whole, Closure) else receiver.this
        return Closure(receiver.module, receiver.index, receiver.scope, this, bound) if bound else whole
    if isinstance(receiver, (Closure, ForeignValue)) and name in ("call", "apply"):
        return apply_value(interpreter, with_this(receiver, args), handed(name, args))
    if name == "pipe":
        through = piped(interpreter, receiver, args)
        if through is not None:
            return through
    if isinstance(receiver, Client):
        return client_method(interpreter, receiver, name, args, place)
    if isinstance(receiver, ForeignValue) and receiver.package in class_containers.PACKAGES:
        asked_of = ForeignValue(receiver.package, (*receiver.path, name))
        found = foreign_value(interpreter, asked_of, args, place)
        if isinstance(found, Instance):
            return found
    if isinstance(receiver, Record) and name == "get" and len(args) == 1 and "get" not in receiver.fields:
        asked = forced(args[0])
        if isinstance(asked, Const) or receiver.rest is not None:
            return index(interpreter, receiver, asked)
        if receiver.is_map and receiver.fields:  # under a key that is not known there may be nothing
            return join([index(interpreter, receiver, asked), UNDEFINED])
        return Unknown(name, "an item of a map")
    if isinstance(receiver, Record) and not args and is_walk(receiver, name):
        return WALKS[name](receiver)
    if isinstance(receiver, (Seq, Unknown, Const, Text)) or name == "then":
        value = _array_or_promise(interpreter, receiver, name, args)
        if value is not None:
            return value
    checked = of_schema(interpreter, receiver, name, args) if isinstance(receiver, ForeignValue) else None
    if checked is not None:
        return checked
    target = member(interpreter, receiver, name)
    if isinstance(target, Unknown) and isinstance(receiver, Instance):
        client = interpreter.classes.as_client(receiver)
        if client is not None:
            return client_method(interpreter, client, name, args, place)
    if isinstance(target, Unknown):
        if isinstance(receiver, ForeignValue) and receiver.path[-1:] == ("env",):
            return receiver
        method = exported(receiver.package, (*receiver.path, name)) if isinstance(receiver, ForeignValue) else None
        if method is not None and isinstance(method[1], Keep) and isinstance(receiver, ForeignValue):
            return ForeignValue(receiver.package, (*receiver.path, name), tuple(args))
        for arg in args:
            given = forced(arg) if isinstance(receiver, (ForeignValue, Unknown)) and len(args) <= 3 else arg
            if isinstance(given, ForeignValue) and given.package == "" and given.path in ENVIRONMENTS:
                return given  # a checker of the environment gives the environment
        if name in ("json", "text") and isinstance(receiver, Unknown):
            return Unknown(receiver.name, receiver.why)
        return Unknown(name, target.why or "the result of a method that is not known", receiver=None)
    other = chained(interpreter, receiver, target, args, fresh=fresh)
    return other if other is not None else apply_value(interpreter, target, args, name, place)


def _folded(interpreter: Interpreter, step: Value, items: Seq, first: Value) -> Value | None:
    """What is left of a list that is written down, folded from `first` on."""
    if len(items.items) > MOST_FOLDED or not isinstance(forced(step), Closure):
        return None
    value = first
    for number, item in enumerate(items.items):
        value = apply_value(interpreter, step, [value, item, Const(number)])
    return value


def _array_or_promise(interpreter: Interpreter, receiver: Value, name: str, args: list[Value]) -> Value | None:
    if name == "then" and args:
        return apply_value(interpreter, args[0], [receiver])
    if name == "reduce" and len(args) == 2 and isinstance(receiver, Seq) and not receiver.open:
        return _folded(interpreter, args[0], receiver, args[1])
    if name in CHOOSING and isinstance(receiver, Seq) and receiver.items:
        return Seq(receiver.items, open=receiver.open, chosen=True)
    if name in SAME_RECEIVER:
        return receiver
    if name in ("entries", "keys") and not args and isinstance(receiver, Seq) and not receiver.open:
        numbered = [(Const(number), item) for number, item in enumerate(receiver.items)]
        return Seq(tuple(Seq(pair) if name == "entries" else pair[0] for pair in numbered))
    if name == "fill" and len(args) < 2 and isinstance(receiver, Seq) and not receiver.open:
        return Seq((args[0] if args else UNDEFINED,) * len(receiver.items))
    if name in ("map", "flatMap") and args:
        if isinstance(receiver, Seq):
            given = enumerate(listed(receiver.items[:MOST_ITEMS], "item"))
            items = tuple(_item(interpreter, args[0], item, number) for number, item in given)
            return Seq(items, open=receiver.open or len(receiver.items) > MOST_ITEMS, chosen=receiver.chosen)
        if isinstance(receiver, Unknown):
            each_item = Lazy(lambda: apply_value(interpreter, args[0], [Unknown("item", "an item of data")]))
            return Seq((each_item,), open=True)
    if name in ("get", "find", "at", "pop", "shift") and isinstance(receiver, Unknown) and receiver.type is not None:
        item = item_type(receiver.type[1])
        return Unknown("item", "an item of data", type=(receiver.type[0], item)) if item else None
    if name in ("find", "at", "pop", "shift") and isinstance(receiver, Seq):
        return join([*receiver.items[:MOST_ITEMS], UNDEFINED])
    return None


def _item(interpreter: Interpreter, callback: Value, item: Value, number: int) -> Value:
    return Lazy(lambda: apply_value(interpreter, callback, [item, Const(number)]))
