"""Headers that an interceptor of requests adds: a function that is handed each request before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.chains import names_of
from callaudit.flow.headers import OPEN, PERHAPS, SENT, Options
from callaudit.flow.static import static_scope
from callaudit.flow.values import Closure, Const, forced
from callaudit.syntax.ir import Assign, Call, Do, Index, Member, Name, Obj, Prop, Spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Expr, Node

HANDED_ON = "an interceptor hands its request on"
COMPUTED = "an interceptor sets a header whose name is computed"
ELSEWHERE = "an interceptor that is not followed may add headers"
_SETTERS = ("set", "append")


def added_headers(interpreter: Interpreter, handler: Value) -> Options:
    """The headers that `handler` sets on the requests that it is handed."""
    if not isinstance(handler, Closure):
        return ((OPEN, ELSEWHERE),)
    function = interpreter.function(handler.module, handler.index)
    request = getattr(function.params[0].target, "id", "") if function.params else ""
    scope = static_scope(interpreter, handler.module, handler.index)
    plain = {id(statement.value) for statement in function.body if isinstance(statement, Do)}
    found: dict[str, str] = {}
    why = ""
    for node in interpreter.nodes(handler.module, handler.index):
        for name in _set(interpreter, node, scope):
            if name is None:
                why = COMPUTED
            elif id(node) in plain or name not in found:
                found[name] = SENT if id(node) in plain else PERHAPS
        if isinstance(node, Call) and any(isinstance(arg, Name) and arg.id == request for arg in node.args):
            why = why or HANDED_ON
    told = tuple((kind, name) for name, kind in found.items())
    return (*told, (OPEN, why)) if why else told


def _set(interpreter: Interpreter, node: Node, scope: Scope) -> Iterator[str | None]:
    """The headers that one record of an interceptor sets; `None` for one whose name is not known."""
    if isinstance(node, Assign):
        names = names_of(node.target)
        if "headers" in names:
            if names[-1] == "headers":
                yield from _of_object(node.value)
            elif names[-1]:
                yield names[-1].lower()
            elif isinstance(node.target, Index):
                yield _text(interpreter, node.target.key, scope)
    elif isinstance(node, Call) and isinstance(node.callee, Member):
        if node.callee.prop in _SETTERS and node.args and _is_headers(node.callee.obj):
            yield _text(interpreter, node.args[0], scope)
        elif node.callee.prop == "assign" and len(node.args) > 1 and _is_headers(node.args[0]):
            for given in node.args[1:]:
                yield from _of_object(given)


def _is_headers(expr: Expr) -> bool:
    return names_of(expr)[-1:] == ["headers"]


def _text(interpreter: Interpreter, expr: Expr, scope: Scope) -> str | None:
    known = forced(interpreter.evaluate(expr, scope))
    return known.value.lower() if isinstance(known, Const) and isinstance(known.value, str) else None


def _of_object(expr: Expr) -> Iterator[str | None]:
    """The names of an object literal; what it spreads are the headers that were there."""
    for prop in expr.props if isinstance(expr, Obj) else ():
        if isinstance(prop, Prop):
            yield prop.key.lower() if isinstance(prop.key, str) else None
        elif isinstance(prop, Spread) and not (isinstance(prop.value, Member) and prop.value.prop == "headers"):
            yield None
    if not isinstance(expr, Obj):
        yield None
