"""Apply what a library table says of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.arguments import argument
from callaudit.flow.callbacks import call, is_method, run_callbacks, run_method
from callaudit.flow.calls import apply_value
from callaudit.flow.client_retries import make_retrying
from callaudit.flow.client_shields import shield_client
from callaudit.flow.dispatching import dispatch
from callaudit.flow.effects import Connection, Site
from callaudit.flow.emitters import emit_inside, listen_inside
from callaudit.flow.gates import repeated
from callaudit.flow.holding import may_hold
from callaudit.flow.join import key
from callaudit.flow.library_guards import under_control
from callaudit.flow.members import member
from callaudit.flow.operations import operate_sdk
from callaudit.flow.per_item import run_per_item
from callaudit.flow.platform import items_of
from callaudit.flow.queries import run_query
from callaudit.flow.queueing import enqueue
from callaudit.flow.refreshing import refresh
from callaudit.flow.registrations import CHAINED, Registration, handlers_among, proxy_plugin, registered_value
from callaudit.flow.requests import send
from callaudit.flow.retry_options import run_again
from callaudit.flow.scheduling import note_schedule
from callaudit.flow.sent_queries import run_sent
from callaudit.flow.sockets import PROCESS, emit, listen
from callaudit.flow.ticking import ticks
from callaudit.flow.timers import run_by_timer, run_later
from callaudit.flow.urls import targets
from callaudit.flow.values import (
    Client,
    Closure,
    Const,
    ForeignValue,
    ModuleValue,
    OneOf,
    Seq,
    Undefined,
    Unknown,
    forced,
)
from callaudit.libraries.model import (
    Connect,
    Dispatch,
    Emit,
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
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.libraries.model import Library, Model
    from callaudit.syntax.ir import Call


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
    if isinstance(model, Request):
        with_ = client.args if client is not None else ()
        return send(frame, here.expr, here.scope, library, model, args, with_, tree, client)
    if isinstance(model, Operation):
        return operate_sdk(frame, here, library, model, tree)
    if isinstance(model, Connect):
        url = argument(frame.interpreter, args, model.url)
        site = site_of(frame, here.expr, here.scope, library)
        tree.append(Connection(site, targets(url, None, "GET")[0].url, model.protocol))
        return costs.NONE
    if isinstance(model, Query) and model.sends is not None:
        return run_sent(frame, here, library, model, args, client, tree)
    if isinstance(model, Query):
        return run_query(frame, here, library, model, args, tree)
    if isinstance(model, Listen) and model.side == PROCESS:
        return listen_inside(frame, here, model, args, client, tree)
    if isinstance(model, Listen):
        return listen(frame, here, library, model, args, client, tree)
    if isinstance(model, Emit) and model.inside:
        return emit_inside(frame, here, library, model, args, client, tree)
    if isinstance(model, Emit):
        return emit(frame, here, library, model, args, client, tree)
    if isinstance(model, Invoke):
        return _invoke(frame, here, library, model, args, client, tree)
    if isinstance(model, (Schedule, Repeat)):
        note_schedule(frame, here, model, args, client)
        return enqueue(frame, here, library, model, args, client, tree) if isinstance(model, Repeat) else costs.NONE
    if isinstance(model, Operator):
        return run_callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)
    if isinstance(model, Dispatch):
        return dispatch(frame, here, model, args, client, tree)
    if isinstance(model, Refresh):
        refresh(frame, here, tree)
        return costs.NONE
    if isinstance(model, Retrying):
        make_retrying(frame, here, model, args)
        return costs.NONE
    if isinstance(model, Shield):
        shield_client(frame, here, model, args)
        return costs.NONE
    if isinstance(model, Register):
        return register(frame, here, library, model, args, client, tree)
    return costs.NONE


def _invoke(
    frame: Frame,
    here: Application,
    library: Library,
    model: Invoke,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Run the functions that a call hands to a library, or that its client was made with."""
    interpreter = frame.interpreter
    made_with: Sequence[Value] = client.args if client is not None and model.made else args
    callbacks = [argument(interpreter, made_with, arg) for arg in model.callbacks]
    if model.returns == "state":  # what is kept is not called, but a function that makes it
        callbacks = [one for one in callbacks if may_hold(one) and isinstance(forced(one), Closure)]
    inside: list[Effect] = []
    given = (
        args[model.skip :] if model.made else [_given(frame, argument(interpreter, args, arg)) for arg in model.given]
    )
    if model.rest:
        spent = _with_the_rest(frame, here, args, inside)
        tree.extend(under_control(frame, here, library, model, client, inside))
        return spent
    if model.how == "retry":
        return run_again(frame, here, model, callbacks, args, tree)
    if model.how == "timer":
        return run_by_timer(frame, here, model, callbacks, args, tree)
    if model.how == "later":
        return run_later(frame, here, model, callbacks, args, tree)
    if model.how == "items":
        items = items_of(interpreter, args[0]) if args else None
        if items is not None:
            return run_per_item(frame, here, items, callbacks, tree)
    spent = run_callbacks(frame, here, callbacks, inside, model.how, given, awaited=here.awaited)
    again = ticks(interpreter, here, model.depends) if inside and model.depends is not None else None
    if again is not None:
        inside = list(repeated(again, here.expr.line, inside))
    tree.extend(under_control(frame, here, library, model, client, inside))
    return spent


def _with_the_rest(frame: Frame, here: Application, args: list[Value], tree: list[Effect]) -> Cost:
    """Run the first function among `args` with what comes after it: `limiter.schedule(load, id)`."""
    from callaudit.flow.apply import applied

    for place, arg in enumerate(args[:2]):
        known = forced(arg) if may_hold(arg) else arg
        if isinstance(known, Seq) and len(known.items) == 2:  # `call([api, api.load], id)`
            known = _of_object(frame, *known.items)
        if is_method(known):
            return run_method(frame, here, known, args[place + 1 :], tree)
        if isinstance(known, Closure):
            return run_callbacks(frame, here, [known], tree, "once", args[place + 1 :], awaited=here.awaited)
        if isinstance(known, (ForeignValue, OneOf)):
            return applied(frame, here, known, args[place + 1 :], tree)
    return costs.NONE


def _of_object(frame: Frame, owner: Value, function: Value) -> Value:
    """A function of an object, which may be told by its name."""
    known = forced(function)
    if isinstance(known, Const) and isinstance(known.value, str):
        return forced(member(frame.interpreter, owner, known.value))
    return known


def _given(frame: Frame, value: Value) -> Value:
    """What a callback is handed: the argument, or what it gives where it is a function."""
    return apply_value(frame.interpreter, value, []) if isinstance(value, Closure) else value


def register(
    frame: Frame,
    here: Application,
    library: Library,
    model: Register,
    args: list[Value],
    router: Client | None,
    tree: list[Effect],
) -> Cost:
    """Note the handlers that a router is given; a plugin runs at once, with a router of its own."""
    interpreter = frame.interpreter
    place = (id(here.expr), here.scope.mark)
    if router is None:
        router = Client(library, "server", (), place)
    if len(args) < model.least:
        return costs.NONE
    path = next(
        (v for v in (forced(argument(interpreter, args, arg)) for arg in model.path) if not isinstance(v, Undefined)),
        None,
    )
    given = [argument(interpreter, args, arg) for arg in model.handlers] if model.handlers else args
    handlers = handlers_among(given, interpreter)
    spent = costs.NONE
    if model.how == "plugin":
        _set_up_jobs(frame, here, args)
    if model.how == "decorate":
        name = forced(args[0]) if args else None
        if isinstance(name, Const) and len(args) > 1:
            interpreter.decorations.setdefault((library.name, str(name.value)), args[1])
        return costs.NONE
    if model.how in CHAINED:
        child = registered_value(router, model, args, place)
        handlers = (child,)
    elif model.how == "plugin":
        child = Client(library, router.kind, (), ("plugin", key(router), place))
        for plugin in handlers:
            target = interpreter.export(plugin.module, "default") if isinstance(plugin, ModuleValue) else plugin
            if isinstance(target, Closure):
                options = args[1] if len(args) > 1 else Unknown("options")
                spent = costs.add(spent, call(frame, target, [child, options], here.scope, here.expr.line, tree))
        proxy = proxy_plugin(args)
        handlers = (child,) if proxy is None else (proxy,)
    method = next((forced(argument(interpreter, args, arg)) for arg in model.methods), None)
    found = Registration(router, model, method, path, handlers, here.scope.module, here.expr.line)
    mark = (
        key(router),
        model.method,
        model.how,
        key(path) if path is not None else None,
        here.scope.module,
        here.expr.line,
    )
    interpreter.registrations.setdefault((*mark, *(key(handler) for handler in handlers)), found)
    return spent


def _set_up_jobs(frame: Frame, here: Application, args: list[Value]) -> None:
    """A library's plugin that is given jobs."""
    plugin = forced(args[0]) if args else None
    found = exported(plugin.package, plugin.path) if isinstance(plugin, ForeignValue) else None
    if found is not None and isinstance(found[1], Schedule):
        note_schedule(frame, here, found[1], args[1:2], None)


def site_of(frame: Frame, expr: Call, scope: Scope, library: Library) -> Site:
    """The call site of a call of `library`."""
    function = frame.interpreter.qualified(scope.module, scope.function)
    return Site(scope.module, expr.line, expr.column, function, library.name)
