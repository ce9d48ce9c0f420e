"""Sagas that wait for an action: what follows `yield take("start")` runs when that action is dispatched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.emitters import names_of
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.callbacks import Application
from callaudit.flow.requests.sockets import EVENT, PROCESS, SIDE, UNNAMED, trigger_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ForeignValue
from callaudit.libraries.tables.redux_saga import LIBRARY, TAKES
from callaudit.syntax.ir import Await, Call, Do, Let

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Stmt


def takers(interpreter: Interpreter) -> frozenset[str]:
    """The modules that may wait for actions."""
    return frozenset(
        path
        for path, module in interpreter.program.modules.items()
        if any(item.source in LIBRARY.packages for item in module.facts.imports)
    )


def taken(frame: Frame, statement: Stmt) -> Call | None:
    """The call that a statement waits with for an action."""
    waits = statement.value if isinstance(statement, (Do, Let)) else None
    call = waits.value if isinstance(waits, Await) else None
    if not isinstance(call, Call):
        return None
    target = forced(frame.interpreter.evaluate(call.callee, frame.scope))
    foreign = isinstance(target, ForeignValue) and target.package in LIBRARY.packages
    return (
        call if foreign and isinstance(target, ForeignValue) and target.path[-1:] and target.path[-1] in TAKES else None
    )


def when_taken(frame: Frame, call: Call, following: Sequence[Stmt], tree: list[Effect]) -> None:
    """Note what follows the wait as what listens for the action; it costs nothing here."""
    inside: list[Effect] = []
    frame.block(following, inside)
    if not inside:
        return
    here = Application(call, frame.scope, awaited=True)
    args = arguments(frame.interpreter, call.args, frame.scope)
    for event in (names_of(args[0]) if args else []) or [UNNAMED]:
        trigger = trigger_of(frame, here, f"saga.take('{event}')", {SIDE: PROCESS, EVENT: event})
        tree.append(Repeated("event", call.line, 0, 1, tuple(inside), trigger=trigger))
