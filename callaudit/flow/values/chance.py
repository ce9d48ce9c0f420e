"""Numbers that chance is a part of: `ttl + Math.random() * 60` is at least `ttl`, whatever is drawn."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Call, Member, Name
from callaudit.syntax.walking import CHILDREN, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

DRAWN = (0.0, 1 - 2**-53)
"""The least and the most that `Math.random()` gives."""
DEPTH = 4
"""Variables behind each other that a number is made of."""
CHANCE = ".random"


def drawn(interpreter: Interpreter, value: Value) -> tuple[Value, ...]:
    """What a number is where the least, and where the most is drawn; nothing where no chance is a part of it."""
    if not isinstance(value, Lazy) or value.expr is None or value.scope is None:
        return ()
    expr, scope = value.expr, value.scope
    for _ in range(DEPTH):
        owner = scope.find(expr.id) if isinstance(expr, Name) else None
        held = owner.vars[expr.id] if owner is not None and isinstance(expr, Name) else None
        if not isinstance(held, Lazy) or held.expr is None or held.scope is None:
            break
        expr, scope = held.expr, held.scope
    expr = _written_out(expr, scope, DEPTH)
    if not _is_by_chance(interpreter, expr, scope):
        return ()
    found: list[Value] = []
    for number in DRAWN:
        with assumed(interpreter, number), interpreter.summaries.apart():
            found.append(forced(interpreter.evaluate(expr, scope)))
    return tuple(found)


@contextmanager
def assumed(interpreter: Interpreter, number: float | None) -> Iterator[None]:
    """Take `number` for what `Math.random()` gives; `None` for not knowing."""
    before, interpreter.assumed_random = interpreter.assumed_random, number
    try:
        yield
    finally:
        interpreter.assumed_random = before


def _written_out(expr: Any, scope: Scope, depth: int) -> Any:
    """An expression with what its variables are, as it is written, where chance is a part of that."""
    if isinstance(expr, tuple):
        return tuple(_written_out(item, scope, depth) for item in expr)
    if isinstance(expr, Name):
        owner = scope.find(expr.id)
        held = owner.vars[expr.id] if owner is not None else None
        if not depth or not isinstance(held, Lazy) or held.expr is None or held.scope is not owner:
            return expr
        inner = _written_out(held.expr, scope, depth - 1)
        return inner if any(isinstance(one, Member) and one.prop == CHANCE[1:] for one in walk((inner,))) else expr
    fields = CHILDREN.get(type(expr))
    if not fields:
        return expr
    changed = {name: _written_out(getattr(expr, name), scope, depth) for name in fields}
    return replace(expr, **changed) if any(changed[name] is not getattr(expr, name) for name in fields) else expr


def _is_by_chance(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether an expression asks for a random number, or calls a function that does."""
    for node in walk((expr,)):
        if isinstance(node, Member) and node.prop == CHANCE[1:]:
            return True
        if isinstance(node, Call) and isinstance(node.callee, (Name, Member)):
            called = forced(interpreter.evaluate(node.callee, scope))
            if isinstance(called, Closure) and CHANCE in interpreter.function(called.module, called.index).refs:
                return True
    return False
