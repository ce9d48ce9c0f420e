"""The arguments of a call, as they are given and as library tables name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.members import member
from callaudit.flow.requests.request_objects import is_request, of_request
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    Instance,
    OneOf,
    Record,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
)
from callaudit.syntax.ir import Spread

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "DEL"})

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Arg
    from callaudit.syntax.ir import Expr


MOST_LINKS = 32


def arguments(interpreter: Interpreter, args: Sequence[Expr], scope: Scope) -> list[Value]:
    """The arguments of a call, put off until they are needed; what follows an unknown spread is unknown."""
    values: list[Value] = []
    for arg in args:
        if type(arg) is Spread:
            spread = forced(interpreter.evaluate(arg.value, scope))
            if isinstance(spread, Seq) and not spread.open:
                values.extend(spread.items)
                continue
            values.extend(Unknown("argument", "spread from an unknown array") for _ in range(8))
            break
        values.append(interpreter.lazy(arg, scope))
    return values


def handed(name: str, args: Sequence[Value]) -> list[Value]:
    """What `f.call(this, …)` and `f.apply(this, […])` hand to the function."""
    if name == "call":
        return list(args[1:])
    given = forced(args[1]) if len(args) > 1 else UNDEFINED
    if isinstance(given, Seq) and not given.open:
        return list(given.items)
    return [] if isinstance(given, Undefined) else [Unknown("argument", "from an array") for _ in range(8)]


def _may_be_told(this: Value | None) -> bool:
    """Whether a function has no receiver of its own: a method that was read from its prototype has none, either."""
    return this is None or (isinstance(this, Instance) and isinstance(this.place, tuple) and "prototype" in this.place)


def with_this(function: Value, args: Sequence[Value]) -> Value:
    """A function that is handed its receiver, `f.call(api, …)`, if it has none of its own."""
    if not isinstance(function, Closure) or not args or not _may_be_told(function.this):
        return function
    this = forced(args[0])
    if not isinstance(this, (Record, Instance, ClassValue)):
        return function
    return Closure(function.module, function.index, function.scope, this, function.bound)


def argument(interpreter: Interpreter, args: Sequence[Value], arg: Arg, made_with: Sequence[Value] = ()) -> Value:
    """The argument that a library table names; `UNDEFINED` where it is not given."""
    if arg.index == -2:
        head, _, rest = arg.path.partition(".")
        value = made_with[int(head)] if int(head) < len(made_with) else UNDEFINED
        path = rest
    else:
        position = arg.index if arg.index >= 0 else len(args) + arg.index
        value = args[position] if 0 <= position < len(args) else UNDEFINED
        path = arg.path
    value = forced(value)
    if arg.only and not _is_only(value, arg.only):
        return UNDEFINED
    for name in path.split(".") if path else ():
        if is_request(value):
            value = forced(of_request(interpreter, value, name, member))
        elif isinstance(value, Client) and value.kind == "link":
            value = option_of_link(value, name)
        elif (
            isinstance(value, (Const, Text, Closure, Url))
            or (isinstance(value, OneOf) and _is_text(value))
            or (type(value) is Unknown and value.type is None and value.receiver is None and value.env)
        ):
            return UNDEFINED
        else:
            value = forced(member(interpreter, value, name))
    return value


def option_of_link(link: Client, name: str) -> Value:
    """An option of the link that ends a chain of links."""
    waiting: list[Value] = [link]
    for _ in range(MOST_LINKS):
        if not waiting:
            break
        value = forced(waiting.pop(0))
        if isinstance(value, Record) and name in value.fields:
            return forced(value.fields[name])
        if isinstance(value, Client) and value.kind == link.kind:
            waiting.extend(value.args)
        elif isinstance(value, Seq):
            waiting.extend(value.items)
        elif isinstance(value, OneOf):
            waiting.extend(value.values)
    return UNDEFINED


def _is_text(value: OneOf) -> bool:
    """Whether a value is a string on each of the ways that are known, and on one at least: it has no options."""
    plain = (Const, Text, Url, Undefined)
    known = [item for item in value.values if type(item) is not Unknown or item.env]
    strings = any(isinstance(item, (Text, Url)) or (isinstance(item, Const) and item.value) for item in known)
    return all(isinstance(item, (*plain, Unknown)) for item in known) and (strings or len(known) == len(value.values))


def _is_only(value: Value, only: str) -> bool:
    if only == "method":
        return isinstance(value, Const) and isinstance(value.value, str) and value.value.upper() in METHODS
    if only == "object":
        return isinstance(value, Record)
    if only == "url" and isinstance(value, Const):
        return isinstance(value.value, str) and ("://" in value.value or value.value.startswith("/"))
    if only == "url" and isinstance(value, Unknown):
        return bool(value.env)
    return isinstance(value, (Text, Url)) or (isinstance(value, Const) and isinstance(value.value, str))
