"""Headers that an interceptor of requests adds: a function that is handed each request before it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.machine.static import static_scope
from callaudit.flow.requests.headers import OPEN, PERHAPS, SENT, SETTERS, Options, collect
from callaudit.flow.values.lazy import forced, word_of
from callaudit.flow.values.values import UNDEFINED, Closure, ForeignValue, Record, Seq, Undefined
from callaudit.libraries.model import Quiet
from callaudit.libraries.registry import exported
from callaudit.syntax.chains import first_of, names_of
from callaudit.syntax.ir import Assign, Call, Do, Index, Let, Member, Name, Obj, Op, PatObj, Prop, Ret, Spread
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Node

HANDED_ON = "an interceptor hands its request on"
COMPUTED = "an interceptor sets a header whose name is computed"
DEPTH = 3
"""Functions that hand a request on to others."""
ELSEWHERE = "an interceptor that is not followed may add headers"


def added_headers(interpreter: Interpreter, handler: Value, *, headed: bool = False, place: int = 0) -> Options:
    """The headers that `handler` sets on the requests that it is handed as argument `place`.

    With `headed` it is handed the headers themselves.
    """
    return _added(interpreter, handler, headed, place, DEPTH)


def _added(interpreter: Interpreter, handler: Value, headed: bool, place: int, depth: int) -> Options:
    if not isinstance(handler, Closure):
        return ((OPEN, ELSEWHERE),)
    function = interpreter.function(handler.module, handler.index)
    target = function.params[place].target if place < len(function.params) else None
    scope = static_scope(interpreter, handler.module, handler.index)
    nodes = interpreter.nodes(handler.module, handler.index)
    handed = _handed(target, nodes, headed=headed)
    plain = {id(statement.value) for statement in function.body if isinstance(statement, (Do, Ret))}
    found: dict[str, str] = {}
    why = ""
    for node in nodes:
        surely = id(node) in plain
        for name in _set(interpreter, node, scope, handed.headers):
            if name is None:
                why = COMPUTED
            elif surely or name not in found:
                found[name] = SENT if surely else PERHAPS
        for kind, name in _beyond(interpreter, node, scope, handed, depth) if isinstance(node, Call) else ():
            if kind == OPEN:
                why = why or name
            elif (surely and kind == SENT) or name not in found:
                found[name] = kind if surely else PERHAPS
    told = tuple((kind, name) for name, kind in found.items())
    return (*told, (OPEN, why)) if why else told


class _Handed(NamedTuple):
    """The variables of a function that hold what it is handed, and those that hold the headers of a request."""

    requests: frozenset[str]
    headers: frozenset[str]


def _handed(target: Expr | None, nodes: Iterable[Node], *, headed: bool) -> _Handed:
    names = frozenset(bound_names(target)) if target is not None else frozenset[str]()
    headers = set(names) if headed else set[str]()
    waiting = [target]
    while waiting:
        pattern = waiting.pop()
        for one in pattern.entries if isinstance(pattern, PatObj) else ():
            waiting.append(one.target)
            if one.key == "headers" and isinstance(one.target, Name):
                headers.add(one.target.id)
    for node in nodes:
        if (
            isinstance(node, Let)
            and isinstance(node.target, Name)
            and node.value is not None
            and _is_headers(node.value)
        ):
            headers.add(node.target.id)
    return _Handed(names - headers, frozenset(headers))


def _beyond(interpreter: Interpreter, call: Call, scope: Scope, handed: _Handed, depth: int) -> Options:
    """The headers that a function sets which a request, or its headers, are handed on to."""
    for place, arg in enumerate(call.args):
        request = isinstance(arg, Name) and arg.id in handed.requests
        headers = (isinstance(arg, Name) and arg.id in handed.headers) or _is_headers(arg)
        if not request and not headers:
            continue
        target = forced(interpreter.evaluate(call.callee, scope))
        if isinstance(target, Closure) and depth:
            return _added(interpreter, target, headers, place, depth - 1)
        if request and not _only_looks(target):
            return ((OPEN, HANDED_ON),)
    return ()


def _only_looks(target: Value) -> bool:
    """Whether a function is known to change nothing: one that writes to the console."""
    found = exported(target.package, target.path) if isinstance(target, ForeignValue) else None
    return found is not None and isinstance(found[1], Quiet)


def headers_before(interpreter: Interpreter, sources: Iterable[Value], option: str, *, headed: bool = False) -> Options:
    """The headers that functions add which a client, or a request, is handed as its `option`."""
    found: dict[tuple[str, str], None] = {}
    for source in sources:
        known = forced(source)
        for name in option.split("."):
            known = forced(known.fields.get(name, UNDEFINED)) if isinstance(known, Record) else UNDEFINED
        for handler in known.items if isinstance(known, Seq) else (known,):
            if not isinstance(forced(handler), Undefined):
                found.update(dict.fromkeys(added_headers(interpreter, forced(handler), headed=headed)))
    return tuple(found)


def _set(interpreter: Interpreter, node: Node, scope: Scope, bags: frozenset[str]) -> Iterator[str | None]:
    """The headers that one record of an interceptor sets; `None` for one whose name is not known.

    `bags` are the variables that hold headers.
    """
    if isinstance(node, Assign):
        names = names_of(node.target)
        if first_of(node.target) in bags:
            names = ["headers", *names]
        if "headers" in names:
            if names[-1] == "headers":
                yield from _of_object(interpreter, node.value, scope)
            elif names[-1]:
                yield names[-1].lower()
            elif isinstance(node.target, Index):
                yield _text(interpreter, node.target.key, scope)
    elif isinstance(node, Call) and isinstance(node.callee, Member):
        if node.callee.prop in SETTERS and node.args and _is_headers(node.callee.obj, bags):
            yield _text(interpreter, node.args[0], scope)
        elif node.callee.prop == "assign" and len(node.args) > 1 and _is_headers(node.args[0], bags):
            for given in node.args[1:]:
                yield from _of_object(interpreter, given, scope)
    elif isinstance(node, Obj):  # return { ...request, headers: … }
        for prop in node.props:
            if isinstance(prop, Prop) and prop.key == "headers":
                yield from _of_object(interpreter, prop.value, scope)


def _is_headers(expr: Expr, bags: frozenset[str] = frozenset()) -> bool:
    """Whether this is the headers of a request, or those where it has some: `request.headers ?? {}`."""
    if isinstance(expr, Op) and expr.op in ("??", "||"):
        expr = expr.items[0]
    return names_of(expr)[-1:] == ["headers"] or (isinstance(expr, Name) and expr.id in bags)


def _text(interpreter: Interpreter, expr: Expr, scope: Scope) -> str | None:
    return word_of(interpreter.evaluate(expr, scope)).lower() or None


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
