"""Pages of Astro 2 to 5: https://docs.astro.build/en/basics/astro-pages/.

Their frontmatter runs on a server or in a build, their scripts in the browser; what they draw is not followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import Entry, Start, join_paths, unknown_args
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

NAME, PACKAGE = "astro", "astro"
FOLDER, ENDING = "src/pages", ".astro"
SCRIPT = "script$"
"""The function that a file's scripts are written as: `syntax/components/astro.py`."""


class Astro:
    """Files of `src/pages`."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A page for each file of each app."""
        for package in interpreter.program.project.packages:
            folder = below(package.dir, FOLDER) + "/"
            for path in sorted(interpreter.program.modules) if PACKAGE in package.dependencies else ():
                starts = tuple(_starts(interpreter, path)) if path.startswith(folder) and path.endswith(ENDING) else ()
                if starts:
                    where = join_paths(*path[len(folder) : -len(ENDING)].removesuffix("index").split("/"))
                    yield Entry("page", where, path, 1, "server", package.dir, starts, NAME, "", where)


def _starts(interpreter: Interpreter, path: str) -> Iterator[Start]:
    for name, origin in (("default", "server"), (SCRIPT, "browser")):
        exported = interpreter.export(path, name)
        known = forced(exported) if exported is not None else None
        if isinstance(known, Closure):
            yield Start(known, unknown_args(interpreter, known), origin=origin)


FRAMEWORK = Astro()
