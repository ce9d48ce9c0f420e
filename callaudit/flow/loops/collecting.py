"""Loops that put what they are given together: `while (true) { const page = await next(); all.push(...page.items) }`.

Every round adds something of its answer to what stands outside of the loop, so that each is wanted, and none is a try.
A loop that waits may be one that asks until something is there, and keeps a record: it is one that goes on only where
it ends because an answer lacks something (`if (!page.more) break`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.awaited_content import waits_for_content
from callaudit.flow.loops.round_changes import names
from callaudit.flow.reading.jumps import ends
from callaudit.flow.retries.waits import wait_of
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Block, Call, Do, If, Jump, Let, Lit, Loop, Member, Name, Op, Ret, Try, Un
from callaudit.syntax.operators import EQUAL, LESS, MORE, UNEQUAL
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import Expr, Node, Stmt

ADDING = frozenset({"push", "unshift", "add", "set", "append"})
"""Methods of lists, sets, maps and forms that add what they are handed."""


def collects(frame: Frame, loop: Loop, calls: Calls, results: Collection[str]) -> bool:
    """Whether each round of a loop adds something of its answer to what is outside; `results` hold the answers."""
    items = (node for node in walk(loop.body) if isinstance(node, Loop))
    results = {
        *results,
        *(
            name
            for one in items
            if one.target and one.source and _mentions(one.source, results)
            for name in bound_names(one.target)
        ),
    }
    own = {name for node in walk(loop.body) if isinstance(node, Let) for name in bound_names(node.target)}
    if not any(_adds(node, results, own) for node in _always(loop.body)):
        return False
    if not waits_for_content(loop, calls):
        return False
    waits = any(
        wait_of(frame.interpreter, node, frame.scope) is not None for node in walk(loop.body) if isinstance(node, Call)
    )
    return not waits or all(_lacks(test, results, holds=holds) for test, holds in _ends(loop))


def _always(body: Sequence[Stmt]) -> Iterator[Node]:
    """What every round does, or does where it is not left before."""
    for statement in body:
        if isinstance(statement, (Ret, Jump)):
            return
        if isinstance(statement, (Block, Try)):
            yield from _always(statement.body)
        elif isinstance(statement, Loop):
            yield from walk((*statement.init, *statement.body))
        elif isinstance(statement, Do):
            yield from walk((statement,))


def _adds(node: Node, results: Collection[str], own: Collection[str]) -> bool:
    if isinstance(node, Call) and called_name(node.callee) in ADDING and isinstance(node.callee, Member):
        return _is_outside(node.callee.obj, own) and any(_mentions(arg, results) for arg in node.args)
    if not isinstance(node, Assign) or not _is_outside(node.target, own) or not _mentions(node.value, results):
        return False
    return node.op == "+=" or bool(names(node.target) & names(node.value) - {"this"})


def _is_outside(expr: Expr, own: Collection[str]) -> bool:
    while isinstance(expr, Member):
        expr = expr.obj
    return isinstance(expr, Name) and expr.id not in own


def _mentions(expr: Expr, results: Collection[str]) -> bool:
    return not names(expr).isdisjoint(results)


def _ends(loop: Loop) -> Iterator[tuple[Expr, bool]]:
    """The tests that end a loop, each with whether it holds then."""
    if loop.test is not None and not isinstance(loop.test, Lit):
        yield loop.test, False
    for node in walk(loop.body):
        if isinstance(node, If):
            for way, holds in ((node.then, True), (node.other, False)):
                if way and (isinstance(way[-1], Ret) or ends(loop, way[-1])):
                    yield node.test, holds


def _lacks(test: Expr, results: Collection[str], *, holds: bool) -> bool:
    """Whether a test that holds, or does not, says that an answer lacks something, or asks for none."""
    if isinstance(test, Un) and test.op == "!":
        return _lacks(test.value, results, holds=not holds)
    if not _mentions(test, results):
        return True
    if isinstance(test, Op) and test.op in ("&&", "||"):
        return all(_lacks(item, results, holds=holds) for item in test.items)
    if isinstance(test, Op) and len(test.items) == 2:
        nothing = isinstance(test.items[1], Lit) and not test.items[1].value
        nothing = nothing or (isinstance(test.items[1], Name) and test.items[1].id == "undefined")
        if test.op in EQUAL | UNEQUAL:
            return nothing and (test.op in EQUAL) == holds
        return test.op in (LESS if holds else MORE)
    return not holds
