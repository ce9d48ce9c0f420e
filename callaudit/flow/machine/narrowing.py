"""What a test says of variables: after `if (!url) throw …` it is not empty, in `if (how === "GET")` it is that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.mentioned import mentioned
from callaudit.flow.values.comparisons import equal, truth
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy
from callaudit.flow.values.values import OneOf, Value
from callaudit.syntax.ir import Lit, Member, Name, Op, Un
from callaudit.syntax.operators import EQUAL, UNEQUAL

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr


def narrow(interpreter: Interpreter, scope: Scope, test: Expr, *, holds: bool) -> dict[str, tuple[Value, Value]]:
    """Take from the variables of `scope` what they cannot be where `test` holds, or does not.

    Each that is another now, with what it was and what it is.
    """
    found: dict[str, tuple[Value, Value]] = {}
    for name in mentioned(interpreter, test).names:
        value = scope.vars.get(name)
        known = value.known if isinstance(value, Lazy) and value.is_known else value
        if value is None or not isinstance(known, OneOf):
            continue
        left = [way for way in known.values if _answer(interpreter, scope, test, name, way) is not (not holds)]
        if 0 < len(left) < len(known.values):
            found[name] = value, join(left)
    scope.vars.update({name: now for name, (_, now) in found.items()})
    return found


def widen(scope: Scope, narrowed: dict[str, tuple[Value, Value]]) -> None:
    """Give variables back what they were before a way of a branch, which did not change them."""
    for name, (before, now) in narrowed.items():
        if scope.vars.get(name) is now:
            scope.vars[name] = before


def _answer(interpreter: Interpreter, scope: Scope, test: Expr, name: str, value: Value) -> bool | None:
    """Whether `test` holds where the variable `name` is `value`; `None` where that depends."""
    if isinstance(test, Name):
        return truth(value) if test.id == name else None
    if isinstance(test, Un) and test.op == "!":
        inner = _answer(interpreter, scope, test.value, name, value)
        return None if inner is None else not inner
    if not isinstance(test, Op):
        return None
    if test.op in ("&&", "||"):
        decisive = test.op == "||"
        answers = [_answer(interpreter, scope, item, name, value) for item in test.items]
        return decisive if decisive in answers else None if None in answers else not decisive
    if test.op not in EQUAL | UNEQUAL or len(test.items) != 2:
        return None
    sides = [one for one in test.items if not (isinstance(one, Name) and one.id == name)]
    if len(sides) != 1 or not isinstance(sides[0], (Lit, Name, Member)):
        return None
    same = equal(value, interpreter.evaluate(sides[0], scope), strict=test.op in ("===", "!=="))
    return None if same is None else same is (test.op in EQUAL)
