"""Ways of branches that no run takes, as their tests are decided: what they would send is not to vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.libraries.registry import exported
from callaudit.link.definitions import Defined, Foreign
from callaudit.syntax.ir import Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Case, If, Stmt

FIRST, SECOND = 1, 2


def note_left(frame: Frame, statement: If | Case, body: Sequence[Stmt], way: int) -> None:
    """Note that `statement` took its way number `way` alone, where `body`, which it left, may send something."""
    interpreter, module = frame.interpreter, frame.scope.module
    known: dict[tuple[int, int], bool] = interpreter.found_once("ways that may send", dict)
    key = id(statement), way
    if key not in known:
        known[key] = bool(body) and _may_send(interpreter, module, body)
    if known[key]:
        interpreter.endings.note_way(frame.scope, statement, way)


def _may_send(interpreter: Interpreter, module: str, body: Sequence[Stmt]) -> bool:
    """Whether code mentions what may reach the network, as far as names tell."""
    return any(
        _name_sends(interpreter, module, node.id)
        if isinstance(node, Name)
        else isinstance(node, Member)
        and isinstance(node.obj, Name)
        and node.obj.id == "this"
        and interpreter.relevance.member(node.prop)
        for node in walk(tuple(body))
    )


def _name_sends(interpreter: Interpreter, module: str, name: str) -> bool:
    meant = interpreter.program.name(module, name)
    if isinstance(meant, Defined):
        return interpreter.relevance.binding(meant.module, meant.name)
    found = exported(meant.package, meant.path) if isinstance(meant, Foreign) else None
    if meant is None:
        found = exported("", (name,))
    return found is not None and found[0].network
