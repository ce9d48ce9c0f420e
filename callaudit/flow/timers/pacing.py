"""Waits for what is left of a period: `await sleep(Math.max(0, PERIOD - (Date.now() - started)))`.

However long the work takes, as long as it is less than the period, the next round begins a period after this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy
from callaudit.syntax.ir import Call, Member, Name, Op, Typed

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

DEPTH = 6


def period_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[Expr, Scope] | None:
    """The period of which `expr` is what is left after the time that has passed; `None` where it is something else."""
    if isinstance(expr, Typed):
        return period_of(interpreter, expr.value, scope)
    if isinstance(expr, Call):
        inner = _at_least(expr)
        return period_of(interpreter, inner, scope) if inner is not None else None
    if not isinstance(expr, Op) or expr.op != "-":
        return None
    from callaudit.flow.guards.ages import terms_of

    terms = terms_of(interpreter, expr, scope)
    clocks = [term.scale for term in terms if term.kind == "clock"]
    numbers = [term for term in terms if term.kind == "number"]
    if len(terms) != 3 or len(numbers) != 1 or sorted(clocks) != [-1, 1] or numbers[0].scale != 1:
        return None
    return numbers[0].expr, numbers[0].scope


def _at_least(call: Call) -> Expr | None:
    """What `Math.max(0, left)` is given beside a number."""
    callee = call.callee
    if not isinstance(callee, Member) or callee.prop != "max" or len(call.args) != 2:
        return None
    if not isinstance(callee.obj, Name) or callee.obj.id != "Math":
        return None
    left = [arg for arg in call.args if isinstance(arg, (Op, Name))]
    return left[0] if len(left) == 1 else None


def is_paced(interpreter: Interpreter, value: Value) -> bool:
    """Whether a wait is for what is left of a period."""
    for _ in range(DEPTH):
        if not isinstance(value, Lazy) or value.expr is None or value.scope is None:
            return False
        if not isinstance(value.expr, Name):
            return period_of(interpreter, value.expr, value.scope) is not None
        owner = value.scope.find(value.expr.id)
        if owner is None:
            return False
        value = owner.vars[value.expr.id]
    return False
