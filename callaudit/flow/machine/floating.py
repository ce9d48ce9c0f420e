"""Calls whose promise nobody waits for: they fail later, and no `try` around them hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, OneOf
from callaudit.libraries.model import Request
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Do, Func, Lit, Member, Name, Ret, Tmpl, Typed, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Stmt

DEPTH: Final = 3
"""Functions that only give back what another function gives."""
CHAINED: Final = frozenset({"then", "catch", "finally"})
_HARMLESS: Final = (Do, Func, Lit, Member, Name, Tmpl, Typed, Un)
"""What does not fail by itself beside a call."""


def floating(interpreter: Interpreter, scope: Scope, body: Sequence[Stmt]) -> frozenset[int]:
    """The calls in `body`, by identity, that fail later and whose value is dropped: `send();`, `void send().then(f)`.

    An `await`, a variable, a `return` or another call takes the promise, and may hand its failure on.
    """
    return frozenset(id(call) for call in _floating(interpreter, scope, body))


def floating_lines(interpreter: Interpreter, scope: Scope, body: Sequence[Stmt]) -> frozenset[int]:
    """The lines of the calls in `body` that nobody waits for."""
    return frozenset(call.line for call in _floating(interpreter, scope, body))


def never_throws(interpreter: Interpreter, scope: Scope, body: Sequence[Stmt]) -> bool:
    """Whether `body` only starts what fails later: a handler around it never runs."""
    if not body or not all(isinstance(statement, Do) for statement in body):
        return False
    nodes = walk(tuple(body))
    calls = [node for node in nodes if isinstance(node, Call)]
    if not calls or not all(isinstance(node, (Call, *_HARMLESS)) for node in nodes):
        return False
    return {id(call) for call in calls} <= floating(interpreter, scope, body)


def _floating(interpreter: Interpreter, scope: Scope, body: Sequence[Stmt]) -> Iterator[Call]:
    for statement in walk(tuple(body)):
        if not isinstance(statement, Do):
            continue
        expr: Expr = statement.value
        while isinstance(expr, Typed) or (isinstance(expr, Un) and expr.op == "void"):
            expr = expr.value
        chained = False  # what `then` is asked of is a promise
        while isinstance(expr, Call) and (chained or _fails_later(interpreter, expr, scope)):
            yield expr
            callee = expr.callee
            if not isinstance(callee, Member) or callee.prop not in CHAINED:
                break
            chained = True
            expr = callee.obj


def _fails_later(interpreter: Interpreter, call: Call, scope: Scope, depth: int = DEPTH) -> bool:
    if call.new:
        return False
    if isinstance(call.callee, Member) and call.callee.prop in CHAINED:
        return True
    value = forced(interpreter.evaluate(call.callee, scope))
    ways = value.values if isinstance(value, OneOf) else (value,)
    return all(_gives_promise(interpreter, forced(way), depth) for way in ways)


def _gives_promise(interpreter: Interpreter, value: Value, depth: int) -> bool:
    """Whether calling `value` gives a promise: an async function, a request, or what only gives that back."""
    if isinstance(value, ForeignValue):
        found = exported(value.package, value.path) if value.args is None else None
        return found is not None and isinstance(found[1], Request)
    if not isinstance(value, Closure):
        return False
    function = interpreter.function(value.module, value.index)
    if function.asynchronous:
        return True
    last = function.body[-1] if len(function.body) == 1 else None
    given = last.value if isinstance(last, Ret) else None
    while isinstance(given, Typed):
        given = given.value
    if not depth or not isinstance(given, Call):
        return False
    return _fails_later(interpreter, given, static_scope(interpreter, value.module, value.index, value.this), depth - 1)
