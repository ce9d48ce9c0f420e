"""Loops that ask again until an answer has what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.loop_results import depends, results_of, set_to_constants
from callaudit.syntax.ir import (
    Assign,
    Await,
    Call,
    Cond,
    If,
    Let,
    Lit,
    Loop,
    Member,
    Name,
    Op,
    Typed,
    Un,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import Expr, Node

STATUSES = frozenset({"ok", "status", "statusCode"})
"""What says of an answer that the request went well (fetch, axios, got, Node)."""


def waits_for_content(loop: Loop, calls: Calls) -> bool:
    """Whether a loop asks again until an answer has what it waits for, not only after failures."""
    results = results_of(loop.body, calls)
    nodes = walk(loop.body)
    answers = {
        name
        for node in nodes
        if isinstance(node, (Let, Assign)) and node.value is not None and _is_answer(node.value, calls)
        for name in bound_names(node.target)
    }
    tests = [node.test for node in nodes if isinstance(node, (If, Cond))]
    return any(
        _asks_content(part, answers)
        for test in (*tests, *((loop.test,) if loop.test is not None else ()))
        for part in _parts(test)
        if depends(part, calls, results) and not _is_set_flag(part, nodes)
    )


def _is_answer(value: Expr, calls: Calls) -> bool:
    """Whether a value is what a call gave, or nothing where it failed: `await load().catch(() => null)`."""
    while isinstance(value, (Await, Typed)):
        value = value.value
    if not isinstance(value, Call):
        return False
    inner = value.callee.obj if isinstance(value.callee, Member) and value.callee.prop == "catch" else None
    return _is_answer(inner, calls) if inner is not None else value.place in calls


def _parts(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Op) and test.op in ("&&", "||"):
        for item in test.items:
            yield from _parts(item)
    elif isinstance(test, Un) and test.op == "!":
        yield from _parts(test.value)
    else:
        yield test


def _asks_content(test: Expr, answers: set[str]) -> bool:
    """Whether a test asks more of an answer than whether there is one, or its status."""
    if isinstance(test, Op):
        if any(isinstance(item, Lit) and isinstance(item.value, str) for item in test.items):
            return True  # a status of HTTP is a number
        return any(_asks_content(item, answers) for item in test.items if not isinstance(item, Lit))
    if isinstance(test, Name):
        return test.id not in answers
    return not (isinstance(test, Member) and test.prop in STATUSES)


def _is_set_flag(test: Expr, nodes: Sequence[Node]) -> bool:
    """Whether a test asks a flag, which another test has set."""
    return isinstance(test, Name) and test.id in set_to_constants(nodes)
