"""Listeners: functions that are called when something happens, and those that are taken off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.callbacks import Application, at_event, run_callbacks
from callaudit.flow.reading.event_names import OF_A_USER
from callaudit.flow.requests.service_workers import event_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value

LISTENER = "addEventListener"
"""The method of every target of events: https://dom.spec.whatwg.org/#interface-eventtarget."""

TAKING_OFF = frozenset({"removeEventListener", "removeListener", "off"})
"""Methods that are handed a listener which is not called any more: also those of https://nodejs.org/api/events.html."""


def listen(frame: Frame, here: Application, args: list[Value], tree: list[Effect]) -> Cost:
    """Run a function that is called when something happens: what it starts by a timer is not started by itself."""
    events = frame.interpreter.reentries.events
    events.append(frozenset(frame.interpreter.open.busy))
    name = forced(args[0])
    by_user = isinstance(name, Const) and name.value in OF_A_USER
    inside: list[Effect] = []
    try:
        into = inside if by_user else tree
        spent = run_callbacks(frame, here, args, into, "maybe", event_of(args), awaited=here.awaited)
    finally:
        events.pop()
    if not inside:
        return spent
    place = (here.scope.module, here.expr.line, frame.interpreter.qualified(here.scope.module, here.scope.function))
    return at_event(f"on{str(name.value).capitalize() if isinstance(name, Const) else ''}", place, inside, spent, tree)
