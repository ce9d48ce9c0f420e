"""The routes of single-page apps, as elements and as objects, with what each shows around the next.

React Router 5 to 7: https://reactrouter.com/start/declarative/routing and /start/data/routing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.components.attributes import attributes
from callaudit.flow.components.jsx import ROUTE, is_page
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import (
    ClassValue,
    Closure,
    Const,
    ForeignValue,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Seq,
    Value,
)
from callaudit.frameworks.model import Start, join_paths
from callaudit.syntax.ir import Call, Cond, Func, Jsx, Many, Op, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

SHOWN = ("element", "Component", "component", "render", "children", "loader", "action", "errorElement")
"""What a route object or element shows, or runs before it is shown."""
LOADED = ("Component", "default", "loader", "action")
"""What a module of a route exports."""
MOST_DEPTH = 12


class Shown(Struct, frozen=True, eq=False):
    """A page of a single-page app: its path, its line, and what is mounted on it, outermost first."""

    path: str
    line: int
    starts: tuple[Start, ...]


def is_route(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether an element is a route of React Router."""
    return isinstance(expr, Jsx) and is_page(interpreter, expr, scope)


def of_element(
    interpreter: Interpreter, expr: Jsx, scope: Scope, above: str = "", around: tuple[Start, ...] = (), depth: int = 0
) -> Iterator[Shown]:
    """The pages of a `<Route>` and of those inside it."""
    attrs = {attr.key: attr.value for attr in expr.attrs if isinstance(attr, Prop) and isinstance(attr.key, str)}
    own = [_start(interpreter, interpreter.lazy(attrs[name], scope)) for name in SHOWN if name in attrs]
    inner = [route for child in expr.children for route in _routes_in(interpreter, child, scope)]
    own += [_rendered(interpreter, child, scope) for child in _flat(expr.children) if child not in inner]
    around_it = forced(interpreter.evaluate(expr.tag, scope)) if getattr(expr.tag, "id", ROUTE) != ROUTE else None
    if around_it is not None:  # a component of the program, which does something around it
        own.insert(0, Start(around_it, (attributes(interpreter, expr, scope),), origin="browser"))
    starts = (*around, *(start for start in own if start is not None))
    paths = texts(interpreter.evaluate(attrs["path"], scope)) if "path" in attrs else [""]
    for path in paths:
        where = path if path.startswith("/") else join_paths(above, path)
        if ("path" in attrs or "index" in attrs) and len(starts) > len(around):
            yield Shown(where, expr.line, starts)
        for child in inner if depth < MOST_DEPTH else ():
            yield from of_element(interpreter, child, scope, where, starts, depth + 1)


def of_objects(
    interpreter: Interpreter, value: Value, line: int, above: str = "", around: tuple[Start, ...] = (), depth: int = 0
) -> Iterator[Shown]:
    """The pages of an array of route objects."""
    known = forced(value)
    for item in known.items if isinstance(known, Seq) else ():
        route = forced(item)
        if not isinstance(route, Record):
            continue
        own = [_start(interpreter, route.fields[name]) for name in SHOWN if name in route.fields and name != "children"]
        own += _loaded(interpreter, route.fields["lazy"]) if "lazy" in route.fields else []
        starts = (*around, *(start for start in own if start is not None))
        at = route.fields.get("path")
        here = at.line if isinstance(at, Lazy) and at.line else line
        for path in texts(at) if at is not None else [""]:
            where = path if path.startswith("/") else join_paths(above, path)
            if (at is not None or "index" in route.fields) and len(starts) > len(around):
                yield Shown(where, here, starts)
            if "children" in route.fields and depth < MOST_DEPTH:
                yield from of_objects(interpreter, route.fields["children"], here, where, starts, depth + 1)


def _routes_in(interpreter: Interpreter, expr: Expr, scope: Scope) -> Iterator[Jsx]:
    """The routes that an expression may give, whatever it depends on: fragments, `test && <Route />`, `a ? b : c`."""
    if isinstance(expr, Jsx):
        if is_page(interpreter, expr, scope):
            yield expr
        return
    parts: tuple[Expr, ...] = ()
    if isinstance(expr, Many) or (isinstance(expr, Op) and expr.op in ("&&", "||", "??")):
        parts = expr.items
    elif isinstance(expr, Cond):
        parts = (expr.then, expr.other)
    for part in parts:
        yield from _routes_in(interpreter, part, scope)


def _flat(children: tuple[Expr, ...]) -> list[Expr]:
    return [one for child in children for one in (child.items if isinstance(child, Many) else (child,))]


def _rendered(interpreter: Interpreter, expr: Expr, scope: Scope) -> Start | None:
    if isinstance(expr, Func):  # `<Route path="/a">{() => <A />}</Route>`
        return _start(interpreter, interpreter.lazy(expr, scope))
    return Start(Rendered(expr, scope), origin="browser") if isinstance(expr, (Jsx, Many)) else None


def _start(interpreter: Interpreter, value: Value) -> Start | None:
    """What is mounted where `value` is given: an element, a component, or a function that gives one."""
    if isinstance(value, Lazy) and value.expr is not None and value.scope is not None and _draws(value.expr):
        return Start(Rendered(value.expr, value.scope), origin="browser")
    known = component(interpreter, value)
    if known is None and isinstance(value, Lazy) and isinstance(value.expr, Call) and value.scope is not None:
        return Start(Rendered(value.expr, value.scope), origin="browser")  # a function that gives the element
    return Start(known, origin="browser") if known is not None else None


def _draws(expr: Expr) -> bool:
    """Whether an expression gives elements: `<A />`, `user ? <A /> : <B />`, `user && <A />`."""
    if isinstance(expr, Cond):
        return _draws(expr.then) or _draws(expr.other)
    if isinstance(expr, Op):
        return any(_draws(item) for item in expr.items)
    if isinstance(expr, Call):  # `guarded(<Orders />)`
        return any(_draws(arg) for arg in expr.args)
    return isinstance(expr, (Jsx, Many))


def component(interpreter: Interpreter, value: Value) -> Value | None:
    """The component that `value` is: a function, a class, what a module exports, or what a library wrapped."""
    known = forced(value)
    if isinstance(known, ModuleValue):
        whole = interpreter.export(known.module, "default")
        return forced(whole) if whole is not None else None
    if isinstance(known, Record) and "default" in known.fields:
        return component(interpreter, known.fields["default"])
    if isinstance(known, OneOf):
        return next((one for item in known.values if (one := component(interpreter, item)) is not None), None)
    return known if isinstance(known, (Closure, ClassValue, ForeignValue, Rendered)) else None


def _loaded(interpreter: Interpreter, value: Value) -> list[Start | None]:
    """What `lazy: () => import("./page")` brings."""
    function = forced(value)
    if not isinstance(function, Closure):
        return []
    module = forced(interpreter.run(function, [], effects=False).value)
    if isinstance(module, Record):
        return [_start(interpreter, module.fields[name]) for name in LOADED if name in module.fields]
    if not isinstance(module, ModuleValue):
        return []
    exports = [interpreter.export(module.module, name) for name in LOADED]
    return [_start(interpreter, one) for one in exports if one is not None]


def texts(value: Value) -> list[str]:
    """The texts that a value is known to be."""
    known = forced(value)
    if isinstance(known, (Seq, OneOf)):
        items = known.items if isinstance(known, Seq) else known.values
        return [text for item in items for text in texts(item)]
    return [known.value] if isinstance(known, Const) and isinstance(known.value, str) else []
