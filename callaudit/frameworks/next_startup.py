"""What a Next.js server does when it starts: `register` of `instrumentation.ts`, once in each instance.

https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation: the file stands beside `app` or `pages`;
in Next.js 13 and 14 an experimental option turns it on. Modules that it imports are loaded then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import Closure
from callaudit.frameworks.model import IN_A_SERVER, Entry, Start
from callaudit.frameworks.next_files import NextApp, next_apps
from callaudit.link.program import ModuleObject
from callaudit.syntax.ir import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.interpreter import Interpreter


class NextStartup:
    """The files that are run when a server starts."""

    name = IN_A_SERVER

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for the `register` of each app; it belongs to the server, and its timers do."""
        for app, path in instrumentations(interpreter):
            value = interpreter.export(path, "register")
            if not isinstance(value, Closure):
                continue
            line = interpreter.function(value.module, value.index).line
            runs = tuple(loaded(interpreter, path))
            yield Entry("script", "register", path, line, "server", app.root, (Start(value),), self.name, runs=runs)


def instrumentations(interpreter: Interpreter) -> Iterator[tuple[NextApp, str]]:
    """The instrumentation file of each app, beside the folder of its router or at the app's root."""
    for app in next_apps(interpreter):
        folders = dict.fromkeys([(app.app or app.pages).rpartition("/")[0], app.root])
        names = [f"{folder}/instrumentation" if folder else "instrumentation" for folder in folders]
        paths = [f"{name}.{extension}" for name in names for extension in app.extensions]
        found = next((path for path in paths if path in interpreter.program.modules), None)
        if found is not None:
            yield app, found


def loaded(interpreter: Interpreter, path: str) -> Iterator[str]:
    """The modules that `import()` loads in a file, where loading them does something."""
    module = interpreter.program.modules[path]
    sources = {
        ref[1:] for function in module.functions[1:] for ref in function.refs if ref[:1] == "!" and HOLE not in ref
    }
    for source in sorted(sources):
        origin = interpreter.program.source(path, source)
        if isinstance(origin, ModuleObject) and interpreter.process(origin.module).effects:
            yield origin.module


FRAMEWORK = NextStartup()
