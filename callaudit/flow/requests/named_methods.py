"""`client[method](url)`: a request whose method is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.requests.requests import send
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, ForeignValue, Unknown
from callaudit.libraries.model import Request
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Library
    from callaudit.syntax.ir import Index


def send_by_name(frame: Frame, here: Application, callee: Index, args: list[Value], tree: list[Effect]) -> Cost | None:
    """Add the request that a method of a client sends whose name is not known; None where it is no client.

    The address is where the client's `get` has it.
    """
    owner = forced(frame.interpreter.evaluate(callee.obj, here.scope))
    found = _get_of(owner)
    name = forced(frame.interpreter.evaluate(callee.key, here.scope))
    if found is None or not isinstance(name, Unknown):
        return None
    library, model = found
    unnamed = replace(model, method="", methods=(), default_method="{" + name.name + "}")
    client = owner if isinstance(owner, Client) else None
    made_with = client.args if client is not None else ()
    return send(frame, here.expr, here.scope, library, unnamed, args, made_with, tree, client)


def _get_of(owner: Value) -> tuple[Library, Request] | None:
    if isinstance(owner, Client) and owner.library.network:
        model = owner.library.clients.get(owner.kind, {}).get("get")
        return (owner.library, model) if isinstance(model, Request) else None
    if isinstance(owner, ForeignValue) and owner.package and owner.args is None:
        found = exported(owner.package, (*owner.path, "get"))
        return (found[0], found[1]) if found is not None and isinstance(found[1], Request) else None
    return None
