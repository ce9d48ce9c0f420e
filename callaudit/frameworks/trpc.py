"""Procedures of tRPC 10 and 11: a route for each, below each path at which its router is served.

https://trpc.io/docs/server/adapters. A request runs what makes the context, the middlewares and the procedure. Several
procedures that are asked for in one request are routes of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.queries.query_defaults import mentions
from callaudit.flow.requests.procedures import (
    handed,
    is_router,
    made_context,
    nested,
    procedures,
    unknown_input,
)
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Client, Closure, Const, ForeignValue, Record, Value
from callaudit.frameworks.model import Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.next_files import next_apps, stem
from callaudit.frameworks.place import app_of
from callaudit.frameworks.routers import Mounts
from callaudit.libraries.procedures import BY_FILE, BY_OPTION
from callaudit.libraries.tables.trpc import LIBRARY
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

SOMEWHERE = "/{trpc}"
"""Where a router is served of which that is not known."""
SERVER = "@trpc/server"
_SERVER_FOLDER = re.compile(r"(?:^|/)server/((?:api|routes)/.+)$")


class Served(Struct, frozen=True, eq=False):
    """A router, the path below which it is served, and what makes the context of a request."""

    router: Client
    path: str
    app: str
    context: Value


class Procedures:
    """Routers of procedures, served by an adapter."""

    name = "trpc"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each procedure of each router that is served, or that no other one holds."""
        modules = interpreter.program.modules.values()
        if not any(item.source == SERVER for module in modules for item in module.facts.imports):
            return
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        served = [*_mounted(interpreter), *_adapters(interpreter)]
        paths = {key(one.router) for one in served}
        for one in (*served, *(alone for alone in _alone(interpreter) if key(alone.router) not in paths)):
            yield from self._routes(interpreter, one)

    def _routes(self, interpreter: Interpreter, served: Served) -> Iterator[Entry]:
        made = forced(served.context)
        first = (Start(made, unknown_args(interpreter, made)),) if isinstance(made, Closure) else ()
        context = made_context(interpreter, served.context)
        held = procedures(interpreter, served.router)
        if served.path == SOMEWHERE and held:
            first_one = min(held.values(), key=lambda one: (one.file, one.line))
            why = "it is not known where the router that holds it is served"
            interpreter.gap(first_one.file, first_one.line, f"procedure {first_one.name}", why)
        for one in held.values():
            args = (handed(interpreter, one, context, unknown_input()),)
            runs = (*one.before, forced(one.resolver))
            starts = (*first, *(Start(value, args) for value in runs if isinstance(value, (Closure, ForeignValue))))
            where = join_paths(served.path, one.name)
            found = route(self.name, one.method, where, one.file, one.line, served.app, starts)
            yield replace(found, namespace=one.place)


def _served(options: Value, path: str, app: str) -> Served | None:
    known = forced(options)
    router = forced(known.fields.get("router", UNDEFINED)) if isinstance(known, Record) else UNDEFINED
    if not isinstance(known, Record) or not isinstance(router, Client) or not is_router(router):
        return None
    return Served(router, path, app, known.fields.get("createContext", UNDEFINED))


def _mounted(interpreter: Interpreter) -> Iterator[Served]:
    """Routers that are mounted at a router of another framework."""
    found = sorted(interpreter.noted.registrations.values(), key=lambda item: (item.file, item.line))
    mounts = Mounts(found)
    seen: set[object] = set()
    for item in found:
        for handler in item.handlers:
            if not isinstance(handler, Client) or handler.library is not LIBRARY or key(handler) in seen:
                continue
            seen.add(key(handler))
            for prefix in mounts.prefixes(handler) if handler.args else ():
                one = _served(handler.args[0], join_paths(prefix.rstrip("*")), app_of(interpreter, item.file))
                if one is not None:
                    yield one


def _adapters(interpreter: Interpreter) -> Iterator[Served]:
    """Routers that an adapter serves by itself: at a path that it is told, or that of its file."""
    for name in (*BY_OPTION, *BY_FILE):
        for path, node, scope in mentions(interpreter, name):
            if not isinstance(node, Call) or not node.args or not _is(interpreter.evaluate(node.callee, scope), name):
                continue
            options = forced(interpreter.evaluate(node.args[0], scope))
            where = _path_of_file(interpreter, path) if name in BY_FILE else _told(options, BY_OPTION[name])
            one = _served(options, where, app_of(interpreter, path))
            if one is not None:
                yield one


def _is(value: Value, name: str) -> bool:
    known = forced(value)
    return isinstance(known, ForeignValue) and known.package in LIBRARY.packages and known.path[-1:] == (name,)


def _told(options: Value, name: str) -> str:
    if not name:
        return SOMEWHERE
    value = forced(options.fields[name]) if isinstance(options, Record) and name in options.fields else None
    if isinstance(value, Const) and isinstance(value.value, str):
        return value.value
    return "" if value is None else SOMEWHERE


def _path_of_file(interpreter: Interpreter, path: str) -> str:
    """The path of the route that a file is, without the part that names procedures."""
    for app in next_apps(interpreter):
        name = stem(path[len(app.pages) + 1 :], app.extensions) if path.startswith(app.pages + "/") else None
        if app.pages and name is not None:
            return join_paths(app.base_path, name.rpartition("/")[0])
    below = _SERVER_FOLDER.search(path)
    return join_paths(below[1].rpartition("/")[0]) if below else SOMEWHERE


def _alone(interpreter: Interpreter) -> Iterator[Served]:
    """Routers of which it is not known that anything serves them, and that no other one holds."""
    found: dict[object, Served] = {}
    inside: set[object] = set()
    for path in sorted(interpreter.program.modules):
        for binding in interpreter.program.modules[path].facts.bindings:
            if not interpreter.relevance.binding(path, binding.name):
                continue
            value = forced(interpreter.lookup(binding.name, interpreter.module_scope(path)))
            if isinstance(value, Client) and is_router(value):
                found.setdefault(key(value), Served(value, SOMEWHERE, app_of(interpreter, path), UNDEFINED))
                inside.update(key(one) for one in nested(interpreter, value))
    yield from (one for at, one in found.items() if at not in inside)


FRAMEWORK = Procedures()
