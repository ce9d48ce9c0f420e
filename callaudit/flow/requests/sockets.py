"""Sockets: messages that are sent to the other side, and the functions that wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EMIT, Repeated, Request, Requested, Site, Target
from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.text.strings import parts_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Const, OneOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Emit, Library, Listen

MOST_EVENTS = 16
UNNAMED = "{event}"
SIDE, EVENT, NAMESPACE = "side", "event", "namespace"
"""Settings of the trigger of a listener."""
PROCESS = "process"
"""The side of what listens to an emitter of its own process."""


def listen(
    frame: Frame,
    here: Application,
    library: Library,
    model: Listen,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Run the functions that wait for an event, once, each marked with the event that runs it."""
    total = costs.NONE
    for event in events(argument(frame.interpreter, args, model.event)) if model.event is not None else [""]:
        hands = [Client(library, model.hands, (client,) if client else (), ("peer", id(here.expr), here.scope.mark))]
        given = hands if event in model.opens and model.hands else []
        inside: list[Effect] = []
        callbacks = [argument(frame.interpreter, args, arg) for arg in model.callbacks]
        spent = run_callbacks(frame, here, callbacks, inside, "once", given, awaited=here.awaited)
        if inside:
            name = f"{model.shown}.on('{event}')" if model.event is not None else model.shown
            tree.append(
                Repeated(
                    "event",
                    here.expr.line,
                    0,
                    1,
                    tuple(inside),
                    trigger=trigger_of(
                        frame,
                        here,
                        name,
                        {
                            SIDE: model.side,
                            EVENT: event,
                            NAMESPACE: namespace_of(client),
                        },
                    ),
                )
            )
            total = costs.add(total, costs.maybe(spent))
    return total


def trigger_of(frame: Frame, here: Application, name: str, settings: dict[str, str]) -> Trigger:
    """The trigger of a listener that is registered `here`."""
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    known = tuple((key, value) for key, value in settings.items() if value)
    return Trigger("event", name, here.scope.module, here.expr.line, function, settings=known)


def emit(
    frame: Frame,
    here: Application,
    library: Library,
    model: Emit,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Send a message; where its name is known, what listens for it in another app answers."""
    space = namespace_of(client)
    # a message whose name is not known here is one all the same: the caller may know it
    names = events(argument(frame.interpreter, args, model.event)) or [UNNAMED]
    return emit_all(frame, here, library, names, ((NAMESPACE, space),) if space else (), args, tree)


def emit_all(
    frame: Frame,
    here: Application,
    library: Library,
    names: Sequence[str],
    spaces: tuple[tuple[str, str], ...],
    args: list[Value],
    tree: list[Effect],
) -> Cost:
    """Send one of the messages `names`, told apart by `spaces`; what is handed over with it may be called back."""
    interpreter = frame.interpreter
    function = interpreter.qualified(here.scope.module, here.scope.function)
    site = Site(here.scope.module, here.expr.line, here.expr.column, function, library.name)
    targets = [Target(EMIT, name, "", name, discriminator=spaces) for name in names]
    tree.append(Request(tuple(Requested(site, target) for target in targets)))
    spent = costs.either([costs.message(interpreter.request(site, target, ())) for target in targets])
    return costs.add(spent, run_callbacks(frame, here, args[1:], tree, "maybe", awaited=here.awaited))


def events(value: Value) -> list[str]:
    """The names of events that `value` may be; none where it is not known."""
    known = forced(value)
    if isinstance(known, OneOf):
        return list(dict.fromkeys(name for item in known.values[:MOST_EVENTS] for name in events(item)))
    return [known.value] if isinstance(known, Const) and isinstance(known.value, str) else []


def namespace_of(client: Client | None) -> str:
    """The namespace that a socket belongs to, as `/chat`; empty for the main one, and where it is not known."""
    for _ in range(4):
        if client is None or not client.args:
            return ""
        first = forced(client.args[0])
        if isinstance(first, Client):
            client = first
            continue
        if client.kind not in ("namespace", "socket"):
            return ""
        parts = parts_of(first)
        last = parts[-1] if parts else ""
        return _path(last) if isinstance(last, str) else ""
    return ""


def _path(text: str) -> str:
    """The path of an address, or of what follows an address that is not known."""
    rest = text.partition("://")[2] if "://" in text else text
    _, slash, path = rest.partition("/")
    return ("/" + path.partition("?")[0]).rstrip("/") if slash else ""


def setting(trigger: Trigger, name: str) -> str:
    """A setting of a trigger; empty where it has none."""
    return next((value for key, value in trigger.settings if key == name), "")
