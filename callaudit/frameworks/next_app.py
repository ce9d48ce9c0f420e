"""Next.js app router: route handlers, pages with their layouts, middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.objects.members import member
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue, ModuleValue, Record, Value
from callaudit.frameworks.model import METHODS, Entry, Start, join_paths, route
from callaudit.frameworks.next_caching import handler_guards, page_guards
from callaudit.frameworks.next_fetches import handler_fetches, page_fetches
from callaudit.frameworks.next_files import NextApp, app_path, next_apps, stem
from callaudit.frameworks.next_slots import slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

AROUND = ("layout", "template", "default", "loading", "error", "not-found")


class NextAppRouter:
    """Files of `app/`."""

    name = "next-app"
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """Handlers by method, pages, and the middleware of each app."""
        for app in next_apps(interpreter):
            if app.app:
                yield from self._files(interpreter, app)
            yield from _middleware(interpreter, app)

    def _files(self, interpreter: Interpreter, app: NextApp) -> Iterable[Entry]:
        names = {path for path in interpreter.program.modules if path.startswith(app.app + "/")}
        beside = slots_of(app, names)
        shown = {slot for slots in beside.values() for slot in slots}
        for path in sorted(names):
            folder, _, name = path.rpartition("/")
            kind = stem(name, app.extensions)
            segments = [part for part in folder[len(app.app) :].split("/") if part]
            if kind == "route":
                yield from self._handlers(interpreter, app, path, segments)
            elif kind == "page" and path not in shown:
                where = app_path(segments, handler=False)
                if where is not None:
                    slots = beside.get(path, ())
                    yield _page(interpreter, app, path, join_paths(app.base_path, where), names, slots)

    def _handlers(self, interpreter: Interpreter, app: NextApp, path: str, segments: list[str]) -> Iterable[Entry]:
        where = app_path(segments, handler=True)
        if where is None:
            return
        exported = _exports(interpreter, path)
        for method in METHODS:
            if method in exported:
                value, line = exported[method]
                full = join_paths(app.base_path, where)
                start = Start(value)
                if method == "GET":
                    guards = handler_guards(interpreter, path, full, value, set(exported), app.version, line)
                    fetches = handler_fetches(interpreter, path, value, set(exported), app.version)
                    start = Start(value, guards=guards, fetches=None if guards else fetches)
                yield route(self.name, method, full, path, line, app.root, (start,))


def _exports(interpreter: Interpreter, path: str) -> dict[str, tuple[Value, int]]:
    """The handlers that a module exports, with the lines of their exports."""
    module = interpreter.program.modules[path]
    found: dict[str, tuple[Value, int]] = {}
    names = interpreter.program.exported_names(path)
    if "=" in module.exports and not any(name in METHODS for name in names):
        names = [*names, *METHODS]
    for name in names:
        if name in METHODS:
            value = interpreter.export(path, name) or _of_whole(interpreter, path, name)
            if value is not None:
                found[name] = (value, definition_line(interpreter, path, name))
    return found


def _of_whole(interpreter: Interpreter, path: str, name: str) -> Value | None:
    """A handler of the object that a CommonJS module exports as a whole."""
    value = forced(member(interpreter, ModuleValue(path), name))
    return value if isinstance(value, (Closure, ForeignValue)) else None


def definition_line(interpreter: Interpreter, path: str, name: str) -> int:
    """The line where `path` exports `name`."""
    module = interpreter.program.modules[path]
    export = module.exports.get(name)
    if export is None:
        return 1
    if name == "default":
        value = interpreter.export(path, name)
        if isinstance(value, Closure) and value.module == path:
            return interpreter.function(path, value.index).line
    binding = module.bindings.get(export.local) if not export.source else None
    return binding.line if binding is not None else export.line


def _page(
    interpreter: Interpreter, app: NextApp, path: str, where: str, names: set[str], slots: Sequence[str]
) -> Entry:
    starts: list[Start] = []
    layouts: list[str] = []
    folder = path.rpartition("/")[0]
    while True:
        for kind in AROUND[:2]:
            for extension in app.extensions:
                around = f"{folder}/{kind}.{extension}"
                if around in names:
                    layouts.extend([around] if kind == "layout" else [])
                    starts.extend(component_starts(interpreter, around, ("default",)))
        if folder == app.app:
            break
        folder = folder.rpartition("/")[0]
    starts.extend(component_starts(interpreter, path, ("generateMetadata", "generateStaticParams", "default")))
    for slot in slots:
        starts.extend(component_starts(interpreter, slot, ("default",)))
    kept = page_guards(interpreter, path, where, layouts, app.version)
    files = (path, *layouts)
    for number, start in enumerate(starts):
        fetches = page_fetches(interpreter, files, start.value, app.version) if not kept else None
        starts[number] = replace(start, guards=kept, fetches=fetches)
    origin = "browser" if "use client" in interpreter.program.modules[path].facts.directives else "server"
    line = definition_line(interpreter, path, "default")
    return Entry("page", where, path, line, origin, app.root, tuple(starts), "next-app", "", where)


ON_SERVER = frozenset(
    {"getServerSideProps", "getStaticProps", "getStaticPaths", "generateMetadata", "generateStaticParams"}
)


def component_starts(interpreter: Interpreter, path: str, names: tuple[str, ...], side: str = "server") -> list[Start]:
    """What runs when a file's exports `names` are used; `side` is where components without a directive run."""
    found: list[Start] = []
    for name in names:
        value = _component(interpreter, path, name)
        if value is not None:
            origin = "server" if name in ON_SERVER else _origin(interpreter, path, forced(value), side)
            found.append(Start(value, origin=origin))
    return found


def _component(interpreter: Interpreter, path: str, name: str) -> Value | None:
    """The export of a file; of a module that is loaded when it is shown first, the module's own component."""
    value = interpreter.export(path, name)
    known = forced(value) if value is not None else None
    if isinstance(known, ModuleValue):
        loaded = interpreter.export(known.module, "default") if known.module != path else None
        return loaded if loaded is not None and not isinstance(forced(loaded), ModuleValue) else None
    if isinstance(known, Record) and "default" in known.fields:
        return known.fields["default"]
    return value


def _origin(interpreter: Interpreter, path: str, value: Value, side: str) -> str:
    modules = {path, value.module} if isinstance(value, (Closure, ClassValue)) else {path}
    client = any("use client" in interpreter.program.modules[module].facts.directives for module in modules)
    return "browser" if client else side


def _middleware(interpreter: Interpreter, app: NextApp) -> Iterable[Entry]:
    source = (app.app or app.pages).rpartition("/")[0]
    for name in ("middleware", "proxy"):
        for extension in ("ts", "js"):
            path = f"{source}/{name}.{extension}" if source else f"{name}.{extension}"
            if path not in interpreter.program.modules:
                continue
            value = interpreter.export(path, name) or interpreter.export(path, "default")
            known = forced(value) if value is not None else None
            if isinstance(known, (Closure, ForeignValue)):  # a library may have wrapped it
                line = _line(interpreter, path, name)
                if isinstance(known, Closure):
                    line = interpreter.function(known.module, known.index).line
                yield Entry("route", f"ANY {name}", path, line, "server", app.root, (Start(known),), "next-app", "ANY")


def _line(interpreter: Interpreter, path: str, name: str) -> int:
    exported = name if interpreter.program.modules[path].exports.get(name) is not None else "default"
    return definition_line(interpreter, path, exported)


FRAMEWORK = NextAppRouter()
