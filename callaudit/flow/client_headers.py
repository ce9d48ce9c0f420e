"""Headers that a program sets on a client after it was made: in its defaults, or in an interceptor of its requests.

`client.defaults.headers.common["X-Key"] = …`, and `client.interceptors.request.use((config) => { … })`, whose function
is handed each request before it leaves (https://axios-http.com/docs/interceptors).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.headers import COMMON, OPEN, PERHAPS, SENT, Options
from callaudit.flow.interceptors import client_before, inside, interceptor, made_by, owner_of, way_of
from callaudit.flow.static import static_scope
from callaudit.flow.values import Closure, Const, forced
from callaudit.syntax.ir import Assign, Call, Do, Index, Member, Name, Obj, Prop, Spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Client, Value
    from callaudit.libraries.model import Library
    from callaudit.syntax.ir import Expr, Node

HANDED_ON = "an interceptor hands its request on"
COMPUTED = "an interceptor sets a header whose name is computed"
ELSEWHERE = "an interceptor that is not followed may add headers"
_SETTERS = ("set", "append")


def client_headers(interpreter: Interpreter, library: Library, client: Client | None) -> Options:
    """The headers that are set on `client`, or on the library itself where it is asked directly."""
    if interpreter.client_headers is None:
        interpreter.client_headers = {}
        for owner, option in _all(interpreter):
            interpreter.client_headers.setdefault(owner, {})[option] = None
    if not interpreter.client_headers:
        return ()
    owner = made_by(client) if client is not None and client.kind else library.name
    return tuple(interpreter.client_headers.get(owner, ()))


def _all(interpreter: Interpreter) -> Iterator[tuple[object, tuple[str, str]]]:
    for path in sorted(interpreter.program.modules):
        for index, function in enumerate(interpreter.program.modules[path].functions):
            refs = function.refs
            if ".interceptors" not in refs and not (".defaults" in refs and ".headers" in refs):
                continue
            scope = inside(interpreter, path, index, function)
            for node in interpreter.nodes(path, index):
                found = interceptor(interpreter, node, scope)
                if found is not None and found.kind == "request":
                    yield from ((found.owner, option) for option in _of_interceptor(interpreter, found.handlers[0]))
                owner, option = _of_defaults(interpreter, node, scope)
                if owner is not None:
                    yield owner, option


def _of_defaults(interpreter: Interpreter, node: Node, scope: Scope) -> tuple[object | None, tuple[str, str]]:
    """The client whose defaults a record of code changes, and the header that its requests have then."""
    nothing = (None, ("", ""))
    way = way_of(node.target) if isinstance(node, Assign) else None
    if way is None or "defaults" not in way[1] or "headers" not in way[1]:
        return nothing
    names = way[1][way[1].index("headers") + 1 :]  # `headers.common[name]`
    if len(names) < 2 or not names[-1]:
        return nothing
    owner = owner_of(forced(interpreter.evaluate(client_before(node.target, "defaults"), scope)))  # type: ignore[attr-defined] # an assignment
    return owner, (SENT if names[0] == COMMON else PERHAPS, names[-1].lower())


def _of_interceptor(interpreter: Interpreter, handler: Value) -> Options:
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
        way = way_of(node.target)
        if way is not None and "headers" in way[1]:
            names = way[1][way[1].index("headers") + 1 :]
            if not names:
                yield from _of_object(node.value)
            elif names[-1]:
                yield names[-1].lower()
            elif isinstance(node.target, Index):
                yield _text(interpreter, node.target.key, scope)
    elif isinstance(node, Call) and isinstance(node.callee, Member):
        way = way_of(node.callee.obj)
        if node.callee.prop in _SETTERS and node.args and way is not None and way[1][-1] == "headers":
            yield _text(interpreter, node.args[0], scope)
        elif node.callee.prop == "assign" and len(node.args) > 1 and _is_headers(node.args[0]):
            for given in node.args[1:]:
                yield from _of_object(given)


def _is_headers(expr: Expr) -> bool:
    way = way_of(expr)
    return way is not None and way[1][-1] == "headers"


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
