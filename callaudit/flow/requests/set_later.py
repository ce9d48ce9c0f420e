"""Headers that are set on a request after the call that makes it, by methods of what it gives or of its receiver.

`request.get(url).set("X-Key", key)` of superagent (https://forwardemail.github.io/superagent/#setting-header-fields),
`xhr.setRequestHeader("X-Key", key)` (https://xhr.spec.whatwg.org/#the-setrequestheader()-method).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.requests.headers import OPEN, PERHAPS, SENT, Options, collect
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const
from callaudit.syntax.ir import Await, Call, Do, Let, Member, Name, Ret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.libraries.model import Request
    from callaudit.syntax.ir import Expr

COMPUTED = "it is sent with a header whose name is computed"


def set_later(interpreter: Interpreter, expr: Call, scope: Scope, model: Request) -> Options:
    """The headers that the function around a request sets on it."""
    if not model.later:
        return ()
    nodes = interpreter.nodes(scope.module, scope.function)
    names = {one.target.id for one in nodes if type(one) is Let and type(one.target) is Name and _is(one.value, expr)}
    if type(expr.callee) is Member and type(expr.callee.obj) is Name:
        names.add(expr.callee.obj.id)
    body = interpreter.function(scope.module, scope.function).body
    plain = {id(_bare(one.value)) for one in body if isinstance(one, (Do, Ret, Let))}
    found: dict[str, str] = {}
    why = ""
    for call in nodes:
        if type(call) is not Call or type(call.callee) is not Member or call.callee.prop not in model.later:
            continue
        chained = _is(call.callee.obj, expr)
        if not chained and not _begins_with(call.callee.obj, names):
            continue
        sure = chained or id(call) in plain
        for name in _named(interpreter, call, scope, model.later[call.callee.prop]):
            if name is None:
                why = COMPUTED
            elif sure or name not in found:
                found[name] = SENT if sure else PERHAPS
    told = tuple((kind, name) for name, kind in found.items())
    return (*told, (OPEN, why)) if why else told


def _bare(expr: Expr | None) -> Expr | None:
    return expr.value if type(expr) is Await else expr


def _is(expr: Expr | None, call: Call) -> bool:
    """Whether an expression is `call`, or calls methods of what it gives."""
    while expr is not call:
        if type(expr) is Await:
            expr = expr.value
        elif type(expr) is Call and type(expr.callee) is Member:
            expr = expr.callee.obj
        else:
            return False
    return True


def _begins_with(expr: Expr, names: set[str]) -> bool:
    while type(expr) is Call and type(expr.callee) is Member:
        expr = expr.callee.obj
    return type(expr) is Name and expr.id in names


def _named(interpreter: Interpreter, call: Call, scope: Scope, always: str) -> Iterator[str | None]:
    """The headers that a call sets: the one that its method always does, one by name, or those of an object."""
    if always or not call.args:
        yield always or None
        return
    given = interpreter.evaluate(call.args[0], scope)
    known = forced(given)
    if isinstance(known, Const) and isinstance(known.value, str):
        yield known.value.lower()
        return
    found: dict[str, str] = {}
    why = collect(interpreter, given, found) if len(call.args) == 1 else COMPUTED
    yield from found
    if why:
        yield None
