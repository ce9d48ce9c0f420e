"""What stands before all requests of a client since a library was handed it: `setupCache(axios.create(…), { ttl })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Guarded
from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.client_owners import noted_for, owners_of
from callaudit.flow.timers.spans import number_of, times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, ForeignValue, Undefined
from callaudit.libraries.model import Request
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Cond, If, Op
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Library, Shield


def shield_client(frame: Frame, here: Application, model: Shield, args: list[Value]) -> None:
    """Note that a guard stands before the requests of a client from now on."""
    interpreter = frame.interpreter
    owners = owners_of(argument(interpreter, args, model.client))
    if not owners:
        return
    function = interpreter.qualified(here.scope.module, here.scope.function)
    place = here.scope.module, here.expr.line, function
    if model.guard == "cache":
        ttl, why = _lasts(interpreter, model, args)
        guard = Guard("cache", model.mechanism, *place, ttl=ttl, scope="per-key", store="process", why=why)
    else:
        guard = Guard(
            model.guard,
            model.mechanism,
            *place,
            scope="shared",
            per_second=_rate(interpreter, model, args),
            store="process",
        )
    conditional = _is_conditional(interpreter, here)
    if conditional and not guard.ttl and not guard.per_second:
        return  # whether it is there at all is not known of any client
    for whose in owners[:1] if conditional else owners:  # a condition decides of this client alone
        before = interpreter.noted.shields.get(whose, ())
        if (guard, model.methods) not in before:
            interpreter.noted.shields[whose] = (*before, (guard, model.methods))


def _is_conditional(interpreter: Interpreter, here: Application) -> bool:
    """Whether the call stands in a branch of its function."""
    branches = (
        node
        for node in interpreter.nodes(here.scope.module, here.scope.function)
        if isinstance(node, (If, Cond)) or (isinstance(node, Op) and node.op in ("&&", "||", "??"))
    )
    return any(one is here.expr for branch in branches for one in walk((branch,)))


def shielded(
    interpreter: Interpreter, library: Library, client: Client | None, methods: set[str], sent: Effect, spent: Cost
) -> tuple[Effect, Cost]:
    """A request and its cost behind what stands before all requests of its client."""
    if not interpreter.noted.shields:
        return sent, spent
    for guard, only in noted_for(interpreter.noted.shields, library, client) or ():
        if only and not methods & set(only):
            continue
        sent = Guarded(guard, (sent,))
        spent = costs.maybe(spent) if guard.kind == "cache" else spent
    return sent, spent


def wrapped_client(receiver: Value, name: str) -> Client | ForeignValue | None:
    """The client that a function of a package was handed which gave `receiver`, where `name` is one of its requests.

    What packages make of a client mostly has its methods: they add headers, cookies or traces and give it back.
    """
    if not isinstance(receiver, ForeignValue) or not receiver.args or not receiver.package:
        return None
    inner = forced(receiver.args[0])
    if isinstance(inner, Client):
        sends = isinstance(inner.library.clients.get(inner.kind, {}).get(name), Request)
        return inner if sends and inner.library.network else None
    if isinstance(inner, ForeignValue) and inner.args is None and inner.package:
        found = exported(inner.package, (*inner.path, name))
        return inner if found is not None and isinstance(found[1], Request) else None
    return None


def wrapped_request(target: ForeignValue) -> Client | ForeignValue | None:
    """What sends requests, where a function of a package was handed it and gave `target`: `withCookies(fetch)`."""
    if not target.args or not target.package:
        return None
    inner = forced(target.args[0])
    if isinstance(inner, Client):
        sends = isinstance(inner.library.clients.get(inner.kind, {}).get(""), Request)
        return inner if sends and inner.library.network else None
    if isinstance(inner, ForeignValue) and inner.args is None:
        found = exported(inner.package, inner.path)
        return inner if found is not None and isinstance(found[1], Request) else None
    return None


def _lasts(interpreter: Interpreter, model: Shield, args: list[Value]) -> tuple[tuple[Span, ...], str]:
    for place in model.ttl:
        value = argument(interpreter, args, place)
        if not isinstance(forced(value), Undefined):
            found = times(interpreter, value)
            return found.spans, "" if found.spans else found.why or "it is not known how long"
    return (Span(model.default),), ""


def _rate(interpreter: Interpreter, model: Shield, args: list[Value]) -> float:
    """How many requests a second a limit lets through; 0 where that is not known."""
    per = number_of(argument(interpreter, args, model.per)) if model.per is not None else 1000
    for place in model.most:
        most = number_of(argument(interpreter, args, place))
        if most and place.path == "maxRPS":
            return most
        if most and per:
            return most * 1000 / per
    return 0
