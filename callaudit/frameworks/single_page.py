"""Single-page apps: their routes are pages; without routes, what is rendered into the document is the page `/`.

React DOM 16 to 19 (`createRoot(…).render`, `hydrateRoot`, `ReactDOM.render`), React Router, TanStack Router 1
(https://tanstack.com/router/latest/docs/framework/react/routing/file-based-routing), React Native, Expo, Vue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.apps.processes import loads_of
from callaudit.flow.components.documents import DOM, put_into_document
from callaudit.flow.components.jsx import DECLARING, ROUTERS
from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record, Rendered
from callaudit.frameworks.model import SINGLE_PAGE, Entry, Start, join_paths
from callaudit.frameworks.place import app_of
from callaudit.frameworks.route_scopes import scopes_of
from callaudit.frameworks.route_trees import Shown, component, is_route, of_element, of_objects
from callaudit.frameworks.vue_routes import ROUTER, VUE, shown_by_vue, vue_routes
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Jsx, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

NATIVE = "react-native"
EXPO = "expo"
TANSTACK = frozenset({"@tanstack/react-router", "@tanstack/react-start"})
FILE_ROUTES = frozenset({"createFileRoute", "createLazyFileRoute"})
MADE_ROUTES = frozenset({"createRoute"})
ROOT_ROUTES = frozenset({"createRootRoute", "createRootRouteWithContext"})
AROUND = ""
"""The path of what stands around all pages of an app."""
SHOWN = ("component", "shellComponent", "loader", "beforeLoad", "pendingComponent")
ROOT = "react-root"


class _Root(Struct, frozen=True, eq=False):
    """Something that is rendered into the document; `at_top` where that is done as soon as its module is loaded."""

    file: str
    line: int
    starts: tuple[Start, ...]
    at_top: bool


class SinglePage:
    """Apps that render themselves into a document."""

    name = SINGLE_PAGE

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A page for each route of each app; `/` where there are none."""
        roots: dict[str, list[_Root]] = {}
        pages: dict[str, list[tuple[str, Shown]]] = {}
        for path, module in sorted(interpreter.program.modules.items()):
            used = {item.source for item in module.facts.imports}
            if not used & (DOM | ROUTERS | TANSTACK | {NATIVE, EXPO, VUE, ROUTER}):
                continue
            app = app_of(interpreter, path)
            for root in _roots(interpreter, path) if used & (DOM | {NATIVE, EXPO, VUE}) else ():
                roots.setdefault(app, []).append(root)
            for shown in _pages(interpreter, path) if used & (ROUTERS | TANSTACK | {ROUTER}) else ():
                pages.setdefault(app, []).append((path, shown))
        for app in sorted(pages.keys() | roots.keys()):
            here = pages.get(app, [])
            layouts = [start for _, one in here if one.path == AROUND for start in one.starts]
            inside = [(path, one) for path, one in here if one.path != AROUND]
            yield from _app(interpreter, app, roots.get(app, []), inside, layouts)


def _app(
    interpreter: Interpreter, app: str, roots: list[_Root], pages: list[tuple[str, Shown]], layouts: list[Start]
) -> Iterator[Entry]:
    around = (*(start for root in roots for start in root.starts), *layouts)
    runs = _opened_with(interpreter, roots)
    for path, shown in pages:
        starts = (*around, *shown.starts)
        yield Entry(
            "page", shown.path, path, shown.line, "browser", app, starts, SINGLE_PAGE, "", shown.path, runs=runs
        )
    if not pages:
        for root in roots:
            at = _opened_with(interpreter, [root])
            yield Entry("page", "/", root.file, root.line, "browser", app, root.starts, ROOT, "", "/", runs=at)


def _opened_with(interpreter: Interpreter, roots: list[_Root]) -> tuple[str, ...]:
    """The modules that a browser starts to render `roots`: those that do it, or those that import them first."""
    started: dict[str, None] = {}
    imported = loads_of(interpreter).by_others()
    for root in roots:
        if root.file in imported and root.at_top:
            around = (path for path in interpreter.program.modules if path not in imported)
            outer = [path for path in around if root.file in loads_of(interpreter).at_start(path)]
            started.update(dict.fromkeys(sorted(outer) or [root.file]))
        elif root.file not in imported:
            started[root.file] = None
    return tuple(started)


def _calls(interpreter: Interpreter, path: str) -> Iterator[tuple[int, Call | Jsx, Scope]]:
    """Every call and element of a module: the number of its function, itself, and a scope for what it mentions."""
    for index in range(len(interpreter.program.modules[path].functions)):
        scope: Scope | None = None
        for node in interpreter.nodes(path, index):
            if isinstance(node, (Call, Jsx)):
                scope = scope or static_scope(interpreter, path, index)
                yield index, node, scope


def _roots(interpreter: Interpreter, path: str) -> Iterator[_Root]:
    """What a module renders into the document."""
    used_vue = any(item.source == VUE for item in interpreter.program.modules[path].facts.imports)
    for index, node, scope in _calls(interpreter, path):
        if not isinstance(node, Call):
            continue
        shown = put_into_document(interpreter, node, scope)
        known: Value | None = Rendered(shown, scope) if shown is not None else _registered(interpreter, node, scope)
        starts = [Start(known, origin="browser")] if known is not None else []
        starts = starts or (shown_by_vue(interpreter, node, scope) if used_vue else [])
        if starts:
            yield _Root(path, node.line, tuple(starts), at_top=not index)


def _registered(interpreter: Interpreter, call: Call, scope: Scope) -> Value | None:
    """The component that React Native's `AppRegistry.registerComponent` or Expo's `registerRootComponent` is given."""
    if isinstance(call.callee, Name) and call.callee.id == "registerRootComponent" and call.args:
        target = forced(interpreter.evaluate(call.callee, scope))
        shown = interpreter.lazy(call.args[0], scope)
        return component(interpreter, shown) if isinstance(target, ForeignValue) and target.package == EXPO else None
    if not (isinstance(call.callee, Member) and call.callee.prop == "registerComponent" and len(call.args) > 1):
        return None
    callee = forced(interpreter.evaluate(call.callee, scope))
    if not isinstance(callee, ForeignValue) or callee.package != NATIVE:
        return None
    provider = forced(interpreter.evaluate(call.args[1], scope))
    given = interpreter.run(provider, [], effects=False).value if isinstance(provider, Closure) else None
    return component(interpreter, given) if given is not None else None


def _pages(interpreter: Interpreter, path: str) -> Iterator[Shown]:
    """The pages of the routes that a module declares."""
    inside: set[int] = set()
    routed_by_vue = any(item.source == ROUTER for item in interpreter.program.modules[path].facts.imports)
    for index, node, scope in _calls(interpreter, path):
        if isinstance(node, Jsx):
            if id(node) not in inside and is_route(interpreter, node, scope):
                inside.update(id(one) for one in walk((node,)))
                for one in scopes_of(interpreter, path, index):
                    yield from of_element(interpreter, node, one)
        elif routed_by_vue and (node.new or called_name(node.callee) == "createRouter"):
            yield from vue_routes(interpreter, node, scope)
        elif not node.new:
            typed = node.callee.callee if isinstance(node.callee, Call) and not node.callee.args else node.callee
            callee = forced(interpreter.evaluate(typed, scope))  # `createRootRouteWithContext<Context>()(options)`
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
    elif callee.package in TANSTACK and name in ROOT_ROUTES and node.args:
        yield from _tanstack(interpreter, AROUND, interpreter.evaluate(node.args[0], scope), node.line)
    elif callee.package in TANSTACK and name in MADE_ROUTES and callee.args is None and node.args:
        options = forced(interpreter.evaluate(node.args[0], scope))
        path = forced(options.fields["path"]) if isinstance(options, Record) and "path" in options.fields else None
        if isinstance(path, Const) and isinstance(path.value, str):
            yield from _tanstack(interpreter, join_paths(path.value), options, node.line)


def _visible(path: str) -> list[str]:
    """The segments of a file route that the address shows: no groups, no layouts without a path."""
    return [part for part in path.split("/") if part and not part.startswith(("_", "("))]


def _tanstack(interpreter: Interpreter, path: str, options: Value, line: int) -> Iterator[Shown]:
    options = forced(options)
    given = [options.fields[name] for name in SHOWN if name in options.fields] if isinstance(options, Record) else []
    known = [one for one in (component(interpreter, value) for value in given) if one is not None]
    if known:
        yield Shown(path, line, tuple(Start(value, origin="browser") for value in known))


FRAMEWORK = SinglePage()
