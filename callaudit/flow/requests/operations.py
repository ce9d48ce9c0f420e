"""Calls of a provider's SDK: requests whose endpoints its table tells, and methods that it does not tell of."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice, Repeated, Request, Requested, Site
from callaudit.flow.text.urls import targets
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Const, Unknown, Value
from callaudit.libraries.model import Make
from callaudit.libraries.sdks import OTHERS

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.libraries.model import Fixed, Library, Model, Operation

MOST_LINKS = 6
_FACTORY = re.compile(r"^(create|make|build|init|connect|from|of)([A-Z]|$)|^[A-Z]|(Client|Sdk|SDK|Api|Instance)$")
"""What functions are called that give a client."""


def operate_sdk(frame: Frame, here: Application, library: Library, model: Operation, tree: list[Effect]) -> Cost:
    """Add the requests of one call of an SDK to `tree`; their cost."""
    total = costs.NONE
    for fixed in model.requests:
        total = costs.add(total, _sent(frame, here, library, fixed, tree))
    return total


def _sent(frame: Frame, here: Application, library: Library, fixed: Fixed, tree: list[Effect]) -> Cost:
    interpreter, scope, expr = frame.interpreter, here.scope, here.expr
    site = Site(scope.module, expr.line, expr.column, interpreter.qualified(scope.module, scope.function), library.name)
    (target,) = targets(Const(fixed.url), Const(fixed.method), fixed.method)
    target = replace(target, discriminator=fixed.discriminator)
    number = interpreter.request(site, target, ())
    sent: Effect = Request((Requested(site, target),))
    if fixed.most != 1:
        sent = Repeated("loop", expr.line, fixed.least, fixed.most, (sent,), fixed.when)
    if not fixed.least:
        sent = Choice(expr.line, ((fixed.when or "it is needed", (sent,)),))
    tree.append(sent)
    return costs.repeat(costs.one(number), fixed.least, inf if fixed.most is None else fixed.most)


def unlisted(frame: Frame, here: Application, owner: Value, name: str) -> None:
    """Say that a method of an SDK's client, or of a part of one, is not in its table."""
    names = [name] if name else []
    owner = forced(owner)
    for _ in range(MOST_LINKS):
        if not isinstance(owner, Unknown) or owner.receiver is None:
            break
        names.insert(0, owner.name)
        owner = forced(owner.receiver)
    if isinstance(owner, Client) and owner.library.sdk and owner.kind != "?":
        kind = [owner.kind] if owner.kind in owner.library.clients and owner.kind not in ("", OTHERS) else []
        _not_told(frame, here, owner.library, ".".join([*kind, *names]))


def unlisted_export(frame: Frame, here: Application, library: Library, model: Model, path: tuple[str, ...]) -> None:
    """The same of a function that an SDK exports, unless it is a class or named as what makes clients."""
    name = path[-1] if path else "default"
    if not library.sdk or not isinstance(model, Make) or here.expr.new:
        return
    if name not in ("default", library.selector) and not _FACTORY.search(name):
        _not_told(frame, here, library, name)


def _not_told(frame: Frame, here: Application, library: Library, name: str) -> None:
    why = f"{library.name}: no profile says what {name or 'it'} calls"
    frame.interpreter.gap(here.scope.module, here.expr.line, "request", why)
