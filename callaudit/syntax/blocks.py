"""The lists of statements inside a statement: the ways of a test, the body of a loop, a handler, cases of a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.walking import CHILDREN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Node, Stmt

_LISTS = frozenset({"body", "then", "other", "handler", "final"})


def blocks_of(statement: Node) -> Iterator[tuple[Stmt, ...]]:
    """The lists of statements that `statement` holds itself, which are not empty."""
    for field in CHILDREN[type(statement)]:
        value = getattr(statement, field)
        if not isinstance(value, tuple) or not value:
            continue
        if field in _LISTS:
            yield value
        elif field == "cases":
            for case in value:
                yield from blocks_of(case)


def following(body: Sequence[Stmt], statement: Stmt) -> Sequence[Stmt]:
    """What follows `statement` in its list of statements, somewhere in `body`; nothing where it is not there."""
    waiting: list[Sequence[Stmt]] = [body]
    while waiting:
        statements = waiting.pop()
        for number, one in enumerate(statements):
            if one is statement:
                return statements[number + 1 :]
            waiting.extend(blocks_of(one))
    return ()
