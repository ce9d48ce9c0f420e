"""What the calls of a loop give: the variables that hold it, or are set where it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import (
    Assign,
    Call,
    If,
    Let,
    Lit,
    Name,
    Try,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import Expr, Node, Stmt


OF_LISTS = frozenset({"at", "concat", "filter", "includes", "indexOf", "join", "slice"})
"""Methods of lists and texts, which ask nobody, though a request stands on the same line."""


def depends(expr: Expr, calls: Calls, results: set[str]) -> bool:
    """Whether an expression asks for what a call gave, or makes one of the calls."""
    return any(
        (isinstance(node, Name) and node.id in results)
        or (isinstance(node, Call) and node.place in calls and called_name(node.callee) not in OF_LISTS)
        for node in walk((expr,))
    )


def results_of(body: Sequence[Stmt], calls: Calls) -> set[str]:
    """Variables that hold what a call gave, or are set where that decides."""
    found: set[str] = set()
    nodes = walk(tuple(body))
    for node in nodes:
        if type(node) is Try and node.handler is not None:
            found.update(set_to_constants(_behind_call(node.body, calls)))
    for _ in range(4):
        before = len(found)
        for node in nodes:
            value = node.value if isinstance(node, (Let, Assign)) else None
            if value is not None and isinstance(node, (Let, Assign)) and depends(value, calls, found):
                found.update(bound_names(node.target))
            elif isinstance(node, If) and depends(node.test, calls, found):
                found.update(set_to_constants((*node.then, *node.other)))
        if len(found) == before:
            break
    return found


def _behind_call(body: Sequence[Stmt], calls: Calls) -> Sequence[Stmt]:
    """What is done only where a call did not fail: the statements that follow it in its block."""
    for number, statement in enumerate(body):
        if any(isinstance(node, Call) and node.place in calls for node in walk((statement,))):
            return body[number + 1 :]
    return ()


def set_to_constants(body: Sequence[Node]) -> set[str]:
    """Flags that are set in statements."""
    return {
        node.target.id
        for node in walk(tuple(body))
        if isinstance(node, Assign) and isinstance(node.target, Name) and isinstance(node.value, Lit)
    }
