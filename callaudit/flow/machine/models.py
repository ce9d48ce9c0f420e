"""Apply what a library table says of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callaudit.flow.apps.emitters import emit_inside, listen_inside
from callaudit.flow.apps.registering import register
from callaudit.flow.components.dispatching import dispatch
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Connection, Site
from callaudit.flow.guards.client_shields import shield_client
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.machine.invoking import invoke
from callaudit.flow.queries.queries import run_query
from callaudit.flow.queries.refreshing import refresh
from callaudit.flow.queries.sent_queries import run_sent
from callaudit.flow.requests.operations import operate_sdk
from callaudit.flow.requests.requests import send
from callaudit.flow.requests.sockets import PROCESS, emit, listen
from callaudit.flow.retries.client_retries import make_retrying
from callaudit.flow.text.urls import targets
from callaudit.flow.timers.queueing import enqueue
from callaudit.flow.timers.scheduling import note_schedule
from callaudit.libraries.model import (
    Connect,
    Dispatch,
    Emit,
    Headers,
    Invoke,
    Listen,
    Operation,
    Operator,
    Query,
    Refresh,
    Register,
    Repeat,
    Request,
    Retrying,
    Schedule,
    Shield,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Client, Value
    from callaudit.libraries.model import Library, Model


class _Done(NamedTuple):
    """A call of something that the table of a library knows, and the tree to which what it does is added."""

    frame: Frame
    here: Application
    library: Library
    args: list[Value]
    client: Client | None
    tree: list[Effect]


def apply_model(
    frame: Frame,
    here: Application,
    library: Library,
    model: Model,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Add what a call does, as `model` in the table of its library says."""
    do = _EFFECTS.get(type(model))
    return do(_Done(frame, here, library, args, client, tree), model) if do is not None else costs.NONE


def _request(call: _Done, model: Request) -> Cost:
    frame, here, library, args, client, tree = call
    return send(
        frame, here.expr, here.scope, library, model, args, client.args if client is not None else (), tree, client
    )


def _connection(call: _Done, model: Connect) -> Cost:
    frame, here, library, args, _, tree = call
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    site = Site(here.scope.module, here.expr.line, here.expr.column, function, library.name)
    url = argument(frame.interpreter, args, model.url)
    tree.append(Connection(site, targets(url, None, "GET")[0].url, model.protocol))
    return costs.NONE


def _query(call: _Done, model: Query) -> Cost:
    frame, here, library, args, client, tree = call
    if model.sends is not None:
        return run_sent(frame, here, library, model, args, client, tree)
    return run_query(frame, here, library, model, args, tree)


def _listener(call: _Done, model: Listen) -> Cost:
    frame, here, library, args, client, tree = call
    if model.side == PROCESS:
        return listen_inside(frame, here, model, args, client, tree)
    return listen(frame, here, library, model, args, client, tree)


def _message(call: _Done, model: Emit) -> Cost:
    frame, here, library, args, client, tree = call
    return (emit_inside if model.inside else emit)(frame, here, library, model, args, client, tree)


def _invoked(call: _Done, model: Invoke) -> Cost:
    frame, here, library, args, client, tree = call
    return invoke(frame, here, library, model, args, client, tree)


def _schedule(call: _Done, model: Schedule) -> Cost:
    note_schedule(call.frame, call.here, model, call.args, call.client)
    return costs.NONE


def _job(call: _Done, model: Repeat) -> Cost:
    frame, here, library, args, client, tree = call
    note_schedule(frame, here, model, args, client)
    return enqueue(frame, here, library, model, args, client, tree)


def _operator(call: _Done, _model: Operator | Headers) -> Cost:
    return run_callbacks(call.frame, call.here, call.args, call.tree, "maybe", awaited=call.here.awaited)


def _dispatch(call: _Done, model: Dispatch) -> Cost:
    return dispatch(call.frame, call.here, model, call.args, call.client, call.tree)


def _refresh(call: _Done, _model: Refresh) -> Cost:
    refresh(call.frame, call.here, call.tree)
    return costs.NONE


def _retrying(call: _Done, model: Retrying) -> Cost:
    make_retrying(call.frame, call.here, model, call.args)
    return costs.NONE


def _shield(call: _Done, model: Shield) -> Cost:
    shield_client(call.frame, call.here, model, call.args)
    return costs.NONE


def _handlers(call: _Done, model: Register) -> Cost:
    frame, here, library, args, client, tree = call
    return register(frame, here, library, model, args, client, tree)


_EFFECTS: dict[type[Model], Callable[[_Done, Any], Cost]] = {
    Connect: _connection,
    Dispatch: _dispatch,
    Emit: _message,
    Invoke: _invoked,
    Listen: _listener,
    Headers: _operator,
    Operation: lambda call, model: operate_sdk(call.frame, call.here, call.library, model, call.tree),
    Operator: _operator,
    Query: _query,
    Refresh: _refresh,
    Register: _handlers,
    Repeat: _job,
    Request: _request,
    Retrying: _retrying,
    Schedule: _schedule,
    Shield: _shield,
}
