"""What methods give: of strings, functions, clients, maps, lists, of objects of the program and of libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow.lists.list_methods import of_list_or_promise
from callaudit.flow.lists.maps import WALKS, is_walk
from callaudit.flow.machine.arguments import handed, with_this
from callaudit.flow.objects.asked_containers import asked_for
from callaudit.flow.objects.fluent import chained
from callaudit.flow.objects.members import ENVIRONMENTS, known, member
from callaudit.flow.objects.proxied import owner_behind
from callaudit.flow.requests.clients import client_method
from callaudit.flow.requests.procedure_uses import use_of, value_of_use
from callaudit.flow.requests.requested import Incoming
from callaudit.flow.text.query_words import is_told, parameters
from callaudit.flow.text.string_methods import string_method
from callaudit.flow.timers.observables import piped
from callaudit.flow.values.indexing import index
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.schemas import of_schema
from callaudit.flow.values.time_lengths import length_read
from callaudit.flow.values.values import (
    UNDEFINED,
    Client,
    Closure,
    Const,
    ForeignValue,
    Instance,
    OneOf,
    Record,
    Seq,
    Text,
    Unknown,
)
from callaudit.libraries.model import Keep
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value


def value_of_method(
    interpreter: Interpreter,
    receiver: Value,
    name: str,
    args: list[Value],
    place: object = None,
    *,
    fresh: bool = False,
) -> Value:
    """What `receiver.name(args)` gives; `fresh` where the receiver is made right there: `new Query().take(5)`."""
    receiver = known(interpreter, receiver)
    if isinstance(receiver, Incoming) and name in ("json", "valid", "parseBody"):
        return receiver.body
    if isinstance(receiver, Incoming) and name == "query" and is_told(receiver.said):  # Hono's `context.req.query()`
        query = parameters(receiver.said, is_map=False)
        return index(interpreter, query, args[0]) if args else query
    if isinstance(receiver, OneOf):
        return join(value_of_method(interpreter, item, name, args, place) for item in receiver.values)
    value = string_method(receiver, name, args)
    if value is None and name == "pipe":
        value = piped(interpreter, receiver, args)
    if value is None and (of_kind := _OF_KINDS.get(type(receiver))) is not None:
        value = of_kind(interpreter, receiver, name, args, place)
    if value is None and (name == "then" or isinstance(receiver, (Seq, Unknown, Const, Text))):
        value = of_list_or_promise(interpreter, receiver, name, args)
    if value is None and isinstance(receiver, ForeignValue):
        value = of_schema(interpreter, receiver, name, args)
    if value is not None:
        return value
    target = member(interpreter, receiver, name)
    behind = owner_behind(receiver, target)
    if behind is not None:
        return value_of_method(interpreter, behind, getattr(target, "name", name), args, place)
    if isinstance(target, Unknown):
        client = interpreter.classes.as_client(receiver) if isinstance(receiver, Instance) else None
        if client is not None:
            return client_method(interpreter, client, name, args, place)
        return _of_unknown(receiver, target, name, args)
    other = chained(interpreter, receiver, target, args, fresh=fresh)
    return other if other is not None else interpreter.apply(target, args, name, place)


def _of_function(
    interpreter: Interpreter, receiver: Closure, name: str, args: list[Value], place: object
) -> Value | None:
    del place
    if name == "bind":
        bound = (*receiver.bound, *args[1:])
        whole = with_this(receiver, args)
        this = whole.this if isinstance(whole, Closure) else receiver.this
        return Closure(receiver.module, receiver.index, receiver.scope, this, bound) if bound else whole
    return interpreter.apply(with_this(receiver, args), handed(name, args)) if name in ("call", "apply") else None


def _of_library(
    interpreter: Interpreter, receiver: ForeignValue, name: str, args: list[Value], place: object
) -> Value | None:
    if name == "bind" and receiver.args is None and len(args) <= 1:
        return receiver
    if name in ("call", "apply"):
        return interpreter.apply(with_this(receiver, args), handed(name, args))
    del place
    read = length_read(receiver, name, args)
    return read if read is not None else asked_for(interpreter, receiver, name, args)


def _of_typed(interpreter: Interpreter, receiver: Unknown, name: str, args: list[Value], place: object) -> Value | None:
    del place
    use = use_of(interpreter, receiver, name) if receiver.receiver is not None else None
    value = value_of_use(interpreter, use, args) if use is not None else None
    return value if value is not None else asked_for(interpreter, receiver, name, args)


def _of_client(interpreter: Interpreter, receiver: Client, name: str, args: list[Value], place: object) -> Value:
    return client_method(interpreter, receiver, name, args, place)


def _of_record(interpreter: Interpreter, receiver: Record, name: str, args: list[Value], place: object) -> Value | None:
    """What a map gives: an item, or a walk over them."""
    del place
    if name == "get" and len(args) == 1 and "get" not in receiver.fields:
        asked = forced(args[0])
        if isinstance(asked, Const) or receiver.rest is not None:
            return index(interpreter, receiver, asked)
        if receiver.is_map and receiver.fields:  # under a key that is not known there may be nothing
            return join([index(interpreter, receiver, asked), UNDEFINED])
        return Unknown(name, "an item of a map")
    return WALKS[name](receiver) if not args and is_walk(receiver, name) else None


_OF_KINDS: dict[type[Value], Callable[[Interpreter, Any, str, list[Value], object], Value | None]] = {
    Client: _of_client,
    Closure: _of_function,
    ForeignValue: _of_library,
    Record: _of_record,
    Unknown: _of_typed,
}


def _of_unknown(receiver: Value, target: Unknown, name: str, args: list[Value]) -> Value:
    """What a method gives that is not known."""
    if isinstance(receiver, ForeignValue):
        if receiver.path[-1:] == ("env",):
            return receiver
        method = exported(receiver.package, (*receiver.path, name))
        if method is not None and isinstance(method[1], Keep):
            return ForeignValue(receiver.package, (*receiver.path, name), tuple(args))
    for arg in args:
        given = forced(arg) if isinstance(receiver, (ForeignValue, Unknown)) and len(args) <= 3 else arg
        if isinstance(given, ForeignValue) and given.package == "" and given.path in ENVIRONMENTS:
            return given  # a checker of the environment gives the environment
    if name in ("json", "text") and isinstance(receiver, Unknown):
        return Unknown(receiver.name, receiver.why)
    return Unknown(name, target.why or "the result of a method that is not known", receiver=None)
