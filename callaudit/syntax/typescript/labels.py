"""Statements with labels, and what jumps to where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.ir import BREAK, CONTINUE, LEAVE, NEXT, Block, Jump, Loop
from callaudit.syntax.typescript.context import Context, statements

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.ir import Stmt

_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_LEFT = _LOOPS | {"switch_statement"}
"""What a plain `break` leaves."""


def jump(_context: Context, node: Node) -> Stmt:
    """A `break` or `continue`; a label that says what it would leave anyway is not kept."""
    plain = CONTINUE if node.type == "continue_statement" else BREAK
    label = _name(node)
    if not label or _is_innermost(node, label, _LOOPS if plain == CONTINUE else _LEFT):
        return Jump(plain)
    return Jump(NEXT if plain == CONTINUE else LEAVE, label)


def labeled(_context: Context, node: Node, results: list[Any]) -> Stmt:
    """A statement with a label, which only jumps that name it leave."""
    body, label = statements(results), _name(node)
    if any(type(statement) is Loop for statement in body):
        return Block(tuple(replace(one, label=label) if type(one) is Loop else one for one in body))
    return Block(body, label)


def _name(node: Node) -> str:
    label = node.child_by_field_name("label")
    return (label.text or b"").decode("utf-8", "replace") if label is not None else ""


def _is_innermost(node: Node, label: str, left: frozenset[str]) -> bool:
    """Whether the nearest statement that the jump would leave without a label is the one with it."""
    around = node.parent
    while around is not None and around.type not in left:
        around = around.parent
    above = around.parent if around is not None else None
    return around is not None and around.type in _LOOPS and above is not None and _name(above) == label
