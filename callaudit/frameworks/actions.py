"""Server actions: exports of a module with `'use server'`, and functions with that directive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

DIRECTIVE = "use server"


class ServerActions:
    """Functions that a browser calls over the network without a route of their own."""

    name = "server-action"
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """Every server action."""
        for path, module in sorted(interpreter.program.modules.items()):
            if DIRECTIVE in module.facts.directives:
                for name in interpreter.program.exported_names(path):
                    value = interpreter.export(path, name)
                    closure = forced(value) if value is not None else None
                    if isinstance(closure, Closure):
                        yield _entry(interpreter, closure, name if name != "default" else "")
            for index, function in enumerate(module.functions):
                if index and DIRECTIVE in function.directives:
                    scope = static_scope(interpreter, path, function.parent)
                    yield _entry(interpreter, Closure(path, index, scope), "")


def _entry(interpreter: Interpreter, closure: Closure, name: str) -> Entry:
    function = interpreter.function(closure.module, closure.index)
    title = name or interpreter.qualified(closure.module, closure.index)
    start = Start(closure, unknown_args(interpreter, closure))
    app = app_of(interpreter, closure.module)
    return Entry("action", title, closure.module, function.line, "server", app, (start,), "next-app")


FRAMEWORK = ServerActions()
