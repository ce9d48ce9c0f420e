"""What changes in a loop from round to round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import (
    Assign,
    Await,
    Call,
    Index,
    Let,
    Loop,
    Member,
    Name,
    Un,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import Expr, Node, Stmt

TAKING = frozenset({"shift", "pop", "next", "splice", "dequeue", "take", "read", "poll"})
"""Methods that give something else each time."""


def varying(loop: Loop, calls: Calls) -> set[str]:
    """Variables that differ from round to round."""
    nodes: list[Node] = [*walk((*loop.init, *loop.body))]
    nodes.extend(walk(tuple(one for one in (loop.test, loop.update) if one is not None)))
    found: set[str] = set()
    anew = _declared_anew(loop.body)
    later = [node for node in nodes if isinstance(node, Assign) and node.op == "=" and _is_of(node.target, anew)]
    for node in nodes:
        if isinstance(node, Assign) and not (node.op == "=" and _is_of(node.target, anew)):
            found.update(bound_names(node.target))
        elif isinstance(node, Un) and node.op in ("++", "--") and isinstance(node.value, Name):
            found.add(node.value.id)
    set_by_rounds: list[Let | Assign] = [*(node for node in nodes if isinstance(node, Let)), *later]
    for _ in range(4):
        before = len(found)
        for node in set_by_rounds:
            if node.value is not None and _changes(node.value, calls, found):
                found.update(bound_names(node.target))
        if len(found) == before:
            break
    return found


def _declared_anew(body: Sequence[Stmt]) -> set[str]:
    """The variables that each round declares for itself: what one round gives them the next does not find."""
    lets = [node for node in body if isinstance(node, Let)]
    return {name for let in lets for name in bound_names(let.target)}


def _is_of(target: Expr, names: set[str]) -> bool:
    return isinstance(target, Name) and target.id in names


def filled_with(body: Sequence[Stmt], calls: Calls, results: set[str]) -> set[str]:
    """Objects that are given something of an answer: `params.set("cursor", next)`, `query.page = next`."""
    found: set[str] = set()
    for node in walk(tuple(body)):
        holder: Expr | None = None
        if isinstance(node, Call) and node.place not in calls and isinstance(node.callee, Member):
            holder = node.callee.obj if any(names(arg) & results for arg in node.args) else None
            if node.callee.prop == "assign" and len(node.args) > 1:  # Object.assign(query, { after })
                holder = node.args[0] if holder is not None else None
        elif isinstance(node, Assign) and isinstance(node.target, (Member, Index)):
            holder = node.target if names(node.value) & results else None
        if holder is not None:
            found.update(held_by(holder))
    return found - {"this"}  # a method of its own that is handed an answer is a function like any other


def held_by(expr: Expr) -> Iterator[str]:
    """The variable that an object belongs to; of what belongs to `this`, its field."""
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == "this":
            yield f"this.{expr.prop}"
            return
        expr = expr.obj
    if isinstance(expr, Name):
        yield expr.id


def names(expr: Expr) -> set[str]:
    """The names in an expression."""
    return {node.id for node in walk((expr,)) if isinstance(node, Name)}


def _changes(value: Expr, calls: Calls, varying: set[str]) -> bool:
    for node in walk((value,)):
        if isinstance(node, Name) and node.id in varying:
            return True
        if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in TAKING:
            return True
        if isinstance(node, Await) and isinstance(node.value, Call) and node.value.place not in calls:
            return True
    return False


def mentioned_in_calls(body: Sequence[Stmt], calls: Calls) -> set[str]:
    """Names in the arguments of the calls."""
    found: set[str] = set()
    for node in walk(tuple(body)):
        if isinstance(node, Call) and node.place in calls:
            found.update(one.id for one in walk(node.args) if isinstance(one, Name))
            found.update(one.id for one in walk((node.callee,)) if isinstance(one, Name))
            found.update(name for one in walk((node,)) if isinstance(one, Member) for name in held_by(one))
    return found
