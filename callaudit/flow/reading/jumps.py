"""Which jumps leave a loop, and which go on with its next round, where they name what they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import BREAK, CONTINUE, LEAVE, NEXT, Block, Jump, Loop
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.ir import Stmt


def ends(loop: Loop, jump: Stmt, *, inner: bool = False) -> bool:
    """Whether `jump`, which stands in the body of `loop`, ends it; `inner` for one inside a loop or switch in it."""
    if not isinstance(jump, Jump):
        return False
    if not jump.label:
        return jump.kind == BREAK and not inner
    if jump.label == loop.label:
        return jump.kind == LEAVE
    return not _is_inside(loop.body, jump.label)


def goes_round(loop: Loop, jump: Stmt) -> bool:
    """Whether `jump`, which stands in no loop inside `loop` or names it, begins its next round."""
    if not isinstance(jump, Jump):
        return False
    return jump.kind == CONTINUE or (jump.kind == NEXT and jump.label == loop.label)


def may_go_round(jump: object) -> bool:
    """Whether `jump` begins the next round of some loop."""
    return isinstance(jump, Jump) and jump.kind in (CONTINUE, NEXT)


def _is_inside(body: Sequence[Stmt], label: str) -> bool:
    return any(isinstance(node, (Loop, Block)) and node.label == label for node in walk(tuple(body)))
