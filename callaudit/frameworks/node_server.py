"""Plain servers of Node, Bun and Deno: one function is asked which paths and methods it knows, or a table says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure, Record, Value
from callaudit.frameworks.edge_functions import where_served
from callaudit.frameworks.handlers import routes_by_method, routes_by_path
from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.apps.registrations import Registration
    from callaudit.flow.machine.interpreter import Interpreter

EVERYTHING = "/*"


class NodeServer:
    """Handlers that compare `request.url` with paths, and tables of handlers by path."""

    name = "node-http"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each path that is known; one for all that a handler answers which compares with none."""
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        for item in sorted(interpreter.noted.registrations.values(), key=lambda found: (found.file, found.line)):
            if item.model.how == "server":
                yield from where_served(item.file, _tabled(interpreter, item))
                for handler in item.handlers:
                    if isinstance(handler, Closure):
                        yield from where_served(item.file, _served(interpreter, item, handler))


def _served(interpreter: Interpreter, item: Registration, handler: Closure) -> Iterator[Entry]:
    place, app, name = (item.file, item.line), app_of(interpreter, item.file), item.router.library.name
    found = list(routes_by_path(interpreter, name, handler, place, app))
    yield from found
    if not found and interpreter.run(handler, unknown_args(interpreter, handler)).effects:
        yield from routes_by_method(interpreter, name, handler, EVERYTHING, place, app)


def _tabled(interpreter: Interpreter, item: Registration) -> Iterator[Entry]:
    """The routes of a table: a handler for each path, or one for each method of it."""
    table = forced(item.path) if item.path is not None else None
    for path, value in table.fields.items() if isinstance(table, Record) else ():
        known = forced(value)
        methods: dict[str, Value] = {"ANY": value}
        if isinstance(known, Record):
            methods = {name: one for name, one in known.fields.items() if name in METHODS}
        for method, one in methods.items():
            handler = forced(one)
            if isinstance(handler, Closure):
                line = one.line if isinstance(one, Lazy) and one.line else item.line
                start = Start(handler, unknown_args(interpreter, handler))
                app = app_of(interpreter, item.file)
                yield route(item.router.library.name, method, join_paths(path), item.file, line, app, (start,))


FRAMEWORK = NodeServer()
