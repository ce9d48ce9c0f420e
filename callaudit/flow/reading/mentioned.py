"""The names that an expression mentions: contexts of one function ask for those of the same tests again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.ir import Await, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr


class Mentioned(NamedTuple):
    """Names in the order in which they are written, and whether something is waited for."""

    names: tuple[str, ...]
    waits: bool


def mentioned(interpreter: Interpreter, expr: Expr) -> Mentioned:
    """What `expr` mentions, without the functions that are written in it."""
    known = interpreter.answers.mentioned.get(expr)
    if known is None:
        nodes = walk((expr,))
        names = tuple(dict.fromkeys(node.id for node in nodes if isinstance(node, Name)))
        known = Mentioned(names, any(isinstance(node, Await) for node in nodes))
        interpreter.answers.mentioned[expr] = known
    return known
