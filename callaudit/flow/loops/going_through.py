"""Loops that go on as long as they are given something to work on: `while (true) { if (!next) break; run(next); }`.

Such a loop ends when there is nothing left, and nothing has failed before it asks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.round_changes import names
from callaudit.flow.reading.relevant import matters
from callaudit.syntax.chains import untyped
from callaudit.syntax.ir import BREAK, LEAVE, Assign, Call, If, Jump, Lit, Loop, Member, Name, Op, Ret, Spread, Un
from callaudit.syntax.operators import EQUAL, UNEQUAL
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Expr, Node, Stmt


def goes_through(frame: Frame, loop: Loop, results: set[str]) -> bool:
    """Whether a loop ends where its calls give nothing, and works on what they give; `results` hold that."""
    nodes = walk(loop.body)
    ways = [node for node in nodes if isinstance(node, If) and _leaves((node,))]
    tested = loop.test is not None and not isinstance(loop.test, Lit)
    if not ways and not tested:
        return False
    if any(isinstance(node, Ret) for node in nodes) and not ways:
        return False
    empty = [node for way in ways for node in walk(_where_nothing(way, results))]  # each way out there is one of these
    if not all(_ends_at_nothing(way, results) for way in ways if not any(node is way for node in empty)):
        return False
    if tested and loop.test is not None and not _is_something(loop.test, results):
        return False
    return any(_works_on(frame, node, results) for node in nodes)


def _where_nothing(way: If, results: set[str]) -> tuple[Stmt, ...]:
    """What is done where there is no answer."""
    if _is_nothing(way.test, results):
        return tuple(way.then)
    return tuple(way.other) if _is_something(way.test, results) else ()


def _ends_at_nothing(way: If, results: set[str]) -> bool:
    """Whether a way out is gone only where there is no answer."""
    if _leaves(way.then) and not _is_nothing(way.test, results):
        return False
    return not _leaves(way.other) or _is_something(way.test, results)


def _leaves(statements: Sequence[Stmt]) -> bool:
    found = walk(tuple(statements))
    return any(isinstance(one, Ret) or (isinstance(one, Jump) and one.kind in (BREAK, LEAVE)) for one in found)


def _is_nothing(test: Expr, results: set[str]) -> bool:
    """Whether a test holds only without an answer: `!next`, `next === null`, `next.length === 0`, `once && !next`."""
    if isinstance(test, Op) and test.op == "&&":
        return any(_is_nothing(item, results) for item in test.items)
    if isinstance(test, Op) and test.op == "||":
        asking = [item for item in test.items if names(item) & results]
        return bool(asking) and all(_is_nothing(item, results) for item in asking)
    if isinstance(test, Un) and test.op == "!":
        return _is_of_answer(test.value, results)
    return _compares(test, EQUAL, results)


def _is_something(test: Expr, results: set[str]) -> bool:
    """Whether a test asks for there being an answer."""
    return _is_of_answer(test, results) or _compares(test, UNEQUAL, results)


def _compares(test: Expr, how: Collection[str], results: set[str]) -> bool:
    if not isinstance(test, Op) or test.op not in how or len(test.items) != 2:
        return False
    asked, other = test.items
    nothing = (isinstance(other, Lit) and not other.value) or (isinstance(other, Name) and other.id == "undefined")
    return nothing and _is_of_answer(asked, results)


def _is_of_answer(expr: Expr, results: set[str]) -> bool:
    if isinstance(expr, Assign):
        expr = expr.target
    expr = untyped(expr)
    if isinstance(expr, Member) and expr.prop in ("length", "size"):
        expr = expr.obj
    return isinstance(expr, Name) and expr.id in results


def _works_on(frame: Frame, node: Node, results: set[str]) -> bool:
    """Whether an answer is walked over, or handed to what may ask for more: a message of a failure is not."""
    if isinstance(node, Loop):
        return node.source is not None and bool(names(node.source) & results)
    if not isinstance(node, Call):
        return False
    given = [arg for arg in node.args if names(arg) & results]
    if not given or any(isinstance(arg, Spread) for arg in given):
        return bool(given)
    return matters(frame.interpreter, frame.interpreter.evaluate(node.callee, frame.scope))
