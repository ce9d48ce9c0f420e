"""Values of which one is chosen: `a || b`, `test ? a : b`, and a variable of the environment with its default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import show
from callaudit.flow.values.absence import by_default, when_absent
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import FALSE, UNDEFINED, Const, OneOf, Unknown, Value, is_nothing
from callaudit.syntax.ir import Op, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Cond, Expr


def one_of_operands(interpreter: Interpreter, expr: Op, scope: Scope) -> Value:
    """`a && b`, `a || b`, `a ?? b`: the operands that it may give."""
    found: list[Value] = []
    for item in expr.items:
        value = forced(interpreter.evaluate(item, scope))
        last = item is expr.items[-1]
        if expr.op == "&&":
            holds = truth(value)
            if holds is False:
                return join([*found, value])
            if last:
                found.append(value)
            elif holds is None and not isinstance(value, Unknown):
                found.append(FALSE)
            elif holds is None:
                found.append(UNDEFINED)
            continue
        stop, kept = _or_else(value, expr.op)
        found.extend(kept)
        if stop:
            break
    return with_default(found, replace=True)


def decided(interpreter: Interpreter, test: Expr, scope: Scope) -> bool | None:
    """Whether `test` holds; `None` where that depends. One part may decide: `failed || tries >= 3` after three."""
    if isinstance(test, Op) and test.op in ("&&", "||"):
        decisive = test.op == "||"
        open_ = False
        for item in test.items:
            answer = decided(interpreter, item, scope)
            if answer is decisive:
                return decisive
            open_ = open_ or answer is None
        return None if open_ else not decisive
    if isinstance(test, Un) and test.op == "!":
        answer = decided(interpreter, test.value, scope)
        return None if answer is None else not answer
    return truth(interpreter.evaluate(test, scope))


def _or_else(value: Value, op: str) -> tuple[bool, list[Value]]:
    """For `||` and `??`: whether the left side decides, and which of its alternatives remain."""
    kept: list[Value] = []
    open_end = False
    for item in value.values if isinstance(value, OneOf) else (value,):
        present = not is_nothing(item)
        if op == "??":
            answer = present if not isinstance(item, Unknown) or item.given else None
        else:  # the number that a variable gives is none where it is not set, whatever an example says
            answer = None if isinstance(item, Unknown) and item.env else truth(item)
        if answer is not False:
            kept.append(item)
        open_end = open_end or answer is not True
    return not open_end, kept


def with_default(found: list[Value], *, replace: bool = False) -> Value:
    """`process.env.X || "https://…"` is X with a default; other alternatives stay apart.

    `replace` holds where the code's default surely comes after the variable's own value.
    """
    values = [forced(value) for value in found]
    while len(values) >= 2:
        first, second = values[-2:]
        if not (isinstance(first, Unknown) and first.env) or (first.default and not replace):
            break
        if isinstance(second, Const) and isinstance(second.value, str):
            default = second.value or first.default
        elif isinstance(second, Const) and type(second.value) in (int, float):
            default = show(second.value)
        elif isinstance(second, Unknown) and second.env:
            default = first.default or second.default
        else:
            break
        values[-2:] = [Unknown(first.name, first.why, env=first.env, default=default)]
    return join(values)


def one_of_ways(interpreter: Interpreter, expr: Cond, scope: Scope) -> Value:
    """`test ? then : other`."""
    holds = decided(interpreter, expr.test, scope)
    if holds is not None:
        return interpreter.evaluate(expr.then if holds else expr.other, scope)
    then, other = interpreter.evaluate(expr.then, scope), interpreter.evaluate(expr.other, scope)
    absence = when_absent(interpreter, expr.test, scope)
    if absence is not None:
        default = by_default(absence.env, then if absence.answer else other, [*_each_of(then), *_each_of(other)])
        if default is not None:
            return default
    return with_default([then, other])


def _each_of(value: Value) -> tuple[Value, ...]:
    return value.values if isinstance(value, OneOf) else (value,)
