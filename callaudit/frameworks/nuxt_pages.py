"""Pages of Nuxt 3 and 4: https://nuxt.com/docs/guide/directory-structure/pages, /layouts and /app.

What is around a page is shown with it: `app.vue`, and the layout that it has where it names no other. Where there are
no pages, `app.vue` is the only one. What `useFetch` and `useAsyncData` ask for at the top of such a component a server
asks for as well, before it draws the first page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Rendered
from callaudit.frameworks.component_files import component_starts
from callaudit.frameworks.model import Entry, Start, join_paths
from callaudit.frameworks.next_app import definition_line
from callaudit.project.paths import below
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter

ENDING = ".vue"
LAYOUT = "default"
ON_SERVER = frozenset({"useFetch", "useAsyncData", "useLazyFetch", "useLazyAsyncData", "callOnce"})
_GROUP = re.compile(r"\(.*\)")


def pages(interpreter: Interpreter, root: str, app: str, framework: str) -> Iterator[Entry]:
    """The pages below the folder `root` of the app `app`."""
    modules = interpreter.program.modules
    shell = below(root, f"app{ENDING}")
    layout = below(root, f"layouts/{LAYOUT}{ENDING}")
    around = [start for path in (shell, layout) if path in modules for start in _starts(interpreter, path)]
    folder = below(root, "pages") + "/"
    found = sorted(path for path in modules if path.startswith(folder) and path.endswith(ENDING))
    for path in found:
        where = join_paths(*_parts(path[len(folder) : -len(ENDING)]))
        yield _entry(interpreter, where, path, app, framework, (*around, *_starts(interpreter, path)))
    if not found and shell in modules:
        yield _entry(interpreter, "/", shell, app, framework, tuple(around))


def _entry(
    interpreter: Interpreter, where: str, path: str, app: str, framework: str, starts: tuple[Start, ...]
) -> Entry:
    line = definition_line(interpreter, path, "default")
    return Entry("page", where, path, line, "browser", app, starts, framework, "", where)


def _parts(name: str) -> list[str]:
    """A name as addresses have it: no groups, no `index`."""
    parts = [part for part in name.split("/") if not _GROUP.fullmatch(part)]
    return parts[:-1] if parts and parts[-1] == "index" else parts


def _starts(interpreter: Interpreter, path: str) -> Iterator[Start]:
    yield from component_starts(interpreter, path)
    exported = interpreter.export(path, "default")
    known = forced(exported) if exported is not None else None
    if not isinstance(known, Closure) or known.module != path:
        return
    for node in interpreter.nodes(path, known.index):
        if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id in ON_SERVER:
            yield Start(Rendered(node, static_scope(interpreter, path, known.index)), origin="server")
