"""How old something may be: sums of times on the clock, of what a store holds, and of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.reading.bound import Local
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import TIME, Closure, Unknown
from callaudit.syntax.ir import Await, Call, Expr, Lit, Member, Name, Op, Ret, Typed, Un

if TYPE_CHECKING:
    from callaudit.flow.guards.lookups import Read
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope

DEPTH = 6


class Limit(Struct, frozen=True, eq=False):
    """How old something may be: an expression in its scope, and the milliseconds of its unit."""

    expr: Expr
    scope: Scope
    unit: float


class Term(Struct, frozen=True, eq=False):
    """A part of a sum: the clock, something read from a store, or a number. `scale` holds its sign and unit."""

    kind: str
    scale: float
    expr: Expr
    scope: Scope
    read: Read | None = None


def limit_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> Limit | None:
    """What is added to the clock in `expr`: how long something lasts that expires then."""
    terms = terms_of(interpreter, expr, scope)
    clocks = [term for term in terms if term.kind == "clock"]
    return limit_in(terms, clocks[0]) if len(clocks) == 1 else None


def limit_in(terms: list[Term], clock: Term) -> Limit | None:
    """The one number in a sum, by the sign and the unit of the clock in it."""
    rest = [term for term in terms if term.kind == "number"]
    if len(rest) != 1 or not clock.scale:
        return None
    return Limit(rest[0].expr, rest[0].scope, abs(rest[0].scale / clock.scale))


def is_margin(terms: list[Term], clock: Term) -> bool:
    """Whether the number of a comparison lets the clock be later than it is: `now + 30_000 < expires`."""
    return any(term.kind == "number" and (term.scale > 0) == (clock.scale > 0) for term in terms)


def terms_of(
    interpreter: Interpreter, expr: Expr, scope: Scope, scale: float = 1, line: int = 0, depth: int = DEPTH
) -> list[Term]:
    """The parts of a sum, times `scale`: times on the clock, what is read from stores, and numbers."""
    if isinstance(expr, (Typed, Await)):
        return terms_of(interpreter, expr.value, scope, scale, line, depth)
    if not depth:
        return [Term("number", scale, expr, scope)]
    if is_clock(interpreter, expr, scope):
        return [Term("clock", scale, expr, scope)]
    if isinstance(expr, Un) and expr.op in ("-", "+"):
        return terms_of(interpreter, expr.value, scope, -scale if expr.op == "-" else scale, line, depth)
    if isinstance(expr, Op) and expr.op in ("+", "-"):
        found: list[Term] = []
        for number, item in enumerate(expr.items):
            sign = -scale if expr.op == "-" and number else scale
            found.extend(terms_of(interpreter, item, scope, sign, line, depth - 1))
        return found if any(term.kind != "number" for term in found) else [Term("number", scale, expr, scope)]
    if isinstance(expr, Op) and expr.op in ("/", "*") and len(expr.items) == 2:
        return _scaled(interpreter, expr, scope, scale, line, depth - 1)
    if isinstance(expr, Call) and len(expr.args) == 1 and _is_math(expr):
        return terms_of(interpreter, expr.args[0], scope, scale, line, depth - 1)
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, Local) and len(meaning.values) == 1 and isinstance(meaning.values[0][0], (Op, Call)):
            inner = terms_of(interpreter, meaning.values[0][0], meaning.scope, scale, meaning.values[0][1], depth - 1)
            if any(term.kind != "number" for term in inner):
                return inner
    computed = isinstance(expr, Op) and expr.op not in ("??", "||")
    read = None if computed or isinstance(expr, Lit) else interpreter.stores.read(expr, scope, line)
    if read is not None:
        return [Term("store", scale, expr, scope, read)]
    return [Term("number", scale, expr, scope)]


def _scaled(interpreter: Interpreter, expr: Op, scope: Scope, scale: float, line: int, depth: int) -> list[Term]:
    for value, factor in ((expr.items[0], expr.items[1]), (expr.items[1], expr.items[0])):
        if expr.op == "/" and value is expr.items[1]:
            break
        inner = terms_of(interpreter, value, scope, scale, line, depth)
        if any(term.kind != "number" for term in inner):
            number = number_of(interpreter.evaluate(factor, scope))
            if number:
                by = number if expr.op == "*" else 1 / number
                return [Term(t.kind, t.scale * by, t.expr, t.scope, t.read) for t in inner]
    return [Term("number", scale, expr, scope)]


def _is_math(expr: Call) -> bool:
    callee = expr.callee
    if isinstance(callee, Name):
        return callee.id == "Number"
    return isinstance(callee, Member) and isinstance(callee.obj, Name) and callee.obj.id == "Math"


def is_clock(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int = 3) -> bool:
    """Whether `expr` is the time now: `Date.now()`, `new Date()`, `performance.now()`, or a name for one."""
    if isinstance(expr, Un) and expr.op == "+":
        return is_clock(interpreter, expr.value, scope, depth)
    if isinstance(expr, Call):
        callee = expr.callee
        if isinstance(callee, Member):
            if callee.prop == "now" and isinstance(callee.obj, Name) and callee.obj.id in ("Date", "performance"):
                return True
            return callee.prop in ("getTime", "valueOf") and is_clock(interpreter, callee.obj, scope, depth)
        if isinstance(callee, Name) and callee.id == "Date" and not expr.args:
            return True
        if isinstance(callee, Name) and not expr.args and depth:
            target = forced(interpreter.evaluate(callee, scope))
            if isinstance(target, Closure):
                body = interpreter.function(target.module, target.index).body
                value = body[0].value if len(body) == 1 and isinstance(body[0], Ret) else None
                return value is not None and is_clock(interpreter, value, target.scope, depth - 1)
        return False
    if isinstance(expr, Name) and depth:
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, Local) and len(meaning.values) == 1:
            return is_clock(interpreter, meaning.values[0][0], meaning.scope, depth - 1)
        known = forced(interpreter.evaluate(expr, scope))
        return isinstance(known, Unknown) and known.why == TIME
    return False
