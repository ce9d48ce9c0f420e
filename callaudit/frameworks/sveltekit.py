"""SvelteKit 1 and 2: endpoints, load functions, form actions and hooks, as files tell them.

https://svelte.dev/docs/kit/routing, /load, /form-actions and /hooks. A `load` of `+page.ts` or `+layout.ts` runs in the
browser for all pages after the first. Components are followed in the browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Record
from callaudit.frameworks.component_files import component_starts
from callaudit.frameworks.method_exports import EVENT, by_method, start_of
from callaudit.frameworks.model import Entry, Start, join_paths, unknown_args
from callaudit.frameworks.next_app import definition_line
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

NAME = "sveltekit"
PACKAGE = "@sveltejs/kit"
EXTENSIONS = ("ts", "js")
ROUTES = "src/routes"
HOOKS = ("src/hooks.server", "src/hooks.server/index")
OTHERS = {"fallback": "ANY"}
_MATCHER = re.compile(r"^(\[+(?:\.\.\.)?\w+)=\w+(\]+)$")


class SvelteKit:
    """Files of `src/routes`."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """The endpoints, pages and actions of each app."""
        for package in interpreter.program.project.packages:
            if PACKAGE in package.dependencies:
                yield from _app(interpreter, package.dir)


def _app(interpreter: Interpreter, root: str) -> Iterator[Entry]:
    folder = below(root, ROUTES)
    modules = interpreter.program.modules
    before = tuple(_hooks(interpreter, root, "handle"))
    seen: set[str] = set()
    for path in sorted(modules):
        if not path.startswith(f"{folder}/"):
            continue
        at, _, name = path.rpartition("/")
        kind = name.rpartition(".")[0]
        where = join_paths(*(_shown(part) for part in at[len(folder) :].split("/")))
        if kind == "+server":
            yield from by_method(interpreter, NAME, path, where, root, OTHERS, before)
        elif kind in ("+page", "+page.server"):
            yield from _actions(interpreter, path, where, root, before)
            if at not in seen:
                seen.add(at)
                yield from _page(interpreter, folder, path, where, root, before)
    for start in _hooks(interpreter, root, "init"):
        if isinstance(start.value, Closure):
            line = interpreter.function(start.value.module, start.value.index).line
            yield Entry("script", "init", start.value.module, line, "server", root, (start,), NAME)


def _shown(part: str) -> str:
    """A folder as addresses have it: no groups, no matchers."""
    return "" if part.startswith("(") and part.endswith(")") else _MATCHER.sub(r"\1\2", part)


def _hooks(interpreter: Interpreter, root: str, name: str) -> Iterator[Start]:
    for place in HOOKS:
        for extension in EXTENSIONS:
            path = f"{below(root, place)}.{extension}"
            start = start_of(interpreter, path, name) if path in interpreter.program.modules else None
            if start is not None:
                yield start


def _page(
    interpreter: Interpreter, folder: str, path: str, where: str, root: str, before: tuple[Start, ...]
) -> Iterator[Entry]:
    """A page: the load functions of the layouts around it, and its own."""
    starts: list[Start] = []
    at = path.rpartition("/")[0]
    parts = at[len(folder) :].split("/")
    for depth in range(1, len(parts) + 1):
        level = folder + "/".join(parts[:depth])
        starts += _loads(interpreter, level, "+layout")
    starts += _loads(interpreter, at, "+page")
    if starts:
        known = "load" if interpreter.export(path, "load") is not None else "default"
        line = definition_line(interpreter, path, known)
        yield Entry("page", where, path, line, "server", root, (*before, *starts), NAME, "", where)


def _loads(interpreter: Interpreter, folder: str, name: str) -> Iterator[Start]:
    for suffix, origin in ((".server", "server"), ("", "browser")):
        for extension in EXTENSIONS:
            path = f"{folder}/{name}{suffix}.{extension}"
            start = start_of(interpreter, path, "load", origin) if path in interpreter.program.modules else None
            if start is not None:
                yield start
    shown = f"{folder}/{name}.svelte"
    if shown in interpreter.program.modules:
        yield from component_starts(interpreter, shown)


def _actions(interpreter: Interpreter, path: str, where: str, root: str, before: tuple[Start, ...]) -> Iterator[Entry]:
    """Form actions: `export const actions = { default, save }`."""
    value = interpreter.export(path, "actions")
    known = forced(value) if value is not None else None
    for name, one in known.fields.items() if isinstance(known, Record) else ():
        handler = forced(one)
        if isinstance(handler, Closure):
            title = f"POST {where}" + ("" if name == "default" else f"?/{name}")
            start = Start(handler, unknown_args(interpreter, handler, (EVENT,)))
            line = interpreter.function(handler.module, handler.index).line
            yield Entry("action", title, handler.module, line, "server", root, (*before, start), NAME)


FRAMEWORK = SvelteKit()
