"""Tests of a loop that ask how long it has gone on: `while (Date.now() < deadline)`, `if (Date.now() - start > most)`.

The rounds of a loop take no time here but what they wait for: the time that has passed is the sum of their waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.guards.ages import is_clock
from callaudit.flow.reading.bound import Local
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Call, Name, Op, Typed
from callaudit.syntax.operators import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

DEPTH = 6
NOW, BEGUN = "now", "begun"


class Limit(Struct, frozen=True):
    """A test of the time that has passed: after so many milliseconds it gives something else than `first`."""

    ms: float
    first: bool

    def after(self, passed: float) -> bool:
        """What the test gives after so many milliseconds."""
        return self.first == (passed < self.ms)


def limit_of(interpreter: Interpreter, test: Expr, scope: Scope, inside: frozenset[str]) -> Limit | None:
    """The limit that a comparison is; `inside` are the names that each round of the loop declares anew."""
    if not isinstance(test, Op) or test.op not in COMPARISONS or len(test.items) != 2:
        return None
    passed = begun = rest = 0.0
    for sign, item in enumerate(test.items):
        for kind, value in _terms(interpreter, item, scope, inside, DEPTH):
            factor = -value if sign else value
            if kind is None:
                return None
            if kind == NOW:
                passed += factor
            elif kind == BEGUN:
                begun += factor
            else:
                rest += factor
    if passed + begun or abs(passed) != 1:
        return None
    # `passed * time + rest` compared with zero
    ms = -rest / passed
    grows = passed > 0
    return Limit(ms, (test.op in ("<", "<=")) == grows) if ms > 0 else None


def _terms(
    interpreter: Interpreter, expr: Expr, scope: Scope, inside: frozenset[str], depth: int, *, now: bool = True
) -> Iterator[tuple[str | None, float]]:
    """The parts of a sum: the time now, that when the loop began, numbers; `None` for what is not known."""
    if isinstance(expr, Typed):
        yield from _terms(interpreter, expr.value, scope, inside, depth, now=now)
    elif not depth:
        yield None, 0
    elif isinstance(expr, Call) and is_clock(interpreter, expr, scope):
        yield NOW if now else BEGUN, 1
    elif isinstance(expr, Op) and expr.op in ("+", "-"):
        for number, item in enumerate(expr.items):
            sign = -1 if expr.op == "-" and number else 1
            for kind, factor in _terms(interpreter, item, scope, inside, depth - 1, now=now):
                yield kind, sign * factor
    else:
        meaning = interpreter.stores.bindings.meaning(expr.id, scope) if isinstance(expr, Name) else None
        value = meaning.values[0][0] if isinstance(meaning, Local) and len(meaning.values) == 1 else None
        if isinstance(expr, Name) and isinstance(meaning, Local) and isinstance(value, (Call, Op)):
            here = now and expr.id in inside
            yield from _terms(interpreter, value, meaning.scope, inside, depth - 1, now=here)
            return
        known = number_of(interpreter.evaluate(expr, scope))
        yield ("number", known) if known is not None else (None, 0)
