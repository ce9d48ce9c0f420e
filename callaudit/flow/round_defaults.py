"""Tests of a round that a variable of the environment decides, by the number that it is by default.

`attempt < Number(process.env.RETRIES ?? 3)` ends a loop after three attempts wherever nobody says otherwise, as an
interval of such a variable is what it is by default.
"""

from __future__ import annotations

from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from callaudit.flow.spans import number_of
from callaudit.flow.values import Unknown, forced
from callaudit.syntax.ir import Op

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Expr

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "===": eq,
    "==": eq,
    "!==": ne,
    "!=": ne,
}


def told_by_default(interpreter: Interpreter, test: Expr, scope: Scope) -> bool | None:
    """Whether a comparison of numbers holds where a variable is what it is by default; `None` for any other test."""
    compare = _COMPARISONS.get(test.op) if isinstance(test, Op) and len(test.items) == 2 else None
    if compare is None or not isinstance(test, Op):
        return None
    values = [forced(interpreter.evaluate(item, scope)) for item in test.items]
    numbers = [number_of(value) for value in values]
    if numbers[0] is None or numbers[1] is None or not any(isinstance(value, Unknown) for value in values):
        return None
    return compare(numbers[0], numbers[1])
