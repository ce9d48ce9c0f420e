"""Single-page apps: their routes are pages; without routes, what is rendered into the document is the page `/`.

React DOM 16 to 19 (`createRoot(…).render`, `hydrateRoot`, `ReactDOM.render`), React Router, TanStack Router 1
(https://tanstack.com/router/latest/docs/framework/react/routing/file-based-routing), React Native.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.jsx import DECLARING, ROUTERS
from callaudit.flow.static import static_scope
from callaudit.flow.values import Closure, Const, ForeignValue, Record, Rendered, forced
from callaudit.frameworks.model import Entry, Start, join_paths
from callaudit.frameworks.place import app_of
from callaudit.frameworks.route_trees import Shown, component, is_route, of_element, of_objects
from callaudit.syntax.ir import Call, Jsx, Member
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value

DOM = frozenset({"react-dom", "react-dom/client", "preact", "preact/compat"})
NATIVE = "react-native"
TANSTACK = frozenset({"@tanstack/react-router", "@tanstack/react-start"})
FILE_ROUTES = frozenset({"createFileRoute", "createLazyFileRoute"})
MADE_ROUTES = frozenset({"createRoute", "createRootRoute", "createRootRouteWithContext"})
SHOWN = ("component", "loader", "beforeLoad", "pendingComponent")
ROOT = "react-root"


class SinglePage:
    """Apps that render themselves into a document."""

    name = "single-page"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A page for each route of each app; `/` where there are none."""
        roots: dict[str, list[tuple[str, int, Start]]] = {}
        pages: dict[str, list[tuple[str, Shown]]] = {}
        for path, module in sorted(interpreter.program.modules.items()):
            used = {item.source for item in module.facts.imports}
            if not used & (DOM | ROUTERS | TANSTACK | {NATIVE}):
                continue
            app = app_of(interpreter, path)
            for line, start in _roots(interpreter, path) if used & (DOM | {NATIVE}) else ():
                roots.setdefault(app, []).append((path, line, start))
            for shown in _pages(interpreter, path) if used & (ROUTERS | TANSTACK) else ():
                pages.setdefault(app, []).append((path, shown))
        for app in sorted(pages.keys() | roots.keys()):
            yield from _app(app, roots.get(app, []), pages.get(app, []))


def _app(app: str, roots: list[tuple[str, int, Start]], pages: list[tuple[str, Shown]]) -> Iterator[Entry]:
    around = tuple(start for _, _, start in roots)
    for path, shown in pages:
        starts = (*around, *shown.starts)
        yield Entry("page", shown.path, path, shown.line, "browser", app, starts, "single-page", "", shown.path)
    if not pages:
        for path, line, start in roots:
            yield Entry("page", "/", path, line, "browser", app, (start,), ROOT, "", "/")


def _calls(interpreter: Interpreter, path: str) -> Iterator[tuple[Call | Jsx, Scope]]:
    """Every call and element of a module, with a scope for what it mentions."""
    for index in range(len(interpreter.program.modules[path].functions)):
        scope: Scope | None = None
        for node in interpreter.nodes(path, index):
            if isinstance(node, (Call, Jsx)):
                scope = scope or static_scope(interpreter, path, index)
                yield node, scope


def _roots(interpreter: Interpreter, path: str) -> Iterator[tuple[int, Start]]:
    """What a module renders into the document."""
    for node, scope in _calls(interpreter, path):
        if not isinstance(node, Call):
            continue
        name = node.callee.prop if isinstance(node.callee, Member) else getattr(node.callee, "id", "")
        if name == "render" and isinstance(node.callee, Member) and node.args:
            owner = forced(interpreter.evaluate(node.callee.obj, scope))
            if isinstance(owner, ForeignValue) and owner.package in DOM:
                yield node.line, Start(Rendered(node.args[0], scope), origin="browser")
        elif name in ("render", "hydrateRoot", "hydrate", "registerComponent") and node.args:
            callee = forced(interpreter.evaluate(node.callee, scope))
            if not isinstance(callee, ForeignValue):
                continue
            if callee.package in DOM:
                given = node.args[1] if name == "hydrateRoot" and len(node.args) > 1 else node.args[0]
                yield node.line, Start(Rendered(given, scope), origin="browser")
            elif callee.package == NATIVE and len(node.args) > 1:
                provider = forced(interpreter.evaluate(node.args[1], scope))
                shown = interpreter.run(provider, [], effects=False).value if isinstance(provider, Closure) else None
                known = component(interpreter, shown) if shown is not None else None
                if known is not None:
                    yield node.line, Start(known, origin="browser")


def _pages(interpreter: Interpreter, path: str) -> Iterator[Shown]:
    """The pages of the routes that a module declares."""
    inside: set[int] = set()
    for node, scope in _calls(interpreter, path):
        if isinstance(node, Jsx):
            if id(node) not in inside and is_route(interpreter, node, scope):
                inside.update(id(one) for one in walk((node,)))
                yield from of_element(interpreter, node, scope)
        elif not node.new:
            callee = forced(interpreter.evaluate(node.callee, scope))
            if isinstance(callee, ForeignValue):
                yield from _of_call(interpreter, node, callee, scope)


def _of_call(interpreter: Interpreter, node: Call, callee: ForeignValue, scope: Scope) -> Iterator[Shown]:
    name = callee.path[-1] if callee.path else ""
    if callee.package in ROUTERS and name in DECLARING and node.args:
        yield from of_objects(interpreter, interpreter.evaluate(node.args[0], scope), node.line)
    elif callee.package in TANSTACK and name in FILE_ROUTES and callee.args and node.args:
        where = forced(callee.args[0])
        options = forced(interpreter.evaluate(node.args[0], scope))
        if isinstance(where, Const) and isinstance(where.value, str):
            yield from _tanstack(interpreter, join_paths(*_visible(where.value)), options, node.line)
    elif callee.package in TANSTACK and name in MADE_ROUTES and callee.args is None and node.args:
        options = forced(interpreter.evaluate(node.args[0], scope))
        path = forced(options.fields["path"]) if isinstance(options, Record) and "path" in options.fields else None
        if isinstance(path, Const) and isinstance(path.value, str):
            yield from _tanstack(interpreter, join_paths(path.value), options, node.line)


def _visible(path: str) -> list[str]:
    """The segments of a file route that the address shows: no groups, no layouts without a path."""
    return [part for part in path.split("/") if part and not part.startswith(("_", "("))]


def _tanstack(interpreter: Interpreter, path: str, options: Value, line: int) -> Iterator[Shown]:
    given = [options.fields[name] for name in SHOWN if name in options.fields] if isinstance(options, Record) else []
    known = [one for one in (component(interpreter, value) for value in given) if one is not None]
    if known:
        yield Shown(path, line, tuple(Start(value, origin="browser") for value in known))


FRAMEWORK = SinglePage()
