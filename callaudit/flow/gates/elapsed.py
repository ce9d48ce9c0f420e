"""Tests whether enough time has passed since the last time, where a variable of the same function remembers it.

`if (now - last > 60_000) { last = now; … }` in a loop opens once a minute, whatever a round takes. The variable is no
store: it ends with the function, which matters to nobody while the loop runs. So may a ref of a component. One that
outlives the function is asked as any store is (`freshness`).
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.gates.always_stamped import always_stamped
from callaudit.flow.guards.ages import is_clock
from callaudit.flow.reading.behind_tests import behind, is_tested_in
from callaudit.flow.reading.bound import Given, Local
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Assign, Call, Let, Lit, Loop, Member, Name, Op, Typed, Un
from callaudit.syntax.operators import COMPARISONS
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt


REF = "current"


class Elapsed(Struct, frozen=True):
    """The variable that remembers the last time, and the milliseconds that have to pass."""

    name: str
    ms: float


def elapsed(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> Elapsed | None:
    """What `test` waits for if it is `opens` only after a time, and what it opens starts that time anew."""
    for part in _parts(test, opens=opens):
        found = _compared(interpreter, part, scope, opens=opens)
        if found is not None and _starts_anew(interpreter, test, found.name, scope, opens=opens):
            return found
    return None


def waits_for_time(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> bool:
    """Whether `test` is `opens` only once the clock has come to some time: `now >= next`, `isDue && !busy`."""
    return any(_comes(interpreter, _said(interpreter, part, scope), scope, opens) for part in _parts(test, opens=opens))


def _said(interpreter: Interpreter, expr: Expr, scope: Scope) -> Expr:
    """The test that a name of the function stands for."""
    meaning = interpreter.stores.bindings.meaning(expr.id, scope) if isinstance(expr, Name) else None
    one = isinstance(meaning, Local) and len(meaning.values) == 1 and meaning.scope is scope
    return meaning.values[0][0] if isinstance(meaning, Local) and one else expr


def _comes(interpreter: Interpreter, test: Expr, scope: Scope, opens: bool) -> bool:
    if isinstance(test, Un) and test.op == "!":
        return _comes(interpreter, test.value, scope, not opens)
    if not isinstance(test, Op) or test.op not in COMPARISONS or len(test.items) != 2:
        return False
    terms = [*_terms(test.items[0], 1), *_terms(test.items[1], -1)]
    clocks = [sign for sign, item in terms if is_clock(interpreter, item, scope)]
    if len(clocks) != 1 or ((clocks[0] > 0) == (test.op in (">", ">="))) != opens:
        return False
    return not all(is_clock(interpreter, item, scope) or _is_number(interpreter, item, scope) for _, item in terms)


def _is_number(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether an expression is a number, and stays one: the clock has passed it long ago."""
    meaning = interpreter.stores.bindings.meaning(expr.id, scope) if isinstance(expr, Name) else None
    if isinstance(meaning, Local):
        given = [value for value, *_ in meaning.values]
        return all(_is_written_number(value) for value in given) or _is_anew(interpreter, expr, scope)
    return number_of(interpreter.evaluate(expr, scope)) is not None


def _parts(test: Expr, *, opens: bool) -> Iterator[Expr]:
    """The tests that all have to be `opens`."""
    if isinstance(test, Typed):
        yield from _parts(test.value, opens=opens)
    elif isinstance(test, Op) and test.op == ("&&" if opens else "||"):
        for item in test.items:
            yield from _parts(item, opens=opens)
    else:
        yield test


def _compared(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> Elapsed | None:
    if isinstance(test, Un) and test.op == "!":
        return _compared(interpreter, test.value, scope, opens=not opens)
    if not isinstance(test, Op) or test.op not in COMPARISONS or len(test.items) != 2:
        return None
    terms = _compared_terms(interpreter, test, scope)
    clocks = [sign for sign, item in terms if is_clock(interpreter, item, scope)]
    others = [(sign, item) for sign, item in terms if not is_clock(interpreter, item, scope)]
    last = [(sign, _time_of(item)) for sign, item in others if _is_variable(interpreter, _time_of(item), scope)]
    if len(clocks) != 1 or len(last) != 1 or last[0][0] == clocks[0]:
        return None
    variable = last[0][1]
    numbers = [
        (sign, number_of(interpreter.evaluate(item, scope))) for sign, item in others if _time_of(item) is not variable
    ]
    ms = -clocks[0] * sum(sign * number for sign, number in numbers if number is not None)
    grows = (clocks[0] > 0) == (test.op in (">", ">="))  # the test comes to hold as time goes by
    known = bool(numbers) and all(number is not None for _, number in numbers)
    return Elapsed(words(variable), ms) if known and ms > 0 and grows == opens else None


def _time_of(expr: Expr) -> Expr:
    """The variable in `last.getTime()`, or `last` itself."""
    callee = expr.callee if isinstance(expr, Call) and not expr.args else None
    return callee.obj if isinstance(callee, Member) and callee.prop in ("getTime", "valueOf") else expr


def _compared_terms(interpreter: Interpreter, test: Op, scope: Scope) -> list[tuple[int, Expr]]:
    """The terms of both sides, as those of a difference; of `const since = now - last` its own."""
    terms = [*_terms(test.items[0], 1), *_terms(test.items[1], -1)]
    if any(is_clock(interpreter, item, scope) for _, item in terms):
        return terms
    return [one for sign, item in terms for one in _terms(_said(interpreter, item, scope), sign)]


def _terms(expr: Expr, sign: int) -> Iterator[tuple[int, Expr]]:
    """The terms of a sum, with their signs."""
    if isinstance(expr, Typed):
        yield from _terms(expr.value, sign)
    elif isinstance(expr, Op) and expr.op in ("+", "-"):
        for number, item in enumerate(expr.items):
            yield from _terms(item, -sign if expr.op == "-" and number else sign)
    else:
        yield sign, expr


def _is_variable(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether `expr` is a variable of the function that changes, or a field of an object in one."""
    root = expr
    while isinstance(root, Member):
        root = root.obj
    if not isinstance(root, Name):
        return False
    meaning = interpreter.stores.bindings.meaning(root.id, scope)
    if isinstance(meaning, Given) and isinstance(expr, Member):  # of an item of a list, or of what it is handed
        name = words(expr)
        return any(words(node.target) == name for node in interpreter.nodes_of(scope.module, scope.function, Assign))
    if isinstance(meaning, Local) and _is_ref(expr):
        return True
    if not isinstance(meaning, Local) or (meaning.scope.module, meaning.scope.function) != (
        scope.module,
        scope.function,
    ):
        return False
    return isinstance(expr, Member) or len(meaning.values) > 1


def _is_written_number(value: object) -> bool:
    return isinstance(value, Lit) and not isinstance(value.value, str)


def _is_anew(interpreter: Interpreter, name: Expr, scope: Scope) -> bool:
    """Whether a variable is the number that it begins with in each round of the loop in which it is asked."""
    loops = interpreter.nodes_of(scope.module, scope.function, Loop)
    rounds = [inside for inside in (walk(loop.body) for loop in loops) if any(node is name for node in inside)]
    if not rounds:
        return False
    innermost = min(rounds, key=len)
    before = takewhile(lambda node: node is not name, innermost)
    sets = [node for node in before if isinstance(node, (Let, Assign)) and _is_of_name(node.target, name)]
    return len(sets) == 1 and isinstance(sets[0], Let) and _is_written_number(sets[0].value)


def _is_of_name(target: Expr, name: Expr) -> bool:
    return isinstance(target, Name) and isinstance(name, Name) and target.id == name.id


def _is_ref(expr: Expr) -> bool:
    """Whether it is what a ref of React holds, which lives as long as its component."""
    return isinstance(expr, Member) and expr.prop == REF and isinstance(expr.obj, Name)


def _starts_anew(interpreter: Interpreter, test: Expr, name: str, scope: Scope, *, opens: bool) -> bool:
    """Whether the way that `test` opens sets the variable to the time, in a loop that keeps it from round to round."""
    body = interpreter.function(scope.module, scope.function).body
    nodes = walk(body)
    stamped = any(
        isinstance(node, Assign)
        and node.op == "="
        and words(node.target) == name
        and is_clock(interpreter, node.value, scope)
        for node in walk(behind(body, test, opens=opens))
    )
    if stamped and always_stamped(interpreter, test, scope, lambda target: words(target) == name):
        return False
    if stamped and name.endswith("." + REF):
        return True  # it is kept from run to run
    return stamped and any(
        isinstance(node, Loop) and is_tested_in(node.body, test) and not _declares(node.body, name.partition(".")[0])
        for node in nodes
    )


def _declares(body: Sequence[Stmt], name: str) -> bool:
    return any(isinstance(node, Let) and name in bound_names(node.target) for node in walk(tuple(body)))
