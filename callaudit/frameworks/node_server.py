"""Plain `http.createServer(handler)` servers: the handler is asked which paths and methods it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.requested import RequestWord, answered
from callaudit.flow.values import Closure, Const, Record, Unknown, Value, forced
from callaudit.frameworks.model import METHODS, Entry, Start, route, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.registrations import Registration


class NodeServer:
    """Handlers that compare `request.url` with paths."""

    name = "node-http"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each path that the handler compares with; methods where the same test asks for one."""
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        for item in sorted(interpreter.registrations.values(), key=lambda found: (found.file, found.line)):
            if item.model.how == "server":
                for handler in item.handlers:
                    if isinstance(handler, Closure):
                        yield from self._routes(interpreter, item, handler)

    def _routes(self, interpreter: Interpreter, item: Registration, handler: Closure) -> Iterable[Entry]:
        path, method = RequestWord("path"), RequestWord("method")
        interpreter.exploring = True
        interpreter.run(handler, unknown_args(interpreter, handler, (_request(path, method),)))
        interpreter.exploring = False
        methods = answered(interpreter, method)
        app = app_of(interpreter, item.file)
        for where, line in answered(interpreter, path).items():
            if not where.startswith("/"):
                continue
            beside = [verb for verb, at in methods.items() if at == line and verb in METHODS]
            for verb in beside or ["ANY"]:
                known: Value = Const(verb) if beside else Unknown("method", given=True)
                args = unknown_args(interpreter, handler, (_request(Const(where), known),))
                yield route(self.name, verb, where, item.file, line, app, (Start(handler, args),))


def _request(path: Value, method: Value) -> Record:
    return Record({"url": path, "method": method}, open=True)


FRAMEWORK = NodeServer()
__all__ = ["forced"]
