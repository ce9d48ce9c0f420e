"""Retries that an interceptor of failures makes: it sends the request of the failure again, through a client.

How often is told by what it writes on the request: a flag that a test asks for is set once, a counter is compared with
a number. A request without either may be sent without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.interceptors import inside, interceptor, made_by, owner_of
from callaudit.flow.records import Retry
from callaudit.flow.spans import number_of
from callaudit.flow.static import static_scope
from callaudit.flow.values import Closure, forced
from callaudit.syntax.ir import Assign, Await, Call, Let, Lit, Member, Name, Op, PatObj, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Client, Value
    from callaudit.libraries.model import Library
    from callaudit.syntax.ir import Expr, Node

_BOUNDS = {"<": 1, ">=": 1, "<=": 2, ">": 2}
"""Attempts more than the number that a counter of those before is compared with, by the comparison."""


def resent(interpreter: Interpreter, library: Library, client: Client | None) -> Retry | None:
    """What sends the failed requests of `client` again, or of the library itself where it is asked directly."""
    if interpreter.resends is None:
        interpreter.resends = dict(_all(interpreter))
    if not interpreter.resends:
        return None
    return interpreter.resends.get(made_by(client) if client is not None and client.kind else library.name)


def _all(interpreter: Interpreter) -> Iterator[tuple[object, Retry]]:
    for path in sorted(interpreter.program.modules):
        for index, function in enumerate(interpreter.program.modules[path].functions):
            if ".interceptors" not in function.refs:
                continue
            scope = inside(interpreter, path, index, function)
            for node in interpreter.nodes(path, index):
                found = interceptor(interpreter, node, scope)
                if found is not None and found.kind == "response" and len(found.handlers) > 1:
                    retry = _retry(interpreter, found.handlers[1])
                    if retry is not None:
                        yield found.owner, retry


def _retry(interpreter: Interpreter, handler: Value) -> Retry | None:
    if not isinstance(handler, Closure):
        return None
    function = interpreter.function(handler.module, handler.index)
    failure = getattr(function.params[0].target, "id", "") if function.params else ""
    scope = static_scope(interpreter, handler.module, handler.index)
    nodes = interpreter.nodes(handler.module, handler.index)
    request = _names_of_request(nodes, failure)
    call = next((node for node in nodes if _sends_again(interpreter, node, failure, request, scope)), None)
    if not isinstance(call, Call):
        return None
    attempts = _attempts(interpreter, nodes, request, scope)
    waits = any(isinstance(node, Await) and isinstance(node.value, Call) and node.value is not call for node in nodes)
    name = interpreter.qualified(handler.module, handler.index)
    return Retry("interceptor", handler.module, call.line, name, attempts, backoff="unknown" if waits else "none")


def _names_of_request(nodes: tuple[Node, ...], failure: str) -> set[str]:
    """Variables that hold the request of the failure: `const original = error.config`, `const { config } = error`."""
    found: set[str] = set()
    for node in nodes:
        if not isinstance(node, Let):
            continue
        if isinstance(node.target, Name) and _is_request(node.value, failure, found):
            found.add(node.target.id)
        elif isinstance(node.target, PatObj) and isinstance(node.value, Name) and node.value.id == failure:
            found.update(
                entry.target.id
                for entry in node.target.entries
                if entry.key == "config" and isinstance(entry.target, Name)
            )
    return found


def _is_request(expr: Expr | None, failure: str, names: set[str]) -> bool:
    if isinstance(expr, Name):
        return expr.id in names
    if isinstance(expr, Op) and expr.op in ("||", "??"):
        return _is_request(expr.items[0], failure, names)
    return isinstance(expr, Member) and expr.prop == "config" and isinstance(expr.obj, Name) and expr.obj.id == failure


def _sends_again(interpreter: Interpreter, node: Node, failure: str, names: set[str], scope: Scope) -> bool:
    if not isinstance(node, Call) or not node.args or not _is_request(node.args[0], failure, names):
        return False
    callee = node.callee
    if isinstance(callee, Member) and callee.prop == "request":
        callee = callee.obj
    return owner_of(forced(interpreter.evaluate(callee, scope))) is not None


def _attempts(interpreter: Interpreter, nodes: tuple[Node, ...], names: set[str], scope: Scope) -> int | None:
    """How often a request is sent in all; `None` where nothing that is seen bounds it."""
    written = {
        (node.target if isinstance(node, Assign) else node.value).prop  # type: ignore[union-attr] # as tested
        for node in nodes
        if (isinstance(node, Assign) and _on_request(node.target, names))
        or (isinstance(node, Un) and node.op == "++" and _on_request(node.value, names))
    }
    flags = {
        node.target.prop
        for node in nodes
        if isinstance(node, Assign)
        and isinstance(node.target, Member)
        and isinstance(node.value, Lit)
        and node.value.value is True
    }
    for node in nodes:
        if isinstance(node, Op) and node.op in _BOUNDS and len(node.items) == 2:
            asked = {one.prop for one in _members(node.items[0], names)}
            most = number_of(forced(interpreter.evaluate(node.items[1], scope)))
            if asked & written and most is not None:
                return int(most) + _BOUNDS[node.op]
    tested = {
        one.prop for node in nodes if isinstance(node, Un) and node.op == "!" for one in _members(node.value, names)
    }
    tested |= {one.prop for node in nodes if hasattr(node, "test") for one in _members(node.test, names)}
    return 2 if tested & flags & written else None


def _on_request(expr: Expr, names: set[str]) -> bool:
    return isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id in names


def _members(expr: Expr, names: set[str]) -> list[Member]:
    """The properties of the request that an expression asks for: `config.count`, `(config.count ?? 0)`."""
    if isinstance(expr, Op):
        return [one for item in expr.items for one in _members(item, names)]
    return [expr] if isinstance(expr, Member) and _on_request(expr, names) else []
