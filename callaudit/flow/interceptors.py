"""Functions that a program puts between a client and the network: `client.interceptors.request.use(…)`.

https://axios-http.com/docs/interceptors: one of requests is handed each before it leaves, one of responses each answer
and, as its second function, each failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.join import key
from callaudit.flow.static import static_scope
from callaudit.flow.values import ClassValue, Client, ForeignValue, Value, forced
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Index, Lit, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Node


class Interceptor(Struct, frozen=True, eq=False):
    """What is put before the requests (`kind` is `request`) or behind the answers of the client that `owner` tells."""

    owner: object
    kind: str
    handlers: tuple[Value, ...]


def interceptor(interpreter: Interpreter, node: Node, scope: Scope) -> Interceptor | None:
    """The interceptor that a record of code registers."""
    if not isinstance(node, Call) or not isinstance(node.callee, Member) or node.callee.prop != "use" or not node.args:
        return None
    way = way_of(node.callee.obj)
    if way is None or way[1][-2:-1] != ["interceptors"]:
        return None
    owner = owner_of(forced(interpreter.evaluate(client_before(node.callee.obj, "interceptors"), scope)))
    handlers = tuple(forced(interpreter.evaluate(arg, scope)) for arg in node.args[:2])
    return Interceptor(owner, way[1][-1], handlers) if owner is not None else None


def owner_of(value: Value) -> object | None:
    """What tells a client, or a library that is asked directly, from others; `None` for what is neither."""
    if isinstance(value, Client):
        return made_by(value)
    if isinstance(value, ForeignValue):
        library = exported(value.package, (*value.path, "get"))
        return library[0].name if library is not None else None
    return None


def way_of(expr: Expr) -> tuple[Expr, list[str]] | None:
    """The names on the way from the first object of `a.b["c"]`; an index that is computed is an empty name."""
    names: list[str] = []
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member):
            names.append(expr.prop)
        else:
            word = expr.key.value if isinstance(expr.key, Lit) else None
            names.append(word if isinstance(word, str) else "")
        expr = expr.obj
    return (expr, names[::-1]) if names else None


def client_before(expr: Expr, name: str) -> Expr:
    """What stands before `.name` in a chain that has it."""
    while isinstance(expr, (Member, Index)) and not (isinstance(expr, Member) and expr.prop == name):
        expr = expr.obj
    return expr.obj if isinstance(expr, Member) else Name("undefined")


def made_by(client: Client) -> object:
    """What tells a client from others: the expression that makes it, in whichever run of it."""
    place = client.place
    return place[0] if isinstance(place, tuple) and place and isinstance(place[0], int) else key(client)


def inside(interpreter: Interpreter, path: str, index: int, function: Function) -> Scope:
    """The scope of a function whose callers are not known; that of a method has an object of its class."""
    if function.cls < 0:
        return static_scope(interpreter, path, index)
    cls = ClassValue(path, function.cls, static_scope(interpreter, path, function.parent))
    return static_scope(interpreter, path, index, interpreter.injection.injected(cls))
