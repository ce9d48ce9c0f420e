"""Modules that export a handler for each HTTP method, named as the method is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Record
from callaudit.frameworks.model import METHODS, Entry, Start, route, unknown_args
from callaudit.frameworks.next_app import definition_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter

EVENT = Record({"fetch": ForeignValue("", ("fetch",))}, open=True)
"""What a handler is handed: an event or context, whose `fetch` is that of the platform where it has one."""


def start_of(interpreter: Interpreter, path: str, name: str, origin: str = "") -> Start | None:
    """What runs when the export `name` of a module is called with an event; `None` where it is no function."""
    value = interpreter.export(path, name)
    known = forced(value) if value is not None else None
    if isinstance(known, Closure):
        return Start(known, unknown_args(interpreter, known, (EVENT,)), origin=origin)
    return Start(known, origin=origin) if isinstance(known, ForeignValue) and known.args is not None else None


def by_method(
    interpreter: Interpreter,
    framework: str,
    path: str,
    where: str,
    app: str,
    others: dict[str, str] | None = None,
    before: tuple[Start, ...] = (),
) -> Iterator[Entry]:
    """A route for each method that a module exports a handler for; `others` are further names and their methods."""
    for name, method in {**{one: one for one in METHODS}, **(others or {})}.items():
        start = start_of(interpreter, path, name)
        if start is not None:
            line = definition_line(interpreter, path, name)
            yield route(framework, method, where, path, line, app, (*before, start))
