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
from callaudit.flow.values.values import Closure, Const, Record, Rendered, Undefined
from callaudit.frameworks.component_files import component_starts
from callaudit.frameworks.model import Entry, Start, join_paths
from callaudit.frameworks.next_app import definition_line
from callaudit.project.paths import below
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope

ENDING = ".vue"
LAYOUT = "default"
ON_SERVER = frozenset({"useFetch", "useAsyncData", "useLazyFetch", "useLazyAsyncData", "callOnce"})
PAGE_META = frozenset({"definePageMeta"})
_HUMP = re.compile(r"([a-z\d])([A-Z])")
_GROUP = re.compile(r"\(.*\)")


def pages(interpreter: Interpreter, root: str, app: str, framework: str) -> Iterator[Entry]:
    """The pages below the folder `root` of the app `app`."""
    modules = interpreter.program.modules
    shell = below(root, f"app{ENDING}")
    around = list(_starts(interpreter, shell)) if shell in modules else []
    layouts = _layouts(interpreter, root)
    folder = below(root, "pages") + "/"
    found = sorted(path for path in modules if path.startswith(folder) and path.endswith(ENDING))
    for path in found:
        where = join_paths(*_parts(path[len(folder) : -len(ENDING)]))
        layout = _layout(interpreter, path, layouts)
        yield _entry(interpreter, where, path, app, framework, (*around, *layout, *_starts(interpreter, path)))
    if not found and shell in modules:
        layout = list(_starts(interpreter, layouts[LAYOUT])) if LAYOUT in layouts else []
        yield _entry(interpreter, "/", shell, app, framework, (*around, *layout))


def _entry(
    interpreter: Interpreter, where: str, path: str, app: str, framework: str, starts: tuple[Start, ...]
) -> Entry:
    line = definition_line(interpreter, path, "default")
    return Entry("page", where, path, line, "browser", app, starts, framework, "", where)


def _parts(name: str) -> list[str]:
    """A name as addresses have it: no groups, no `index`."""
    parts = [part for part in name.split("/") if not _GROUP.fullmatch(part)]
    return parts[:-1] if parts and parts[-1] == "index" else parts


def _layouts(interpreter: Interpreter, root: str) -> dict[str, str]:
    """The files of layouts by their names: `Admin/mainPart.vue` is `admin-main-part`."""
    folder = below(root, "layouts") + "/"
    found = sorted(path for path in interpreter.program.modules if path.startswith(folder) and path.endswith(ENDING))
    return {_kebab("-".join(_parts(path[len(folder) : -len(ENDING)]))): path for path in found}


def _kebab(name: str) -> str:
    return _HUMP.sub(r"\1-\2", name).lower()


def _layout(interpreter: Interpreter, path: str, layouts: dict[str, str]) -> list[Start]:
    """What the layout of a page does: of that which the page names, or the usual one."""
    for call, scope in _calls(interpreter, path, PAGE_META):
        meta = forced(interpreter.evaluate(call.args[0], scope)) if call.args else Undefined()
        if not isinstance(meta, Record) or "layout" not in meta.fields:
            continue
        named = forced(meta.fields["layout"])
        if isinstance(named, Const) and (named.value is False or _kebab(str(named.value)) in layouts):
            file = layouts[_kebab(str(named.value))] if named.value is not False else ""
            return list(_starts(interpreter, file)) if file else []
        interpreter.gap(path, call.line, "layout", "which layout this page has is not known")
        return [start for file in layouts.values() for start in _starts(interpreter, file, maybe=True)]
    return list(_starts(interpreter, layouts[LAYOUT])) if LAYOUT in layouts else []


def _starts(interpreter: Interpreter, path: str, *, maybe: bool = False) -> Iterator[Start]:
    yield from component_starts(interpreter, path, maybe=maybe)
    for call, scope in _calls(interpreter, path, ON_SERVER):
        yield Start(Rendered(call, scope), origin="server", maybe=maybe)


def _calls(interpreter: Interpreter, path: str, names: frozenset[str]) -> Iterator[tuple[Call, Scope]]:
    """The calls of functions called so in the component of a file."""
    exported = interpreter.export(path, "default")
    known = forced(exported) if exported is not None else None
    if not isinstance(known, Closure) or known.module != path:
        return
    for node in interpreter.nodes(path, known.index):
        if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id in names:
            yield node, static_scope(interpreter, path, known.index)
