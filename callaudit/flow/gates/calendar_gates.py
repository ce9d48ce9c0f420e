"""Tests of the hour, the minute or the day: `if (new Date().getUTCHours() !== 3) return` in a timer of an hour.

Such a gate is open for a while and then shut until the clock or the calendar has gone round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.guards.ages import is_clock
from callaudit.flow.reading.bound import Local
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Call, Lit, Member, Name, Op, Typed, Un
from callaudit.syntax.operators import EQUAL, UNEQUAL

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

SECOND, MINUTE, HOUR, DAY, WEEK = 1_000, 60_000, 3_600_000, 86_400_000, 7 * 86_400_000
FIELDS = {"Seconds": (SECOND, MINUTE), "Minutes": (MINUTE, HOUR), "Hours": (HOUR, DAY), "Day": (DAY, WEEK)}
"""Parts of a date: how long each value lasts, and after how long it comes again (ECMA-262, Date.prototype)."""
DEPTH = 4
Open = tuple[int, int]
"""For how many milliseconds a gate is open, and every how many."""


def opens_at(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> Open | None:
    """How long a gate is open that is `opens` at one time of the day, the hour or the week alone, and how often."""
    parts = test.items if isinstance(test, Op) and test.op == ("&&" if opens else "||") else (test,)
    found = sorted(one for part in parts if (one := _compared(interpreter, part, scope, opens=opens)) is not None)
    if not found:
        return None
    lasts, every = found[0]
    for unit, cycle in found[1:]:
        if unit != every:
            return None  # at some minute of a day of the week: once in each of its hours
        every = cycle
    return lasts, every


def equal_in(test: Expr) -> Expr:
    """The opposite of a test that a value is another one, or that one of several is."""
    if isinstance(test, Op) and test.op in UNEQUAL:
        return Op("===", test.items)
    if isinstance(test, Op) and test.op == "||":
        return Op("&&", tuple(equal_in(item) for item in test.items))
    return test.value if isinstance(test, Un) and test.op == "!" else Un("!", test)


def _compared(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> Open | None:
    if isinstance(test, Un) and test.op == "!":
        return _compared(interpreter, test.value, scope, opens=not opens)
    if not isinstance(test, Op) or len(test.items) != 2 or test.op not in (EQUAL if opens else UNEQUAL):
        return None
    value, other = test.items
    if isinstance(value, Lit):
        value, other = other, value
    if number_of(interpreter.evaluate(other, scope)) is None:
        return None
    if isinstance(value, Op) and value.op == "%" and len(value.items) == 2:
        return _each(interpreter, value, scope)
    return _field(interpreter, value, scope, DEPTH)


def _each(interpreter: Interpreter, value: Op, scope: Scope) -> Open | None:
    """`minutes % 15 === 0`: four times in an hour."""
    field = _field(interpreter, value.items[0], scope, DEPTH)
    number = number_of(interpreter.evaluate(value.items[1], scope))
    if field is None or number is None or number < 2 or (field[1] // field[0]) % number:
        return None
    return field[0], int(field[0] * number)


def _field(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> Open | None:
    """What part of the time now an expression is."""
    if isinstance(expr, Typed):
        return _field(interpreter, expr.value, scope, depth)
    if isinstance(expr, Name) and depth:
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        one = isinstance(meaning, Local) and len(meaning.values) == 1
        return _field(interpreter, meaning.values[0][0], meaning.scope, depth - 1) if one else None  # type: ignore[union-attr]
    callee = expr.callee if isinstance(expr, Call) and not expr.args else None
    if not isinstance(callee, Member) or not callee.prop.startswith("get"):
        return None
    field = FIELDS.get(callee.prop.removeprefix("get").removeprefix("UTC"))
    return field if field is not None and is_clock(interpreter, callee.obj, scope) else None
