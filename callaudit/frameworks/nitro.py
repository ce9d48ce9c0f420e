"""Nitro 2 and Nuxt 3 and 4: the files of the server's folder.

https://nitro.build/guide/routing, /plugins, /tasks; https://nuxt.com/docs/guide/directory-structure/server. Middleware
runs before every route, plugins when the server starts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.machine.arguments import argument
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Record, Undefined
from callaudit.frameworks.model import Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.next_app import definition_line
from callaudit.frameworks.next_files import stem
from callaudit.libraries.model import Keep
from callaudit.libraries.registry import exported
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

NAME = "nitro"
NUXT = ("nuxt", "nuxt3", "nuxt-nightly")
NITRO = ("nitropack", "nitro", "nitropack-nightly", "nitro-nightly")
EXTENSIONS = ("ts", "js", "mjs", "mts")
_METHOD = re.compile(r"\.(get|post|put|patch|delete|head|options|connect|trace)(?:\.(?:dev|prod|prerender))?$")


class Nitro:
    """Files below `server`, or beside package.json where there is no such folder."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """The routes, plugins and tasks of each app."""
        for package in interpreter.program.project.packages:
            server = below(package.dir, "server")
            if any(name in package.dependencies for name in NUXT):
                yield from _server(interpreter, server, package.dir)
            elif any(name in package.dependencies for name in NITRO):
                inside = any(path.startswith(f"{server}/") for path in interpreter.program.modules)
                yield from _server(interpreter, server if inside else package.dir, package.dir)


def _server(interpreter: Interpreter, folder: str, root: str) -> Iterator[Entry]:
    before = tuple(
        start for _, path in _files(interpreter, folder, "middleware") for start in _starts(interpreter, path)
    )
    for kind, prefix in (("api", "/api"), ("routes", "")):
        for name, path in _files(interpreter, folder, kind):
            for start in _starts(interpreter, path):
                found = _METHOD.search(name)
                method = found[1].upper() if found else "ANY"
                where = join_paths(prefix, *_parts(name[: found.start()] if found else name))
                line = definition_line(interpreter, path, "default")
                yield route(NAME, method, where, path, line, root, (*before, start))
    for kind, title in (("plugins", "script"), ("tasks", "job")):
        for name, path in _files(interpreter, folder, kind):
            for start in _starts(interpreter, path, "run"):
                line = definition_line(interpreter, path, "default")
                origin = "server" if title == "script" else "worker"
                shown = name if title == "script" else f"task {name.removesuffix('/index').replace('/', ':')}"
                yield Entry(title, shown, path, line, origin, root, (start,), NAME)


def _files(interpreter: Interpreter, folder: str, kind: str) -> Iterator[tuple[str, str]]:
    """The modules of one kind by their names below its folder."""
    place = below(folder, kind) + "/"
    for path in sorted(interpreter.program.modules):
        name = stem(path[len(place) :], EXTENSIONS) if path.startswith(place) else None
        if name is not None:
            yield name, path


def _parts(name: str) -> list[str]:
    """A name as addresses have it: no groups, no `index`."""
    parts = [part for part in name.split("/") if not (part.startswith("(") and part.endswith(")"))]
    return parts[:-1] if parts and parts[-1] == "index" else parts


def _starts(interpreter: Interpreter, path: str, method: str = "handler") -> Iterator[Start]:
    """What the default export runs: a function, one that a library made of it, or those of an object."""
    value = interpreter.export(path, "default")
    known = forced(value) if value is not None else None
    if isinstance(known, Record):
        for name in ("onRequest", method):
            inner = forced(known.fields[name]) if name in known.fields else None
            if isinstance(inner, Closure):
                yield Start(inner, unknown_args(interpreter, inner), known)
    elif isinstance(known, Closure):
        yield Start(known, unknown_args(interpreter, known))
    elif isinstance(known, ForeignValue) and known.args:
        handler, kept = forced(known.args[0]), _kept(interpreter, known, path)
        if isinstance(handler, Closure) and kept is not None:
            yield Start(handler, unknown_args(interpreter, handler), guards=(kept,))
        else:
            yield Start(known)


def _kept(interpreter: Interpreter, made: ForeignValue, path: str) -> Guard | None:
    """The cache that `defineCachedEventHandler` puts before a handler: `maxAge` seconds, one where it is not told."""
    found = exported(made.package, made.path)
    model = found[1] if found is not None else None
    if not isinstance(model, Keep):
        return None
    said = argument(interpreter, made.args or (), model.ttl[0])
    told = times(interpreter, said, model.unit) if not isinstance(said, Undefined) else None
    spans = told.spans if told is not None else (Span(model.unit),)
    line = definition_line(interpreter, path, "default")
    why = told.why if told is not None and not spans else ""
    return Guard("cache", made.path[-1], path, line, path, spans, "per-key", model.store, "request URL", why)


FRAMEWORK = Nitro()
