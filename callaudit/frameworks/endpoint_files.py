"""Endpoints of Astro 2 to 5 and SolidStart 1: modules below a folder that export handlers by method.

https://docs.astro.build/en/guides/endpoints/ (`get` instead of `GET` until 2), /middleware/ and /actions/ beside it;
https://docs.solidjs.com/solid-start/building-your-application/api-routes. Files of other languages are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Record, Value
from callaudit.frameworks.method_exports import by_method, start_of
from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, unknown_args
from callaudit.frameworks.next_files import EXTENSIONS, stem
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

FOLDERS = {"astro": "src/pages", "@solidjs/start": "src/routes"}
"""By package, the folder of the files that are routes."""
OTHERS = {**{method.lower(): method for method in METHODS}, "ALL": "ANY", "all": "ANY", "del": "DELETE"}
MIDDLEWARE = ("src/middleware", "src/middleware/index")
ACTIONS = "src/actions/index"


class EndpointFiles:
    """Files below the folder of routes."""

    name = "endpoint-files"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each method that a file exports, and the actions beside them."""
        for package in interpreter.program.project.packages:
            for name, folder in FOLDERS.items():
                if name in package.dependencies:
                    yield from _routes(interpreter, name, below(package.dir, folder), package.dir)
                    yield from _actions(interpreter, name, package.dir)


def _routes(interpreter: Interpreter, framework: str, folder: str, root: str) -> Iterator[Entry]:
    modules = interpreter.program.modules
    before = tuple(_middleware(interpreter, root))
    for path in sorted(modules):
        name = stem(path[len(folder) + 1 :], EXTENSIONS) if path.startswith(f"{folder}/") else None
        if name is None or any(part.startswith("_") for part in name.split("/")):
            continue
        parts = [part for part in name.split("/") if not (part.startswith("(") and part.endswith(")"))]
        where = join_paths(*(parts[:-1] if parts[-1] == "index" else parts))
        yield from by_method(interpreter, framework, path, where, root, OTHERS, before)


def _middleware(interpreter: Interpreter, root: str) -> Iterator[Start]:
    for place in MIDDLEWARE:
        for extension in EXTENSIONS:
            path = f"{below(root, place)}.{extension}"
            start = start_of(interpreter, path, "onRequest") if path in interpreter.program.modules else None
            if start is not None:
                yield start


def _actions(interpreter: Interpreter, framework: str, root: str) -> Iterator[Entry]:
    """Functions that a browser calls: `export const server = { save: defineAction({ handler }) }`."""
    for extension in EXTENSIONS:
        path = f"{below(root, ACTIONS)}.{extension}"
        value = interpreter.export(path, "server") if path in interpreter.program.modules else None
        if value is not None:
            for name, action in _inside(value, ""):
                start = (Start(action, unknown_args(interpreter, action)),)
                line = interpreter.function(action.module, action.index).line
                yield Entry("action", name, action.module, line, "server", root, start, framework)


def _inside(value: Value, name: str) -> Iterator[tuple[str, Closure]]:
    """The handlers of actions by their names: `defineAction` gives the options that it is handed."""
    known = forced(value)
    handler = forced(known.fields["handler"]) if isinstance(known, Record) and "handler" in known.fields else None
    if isinstance(handler, Closure):
        yield name, handler
    elif isinstance(known, Record):
        for key, inner in known.fields.items():
            yield from _inside(inner, f"{name}.{key}".strip("."))


FRAMEWORK = EndpointFiles()
