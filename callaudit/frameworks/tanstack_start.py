"""TanStack Start: functions that a browser calls over the network, and routes that a server answers.

https://tanstack.com/start/latest/docs/framework/react/guide/server-functions and /guide/server-routes: what is in
`server.handlers` of a file route, an object of methods or a function that makes one; in versions before 1.131
`createServerFileRoute(path).methods({ GET })` and `createAPIFileRoute(path)({ GET })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.requests.server_functions import server_functions, uses_them
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record
from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.frameworks.single_page import TANSTACK
from callaudit.syntax.ir import Call, Let, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

NAME = "tanstack-start"
_FILE_ROUTES = frozenset({"createFileRoute"})
_SERVED = frozenset({"createServerFileRoute", "createAPIFileRoute"})


class TanstackStart:
    """Server functions and server routes."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """An action for each server function, and a route for each method of a server route."""
        for path, module in sorted(interpreter.program.modules.items()):
            if uses_them(interpreter):
                for line, handler in sorted(server_functions(interpreter, path).items()):
                    yield _action(interpreter, path, line, handler)
            if any(item.source in TANSTACK for item in module.facts.imports):
                yield from _routes(interpreter, path)


def _action(interpreter: Interpreter, path: str, line: int, handler: Closure) -> Entry:
    start = Start(handler, unknown_args(interpreter, handler))
    title = _title(interpreter, path, handler) or interpreter.qualified(handler.module, handler.index)
    return Entry("action", title, path, line, "server", app_of(interpreter, path), (start,), NAME)


def _title(interpreter: Interpreter, path: str, handler: Closure) -> str:
    """The variable that a server function is kept in."""
    module = interpreter.program.modules[path]
    for let in module.nodes_of(0, Let):
        if isinstance(let.target, Name) and isinstance(let.value, Call):
            value = forced(interpreter.evaluate(let.value, interpreter.module_scope(path)))
            if isinstance(value, Closure) and (value.module, value.index) == (handler.module, handler.index):
                return let.target.id
    return ""


def _routes(interpreter: Interpreter, path: str) -> Iterator[Entry]:
    module = interpreter.program.modules[path]
    scope = static_scope(interpreter, path, 0)
    for call in module.nodes_of(0, Call):
        if not call.args or not isinstance(call.callee, (Call, Member)):
            continue
        made = call.callee.obj if isinstance(call.callee, Member) and call.callee.prop == "methods" else call.callee
        known = forced(interpreter.evaluate(made, scope)) if isinstance(made, Call) else None
        if not isinstance(known, ForeignValue) or known.package not in TANSTACK or not known.args:
            continue
        where = forced(known.args[0])
        if isinstance(where, Const) and isinstance(where.value, str) and known.path:
            handlers = _handlers(interpreter, call, known.path[-1], scope)
            for method, value in handlers.items():
                yield from _route(interpreter, path, (call.line, method, where.value), value)


def _handlers(interpreter: Interpreter, call: Call, name: str, scope: Scope) -> dict[str, Value]:
    given: Value | None = forced(interpreter.evaluate(call.args[0], scope))
    if name in _FILE_ROUTES:
        server = forced(given.fields["server"]) if isinstance(given, Record) and "server" in given.fields else None
        given = (
            forced(server.fields["handlers"]) if isinstance(server, Record) and "handlers" in server.fields else None
        )
        if isinstance(given, Closure):  # `({ createHandlers }) => createHandlers({ GET })`
            called = interpreter.nodes_of(given.module, given.index, Call)
            inner = static_scope(interpreter, given.module, given.index)
            given = forced(interpreter.evaluate(called[0].args[0], inner)) if called and called[0].args else None
    elif name not in _SERVED:
        return {}
    known = given.fields if isinstance(given, Record) else {}
    return {method: known[method] for method in (*METHODS, "ANY") if method in known}


def _route(interpreter: Interpreter, path: str, place: tuple[int, str, str], value: Value) -> Iterator[Entry]:
    line, method, where = place
    handler = forced(value)
    if isinstance(handler, Record) and "handler" in handler.fields:  # with middleware beside it
        handler = forced(handler.fields["handler"])
    if isinstance(handler, Closure):
        at = value.line if isinstance(value, Lazy) and value.line else line
        start = Start(handler, unknown_args(interpreter, handler))
        yield route(NAME, method, join_paths(where), path, at, app_of(interpreter, path), (start,))


FRAMEWORK = TanstackStart()
