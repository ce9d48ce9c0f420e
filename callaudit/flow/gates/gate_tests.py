"""Tests that let only some runs through: a counter that begins anew, a function that says whether it is time.

`if (++n >= 10) { n = 0; … }` opens every tenth time. `if (prices.isDue())` opens as the function's own test of the
clock does, where it notes the time whenever it says yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.guards.freshness import asked
from callaudit.flow.guards.writes import writes
from callaudit.flow.timers.running_down import runs_down, stepped_down
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Assign, Block, Call, Do, If, Lit, Loop, Member, Name, Op, Ret, Try, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

_CLOCKS = frozenset({".now", ".getTime", "Date"})
_AT = {">=": 0, "===": 0, "==": 0, ">": 1}
"""Comparisons of a counter with a number that hold from then on, and how many runs later than at that number."""
_BEFORE = {"<": 0, "!==": 0, "!=": 0, "<=": 1}


def counted(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> tuple[str, int] | None:
    """The counter of a test that is `opens` every so many runs, as it begins anew then; and how many."""
    if isinstance(test, Un) and test.op == "!":
        return counted(interpreter, test.value, scope, opens=not opens)
    later = (_AT if opens else _BEFORE).get(test.op) if isinstance(test, Op) and len(test.items) == 2 else None
    if later is None or not isinstance(test, Op):
        return None
    counter, bound = test.items
    stepped = isinstance(counter, Un) and counter.op == "++" and not counter.postfix
    if stepped and isinstance(counter, Un):
        counter = counter.value
    place = scope.module, scope.function
    anew = interpreter.found_once(("begins anew", *place), lambda: _begun_anew(interpreter.nodes_of(*place, Assign)))
    name = words(counter) if anew and isinstance(counter, (Name, Member)) else ""
    if name not in anew:
        return None
    body = interpreter.function(scope.module, scope.function).body
    if not stepped and not any(_steps(node, name) for node in _always(body)):
        return None
    number = number_of(interpreter.evaluate(bound, scope))
    return (name, int(number) + later) if number is not None and number == int(number) and number + later > 1 else None


def run_down(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> tuple[str, int | None] | None:
    """The counter of a test that is `opens` when it has run down, and every how many rounds, if that is known."""
    place = scope.module, scope.function
    body = interpreter.function(*place).body
    every = interpreter.found_once(("stepped down", *place), lambda: _stepped_down(body))
    return runs_down(interpreter, test, scope, opens=opens, every=every)


def _stepped_down(body: Sequence[Stmt]) -> frozenset[str]:
    """What each run of a function takes one from."""
    tests = (node for statement in body if isinstance(statement, If) for node in walk((statement.test,)))
    stepped = (stepped_down(node) for node in (*_always(body), *tests))
    return frozenset(words(one) for one in stepped if one is not None)


def _begun_anew(assigns: Sequence[Assign]) -> frozenset[str]:
    """What a function sets to zero."""
    return frozenset(
        words(node.target) for node in assigns if node.op == "=" and type(node.value) is Lit and node.value.value == 0
    )


def _steps(expr: Expr, name: str) -> bool:
    if isinstance(expr, Un):
        return expr.op == "++" and words(expr.value) == name
    ones = isinstance(expr, Assign) and expr.op == "+=" and isinstance(expr.value, Lit) and expr.value.value == 1
    return ones and isinstance(expr, Assign) and words(expr.target) == name


def _always(body: Sequence[Stmt]) -> Iterator[Expr]:
    """The expressions that each run of a function, or round of a loop in it, evaluates as a statement."""
    waiting = list(body)
    while waiting:
        statement = waiting.pop(0)
        if isinstance(statement, Do):
            yield statement.value
        elif isinstance(statement, (Block, Loop)):
            waiting.extend(statement.body)
            if isinstance(statement, Loop) and statement.update is not None:
                yield statement.update
        elif isinstance(statement, Try):
            waiting.extend((*statement.body, *statement.final))


def due(interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool) -> float | None:
    """The milliseconds after which a function says again that it is time, which `test` asks."""
    if isinstance(test, Un) and test.op == "!":
        return due(interpreter, test.value, scope, opens=not opens)
    if not opens or not isinstance(test, Call) or not isinstance(test.callee, (Name, Member)):
        return None
    named = interpreter.found_once("says whether it is time", lambda: _sayers(interpreter))
    if (test.callee.prop if isinstance(test.callee, Member) else test.callee.id) not in named:
        return None
    target = forced(interpreter.evaluate(test.callee, scope))
    if not isinstance(target, Closure) or interpreter.relevance.function(target.module, target.index):
        return None
    found = _says(interpreter.function(target.module, target.index).body)
    if found is None:
        return None
    statement, shut = found
    inner = interpreter.stores.bindings.entered(target, test.args, scope)
    for one in asked(interpreter, statement.test, inner, statement.line):
        if one.aged and one.limit is not None and one.holds == shut and writes(interpreter, inner, one.read.container):
            number = number_of(interpreter.evaluate(one.limit.expr, one.limit.scope))
            return number * one.limit.unit if number is not None and number > 0 else None
    return None


def _sayers(interpreter: Interpreter) -> frozenset[str]:
    """The names of functions that look at the clock and say yes or no."""
    return frozenset(
        function.name
        for module in interpreter.program.modules.values()
        if not _CLOCKS.isdisjoint(module.functions[0].refs)
        for function in module.functions
        if function.name and not _CLOCKS.isdisjoint(function.refs) and _says(function.body) is not None
    )


def _says(body: Sequence[Stmt]) -> tuple[If, bool] | None:
    """The test of a function that gives nothing but yes or no, and whether it gives no where the test holds."""
    last = body[-1] if body else None
    if not isinstance(last, Ret) or not isinstance(last.value, Lit) or not isinstance(last.value.value, bool):
        return None
    for statement in body:
        way = statement.then if isinstance(statement, If) else ()
        end = way[-1] if way else None
        if isinstance(statement, If) and isinstance(end, Ret) and isinstance(end.value, Lit):
            return (statement, end.value.value is False) if end.value.value is not last.value.value else None
    return None
