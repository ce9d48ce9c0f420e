"""What Nuxt 3 and 4 run of an app's own: its pages, and around them plugins, and middleware of routes.

https://nuxt.com/docs/guide/directory-structure/plugins and /middleware. Plugins run once for each visit: on the server
that draws the first page, and in the browser, or on one of both where their names say so. Middleware runs on both sides
before the first page, and in the browser before each that follows: what is global always, the rest where pages name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Record, Unknown
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.next_app import definition_line
from callaudit.frameworks.next_files import stem
from callaudit.frameworks.nitro import EXTENSIONS, NUXT
from callaudit.frameworks.nuxt_pages import pages
from callaudit.link.definitions import Defined
from callaudit.project.paths import below
from callaudit.syntax.ir import Call, Let, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

NAME = "nuxt"
SIDES = {".client": "browser", ".server": "server"}
"""What the end of a plugin's name says: where it runs."""
GLOBAL = ".global"
_WRITTEN = ("#imports", "#app")
_HOOKS = {
    **dict.fromkeys(("app:beforeMount", "app:mounted", "app:suspense:resolve", "app:manifest:update"), "browser"),
    **dict.fromkeys(("page:start", "page:finish", "page:transition:finish", "page:loading:start"), "browser"),
    **dict.fromkeys(("page:loading:end", "page:view-transition:start", "link:prefetch"), "browser"),
    **dict.fromkeys(("app:rendered", "app:redirected"), "server"),
}
"""Hooks that run on one side alone: https://nuxt.com/docs/api/advanced/hooks."""


class Nuxt:
    """Files of the folders `plugins` and `middleware`, also below `app` and `src`."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """The pages, and a component that none of them names for each plugin and middleware: all pages have it."""
        for package in interpreter.program.project.packages:
            if any(name in package.dependencies for name in NUXT):
                for root in (package.dir, below(package.dir, "app"), below(package.dir, "src")):
                    yield from _plugins(interpreter, root, package.dir)
                    yield from _middleware(interpreter, root, package.dir)
                    yield from pages(interpreter, root, package.dir, self.name)


def _plugins(interpreter: Interpreter, root: str, app: str) -> Iterator[Entry]:
    for name, path in _files(interpreter, below(root, "plugins")):
        first, _, rest = name.partition("/")
        if rest not in ("", "index"):
            continue  # Nuxt looks no deeper
        side = next((origin for end, origin in SIDES.items() if first.endswith(end)), "")
        starts = [
            start for one in _handlers(interpreter, path) for start in _starts(interpreter, one)[: 1 if side else None]
        ]
        for hook, handler in _hooks(interpreter, path):
            browser, server = _starts(interpreter, handler, maybe=True)
            sides = {hook_side} if (hook_side := _HOOKS.get(hook)) else {"browser", "server"}
            if side:
                starts += [browser] if side in sides else []
            else:
                starts += [one for one, at in ((browser, "browser"), (server, "server")) if at in sides]
        if starts:
            yield _entry(interpreter, f"plugin {first}", path, side or "browser", app, tuple(starts))


def _middleware(interpreter: Interpreter, root: str, app: str) -> Iterator[Entry]:
    for name, path in _files(interpreter, below(root, "middleware")):
        for handler in _handlers(interpreter, path):
            starts = _starts(interpreter, handler, maybe=not name.endswith(GLOBAL))
            yield _entry(interpreter, f"middleware {name}", path, "browser", app, starts)


def _entry(interpreter: Interpreter, title: str, path: str, origin: str, app: str, starts: tuple[Start, ...]) -> Entry:
    return Entry("component", title, path, definition_line(interpreter, path, "default"), origin, app, starts, NAME)


def _files(interpreter: Interpreter, folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted(interpreter.program.modules):
        name = stem(path[len(folder) + 1 :], EXTENSIONS) if path.startswith(folder + "/") else None
        if name is not None:
            yield name, path


def _handlers(interpreter: Interpreter, path: str) -> Iterator[Closure]:
    """The functions of a default export: itself, what is handed to `defineNuxtPlugin`, or `setup` of an object."""
    known = _defined(interpreter, path)
    if isinstance(known, Record) and "setup" in known.fields:
        known = forced(known.fields["setup"])
    if isinstance(known, Closure):
        yield known


def _hooks(interpreter: Interpreter, path: str) -> Iterator[tuple[str, Closure]]:
    """The functions that a plugin which is an object has Nuxt call, by the names of its hooks."""
    known = _defined(interpreter, path)
    hooks = forced(known.fields["hooks"]) if isinstance(known, Record) and "hooks" in known.fields else None
    for name, value in sorted(hooks.fields.items()) if isinstance(hooks, Record) else ():
        handler = forced(value)
        if isinstance(handler, Closure):
            yield name, handler


def _defined(interpreter: Interpreter, path: str) -> Value | None:
    """What a file exports, or hands to the function of Nuxt that it exports the result of."""
    exported = interpreter.export(path, "default")
    known: Value | None = forced(exported) if exported is not None else None
    if isinstance(known, ForeignValue) and known.args:
        return forced(known.args[0])
    return _handed(interpreter, path) if isinstance(known, Unknown) else known


def _handed(interpreter: Interpreter, path: str) -> Value | None:
    """What is handed to a function of `#imports` or `#app`, which are files that Nuxt writes."""
    meant = interpreter.program.export(path, "default")
    module = interpreter.program.modules[path]
    if not isinstance(meant, Defined) or meant.module != path:
        return None
    for let in module.functions[0].body:
        value = let.value if isinstance(let, Let) and getattr(let.target, "id", "") == meant.name else None
        if isinstance(value, Call) and value.args and isinstance(value.callee, Name):
            imported = module.imports.get(value.callee.id)
            if imported is not None and imported.source.startswith(_WRITTEN):
                return forced(interpreter.evaluate(value.args[0], interpreter.module_scope(path)))
    return None


def _starts(interpreter: Interpreter, handler: Closure, *, maybe: bool = False) -> tuple[Start, ...]:
    """What runs in the browser, and on the server that draws the first page."""
    args = unknown_args(interpreter, handler)
    return Start(handler, args, maybe=maybe), Start(handler, args, origin="server", maybe=maybe)


FRAMEWORK = Nuxt()
