"""Functions that a platform serves: the files of a folder, or those that its configuration names.

Paths as Vercel (https://vercel.com/docs/functions/runtimes/node-js) and Netlify
(https://docs.netlify.com/functions/get-started/) give them to files: what begins with `_` or `.` is served by none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, OneOf, Record, Value
from callaudit.frameworks.code_configs import code_functions, netlify_schedule
from callaudit.frameworks.fetch_exports import fetch_exports
from callaudit.frameworks.forwards import forward
from callaudit.frameworks.handlers import routes_by_method, routes_by_path
from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, route
from callaudit.frameworks.modules import handler_start, module_at, worker_handler
from callaudit.frameworks.next_app import definition_line
from callaudit.frameworks.next_files import next_apps, stem
from callaudit.frameworks.place import app_of
from callaudit.project.platform_functions import FOLDER, NETLIFY
from callaudit.project.records import PlatformFunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

EXTENSIONS = ("js", "mjs", "cjs", "ts", "mts", "cts", "tsx", "jsx")
ASKED = {"vercel": "method", "netlify": "httpMethod"}
"""What the first argument of a handler calls its method; Netlify's handlers of the web standard say `method`."""


class PlatformFunctions:
    """Functions of Vercel, Netlify, the Serverless Framework and Cloudflare."""

    name = "functions"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each function, or for each path and method that a function tells apart."""
        for served in _served(interpreter):
            if served.forward:
                app = app_of(interpreter, served.file)
                place = (served.file, served.line)
                yield forward(served.mechanism, served.path, Const(served.forward), place, app)
            elif served.folder:
                for path in sorted(interpreter.program.modules):
                    if path.startswith(served.folder + "/"):
                        yield from _file(interpreter, served, path)
            elif served.handler:
                yield from _named(interpreter, served)
            else:
                yield from _worker(interpreter, served)


def _served(interpreter: Interpreter) -> Iterator[PlatformFunction]:
    project = interpreter.program.project
    found = [*project.functions, *code_functions(interpreter), *fetch_exports(interpreter)]
    for package in project.packages:  # a package that needs no configuration file
        place = f"{package.dir}/".lstrip("/")
        if "@vercel/node" in package.dependencies:
            found.append(PlatformFunction(f"{place}package.json", 1, "vercel", "/api", folder=f"{place}api"))
        if "@netlify/functions" in package.dependencies and not any(one.mechanism == "netlify" for one in found):
            folder = f"{place}{FOLDER}"
            found.append(PlatformFunction(f"{place}package.json", 1, "netlify", NETLIFY, folder=folder))
    theirs = {app.root for app in next_apps(interpreter)}  # Next.js serves its own folders, and nothing of `api`
    unique = {(one.folder, one.handler, one.module, one.forward, one.path, one.method): one for one in reversed(found)}
    for one in reversed(unique.values()):
        if one.forward or one.mechanism != "vercel" or one.folder.rpartition("/")[0] not in theirs:
            yield one


def _file(interpreter: Interpreter, served: PlatformFunction, path: str) -> Iterable[Entry]:
    name = stem(path[len(served.folder) + 1 :], EXTENSIONS)
    if name is None or any(part.startswith(("_", ".")) for part in name.split("/")):
        return
    where = _path(served, name)
    if where is None or (served.mechanism == "netlify" and netlify_schedule(interpreter, path).text):
        return  # what runs on a schedule is asked by nobody else
    app = app_of(interpreter, path)
    of_the_web = [method for method in METHODS if interpreter.export(path, method) is not None]
    for method in of_the_web:
        value = interpreter.export(path, method)
        if value is not None:
            yield route(
                served.mechanism, method, where, path, definition_line(interpreter, path, method), app, (Start(value),)
            )
    if of_the_web:
        return
    for export in ("handler", "default", "="):
        value = interpreter.export(path, export)
        if value is not None:
            place = (path, definition_line(interpreter, path, "default" if export == "=" else export))
            asked = ASKED[served.mechanism] if export != "default" or served.mechanism != "netlify" else "method"
            at = _configured(interpreter, path) or [where]
            for one in at if _is_handler(value) else ():
                yield from routes_by_method(interpreter, served.mechanism, value, one, place, app, asked)
            return


def _path(served: PlatformFunction, name: str) -> str | None:
    """The path of a file; Netlify serves files and folders of one level, where `x/x.ts` and `x/index.ts` are `x`."""
    first, _, rest = name.partition("/")
    if served.mechanism == "netlify":
        return join_paths(served.path, first) if rest in ("", "index", first) else None
    return join_paths(served.path, name.removesuffix("index") if f"/{name}".endswith("/index") else name)


def _is_handler(value: Value) -> bool:
    """Whether an export is a function or may be one: what a library made is one, unless it is a router."""
    known = forced(value)
    options = known.values if isinstance(known, OneOf) else (known,)
    return any(isinstance(forced(one), (Closure, ForeignValue)) for one in options)


def _configured(interpreter: Interpreter, path: str) -> list[str]:
    """The paths of `export const config = { path }`."""
    value = interpreter.export(path, "config")
    config = forced(value) if value is not None else None
    known = forced(config.fields["path"]) if isinstance(config, Record) and "path" in config.fields else None
    return [known.value] if isinstance(known, Const) and isinstance(known.value, str) else []


def _named(interpreter: Interpreter, served: PlatformFunction) -> Iterable[Entry]:
    start = handler_start(interpreter, served.handler)
    if start is None:
        interpreter.gap(served.file, served.line, served.handler, "no such function is in the repository")
        return
    file = start.value.module if isinstance(start.value, Closure) else served.file
    line = interpreter.function(file, start.value.index).line if isinstance(start.value, Closure) else served.line
    yield route(served.mechanism, served.method, served.path, file, line, app_of(interpreter, served.file), (start,))


def _worker(interpreter: Interpreter, served: PlatformFunction) -> Iterable[Entry]:
    """The function `fetch` of a worker: a route for each path that it knows, or one for all."""
    module = module_at(interpreter, served.module, served.file.rpartition("/")[0])
    start = worker_handler(interpreter, module, "fetch")
    handler, worker = (start.value, start.this) if start is not None else (None, None)
    if not isinstance(handler, Closure):
        return
    line = interpreter.function(handler.module, handler.index).line
    app = app_of(interpreter, module)
    place = (handler.module, line)
    found = list(routes_by_path(interpreter, served.mechanism, handler, place, app, worker))
    for entry in found or routes_by_method(interpreter, served.mechanism, handler, "/*", place, app):
        yield replace(entry, starts=tuple(replace(start, this=worker) for start in entry.starts))


FRAMEWORK = PlatformFunctions()
