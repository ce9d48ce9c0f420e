"""The calls of a function in the order in which they are written, each with the tests that it stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.syntax.ir import Block, Call, Cond, If, Jump, Loop, Op, Ret, Switch, Throw, Try

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Case, Expr, Stmt

Tests = tuple[tuple["Expr", bool], ...]
"""Tests, each with whether it holds."""


class Placed(Struct, eq=False):
    """A call, the tests on the way to it, and the loops around it."""

    call: Call
    tests: Tests
    loops: tuple[int, ...]

    def excludes(self, other: Placed) -> bool:
        """Whether only one of two calls is made: what holds for one does not for the other."""
        mine = {id(test): holds for test, holds in self.tests}
        return any(mine.get(id(test), holds) != holds for test, holds in other.tests)


def returned(body: Sequence[Stmt], tests: Tests = ()) -> Iterator[tuple[Expr, Tests]]:
    """What statements give at their ways out, each with the tests on the way to it."""
    for statement in body:
        if isinstance(statement, Ret) and statement.value is not None:
            yield statement.value, tests
        elif isinstance(statement, If):
            yield from returned(statement.then, (*tests, (statement.test, True)))
            yield from returned(statement.other, (*tests, (statement.test, False)))
            if _leaves(statement.then):
                tests = (*tests, (statement.test, False))
        elif isinstance(statement, Switch):
            for case, ways in cases(statement):
                yield from returned(case.body, (*tests, *ways))
        elif isinstance(statement, Block):
            yield from returned(statement.body, tests)


def placed(body: Sequence[Stmt], tests: Tests = (), loops: tuple[int, ...] = ()) -> Iterator[Placed]:
    """The calls in statements; what follows an `if` that leaves stands behind its test too."""
    for statement in body:
        if isinstance(statement, If):
            yield from _inside(statement.test, tests, loops)
            yield from placed(statement.then, (*tests, (statement.test, True)), loops)
            yield from placed(statement.other, (*tests, (statement.test, False)), loops)
            if _leaves(statement.then):
                tests = (*tests, (statement.test, False))
            elif _leaves(statement.other):
                tests = (*tests, (statement.test, True))
        elif isinstance(statement, Switch):
            yield from _inside(statement.value, tests, loops)
            for case, ways in cases(statement):
                yield from placed(case.body, (*tests, *ways), loops)
                if len(ways) == 1 and ways[0][1] and _leaves(case.body) and not _breaks(case.body):
                    tests = (*tests, (ways[0][0], False))
        elif isinstance(statement, Block):
            yield from placed(statement.body, tests, loops)
        elif isinstance(statement, Try):
            for part in (statement.body, statement.handler or (), statement.final):
                yield from placed(part, tests, loops)
        elif isinstance(statement, Loop):
            yield from placed(statement.body, tests, (*loops, id(statement)))
        else:
            yield from _inside(statement, tests, loops)


def cases(switch: Switch) -> Iterator[tuple[Case, Tests]]:
    """The cases of a switch that do something, each with the tests that its value stands for.

    A case that is passed through to is taken for each of the values before it; the rest for none of the others.
    """
    tests = {id(case): Op("===", (switch.value, case.test)) for case in switch.cases if case.test is not None}
    through: list[Expr] = []
    rest = False
    for case in switch.cases:
        rest = rest or case.test is None
        through += [tests[id(case)]] if id(case) in tests else []
        if not case.body:
            continue
        if rest:
            mine = {id(test) for test in through}
            yield case, tuple((test, False) for test in tests.values() if id(test) not in mine)
        else:
            yield case, ((through[0] if len(through) == 1 else Op("||", tuple(through)), True),)
        if _leaves(case.body):
            through, rest = [], False


def _breaks(way: Sequence[Stmt]) -> bool:
    return isinstance(way[-1], Jump) or (isinstance(way[-1], Block) and _breaks(way[-1].body))


def _leaves(way: Sequence[Stmt]) -> bool:
    last = way[-1] if way else None
    return isinstance(last, (Ret, Throw, Jump)) or (isinstance(last, Block) and _leaves(last.body))


def _inside(node: object, tests: Tests, loops: tuple[int, ...]) -> Iterator[Placed]:
    if isinstance(node, tuple):
        for part in node:
            yield from _inside(part, tests, loops)
    elif isinstance(node, Cond):
        yield from _inside(node.test, tests, loops)
        yield from _inside(node.then, (*tests, (node.test, True)), loops)
        yield from _inside(node.other, (*tests, (node.test, False)), loops)
    elif isinstance(node, Op) and node.op in ("&&", "||", "??"):
        for item in node.items:
            yield from _inside(item, tests, loops)
            tests = (*tests, (item, node.op == "&&"))
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from _inside(getattr(node, name), tests, loops)
        if isinstance(node, Call):
            yield Placed(node, tests, loops)
