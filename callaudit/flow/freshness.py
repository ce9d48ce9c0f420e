"""Tests that ask a store: whether they hold where it answers, and how old an answer may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.bound import Local
from callaudit.flow.misses import Misses
from callaudit.flow.sizes import size_asked
from callaudit.flow.spans import number_of
from callaudit.flow.values import TIME, Closure, Unknown, forced
from callaudit.flow.within import scope_within
from callaudit.libraries.files import FILE
from callaudit.syntax.ir import Await, Call, Cond, Expr, Func, If, Lit, Member, Name, Op, Ret, Typed, Un

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.lookups import Read
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Stmt

DEPTH = 6
COMPARISONS = frozenset({"<", "<=", ">", ">="})
EQUAL = frozenset({"==", "==="})
UNEQUAL = frozenset({"!=", "!=="})


class Limit(Struct, frozen=True, eq=False):
    """How old something may be: an expression in its scope, and the milliseconds of its unit."""

    expr: Expr
    scope: Scope
    unit: float


class Asked(Struct, frozen=True, eq=False):
    """What a test asks of a store: `holds` where the test is true if the store answers.

    `aged` holds where it compares a time with the clock; `limit` is how old the answer may be, where the test says it.
    """

    read: Read
    holds: bool
    aged: bool = False
    limit: Limit | None = None

    def lacking(self) -> Asked:
        """The same look, by what shows that the store did not answer."""
        return Asked(self.read, False, self.aged, self.limit)


class Term(Struct, frozen=True, eq=False):
    """A part of a sum: the clock, something read from a store, or a number. `scale` holds its sign and unit."""

    kind: str
    scale: float
    expr: Expr
    scope: Scope
    read: Read | None = None


def asked(interpreter: Interpreter, test: Expr, scope: Scope, line: int, depth: int = DEPTH) -> list[Asked]:
    """Everything that `test` asks of stores."""
    if not depth:
        return []
    deeper = depth - 1
    if isinstance(test, (Await, Typed)):
        return asked(interpreter, test.value, scope, line, depth)
    if isinstance(test, Un) and test.op == "!":
        return [_opposite(one) for one in asked(interpreter, test.value, scope, line, deeper)]
    if isinstance(test, Op) and test.op in ("&&", "||"):
        return [one for item in test.items for one in asked(interpreter, item, scope, line, deeper)]
    if isinstance(test, (Call, Member, Op)):
        of_many = _of_list(interpreter, test, scope, line, deeper)
        if of_many is not None:
            return of_many
    if isinstance(test, Op):
        if test.op in COMPARISONS and len(test.items) == 2:
            return _age(interpreter, test, scope, line)
        if test.op in EQUAL | UNEQUAL and len(test.items) == 2:
            return _compared(interpreter, test, scope, line, deeper)
        if test.op != "in":
            return []
        test = test.items[1]
    if isinstance(test, Call):
        inside = _of_function(interpreter, test, scope, line, deeper)
        if inside:
            return inside
    if isinstance(test, Name):
        meaning = interpreter.stores.bindings.meaning(test.id, scope)
        if isinstance(meaning, Local) and len(meaning.values) == 1 and _is_test(meaning.values[0][0]):
            value, at = meaning.values[0]
            return asked(interpreter, value, meaning.scope, at, deeper)
    read = interpreter.stores.read(test, scope, line)
    if read is None or (isinstance(test, Member) and read.container.made.store is FILE):
        return []  # a property of what a file holds says what is in it, not that it is there
    return [Asked(read, holds=True)]


def _is_test(expr: Expr) -> bool:
    while isinstance(expr, (Await, Typed)):
        expr = expr.value
    if isinstance(expr, Un):
        return expr.op == "!"
    return isinstance(expr, Op) and (
        expr.op in COMPARISONS | EQUAL | UNEQUAL or (expr.op == "&&" and any(_is_test(item) for item in expr.items))
    )


def _opposite(one: Asked) -> Asked:
    return Asked(one.read, not one.holds, one.aged, one.limit)


def _compared(interpreter: Interpreter, test: Op, scope: Scope, line: int, depth: int) -> list[Asked]:
    """A comparison with nothing: `hit !== null`, `typeof hit !== "undefined"`, `hit === true`."""
    value, other = test.items
    if isinstance(value, Lit) or (isinstance(value, Name) and value.id == "undefined"):
        value, other = other, value
    if isinstance(value, Un) and value.op == "typeof":
        value = value.value
        nothing = isinstance(other, Lit) and other.value == "undefined"
    else:
        nothing = (isinstance(other, Name) and other.id == "undefined") or (
            isinstance(other, Lit) and (other.value is None or other.value is False)
        )
        if not nothing and not (isinstance(other, Lit) and other.value is True):
            return []
    found = asked(interpreter, value, scope, line, depth)
    same = (test.op in EQUAL) != nothing
    return found if same else [_opposite(one) for one in found]


def _of_list(
    interpreter: Interpreter, test: Call | Member | Op, scope: Scope, line: int, depth: int
) -> list[Asked] | None:
    """What a test asks of a list: whether anything was missing, or all was there; `None` where it asks none."""
    if isinstance(test, Call):
        return _of_each(interpreter, test, scope, depth)
    sized = size_asked(test)
    if sized is None:
        return None
    missing = Misses(interpreter, asked).of(sized.list, scope)
    if missing:
        return missing if sized.holds else [_opposite(one) for one in missing]
    if isinstance(test, Member):
        return None
    read = interpreter.stores.read(sized.list, scope, line)
    return [Asked(read, sized.holds)] if read is not None else []


def _of_each(interpreter: Interpreter, test: Call, scope: Scope, depth: int) -> list[Asked] | None:
    """`ids.every((id) => kept.has(id))`, `hits.some((hit) => hit === null)`, `hits.includes(null)`."""
    callee = test.callee
    if not isinstance(callee, Member) or not test.args:
        return None
    given = test.args[0]
    if callee.prop == "includes" and isinstance(given, Lit) and given.value is None:
        read = interpreter.stores.batch(callee.obj, scope)
        return [Asked(read, holds=False)] if read is not None else None
    if callee.prop not in ("every", "some"):
        return None
    if isinstance(given, Name) and given.id == "Boolean":
        read = interpreter.stores.batch(callee.obj, scope)
        return [Asked(read, holds=True)] if read is not None and callee.prop == "every" else None
    inner = scope_within(interpreter, scope, given.index) if isinstance(given, Func) else None
    if inner is None or not isinstance(given, Func):
        return None
    body = interpreter.function(inner.module, given.index).body
    last = body[-1] if len(body) == 1 else None
    if not isinstance(last, Ret) or last.value is None:
        return None
    found = asked(interpreter, last.value, inner, test.line, depth)
    return [one for one in found if one.holds == (callee.prop == "every")] or None


def _of_function(interpreter: Interpreter, test: Call, scope: Scope, line: int, depth: int) -> list[Asked]:
    """What a function of the program that only tests gives: `isFresh(entry)`, `this.isExpired()`."""
    target = forced(interpreter.evaluate(test.callee, scope))
    if not isinstance(target, Closure):
        return []
    body = interpreter.function(target.module, target.index).body
    result = body[-1] if body else None
    if not isinstance(result, Ret) or result.value is None or not _is_test(result.value):
        return []
    inner = interpreter.stores.bindings.entered(target, test.args, scope)
    return asked(interpreter, result.value, inner, line, depth)


# --- ages --------------------------------------------------------------------------------------


def _age(interpreter: Interpreter, test: Op, scope: Scope, line: int) -> list[Asked]:
    terms = [
        *_terms(interpreter, test.items[0], scope, 1, line, DEPTH),
        *_terms(interpreter, test.items[1], scope, -1, line, DEPTH),
    ]
    reads = [term for term in terms if term.kind == "store"]
    clocks = [term for term in terms if term.kind == "clock"]
    if not reads or reads[0].read is None:
        return []
    if len(clocks) != 1:
        return []
    early = clocks[0].scale > 0  # the clock stands on the left: small while the answer is fresh
    fresh = early == (test.op in ("<", "<="))
    return [Asked(reads[0].read, fresh, aged=True, limit=_rest(terms, clocks[0]))]


def limit_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> Limit | None:
    """What is added to the clock in `expr`: how long something lasts that expires then."""
    terms = _terms(interpreter, expr, scope, 1, 0, DEPTH)
    clocks = [term for term in terms if term.kind == "clock"]
    return _rest(terms, clocks[0]) if len(clocks) == 1 else None


def terms_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> list[Term]:
    """The parts of a sum: times on the clock, what is read from stores, and numbers."""
    return _terms(interpreter, expr, scope, 1, 0, DEPTH)


def ages_in(interpreter: Interpreter, body: Sequence[Stmt], scope: Scope) -> Limit | None:
    """The first comparison with the clock among the tests of a function that looks into a store."""
    from callaudit.syntax.walking import walk

    for node in walk(tuple(body)):
        if isinstance(node, Op) and node.op in COMPARISONS and len(node.items) == 2:
            for one in _age(interpreter, node, scope, 0):
                if one.limit is not None:
                    return one.limit
        elif isinstance(node, (If, Cond)) and isinstance(node.test, Call):
            for one in _of_function(interpreter, node.test, scope, 0, DEPTH):
                if one.limit is not None:
                    return one.limit
    return None


def _rest(terms: list[Term], clock: Term) -> Limit | None:
    rest = [term for term in terms if term.kind == "number"]
    if len(rest) != 1 or not clock.scale:
        return None
    return Limit(rest[0].expr, rest[0].scope, abs(rest[0].scale / clock.scale))


def _terms(interpreter: Interpreter, expr: Expr, scope: Scope, scale: float, line: int, depth: int) -> list[Term]:
    if isinstance(expr, (Typed, Await)):
        return _terms(interpreter, expr.value, scope, scale, line, depth)
    if not depth:
        return [Term("number", scale, expr, scope)]
    if is_clock(interpreter, expr, scope):
        return [Term("clock", scale, expr, scope)]
    if isinstance(expr, Un) and expr.op in ("-", "+"):
        return _terms(interpreter, expr.value, scope, -scale if expr.op == "-" else scale, line, depth)
    if isinstance(expr, Op) and expr.op in ("+", "-"):
        found: list[Term] = []
        for number, item in enumerate(expr.items):
            sign = -scale if expr.op == "-" and number else scale
            found.extend(_terms(interpreter, item, scope, sign, line, depth - 1))
        return found if any(term.kind != "number" for term in found) else [Term("number", scale, expr, scope)]
    if isinstance(expr, Op) and expr.op in ("/", "*") and len(expr.items) == 2:
        return _scaled(interpreter, expr, scope, scale, line, depth - 1)
    if isinstance(expr, Call) and len(expr.args) == 1 and _is_math(expr):
        return _terms(interpreter, expr.args[0], scope, scale, line, depth - 1)
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, Local) and len(meaning.values) == 1 and isinstance(meaning.values[0][0], (Op, Call)):
            inner = _terms(interpreter, meaning.values[0][0], meaning.scope, scale, meaning.values[0][1], depth - 1)
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
        inner = _terms(interpreter, value, scope, scale, line, depth)
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
