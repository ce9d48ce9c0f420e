"""Tests that ask a store: whether they hold where it answers, and how old an answer may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.guards.ages import DEPTH, Limit, is_margin, limit_in, terms_of
from callaudit.flow.guards.misses import Misses
from callaudit.flow.lists.sizes import size_asked
from callaudit.flow.reading.bound import Local
from callaudit.flow.reading.within import scope_within
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.libraries.files import FILE
from callaudit.syntax.ir import Await, Call, Cond, Expr, Func, If, Lit, Member, Name, Op, Ret, Typed, Un
from callaudit.syntax.operators import COMPARISONS, EQUAL, UNEQUAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.guards.lookups import Read
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Stmt


class Asked(Struct, frozen=True, eq=False):
    """What a test asks of a store: `holds` where the test is true if the store answers.

    `aged` holds where it compares a time with the clock; `limit` is how old the answer may be, where the test says it,
    `margin` how long before its end it counts as gone: `Date.now() < expires - 30_000`.
    """

    read: Read
    holds: bool
    aged: bool = False
    limit: Limit | None = None
    margin: Limit | None = None

    def lacking(self) -> Asked:
        """The same look, by what shows that the store did not answer."""
        return Asked(self.read, False, self.aged, self.limit, self.margin)


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
    return Asked(one.read, not one.holds, one.aged, one.limit, one.margin)


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


def _age(interpreter: Interpreter, test: Op, scope: Scope, line: int) -> list[Asked]:
    terms = [
        *terms_of(interpreter, test.items[0], scope, 1, line),
        *terms_of(interpreter, test.items[1], scope, -1, line),
    ]
    reads = [term for term in terms if term.kind == "store"]
    clocks = [term for term in terms if term.kind == "clock"]
    if not reads or reads[0].read is None:
        return []
    if len(clocks) != 1:
        return []
    early = clocks[0].scale > 0  # the clock stands on the left: small while the answer is fresh
    fresh = early == (test.op in ("<", "<="))
    limit = limit_in(terms, clocks[0])
    if limit is not None and is_margin(terms, clocks[0]):
        return [Asked(reads[0].read, fresh, aged=True, margin=limit)]
    return [Asked(reads[0].read, fresh, aged=True, limit=limit)]


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
