"""Route modules of Remix 2 and of React Router 7 as a framework: loaders and actions, and what they show.

https://v2.remix.run/docs/file-conventions/routes, https://reactrouter.com/start/framework/routing and /route-module. A
module that shows nothing is an endpoint: its loader answers GET, its action everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.frameworks.method_exports import start_of
from callaudit.frameworks.model import Entry, Start, route
from callaudit.frameworks.next_app import component_starts, definition_line
from callaudit.frameworks.route_files import Routed, flat_routes, made_elsewhere, written_routes
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

NAME = "react-router"
PACKAGES = ("@react-router/dev", "@remix-run/dev", "@remix-run/react", "@remix-run/node")
EXTENSIONS = ("tsx", "ts", "jsx", "js")
LOADERS = (("loader", "server"), ("clientLoader", "browser"))
SENDING = ("POST", "PUT", "PATCH", "DELETE")
"""The methods that an action answers."""
ACTIONS = (("action", "server"), ("clientAction", "browser"))


class RouteModules:
    """Modules below `app` that a file of routes, or their names, tell the paths of."""

    name = NAME

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """The pages, endpoints and actions of each app."""
        for package in interpreter.program.project.packages:
            if any(name in package.dependencies for name in PACKAGES):
                folder = below(package.dir, "app")
                table = _module(interpreter, below(folder, "routes"))
                written = written_routes(interpreter, table, folder) if table else None
                elsewhere = made_elsewhere(interpreter, table) if table and written is not None else 0
                if written == [] or elsewhere:
                    interpreter.gap(table, elsewhere or 1, "routes", "how they are made is not followed")
                for routed in written if written is not None else flat_routes(interpreter, folder):
                    yield from _entries(interpreter, routed, folder, package.dir)


def _module(interpreter: Interpreter, stem: str) -> str:
    return next((path for one in EXTENSIONS if (path := f"{stem}.{one}") in interpreter.program.modules), "")


def _entries(interpreter: Interpreter, routed: Routed, folder: str, root: str) -> Iterator[Entry]:
    path = routed.file
    shows = interpreter.export(path, "default") is not None
    for name, origin in ACTIONS:
        start = start_of(interpreter, path, name, origin)
        if start is not None:
            line = definition_line(interpreter, path, name)
            if shows:
                yield Entry("action", f"{name} {routed.path}", path, line, origin, root, (start,), NAME)
            elif origin == "server":
                for method in SENDING:
                    yield route(NAME, method, routed.path, path, line, root, (start,))
    if not shows:
        start = start_of(interpreter, path, "loader")
        if start is not None:
            yield route(NAME, "GET", routed.path, path, definition_line(interpreter, path, "loader"), root, (start,))
        return
    around = [one for one in (_module(interpreter, below(folder, "root")), *routed.around) if one]
    starts = [start for one in (*around, path) for start in _shown(interpreter, one)]
    line = definition_line(interpreter, path, "default")
    yield Entry(
        "page", routed.path, path, line, "browser", root, tuple(starts), NAME, "", routed.path, runs=(*around, path)
    )


def _shown(interpreter: Interpreter, path: str) -> Iterator[Start]:
    """What runs when a module is shown: what it loads, and its component."""
    for name, origin in LOADERS:
        start = start_of(interpreter, path, name, origin)
        if start is not None:
            yield start
    yield from component_starts(interpreter, path, ("default",), "browser")


FRAMEWORK = RouteModules()
