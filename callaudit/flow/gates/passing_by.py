"""What lets a run past a gate whatever its time says: `if (!force && now - last < 60_000) return`.

Who calls may say so, or a variable that something else sets. Where a caller's own word is known, the gate is as it is
for that caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.conditions import label
from callaudit.flow.guards.freshness import asked
from callaudit.flow.reading.bound import Local
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Await, Call, Member, Name, Op, Ret, Typed, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

DEPTH = 6
Part = tuple["Expr", "Scope", bool]
"""A test in its scope, and what it has to give for the gate to be shut."""


def passing_by(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, holds: bool) -> str:
    """In words, when a run passes the gate that `test` is, which is else shut where it is `holds`; empty: never."""
    of_gate: set[str] = set()
    others: list[Part] = []
    for part in _parts(interpreter, test, scope, holds, DEPTH):
        expr, inner, shut = part
        tests = asked(interpreter, expr, inner, line)
        if any(one.aged or one.holds == shut for one in tests):
            of_gate |= _names(expr)
        else:
            others.append(part)
    if not of_gate:
        return ""
    passing = (
        label(expr, taken=not shut)
        for expr, inner, shut in others
        if not _names(expr) <= of_gate and _may_be_either(interpreter, expr, inner)
    )
    return " || ".join(dict.fromkeys(passing))


def _may_be_either(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    return asks_kept(interpreter, expr, scope) or truth(interpreter.evaluate(expr, scope)) is None


def _parts(interpreter: Interpreter, test: Expr, scope: Scope, shut: bool, depth: int) -> Iterator[Part]:
    """The tests that all have to give what shuts the gate."""
    if not depth:
        yield test, scope, shut
    elif isinstance(test, (Typed, Await)):
        yield from _parts(interpreter, test.value, scope, shut, depth)
    elif isinstance(test, Un) and test.op == "!":
        yield from _parts(interpreter, test.value, scope, not shut, depth - 1)
    elif isinstance(test, Op) and test.op == ("&&" if shut else "||"):
        for item in test.items:
            yield from _parts(interpreter, item, scope, shut, depth - 1)
    else:
        meant = _meant(interpreter, test, scope)
        if meant is None:
            yield test, scope, shut
        else:
            yield from _parts(interpreter, *meant, shut, depth - 1)


def _meant(interpreter: Interpreter, test: Expr, scope: Scope) -> tuple[Expr, Scope] | None:
    """The test that a name stands for, or that a function does nothing but make."""
    bindings = interpreter.stores.bindings
    if isinstance(test, Name):
        meaning = bindings.meaning(test.id, scope)
        one = isinstance(meaning, Local) and len(meaning.values) == 1
        value = meaning.values[0][0] if isinstance(meaning, Local) and one else None
        return (value, meaning.scope) if isinstance(meaning, Local) and isinstance(value, Op) else None
    target = forced(interpreter.evaluate(test.callee, scope)) if isinstance(test, Call) else None
    if not isinstance(test, Call) or not isinstance(target, Closure):
        return None
    body = interpreter.function(target.module, target.index).body
    last = body[-1] if body else None
    if not isinstance(last, Ret) or not isinstance(last.value, Op):
        return None
    return last.value, bindings.entered(target, test.args, scope)


def _names(expr: Expr) -> frozenset[str]:
    return frozenset(
        node.id if isinstance(node, Name) else f".{node.prop}"
        for node in walk((expr,))
        if isinstance(node, (Name, Member))
    )


def asks_kept(interpreter: Interpreter, test: Expr, scope: Scope) -> bool:
    """Whether `test` asks a variable of an enclosing function that is set in an earlier call."""
    from callaudit.flow.machine.variables import depends_on_assigned

    if scope.parent is None or not depends_on_assigned(interpreter, test, scope):
        return False
    names = interpreter.stores.bindings.names(scope.module, scope.function)
    if not names.assigned.keys() - names.lines.keys():
        return False
    return any(
        isinstance(node, Name)
        and node.id in names.assigned
        and node.id not in names.lines
        and interpreter.stores.outlives(node.id, scope)
        for node in walk((test,))
    )
