"""Procedures in routers (tRPC): what a router holds, and what runs when one of its procedures is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.machine.static import PARAMETER, unknown_arguments
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Client, Closure, ModuleValue, OneOf, Record, Unknown, Value
from callaudit.libraries.procedures import METHODS, ROUTERS
from callaudit.libraries.tables.trpc import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

MOST_DEPTH = 12
MOST_PROCEDURES = 4_000
TYPE = "type argument"
"""The name of the argument that stands for the type which a client is made with."""
_NEXT = Client(LIBRARY, "next", ())
Place = tuple[str, int]


class Procedure(Struct, frozen=True, eq=False):
    """A procedure of a router: `before` are its middlewares, outermost first; it is written at `file` and `line`."""

    name: str
    kind: str
    resolver: Value
    before: tuple[Closure, ...]
    file: str
    line: int

    @property
    def place(self) -> str:
        """What tells it from all others of the program."""
        return f"{self.file}:{self.line} {self.name}"

    @property
    def method(self) -> str:
        """The method of HTTP that asks for it."""
        return METHODS[self.kind]


def with_type(client: Client, module: str, types: str) -> Client:
    """A client that remembers the first of the types which it was made with."""
    depth = 0
    for at, char in enumerate(types):
        depth += (char in "<{([") - (char in ">})]")
        if char == "," and not depth:
            types = types[:at]
            break
    return Client(
        client.library, client.kind, (*client.args, Unknown(TYPE, type=(module, types.strip()))), client.place
    )


def is_router(value: Value) -> bool:
    """Whether a value is a router that holds procedures."""
    return isinstance(value, Client) and value.library is LIBRARY and value.kind in ROUTERS


def router_of(interpreter: Interpreter, client: Client, depth: int = 4) -> Client | None:
    """The router that a client talks to: what it was made of, or what its type says."""
    for arg in client.args:
        value = forced(arg)
        if isinstance(value, Record) and "router" in value.fields:
            value = forced(value.fields["router"])
        elif isinstance(value, Record) and "client" in value.fields:
            value = forced(value.fields["client"])
        if isinstance(value, Unknown) and value.name == TYPE and value.type is not None:
            of_type = interpreter.types.of_type(*value.type)
            value = forced(of_type) if of_type is not None else value
        if isinstance(value, Client) and is_router(value):
            return value
        if isinstance(value, Client) and value.library is LIBRARY and depth:
            found = router_of(interpreter, value, depth - 1)
            if found is not None:
                return found
    return None


def procedures(interpreter: Interpreter, router: Client) -> dict[str, Procedure]:
    """The procedures of a router by their dotted names, those of routers inside it included."""
    return interpreter.found_once(
        ("procedures", key(router)),
        lambda: {one.name: one for one in _inside(interpreter, router, "", None, MOST_DEPTH)},
    )


def nested(interpreter: Interpreter, router: Client) -> Iterator[Client]:
    """The routers that a router holds itself."""
    waiting: list[Value] = [value for _, value in _parts(router)]
    for _ in range(MOST_PROCEDURES):
        if not waiting:
            return
        value = _loaded(interpreter, forced(waiting.pop()))
        if isinstance(value, Client) and is_router(value):
            yield value
        elif isinstance(value, Record):
            waiting.extend(value.fields.values())
        elif isinstance(value, OneOf):
            waiting.extend(value.values)


def _parts(router: Client) -> list[tuple[str, Value]]:
    """What a router was made of, by name; routers that are merged have none."""
    if router.kind == "merged":
        return [("", arg) for arg in router.args if is_router(forced(arg))]
    routes = forced(router.args[0]) if router.args else UNDEFINED
    return list(routes.fields.items()) if isinstance(routes, Record) else []


def _inside(interpreter: Interpreter, value: Value, name: str, place: Place | None, depth: int) -> Iterator[Procedure]:
    if isinstance(value, Lazy) and value.scope is not None and value.line:
        place = value.scope.module, value.line
    known = _loaded(interpreter, forced(value))
    if isinstance(known, Client) and known.library is LIBRARY and known.kind in METHODS:
        if place is not None and known.args:
            yield Procedure(name, known.kind, known.args[0], tuple(_before(known.args[1:])), *place)
        return
    parts: list[tuple[str, Value]] = []
    if isinstance(known, Client) and is_router(known):
        parts = _parts(known)
    elif isinstance(known, Record):
        parts = list(known.fields.items())
    elif isinstance(known, OneOf):
        parts = [("", one) for one in known.values]
    for inner, part in parts if depth else ():
        whole = ".".join(one for one in (name, inner) if one)
        yield from _inside(interpreter, part, whole, place, depth - 1)


def _loaded(interpreter: Interpreter, value: Value) -> Value:
    """The router that is loaded when it is asked for first: `lazy(() => import('./orders'))`."""
    loads = forced(value.args[0]) if isinstance(value, Client) and value.kind == "lazy" and value.args else value
    if not isinstance(loads, Closure):
        return value
    loaded = forced(interpreter.run(loads, [], effects=False).value)
    if isinstance(loaded, ModuleValue):
        exports = (
            interpreter.export(loaded.module, name) for name in interpreter.program.exported_names(loaded.module)
        )
        values = (forced(one) for one in exports if one is not None)
        return next((one for one in values if is_router(one)), loaded)
    return loaded


def _before(args: Sequence[Value]) -> Iterator[Closure]:
    """The middlewares among what a procedure was made with, outermost first."""
    for arg in reversed(args):
        value = forced(arg)
        if isinstance(value, Closure):
            yield value
        elif isinstance(value, Client) and value.library is LIBRARY and value.kind == "procedure":
            yield from _before(value.args)


# --- what they are handed -----------------------------------------------------------------------


def handed(interpreter: Interpreter, procedure: Procedure, context: Value, given: Value) -> Record:
    """What the middlewares and the resolver of a procedure are handed: the context, the input, what comes next."""
    fields: dict[str, Value] = {}
    known = forced(context)
    if isinstance(known, Record):
        fields.update(known.fields)
    for middleware in procedure.before:
        now = Record({"ctx": Record(dict(fields), open=True), "input": given, "next": _NEXT}, open=True)
        fields.update(_passed(forced(interpreter.run(middleware, [now], effects=False).value)))
    return Record({"ctx": Record(fields, open=True), "input": given, "next": _NEXT}, open=True)


def _passed(value: Value) -> dict[str, Value]:
    """What a middleware adds to the context: `return next({ ctx: { … } })`."""
    found: dict[str, Value] = {}
    for one in value.values if isinstance(value, OneOf) else (value,):
        way = forced(one)
        options = forced(way.args[0]) if isinstance(way, Client) and way.kind == "passed" and way.args else None
        added = forced(options.fields["ctx"]) if isinstance(options, Record) and "ctx" in options.fields else None
        if isinstance(added, Record):
            found.update(added.fields)
    return found


def made_context(interpreter: Interpreter, value: Value) -> Value:
    """The context itself: what a function that makes it gives."""
    known = forced(value)
    if isinstance(known, Closure):
        return interpreter.run(known, unknown_arguments(interpreter, known), effects=False).value
    return known


def unknown_input() -> Unknown:
    """The input of a procedure of which nothing is known."""
    return Unknown("input", PARAMETER, given=True)
