"""The calls of a function in the order in which they are written, each with the tests that it stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.syntax.ir import Block, Call, Cond, If, Jump, Loop, Op, Ret, Throw, Try

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Expr, Stmt

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
        elif isinstance(statement, Block):
            yield from placed(statement.body, tests, loops)
        elif isinstance(statement, Try):
            for part in (statement.body, statement.handler or (), statement.final):
                yield from placed(part, tests, loops)
        elif isinstance(statement, Loop):
            yield from placed(statement.body, tests, (*loops, id(statement)))
        else:
            yield from _inside(statement, tests, loops)


def _leaves(way: Sequence[Stmt]) -> bool:
    return bool(way) and isinstance(way[-1], (Ret, Throw, Jump))


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
