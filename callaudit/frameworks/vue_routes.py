"""Apps of Vue: what `createApp` shows, and the routes of Vue Router 3 and 4 as pages.

https://vuejs.org/api/application.html#createapp, https://router.vuejs.org/guide/essentials/nested-routes and
/guide/advanced/lazy-loading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, ModuleValue, OneOf, Record, Seq, Unknown
from callaudit.frameworks.model import Start, join_paths
from callaudit.frameworks.route_trees import MOST_DEPTH, Shown, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call

VUE, ROUTER = "vue", "vue-router"
SHOWING = frozenset({"createApp", "createSSRApp"})
MAKING = frozenset({"createRouter", "default"})
READ = ".vue"
MARKUP = (".tsx", ".jsx")
"""Files of components that are functions, and of others."""


def shown_by_vue(interpreter: Interpreter, call: Call, scope: Scope) -> list[Start]:
    """The component that a call makes an app of; where that depends on something, each that it may be."""
    target = _target(interpreter, call, scope)
    if target is None or target.package != VUE or target.path[-1:] == () or target.path[-1] not in SHOWING:
        return []
    given = _components(interpreter, interpreter.evaluate(call.args[0], scope)) if call.args else []
    return [start for start in _starts(given) if start is not None]


def vue_routes(interpreter: Interpreter, call: Call, scope: Scope) -> Iterator[Shown]:
    """The pages of a router: `createRouter({ routes })`, `new VueRouter({ routes })`."""
    target = _target(interpreter, call, scope)
    if target is None or target.package != ROUTER or (target.path or ("default",))[-1] not in MAKING or not call.args:
        return
    options = forced(interpreter.evaluate(call.args[0], scope))
    routes = options.fields.get("routes", Unknown("routes")) if isinstance(options, Record) else Unknown("routes")
    yield from _routes(interpreter, routes, call.line, scope.module)


def _target(interpreter: Interpreter, call: Call, scope: Scope) -> ForeignValue | None:
    target = forced(interpreter.evaluate(call.callee, scope))
    return target if isinstance(target, ForeignValue) and target.args is None else None


def _routes(
    interpreter: Interpreter,
    value: Value,
    line: int,
    file: str,
    above: str = "",
    around: tuple[Start, ...] = (),
    depth: int = 0,
) -> Iterator[Shown]:
    known = forced(value)
    items = known.items if isinstance(known, Seq) else ()
    routes = [route for item in items if isinstance(route := forced(item), Record) and "path" in route.fields]
    if not isinstance(known, Seq) or known.open or len(routes) < len(items):
        interpreter.gap(file, line, "route", "which routes are here is not wholly known")
    for route in routes:
        own = [start for given in _given(route) for start in _starts(_components(interpreter, given))]
        if None in own:
            interpreter.gap(file, line, "route", "which component this route shows is not known")
        starts = (*around, *(start for start in own if start is not None))
        paths = texts(route.fields["path"])
        if not paths:
            interpreter.gap(file, line, "route", "at which path this route is shown is not known")
        for path in paths:
            where = path if path.startswith("/") else join_paths(above, path)
            if len(starts) > len(around):
                yield Shown(where, line, starts)
            if "children" in route.fields and depth < MOST_DEPTH:
                yield from _routes(interpreter, route.fields["children"], line, file, where, starts, depth + 1)


def _given(route: Record) -> list[Value]:
    """The components of a route: one, or several by the names of their places."""
    several = forced(route.fields["components"]) if "components" in route.fields else None
    named = list(several.fields.values()) if isinstance(several, Record) else []
    return [*([route.fields["component"]] if "component" in route.fields else []), *named]


def _starts(components: list[Closure | None]) -> list[Start | None]:
    """What shows one of `components`: certainly where there is no other; `None` for one that is not known."""
    maybe = len(components) > 1
    return [Start(one, origin="browser", maybe=maybe) if one is not None else None for one in components]


def _components(interpreter: Interpreter, value: Value) -> list[Closure | None]:
    """A component, or the one of the module that a function loads: each that it may be, `None` for one not known."""
    known = forced(value)
    if isinstance(known, Closure) and not known.module.endswith(READ):
        given = forced(interpreter.run(known, [], effects=False).value)
        if isinstance(given, ModuleValue) or not known.module.endswith(MARKUP):
            known = given
    if isinstance(known, OneOf):
        return list(dict.fromkeys(one for item in known.values for one in _components(interpreter, item)))
    if isinstance(known, ModuleValue):
        exported = interpreter.export(known.module, "default")
        known = forced(exported) if exported is not None else known
    if isinstance(known, Record) and "default" in known.fields:
        known = forced(known.fields["default"])
    return [known if isinstance(known, Closure) else None]
