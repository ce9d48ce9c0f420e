"""Methods of clients, and clients that are called themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.callbacks import Application, run_callbacks
from callaudit.flow.machine.models import apply_model
from callaudit.flow.machine.per_item import PER_ITEM, run_per_item
from callaudit.flow.queries.endpoints import asked_by, run_endpoint, run_retried
from callaudit.flow.requests.operations import unlisted
from callaudit.flow.requests.procedure_calls import run_use
from callaudit.flow.requests.procedure_uses import use_of
from callaudit.flow.values.lazy import forced
from callaudit.libraries.model import Part
from callaudit.libraries.tables.trpc import LIBRARY as PROCEDURES

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Client, Value

RETRIED = "retried"
"""A client that is a function which is called again while it fails."""


def call_client(
    frame: Frame, here: Application, client: Client, name: str, args: list[Value], tree: list[Effect]
) -> Cost:
    model = client.library.clients.get(client.kind, {}).get(name)
    use = use_of(frame.interpreter, client, name) if model is None and client.library is PROCEDURES else None
    if use is not None:
        return run_use(frame, here, use, args, tree)
    asking = asked_by(frame.interpreter, client, name) if model is None else None
    if asking is not None:
        return run_endpoint(frame, here, asking, name, args, tree)
    if model is None and client.kind == RETRIED and args:
        return run_retried(frame, here, client, forced(args[0]), tree)
    if isinstance(model, Part):  # a client that is called itself
        model = client.library.clients.get(model.kind, {}).get("", model)
    if model is None:
        unlisted(frame, here, client, name)
        if args and name in PER_ITEM:
            return run_per_item(frame, here, client, args, tree)
        return run_callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)
    return apply_model(frame, here, client.library, model, args, client, tree)
