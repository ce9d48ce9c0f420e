"""Expo: the app that its own entry module shows, and the pages of Expo Router, which files tell.

SDK 46 to 54: `main` is `expo/AppEntry` where none is written, which shows the default export of `App` beside
package.json (https://docs.expo.dev/versions/latest/sdk/expo/#registerrootcomponentcomponent). Expo Router 1 to 6 shows
the files below `app` or `src/app`, each inside the layouts of its folders
(https://docs.expo.dev/router/basics/notation/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, route
from callaudit.frameworks.modules import module_at
from callaudit.frameworks.next_app import component_starts, definition_line
from callaudit.frameworks.next_files import EXTENSIONS, stem
from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.project.records import Package

NAME = "expo"
ROUTER = "expo-router"
ENTRY = "expo/AppEntry"
LAYOUT = "_layout"
HANDLERS = "+api"
FOLDERS = ("src/app", "app")
"""Where the router looks: https://docs.expo.dev/router/reference/src-directory."""


class Expo:
    """Apps of Expo that no module of their own registers."""

    name = NAME
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """The pages and the routes of each app."""
        for package in interpreter.program.project.packages:
            if ROUTER in package.dependencies:
                yield from _routed(interpreter, package.dir)
            elif NAME in package.dependencies:
                yield from _alone(interpreter, package)


def _alone(interpreter: Interpreter, package: Package) -> Iterator[Entry]:
    """What is shown by Expo's own entry module."""
    main = package.raw_main.removesuffix(".js")
    path = module_at(interpreter, below(package.dir, "App"), package.dir)
    starts = component_starts(interpreter, path, ("default",), "browser") if path else []
    if starts and (not main or main.endswith(ENTRY)):
        line = definition_line(interpreter, path, "default")
        yield Entry("page", "/", path, line, "browser", package.dir, tuple(starts), NAME, "", "/", runs=(path,))


def _routed(interpreter: Interpreter, root: str) -> Iterator[Entry]:
    modules = interpreter.program.modules
    places = [below(root, folder) for folder in FOLDERS]
    folder = next((one for one in places if any(path.startswith(f"{one}/") for path in modules)), "")
    for path in sorted(modules) if folder else ():
        name = stem(path[len(folder) + 1 :], EXTENSIONS) if path.startswith(f"{folder}/") else None
        if name is None or name.rpartition("/")[2] == LAYOUT:
            continue
        where = join_paths(*(part for part in name.removesuffix(HANDLERS).split("/") if _visible(part)))
        if name.endswith(HANDLERS):
            yield from _handlers(interpreter, path, where, root)
        elif not name.rpartition("/")[2].startswith("+"):
            yield from _page(interpreter, folder, path, where, root)


def _visible(part: str) -> bool:
    """Whether the address shows a folder or file: no groups, no `index`."""
    return part != "index" and not part.startswith("(")


def _page(interpreter: Interpreter, folder: str, path: str, where: str, root: str) -> Iterator[Entry]:
    starts: list[Start] = []
    runs: list[str] = []
    at = folder
    for part in ("", *path[len(folder) + 1 :].split("/")[:-1]):
        at = below(at, part)
        around = module_at(interpreter, below(at, LAYOUT), at)
        if around:
            runs.append(around)
            starts += component_starts(interpreter, around, ("default",), "browser")
    own = component_starts(interpreter, path, ("default",), "browser")
    if own:
        line = definition_line(interpreter, path, "default")
        given = (*starts, *own)
        yield Entry("page", where, path, line, "browser", root, given, ROUTER, "", where, runs=(*runs, path))


def _handlers(interpreter: Interpreter, path: str, where: str, root: str) -> Iterator[Entry]:
    """API routes: exports that are called as the methods are."""
    for method in METHODS:
        value = interpreter.export(path, method)
        if value is not None:
            line = definition_line(interpreter, path, method)
            yield route(ROUTER, method, where, path, line, root, (Start(value),))


FRAMEWORK = Expo()
