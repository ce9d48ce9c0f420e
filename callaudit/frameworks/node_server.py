"""Plain `http.createServer(handler)` servers: the handler is asked which paths and methods it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import Closure
from callaudit.frameworks.handlers import routes_by_path
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.frameworks.model import Entry


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
                        place = (item.file, item.line)
                        yield from routes_by_path(
                            interpreter, self.name, handler, place, app_of(interpreter, item.file)
                        )


FRAMEWORK = NodeServer()
