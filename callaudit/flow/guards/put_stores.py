"""Stores that are put on what a framework hands on: `app.locals.cache = new LRUCache()`, `request.cache = cache`.

Whoever takes one from there, in whichever file, has the same store: `req.app.locals.cache.get(key)`. One that is made
for a request (`req.cache = new Map()`) is gone with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.apps.apps import app_of
from callaudit.flow.machine.static import PARAMETER, static_scope
from callaudit.flow.objects.put_on_unknown import HELD
from callaudit.flow.requests.requested import Incoming
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure, Unknown
from callaudit.syntax.ir import Assign, Call, Expr, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

MOST_PLACES = 8


class Put(Struct, frozen=True, eq=False):
    """A place that puts something on such an object; `lasts` where that object outlives a request."""

    module: str
    function: int
    line: int
    value: Expr
    lasts: bool


def puts_of(interpreter: Interpreter, expr: Member, scope: Scope) -> list[Put]:
    """The places that put something where `expr` takes it from; none where it is taken from nothing of a framework."""
    if expr.prop in HELD:
        return []
    found = interpreter.found_once("stores that are put on what a framework hands on", lambda: _puts(interpreter))
    if expr.prop not in found or not _is_handed_on(interpreter, expr.obj, scope):
        return []
    app = app_of(interpreter, scope.module)
    return [put for put in found[expr.prop] if app_of(interpreter, put.module) == app]


def decoration_of(interpreter: Interpreter, expr: Member, scope: Scope) -> Value | None:
    """What a server is decorated with under the name that `expr` takes from it: `app.decorate("cache", cache)`."""
    named = [value for (_, name), value in interpreter.noted.decorations.items() if name == expr.prop]
    return named[0] if named and _is_handed_on(interpreter, expr.obj, scope) else None


def _puts(interpreter: Interpreter) -> dict[str, list[Put]]:
    found: dict[str, list[Put]] = {}
    for path, module in sorted(interpreter.program.modules.items()):
        for index in range(len(module.functions)):
            for node in module.nodes_of(index, Assign):
                target = node.target
                if not isinstance(target, Member) or not isinstance(node.value, (Call, Name, Member)):
                    continue
                scope = static_scope(interpreter, path, index)
                root = _root(interpreter, target.obj, scope)
                lasts = isinstance(root, Client) and root.library.serves
                handed = isinstance(root, Unknown) and root.why == PARAMETER
                places = found.setdefault(target.prop, []) if lasts or handed else []
                if (lasts or handed) and len(places) < MOST_PLACES:
                    places.append(Put(path, index, node.line, node.value, lasts))
    return found


def _is_handed_on(interpreter: Interpreter, owner: Expr, scope: Scope) -> bool:
    root = _root(interpreter, owner, scope)
    if isinstance(root, Incoming) or (isinstance(root, Client) and root.library.serves):
        return True
    if not isinstance(root, Unknown) or root.why != PARAMETER:
        return False
    return (isinstance(owner, Member) and owner.prop in HELD) or _is_in_handler(interpreter, scope)


def _is_in_handler(interpreter: Interpreter, scope: Scope) -> bool:
    """Whether code stands in a function that is registered with a router, whose parameters are the framework's."""
    registered = interpreter.noted.registrations

    def find() -> frozenset[tuple[str, int]]:
        handlers = (forced(one) for item in registered.values() for one in item.handlers)
        return frozenset((one.module, one.index) for one in handlers if isinstance(one, Closure))

    return (scope.module, scope.function) in interpreter.found_once(("handlers", len(registered)), find)


def _root(interpreter: Interpreter, owner: Expr, scope: Scope) -> object:
    while isinstance(owner, Member):
        owner = owner.obj
    if not isinstance(owner, Name) or owner.id == "this":
        return None
    return forced(interpreter.evaluate(owner, scope))
