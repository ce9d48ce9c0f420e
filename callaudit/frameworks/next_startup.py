"""What a Next.js server does when it starts: `register` of `instrumentation.ts`, once in each instance.

https://nextjs.org/docs/app/api-reference/file-conventions/instrumentation: the file stands beside `app` or `pages`;
in Next.js 13 and 14 an experimental option turns it on. Modules that it imports are loaded then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import IN_A_SERVER, Entry, Start
from callaudit.frameworks.next_files import NextApp, next_apps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter


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
            starts = (Start(value),)
            yield Entry("script", "register", path, line, "server", app.root, starts, self.name, runs=(path,))


def instrumentations(interpreter: Interpreter) -> Iterator[tuple[NextApp, str]]:
    """The instrumentation file of each app, beside the folder of its router or at the app's root."""
    for app in next_apps(interpreter):
        folders = dict.fromkeys([(app.app or app.pages).rpartition("/")[0], app.root])
        names = [f"{folder}/instrumentation" if folder else "instrumentation" for folder in folders]
        paths = [f"{name}.{extension}" for name in names for extension in app.extensions]
        found = next((path for path in paths if path in interpreter.program.modules), None)
        if found is not None:
            yield app, found


FRAMEWORK = NextStartup()
