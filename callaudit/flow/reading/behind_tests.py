"""What is done where a test holds, or does not: a way of it, or all that follows where the other way leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import If, Jump, Ret, Throw
from callaudit.syntax.walking import CHILDREN, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Expr, Node, Stmt


def behind(body: Sequence[Stmt], test: Expr, *, opens: bool) -> tuple[Node, ...]:
    """What of a function's `body` is done where the test of an `if` is `opens`; nothing if it is of none."""
    lists = _lists(body, walk(tuple(body)))
    return next((found for listed in lists if (found := _behind(listed, test, opens=opens))), ())


def is_tested_in(body: Sequence[Stmt], test: Expr) -> bool:
    """Whether `test` is that of an `if` somewhere in `body`."""
    return any(isinstance(node, If) and node.test is test for node in walk(tuple(body)))


def _lists(body: Sequence[Stmt], nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Every list of statements of a function."""
    yield body
    for node in nodes:
        for field in CHILDREN[type(node)]:
            value = getattr(node, field)
            if isinstance(value, tuple) and any(isinstance(item, If) for item in value):
                yield value


def _behind(statements: Sequence[Node], test: Expr, *, opens: bool) -> tuple[Node, ...]:
    """What is done where `test` is `opens`, if it is among `statements`: a way of it, or all that follows it."""
    for number, statement in enumerate(statements):
        if isinstance(statement, If) and statement.test is test:
            way, other = (statement.then, statement.other) if opens else (statement.other, statement.then)
            leaves = bool(other) and isinstance(other[-1], (Ret, Jump, Throw))
            return (*way, *statements[number + 1 :]) if leaves else way
    return ()
