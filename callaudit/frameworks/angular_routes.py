"""What the router of Angular runs before it shows a route: resolvers and guards, classes or functions.

https://angular.dev/guide/routing/data-resolvers, https://angular.dev/guide/routing/route-guards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Value
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Arr, Obj, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr

ROUTER: Final = "@angular/router"
RUN: Final = frozenset({"resolve", "canActivate", "canActivateChild", "canDeactivate", "canLoad", "canMatch"})
"""Properties of a route, each of which names the method of the classes that it lists."""


def run_by_routes(interpreter: Interpreter, framework: str) -> Iterator[Entry]:
    """An entry for each resolver and guard of a route that may reach the network."""
    seen: set[tuple[str, int]] = set()
    for path, module in sorted(interpreter.program.modules.items()):
        if not any(one.source == ROUTER for one in module.facts.imports):
            continue
        for index in range(len(module.functions)):
            for node in interpreter.nodes_of(path, index, Obj):
                for name, listed in _run(node):
                    value = forced(interpreter.evaluate(listed, static_scope(interpreter, path, index)))
                    start = _start(interpreter, value, name)
                    if start is None or (place := (start.module, start.index)) in seen:
                        continue
                    seen.add(place)
                    function = interpreter.function(*place)
                    title = interpreter.qualified(*place)
                    given = Start(start, unknown_args(interpreter, start), start.this, maybe=True)
                    app = app_of(interpreter, start.module)
                    yield Entry("component", title, start.module, function.line, "browser", app, (given,), framework)


def _run(route: Obj) -> Iterator[tuple[str, Expr]]:
    """What a route runs, each with the property that lists it; nothing of an object that is no route."""
    props = {prop.key: prop.value for prop in route.props if isinstance(prop, Prop) and isinstance(prop.key, str)}
    if "path" not in props and "matcher" not in props:
        return
    for name in sorted(RUN & props.keys()):
        listed = props[name]
        if isinstance(listed, Arr):
            yield from ((name, item) for item in listed.items)
        elif isinstance(listed, Obj):
            yield from ((name, prop.value) for prop in listed.props if isinstance(prop, Prop))


def _start(interpreter: Interpreter, value: Value, name: str) -> Closure | None:
    if isinstance(value, Closure):
        return value if interpreter.relevance.function(value.module, value.index) else None
    if not isinstance(value, ClassValue):
        return None
    for cls in interpreter.classes.lineage(value):
        index = interpreter.classes.method(cls, name, static=False)
        if index is not None:
            if not interpreter.relevance.function(cls.module, index):
                return None
            return Closure(cls.module, index, cls.scope, interpreter.injection.injected(value))
    return None
