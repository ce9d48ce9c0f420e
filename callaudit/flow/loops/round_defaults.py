"""Tests of a round that a variable of the environment decides, by the number that it is by default.

`attempt < Number(process.env.RETRIES ?? 3)` ends a loop after three attempts wherever nobody says otherwise, as an
interval of such a variable is what it is by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.arithmetic import operate
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Unknown
from callaudit.syntax.ir import Op
from callaudit.syntax.operators import COMPARISONS, EQUAL, UNEQUAL

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

_TESTS = COMPARISONS | EQUAL | UNEQUAL


def told_by_default(interpreter: Interpreter, test: Expr, scope: Scope) -> bool | None:
    """Whether a comparison of numbers holds where a variable is what it is by default; `None` for any other test."""
    if not isinstance(test, Op) or test.op not in _TESTS or len(test.items) != 2:
        return None
    values = [forced(interpreter.evaluate(item, scope)) for item in test.items]
    numbers = [Const(number) for number in map(number_of, values) if number is not None]
    if len(numbers) < len(values) or not any(isinstance(value, Unknown) for value in values):
        return None
    return truth(operate(test.op, numbers))
