"""What counts the rounds of a loop that nothing else ends: each way to its next round by itself, or all by one counter.

`for (;;) { … if (limited) { if (waits++ > 5) throw …; continue; } if (failed) { if (n++ > 3) throw …; continue; } }`
goes round as often as both let it, and one way that nothing counts has no end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.counting import stepped
from callaudit.syntax.ir import Block, Do, Func, If, Jump, Let, Lit, Loop, Name, Switch, Try
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Node, Stmt

APART = "each way to the next round has a counter of its own"
UNCOUNTED = "a way to the next round is not counted"


def uncounted(loop: Loop) -> str:
    """Why the counter of one way to the next round does not bound all of them; empty where it may."""
    if loop.update is not None or (loop.test is not None and not isinstance(loop.test, Lit)):
        return ""
    ways = list(_ways(loop.body, frozenset()))
    if len(ways) < 2 or not any(ways):
        return ""
    shared = frozenset.intersection(*ways)
    return "" if shared else APART if all(ways) else UNCOUNTED


def _ways(body: Sequence[Stmt], before: frozenset[str]) -> Iterator[frozenset[str]]:
    """For each `continue`, what is counted on the way to it."""
    counted = before
    for statement in body:
        if isinstance(statement, Jump) and statement.kind == "continue":
            yield counted
            return
        if isinstance(statement, If):
            tested = counted | _steps((statement.test,))
            yield from _ways(statement.then, tested)
            yield from _ways(statement.other, tested)
            counted = tested
        elif isinstance(statement, Try):
            yield from _ways(statement.body, counted)
            yield from _ways(statement.handler or (), counted)
        elif isinstance(statement, Block):
            yield from _ways(statement.body, counted)
            counted |= _steps(statement.body)
        elif isinstance(statement, Switch):
            for case in statement.cases:
                yield from _ways(case.body, counted)
        elif isinstance(statement, (Do, Let)):
            counted |= _steps((statement,))


def _steps(nodes: Sequence[Node]) -> frozenset[str]:
    """The variables that are counted in `nodes`, not in functions inside them."""
    found = (stepped(node) for node in walk(tuple(nodes)) if not isinstance(node, Func))
    return frozenset(target.id for target in found if isinstance(target, Name))
