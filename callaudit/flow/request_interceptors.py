"""Headers that an interceptor of requests adds: a function that is handed each request before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.chains import names_of
from callaudit.flow.headers import OPEN, PERHAPS, SENT, SETTERS, Options, collect
from callaudit.flow.static import static_scope
from callaudit.flow.values import UNDEFINED, Closure, Const, Record, Seq, Undefined, forced
from callaudit.syntax.ir import Assign, Call, Do, Index, Member, Name, Obj, Op, Prop, Ret, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Expr, Node

HANDED_ON = "an interceptor hands its request on"
COMPUTED = "an interceptor sets a header whose name is computed"
ELSEWHERE = "an interceptor that is not followed may add headers"


def added_headers(interpreter: Interpreter, handler: Value) -> Options:
    """The headers that `handler` sets on the requests that it is handed."""
    if not isinstance(handler, Closure):
        return ((OPEN, ELSEWHERE),)
    function = interpreter.function(handler.module, handler.index)
    request = getattr(function.params[0].target, "id", "") if function.params else ""
    scope = static_scope(interpreter, handler.module, handler.index)
    plain = {id(statement.value) for statement in function.body if isinstance(statement, (Do, Ret))}
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


def headers_before(interpreter: Interpreter, sources: Iterable[Value], option: str) -> Options:
    """The headers that functions add which a client, or a request, is handed as its `option`."""
    found: dict[tuple[str, str], None] = {}
    for source in sources:
        known = forced(source)
        for name in option.split("."):
            known = forced(known.fields.get(name, UNDEFINED)) if isinstance(known, Record) else UNDEFINED
        for handler in known.items if isinstance(known, Seq) else (known,):
            if not isinstance(forced(handler), Undefined):
                found.update(dict.fromkeys(added_headers(interpreter, forced(handler))))
    return tuple(found)


def _set(interpreter: Interpreter, node: Node, scope: Scope) -> Iterator[str | None]:
    """The headers that one record of an interceptor sets; `None` for one whose name is not known."""
    if isinstance(node, Assign):
        names = names_of(node.target)
        if "headers" in names:
            if names[-1] == "headers":
                yield from _of_object(interpreter, node.value, scope)
            elif names[-1]:
                yield names[-1].lower()
            elif isinstance(node.target, Index):
                yield _text(interpreter, node.target.key, scope)
    elif isinstance(node, Call) and isinstance(node.callee, Member):
        if node.callee.prop in SETTERS and node.args and _is_headers(node.callee.obj):
            yield _text(interpreter, node.args[0], scope)
        elif node.callee.prop == "assign" and len(node.args) > 1 and _is_headers(node.args[0]):
            for given in node.args[1:]:
                yield from _of_object(interpreter, given, scope)
    elif isinstance(node, Obj):  # return { ...request, headers: … }
        for prop in node.props:
            if isinstance(prop, Prop) and prop.key == "headers":
                yield from _of_object(interpreter, prop.value, scope)


def _is_headers(expr: Expr) -> bool:
    """Whether this is the headers of a request, or those where it has some: `request.headers ?? {}`."""
    if isinstance(expr, Op) and expr.op in ("??", "||"):
        expr = expr.items[0]
    return names_of(expr)[-1:] == ["headers"]


def _text(interpreter: Interpreter, expr: Expr, scope: Scope) -> str | None:
    known = forced(interpreter.evaluate(expr, scope))
    return known.value.lower() if isinstance(known, Const) and isinstance(known.value, str) else None


def _of_object(interpreter: Interpreter, expr: Expr, scope: Scope) -> Iterator[str | None]:
    """The names that an object of headers adds to those that were there."""
    if _is_headers(expr):
        return
    if isinstance(expr, Call) and isinstance(expr.callee, Name) and expr.callee.id == "Headers":
        for arg in expr.args:
            yield from _of_object(interpreter, arg, scope)
    elif isinstance(expr, Obj):
        for prop in expr.props:
            if isinstance(prop, Prop):
                yield prop.key.lower() if isinstance(prop.key, str) else _text(interpreter, prop.key, scope)
            elif isinstance(prop, Spread):
                yield from _of_object(interpreter, prop.value, scope)
    else:
        found: dict[str, str] = {}
        why = collect(interpreter, interpreter.evaluate(expr, scope), found)
        yield from found
        if why:
            yield None
