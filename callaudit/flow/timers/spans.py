"""Times that code gives: one, or several of which a condition chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.conditions import both, label
from callaudit.flow.effects.records import AT_LEAST, Span
from callaudit.flow.effects.words import words
from callaudit.flow.timers.next_runs import changes_later
from callaudit.flow.timers.pacing import period_of
from callaudit.flow.values.arithmetic import operate
from callaudit.flow.values.chance import drawn
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure, Const, OneOf, Undefined, Unknown, Value
from callaudit.syntax.ir import Call, Cond, If, Name, Op, Ret, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

DEPTH = 8
MOST_SPANS = 16
SCALES = frozenset({"*", "/", "+", "-"})

Found = tuple[Value, str]
"""A value, and the condition under which it is the one."""


class Times:
    """Times in milliseconds; `why` says what is not known of them, `off` holds where one way turns it off."""

    __slots__ = ("off", "spans", "why")

    def __init__(self, spans: tuple[Span, ...], why: str, *, off: bool) -> None:
        """Hold what was found."""
        self.spans = spans
        self.why = why
        self.off = off


def times(interpreter: Interpreter, value: Value, unit: float = 1) -> Times:
    """What `value` says as a time, `unit` being its milliseconds; a function is asked for what it gives."""
    spans: dict[Span, None] = {}
    why = ""
    off = False
    for one, when in list(_ways(interpreter, value, "", DEPTH))[:MOST_SPANS]:
        number = number_of(one)
        if number is not None:
            if number > 0:
                spans[Span(whole(number * unit), when)] = None
            else:
                off = True
        elif isinstance(one, (Undefined, Const)):
            off = True
        else:
            why = why or _reason(one)
    if why and not spans:
        least = [number_of(one) for one in drawn(interpreter, value)]
        known = [number for number in least if number is not None]
        if known and len(known) == len(least) and min(known) > 0:
            return Times((Span(whole(min(known) * unit), AT_LEAST),), "", off=off)
    return Times(_settled(spans), why, off=off)


def in_turn(waits: Sequence[Times]) -> Times:
    """What several waits take that come one after the other: not known where one of them is not."""
    first, *others = waits
    for other in others:
        spans = {
            Span(whole(one.ms + two.ms), " and ".join(when for when in (one.when, two.when) if when)): None
            for one in first.spans
            for two in other.spans
        }
        why = first.why or other.why or ("" if spans else "a wait on the way is not known")
        found = _settled(dict(list(spans.items())[:MOST_SPANS])) if not (first.why or other.why) else ()
        first = Times(found, why, off=first.off or other.off)
    return first


def ways(interpreter: Interpreter, value: Value) -> list[Found]:
    """What `value` may be, each with the condition that chooses it in words."""
    return list(_ways(interpreter, value, "", DEPTH))[:MOST_SPANS]


def _settled(spans: dict[Span, None]) -> tuple[Span, ...]:
    """One time under several conditions is one time."""
    if len({span.ms for span in spans}) == 1 and len(spans) > 1:
        return (Span(next(iter(spans)).ms),)
    return tuple(spans)


def whole(number: float) -> float:
    """An `int` where nothing is lost by it."""
    return int(number) if number == int(number) else number


def number_of(value: Value) -> float | None:
    """A number that is known, or that an environment variable has by default."""
    value = forced(value)
    if isinstance(value, Const) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
        return value.value
    text = value.default if isinstance(value, Unknown) and value.env else ""
    text = value.value if isinstance(value, Const) and isinstance(value.value, str) else text
    try:
        return float(text.replace("_", "")) if text else None
    except ValueError:
        return None


def _reason(value: Value) -> str:
    if isinstance(value, Unknown):
        return f"{value.name}: {value.why}" if value.why else f"{value.name} is not known"
    return "it is computed in a way that is not followed"


def _ways(interpreter: Interpreter, value: Value, when: str, depth: int) -> Iterator[Found]:
    if isinstance(value, Lazy) and value.expr is not None and value.scope is not None and depth:
        yield from _expression(interpreter, value.expr, value.scope, when, depth - 1, value)
    else:
        yield from _known_ways(interpreter, value, when, depth)


def _known_ways(interpreter: Interpreter, value: Value, when: str, depth: int) -> Iterator[Found]:
    known = forced(value)
    if isinstance(known, OneOf):
        for item in known.values:
            yield from _ways(interpreter, item, when, depth - 1 if depth else 0)
    elif isinstance(known, Closure) and depth:
        yield from _of_function(interpreter, known, when, depth - 1)
    else:
        yield known, when


def _expression(
    interpreter: Interpreter, expr: Expr, scope: Scope, when: str, depth: int, whole: Value | None
) -> Iterator[Found]:
    if isinstance(expr, Cond):
        later = changes_later(interpreter, expr.test, scope)
        decided = None if later else truth(interpreter.evaluate(expr.test, scope))
        for taken, way in ((True, expr.then), (False, expr.other)):
            if decided is None or decided is taken:
                condition = when if decided is not None else both(when, label(expr.test, taken=taken))
                yield from _expression(interpreter, way, scope, condition, depth, None)
        return
    if isinstance(expr, Typed):
        yield from _expression(interpreter, expr.value, scope, when, depth, None)
        return
    if isinstance(expr, Name) and depth:
        owner = scope.find(expr.id)
        value = owner.vars[expr.id] if owner is not None else None
        if isinstance(value, Lazy) and not value.busy:
            yield from _ways(interpreter, value, when, depth - 1)
            return
    if isinstance(expr, Op) and expr.op == "&&" and len(expr.items) == 2:
        yield from _expression(interpreter, expr.items[1], scope, both(when, words(expr.items[0])), depth, None)
        return
    period = period_of(interpreter, expr, scope) if isinstance(expr, (Op, Call)) and depth else None
    if period is not None:
        yield from _expression(interpreter, *period, when, depth - 1, None)
        return
    if isinstance(expr, Op) and expr.op in SCALES and depth:
        yield from _scaled(interpreter, expr, scope, when, depth - 1)
        return
    value = whole if whole is not None else interpreter.evaluate(expr, scope)
    yield from _known_ways(interpreter, value, when, depth)


def _scaled(interpreter: Interpreter, expr: Op, scope: Scope, when: str, depth: int) -> Iterator[Found]:
    """`(fast ? 5 : 30) * 1000`: each way of each operand, with all its conditions."""
    products: list[tuple[tuple[Value, ...], str]] = [((), when)]
    for item in expr.items:
        ways = list(_expression(interpreter, item, scope, "", depth, None))[:MOST_SPANS]
        products = [((*before, one), both(so_far, also)) for before, so_far in products for one, also in ways]
        products = products[:MOST_SPANS]
    for values, condition in products:
        yield operate(expr.op, values), condition


def _of_function(interpreter: Interpreter, closure: Closure, when: str, depth: int) -> Iterator[Found]:
    """What a function gives, by the conditions of its returns."""
    from callaudit.flow.machine.static import static_scope, unknown_arguments

    function = interpreter.function(closure.module, closure.index)
    if len(function.body) == 1 and isinstance(function.body[0], Ret) and function.body[0].value is not None:
        scope = static_scope(interpreter, closure.module, closure.index)
        scope = _inside(closure, scope)
        yield from _expression(interpreter, function.body[0].value, scope, when, depth, None)
        return
    found = list(_returns(function.body, ""))
    scope = _inside(closure, static_scope(interpreter, closure.module, closure.index))
    if found and all(value is not None for value, _ in found):
        for expr, condition in found:
            if expr is not None:
                yield from _expression(interpreter, expr, scope, both(when, condition), depth, None)
        return
    value = forced(interpreter.run(closure, unknown_arguments(interpreter, closure), effects=False).value)
    for item in value.values if isinstance(value, OneOf) else (value,):
        yield forced(item), when


def _inside(closure: Closure, scope: Scope) -> Scope:
    """The function's own names over the variables that it closes over."""
    from callaudit.flow.machine.scope import Scope as Inner

    inner = Inner(closure.module, closure.scope, this=closure.this, function=closure.index)
    inner.vars = scope.vars
    inner.mark = (scope.mark, closure.scope.mark)
    return inner


def _returns(body: Sequence[Stmt], when: str) -> Iterator[tuple[Expr | None, str]]:
    """The values that plain statements return, with their conditions."""
    for statement in body:
        if isinstance(statement, Ret):
            yield statement.value, when
            return
        if isinstance(statement, If):
            yield from _returns(statement.then, both(when, label(statement.test, taken=True)))
            yield from _returns(statement.other, both(when, label(statement.test, taken=False)))
