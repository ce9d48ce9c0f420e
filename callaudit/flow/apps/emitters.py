"""Emitters of one process: what is emitted runs the functions that listen for it there.

A listener is often registered after the code that emits, or in another module: an emission is a message, which is
answered when all listeners are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EVENT_INSIDE, Repeated
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.requests.sockets import (
    EVENT,
    NAMESPACE,
    PROCESS,
    SIDE,
    UNNAMED,
    emit_all,
    events,
    setting,
    trigger_of,
)
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ForeignValue, Seq

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Client, Value
    from callaudit.libraries.model import Emit, Library, Listen

EVENTS = frozenset({"Event", "CustomEvent", "MessageEvent", "ErrorEvent", "ProgressEvent"})
"""Classes of the platform whose objects are events, named by what they are made with."""


def listen_inside(
    frame: Frame, here: Application, model: Listen, args: list[Value], client: Client | None, tree: list[Effect]
) -> Cost:
    """Note the functions that wait for an event; they run where it is emitted, and cost nothing here."""
    named = names_of(argument(frame.interpreter, args, model.event)) if model.event is not None else []
    for event in named or [UNNAMED]:
        inside: list[Effect] = []
        callbacks = [argument(frame.interpreter, args, arg) for arg in model.callbacks]
        run_callbacks(frame, here, callbacks, inside, "once", awaited=here.awaited)
        if inside:
            settings = {SIDE: PROCESS, EVENT: event, NAMESPACE: emitter_of(client)}
            trigger = trigger_of(frame, here, f"{model.shown}.on('{event}')", settings)
            tree.append(Repeated("event", here.expr.line, 0, 1, tuple(inside), trigger=trigger))
    return costs.NONE


def emit_inside(
    frame: Frame,
    here: Application,
    library: Library,
    model: Emit,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Emit an event; one whose name is not known may be any that the emitter's listeners wait for."""
    names = names_of(argument(frame.interpreter, args, model.event)) or [UNNAMED]
    paths = [EVENT_INSIDE + name for name in names]
    return emit_all(frame, here, library, paths, ((NAMESPACE, emitter_of(client)),), args, tree)


def listens_inside(effect: Effect) -> bool:
    """Whether an effect is that of registering a listener of an emitter of the process."""
    return isinstance(effect, Repeated) and effect.trigger is not None and setting(effect.trigger, SIDE) == PROCESS


def emitter_of(client: Client | None) -> str:
    """What tells an emitter from others: its class, or the place where it is made; empty where that is not known."""
    place = client.place if client is not None else None
    if not isinstance(place, tuple) or not place:
        return ""
    return f"{place[2]}" if place[0] == "base" else f"{place[0]}"


def names_of(value: Value) -> list[str]:
    """The names of events that `value` may be, or holds as a list."""
    known = forced(value)
    if isinstance(known, ForeignValue) and known.package == "" and known.args and known.path[-1] in EVENTS:
        known = forced(known.args[0])
    if isinstance(known, Seq):
        return list(dict.fromkeys(name for item in known.items for name in events(item)))
    return events(known)
