"""Waits until a time of the clock that comes again: `at.setHours(3, 0, 0, 0); at.setDate(at.getDate() + 1); at - now`.

A timer that sets itself anew with such a wait fires once in what its time is put on by: each day, each hour. What is
put on by a number that is not written down, in a loop, or set to parts of the time now, is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Span
from callaudit.flow.guards.ages import is_clock
from callaudit.flow.reading.bound import Local
from callaudit.flow.timers.spans import Times, number_of
from callaudit.flow.values.lazy import Lazy
from callaudit.syntax.ir import Call, Loop, Member, Name, Op, Typed
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

DEPTH = 4
DAY, HOUR = 86_400_000.0, 3_600_000.0
MIDNIGHT = 24
"""The hour that is the first of the next day."""
_STEPS = {"setDate": DAY, "setUTCDate": DAY, "setHours": HOUR, "setUTCHours": HOUR}
"""Methods of dates that put them on, by https://tc39.es/ecma262: what one is in milliseconds."""
_SETS = frozenset(
    {
        *_STEPS,
        *(
            f"set{zone}{unit}"
            for zone in ("", "UTC")
            for unit in ("Minutes", "Seconds", "Milliseconds", "Month", "Day")
        ),
        *("setFullYear", "setUTCFullYear", "setTime"),
    }
)
_DATE_OF_PARTS = 2
"""Where `new Date(year, month, day, …)` has the day."""


def until_next(interpreter: Interpreter, wait: Value) -> Times | None:
    """How far apart the times are that `wait` is until; `None` where it is no such wait, or that is not known."""
    if not isinstance(wait, Lazy) or wait.expr is None or wait.scope is None:
        return None
    found = _target(interpreter, wait.expr, wait.scope, DEPTH)
    period = _period(interpreter, *found) if found is not None else None
    return Times((Span(int(period)),), "", off=False) if period is not None else None


def _target(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> tuple[Name, Local] | None:
    """The date from which the time now is taken away."""
    if not depth:
        return None
    if isinstance(expr, Typed):
        return _target(interpreter, expr.value, scope, depth)
    if isinstance(expr, Call) and isinstance(expr.callee, Member) and expr.callee.prop == "max":
        found = [_target(interpreter, arg, scope, depth - 1) for arg in expr.args]
        return next((one for one in found if one is not None), None)
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, Local) and len(meaning.values) == 1:
            return _target(interpreter, meaning.values[0][0], meaning.scope, depth - 1)
        return None
    if not isinstance(expr, Op) or expr.op != "-" or len(expr.items) != 2:
        return None
    date, now = _plain(expr.items[0]), expr.items[1]
    meaning = interpreter.stores.bindings.meaning(date.id, scope) if isinstance(date, Name) else None
    if not isinstance(date, Name) or not isinstance(meaning, Local) or len(meaning.values) != 1:
        return None
    return (date, meaning) if is_clock(interpreter, _plain(now), scope) else None


def _plain(expr: Expr) -> Expr:
    """A date without what makes a number of it."""
    is_call = isinstance(expr, Call) and isinstance(expr.callee, Member)
    if is_call and expr.callee.prop in ("getTime", "valueOf"):  # type: ignore[union-attr]
        return expr.callee.obj  # type: ignore[union-attr]
    return expr


def _period(interpreter: Interpreter, date: Name, meaning: Local) -> float | None:
    """What a date is put on by, where nothing else about it depends on when that is asked."""
    made = meaning.values[0][0]
    if not isinstance(made, Call) or not made.new or getattr(made.callee, "id", "") != "Date":
        return None
    scope = meaning.scope
    if len(made.args) == 1 and not is_clock(interpreter, _plain(made.args[0]), scope):
        return None  # a time that somebody else says
    steps = [DAY * by for by in _put_on(made.args[_DATE_OF_PARTS:], "getDate")]
    if len(made.args) > _DATE_OF_PARTS and not _all_known(interpreter, made.args[_DATE_OF_PARTS + 1 :], scope):
        return None
    for call in interpreter.nodes_of(scope.module, scope.function, Call):
        callee = call.callee
        if (
            not isinstance(callee, Member)
            or getattr(callee.obj, "id", "") != date.id
            or callee.prop not in _SETS
            or not call.args
        ):
            continue
        by = list(_put_on(call.args[:1], callee.prop.replace("set", "get")))
        if by and (callee.prop not in _STEPS or _is_in_loop(interpreter, call, scope)):
            return None  # by months, which are not alike; to the next day of work, perhaps
        if by:
            steps.append(_STEPS[callee.prop] * by[0])
        elif _STEPS.get(callee.prop) == HOUR and number_of(interpreter.evaluate(call.args[0], scope)) == MIDNIGHT:
            steps.append(DAY)
        if not _all_known(interpreter, call.args[len(by) :], scope):
            return None
    return steps.pop() if len(steps) == 1 else None


def _is_in_loop(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    loops = interpreter.nodes_of(scope.module, scope.function, Loop)
    return any(node is call for loop in loops for node in walk(loop.body))


def _put_on(args: tuple[Expr, ...], getter: str) -> Iterator[float]:
    """By how much the first of `args` is more than what `getter` gives."""
    first = args[0] if args else None
    if not isinstance(first, Op) or first.op != "+" or len(first.items) != 2:
        return
    part, by = first.items
    callee = part.callee if isinstance(part, Call) else None
    number = getattr(by, "value", None)
    asked = isinstance(callee, Member) and callee.prop in (getter, getter.replace("get", "getUTC"))
    if asked and isinstance(number, (int, float)) and not isinstance(number, bool) and number > 0:
        yield number


def _all_known(interpreter: Interpreter, args: tuple[Expr, ...], scope: Scope) -> bool:
    return all(number_of(interpreter.evaluate(arg, scope)) is not None for arg in args)
