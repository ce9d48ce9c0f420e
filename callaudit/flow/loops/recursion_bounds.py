"""How often one function may be open at once, how deep calls go, and how many are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.idle_numbers import idle
from callaudit.flow.machine.budget import MOST_CALLS, MOST_DEPTH, MOST_NESTING_OF_A_CALL
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Closure, Value

MOST_SAME = 2
"""How often one function may be open at once, for example in a recursion with other arguments."""

MOST_COUNTED = 12
"""The same for a function that is given a number, which may count down: `retry(left - 1)`."""

MOST_AROUND = 3
"""Functions around one that may count: the handler of a failure, and what it does after a wait."""


def _is_number(value: Value) -> bool:
    known = forced(value) if not getattr(value, "busy", False) else value
    return isinstance(known, Const) and isinstance(known.value, (int, float)) and not isinstance(known.value, bool)


def _counts(interpreter: Interpreter, closure: Closure, args: Sequence[Value]) -> bool:
    """Whether a function, or one that it stands in, is given a number: `load(n).catch(() => load(n - 1))`."""
    if _given_a_number(interpreter, closure.module, closure.index, args):
        return True
    around = closure.scope
    for _ in range(MOST_AROUND):
        if around.parent is None:
            return False
        params = interpreter.function(around.module, around.function).params
        names = [getattr(param.target, "id", "") for param in params]
        given = [around.vars.get(name, UNDEFINED) for name in names]
        if _given_a_number(interpreter, around.module, around.function, given):
            return True
        around = around.parent
    return False


def _given_a_number(interpreter: Interpreter, module: str, index: int, args: Sequence[Value]) -> bool:
    """Whether one of the arguments is a number that may decide something in the function."""
    numbers = [at for at, arg in enumerate(args) if _is_number(arg)]
    return bool(numbers) and not idle(interpreter, module, index).issuperset(numbers)


def is_too_much(interpreter: Interpreter, closure: Closure, args: Sequence[Value], open_calls: int) -> bool:
    """Whether a bound keeps a function from being run; what the bound cuts is noted."""
    function = interpreter.function(closure.module, closure.index)
    name = function.name or "function"
    if open_calls >= (MOST_COUNTED if _counts(interpreter, closure, args) else MOST_SAME):
        interpreter.open.recursive.add((closure.module, closure.index))
        if interpreter.open.busy.get((closure.module, closure.scope.function), 0) > 1:
            interpreter.open.recursive.add((closure.module, closure.scope.function))
        return True
    if interpreter.open.depth >= MOST_DEPTH or interpreter.nesting > MOST_NESTING_OF_A_CALL:
        interpreter.gap(closure.module, function.line, name, "calls are nested too deeply")
        return True
    interpreter.steps += 1
    if interpreter.steps > MOST_CALLS:
        interpreter.gap(closure.module, function.line, name, "the analysis reached its budget")
        return True
    return False
