"""Routers: which handlers the program registers, under which path, with which router."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    ClassValue,
    Client,
    Closure,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Record,
    Seq,
    Unknown,
    Value,
)
from callaudit.libraries.answer_caches import answer_cache
from callaudit.libraries.model import Make
from callaudit.libraries.procedures import PLUGIN_OPTIONS
from callaudit.libraries.proxies import proxy_of
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Register

CHAINED = ("route-of", "base")


class Registration(Struct, frozen=True, eq=False):
    """A handler, router or plugin that is registered with `router` (None for a server without a router)."""

    router: Client
    model: Register
    method: Value | None
    path: Value | None
    handlers: tuple[Value, ...]
    file: str
    line: int


class Scheduled(Struct, frozen=True, eq=False):
    """A function that a scheduler runs, or that does the jobs of a queue."""

    callback: Value
    when: Value
    mechanism: str
    unit: str
    file: str
    line: int
    label: str
    """The callback as it is written, where it is a name or a call."""
    function: str = ""
    """The function that sets it up."""
    job: Value | None = None
    settings: tuple[tuple[str, str], ...] = ()
    asks: str = ""
    """The HTTP method with which the callback is asked for, where that is a URL."""


class Repeating(Struct, frozen=True, eq=False):
    """A job that is put into a queue again and again, as `when` says."""

    queue: Value | None
    job: Value | None
    when: Value
    unit: str
    mechanism: str
    file: str
    line: int
    function: str
    settings: tuple[tuple[str, str], ...] = ()


def registered_value(client: Client, model: Register, args: Sequence[Value], place: object) -> Value:
    """What a registration gives: the router itself, or a router for what follows."""
    if model.how in CHAINED:
        return Client(
            client.library,
            "chain" if model.how == "route-of" else client.kind,
            (client, *args),
            (model.how, client.place, place),
        )
    return client


def _wraps(value: Value) -> bool:
    """Whether a value is what a library made of a function that it was handed: `wrap(async (request) => { … })`."""
    return isinstance(value, ForeignValue) and any(isinstance(forced(arg), Closure) for arg in value.args or ())


def _answers(value: Value) -> bool:
    """Whether a value is a handler of a library that answers from what it has kept, or what another server says."""
    return (
        isinstance(value, ForeignValue)
        and value.args is not None
        and (answer_cache(value.package, value.path) or proxy_of(value.package, value.path)) is not None
    )


def proxy_plugin(args: Sequence[Value]) -> ForeignValue | None:
    """A plugin that hands on what it is asked, with the options that it is registered with."""
    plugin = forced(args[0]) if args else None
    if not isinstance(plugin, ForeignValue) or plugin.args is not None:
        return None
    model = proxy_of(plugin.package, plugin.path)
    return ForeignValue(plugin.package, plugin.path, tuple(args[1:2])) if model is not None and model.plugin else None


def served_plugin(args: Sequence[Value], place: object) -> Client | None:
    """A plugin that serves procedures, as what it makes of the options that it is registered with."""
    plugin = forced(args[0]) if args else None
    if not isinstance(plugin, ForeignValue) or plugin.args is not None or len(args) < 2:
        return None
    found = exported(plugin.package, plugin.path)
    model = found[1] if found is not None else None
    if found is None or not isinstance(model, Make) or model.kind != "served":
        return None
    options = forced(args[1])
    inner = options.fields.get(PLUGIN_OPTIONS) if isinstance(options, Record) else None
    return Client(found[0], model.kind, (inner,) if inner is not None else (), ("plugin", place))


def handlers_among(args: Sequence[Value], interpreter: Interpreter | None = None) -> tuple[Value, ...]:
    """The functions, routers and modules among the arguments of a registration, those in arrays too."""
    found: list[Value] = []
    for arg in args:
        value = forced(arg)
        if isinstance(value, ModuleValue) and interpreter is not None:
            whole = interpreter.export(value.module, "=")
            known = forced(whole) if whole is not None else value
            found.append(known if isinstance(known, (Closure, Client)) else value)
        elif (
            isinstance(value, (Closure, Client, ModuleValue, ClassValue, Instance)) or _answers(value) or _wraps(value)
        ):
            found.append(value)
        elif isinstance(value, Seq):
            found.extend(handlers_among(value.items, interpreter))
        elif isinstance(value, OneOf):
            found.extend(handlers_among(value.values, interpreter))
        elif isinstance(value, Unknown) and value.receiver is not None and isinstance(forced(value.receiver), Client):
            found.append(forced(value.receiver))  # router.routes(), router.middleware()
    return tuple(found)
