"""Loops that go on until a flag says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.loop_ends import leaving
from callaudit.flow.reading.bound import TopLevel
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import (
    Assign,
    Call,
    Let,
    Lit,
    Loop,
    Member,
    Name,
    Op,
    Ret,
    Un,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Expr, Stmt


def is_endless(frame: Frame, loop: Loop) -> bool:
    """Whether its test, and what in its body ends it, ask for a flag, not for data alone."""
    if loop.test is not None and not _is_flag(frame, loop.test, loop.body):
        return False
    return all(bool(tests) and _by_flags(frame, tests, loop.body) for _, tests in leaving(loop))


def _by_flags(frame: Frame, tests: Sequence[Expr], body: Sequence[Stmt]) -> bool:
    """Whether tests ask for flags alone, or for one beside data that is not known to be set: `once && !job`."""
    if all(_is_flag(frame, test, body) for test in tests):
        return True
    parts = [part for test in tests for part in _all_of(test)]
    return any(
        isinstance(part, Name) and _is_flag_variable(part, body) and _may_be_unset(frame, part) for part in parts
    )


def _all_of(test: Expr) -> Iterator[Expr]:
    """What holds where a test does."""
    if isinstance(test, Op) and test.op == "&&":
        for item in test.items:
            yield from _all_of(item)
    else:
        yield test


def _may_be_unset(frame: Frame, flag: Name) -> bool:
    """Whether a flag is one of the module that is no constant: what variables and parameters hold may be data."""
    if not isinstance(frame.interpreter.stores.bindings.meaning(flag.id, frame.scope), TopLevel):
        return False
    return truth(frame.interpreter.evaluate(flag, frame.scope)) is not True


def _is_flag(frame: Frame, test: Expr, body: Sequence[Stmt]) -> bool:
    """A constant, a variable or field that the body's own work does not set, or a function that gives such."""
    if isinstance(test, Lit):
        return bool(test.value)
    while isinstance(test, Un) and test.op == "!":
        test = test.value
    if isinstance(test, Op) and test.op in ("&&", "||"):
        return all(_is_flag(frame, item, body) for item in test.items)
    if isinstance(test, Call):
        return not test.args and _gives_flag(frame, test, body)
    return _is_flag_variable(test, body)


def _gives_flag(frame: Frame, call: Call, body: Sequence[Stmt]) -> bool:
    """Whether a function of the program does nothing but tell of a flag: `isStopping()`."""
    callee = forced(frame.interpreter.evaluate(call.callee, frame.scope))
    if not isinstance(callee, Closure):
        return False
    statements = frame.interpreter.function(callee.module, callee.index).body
    given = statements[0].value if len(statements) == 1 and isinstance(statements[0], Ret) else None
    while isinstance(given, Un) and given.op == "!":
        given = given.value
    return given is not None and (isinstance(given, Lit) or _is_flag_variable(given, body))


def _is_flag_variable(test: Expr, body: Sequence[Stmt]) -> bool:
    if isinstance(test, Member):
        if test.prop in ("length", "size"):
            return False
        while isinstance(test, Member):
            test = test.obj
        return isinstance(test, Name) and test.id not in _assigned(body)
    return isinstance(test, Name) and test.id not in _assigned(body)


def _assigned(body: Sequence[Stmt]) -> set[str]:
    found: set[str] = set()
    for node in walk(tuple(body)):
        if isinstance(node, (Let, Assign)):
            found.update(bound_names(node.target))
    return found
