"""Retries that an interceptor of failures makes: it sends the request of the failure again, through a client.

How often is told by what it writes on the request: a flag that a test asks for is set once, a counter is compared with
a number. A request without either may be sent without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Retry
from callaudit.flow.machine.static import static_scope
from callaudit.flow.requests.client_owners import owner_of
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Assign, Await, Call, Let, Lit, Member, Name, Op, PatObj, Typed, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Node

_BOUNDS = {"<": 1, ">=": 1, "<=": 2, ">": 2}
"""Attempts more than the number that a counter of those before is compared with, by the comparison."""


def resent_by(interpreter: Interpreter, handler: Value) -> Retry | None:
    """The retry that a handler of failures makes, if it sends their requests again."""
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
    if isinstance(expr, Typed):
        return _is_request(expr.value, failure, names)
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
    return owner_of(interpreter.evaluate(callee, scope)) is not None


def _attempts(interpreter: Interpreter, nodes: tuple[Node, ...], names: set[str], scope: Scope) -> int | None:
    """How often a request is sent in all; `None` where nothing that is seen bounds it."""
    written: set[str] = set()
    flags: set[str] = set()
    asked: set[str] = set()
    for node in nodes:
        if isinstance(node, Assign):
            written |= _properties(node.target, names)
            if isinstance(node.value, Lit) and node.value.value is True:
                flags |= _properties(node.target, names)
        elif isinstance(node, Un) and node.op == "++":
            written |= _properties(node.value, names)
        elif isinstance(node, Un) and node.op == "!":
            asked |= _properties(node.value, names)
        elif hasattr(node, "test"):
            asked |= _properties(node.test, names)
    for node in nodes:
        if isinstance(node, Op) and node.op in _BOUNDS and len(node.items) == 2:
            most = number_of(forced(interpreter.evaluate(node.items[1], scope)))
            if most is not None and written & _properties(node.items[0], names):
                return int(most) + _BOUNDS[node.op]
    return 2 if flags & asked else None


def _properties(expr: Expr, names: set[str]) -> set[str]:
    """The properties of the request that an expression is made of: `config.count`, `(config.count ?? 0)`."""
    if isinstance(expr, Typed):
        return _properties(expr.value, names)
    if isinstance(expr, Op):
        return {name for item in expr.items for name in _properties(item, names)}
    if isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id in names:
        return {expr.prop}
    return set()
