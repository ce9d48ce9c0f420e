"""Apply what a library table says of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.arguments import argument
from callaudit.flow.callbacks import call, run_callbacks
from callaudit.flow.calls import apply_value
from callaudit.flow.effects import Connection, Repeated, Site
from callaudit.flow.join import key
from callaudit.flow.registrations import CHAINED, Registration, Scheduled, handlers_among, registered_value
from callaudit.flow.requests import send
from callaudit.flow.timers import run_by_timer, run_later
from callaudit.flow.urls import targets
from callaudit.flow.values import Client, Closure, Const, ModuleValue, Undefined, Unknown, forced
from callaudit.flow.words import words
from callaudit.libraries.model import Connect, Invoke, Register, Request, Schedule
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.libraries.model import Library, Model


def apply_model(
    frame: Frame,
    here: Application,
    library: Library,
    model: Model,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    interpreter = frame.interpreter
    if isinstance(model, Request):
        with_ = client.args if client is not None else ()
        return send(frame, here.expr, here.scope, library, model, args, with_, tree, client)
    if isinstance(model, Connect):
        url = argument(interpreter, args, model.url)
        site = site_of(frame, here.expr, here.scope, library)
        tree.append(Connection(site, targets(url, None, "GET")[0].url, model.protocol))
        return costs.NONE
    if isinstance(model, Invoke):
        made_with: Sequence[Value] = client.args if client is not None and model.made else args
        callbacks = [argument(interpreter, made_with, arg) for arg in model.callbacks]
        if model.made:
            return run_callbacks(frame, here, callbacks, tree, model.how, args[model.skip :], awaited=here.awaited)
        given = [_given(frame, argument(interpreter, args, arg)) for arg in model.given]
        if model.how == "retry":
            return _retried(frame, here, model, callbacks, args, tree)
        if model.how == "timer":
            return run_by_timer(frame, here, model, callbacks, args, tree)
        if model.how == "later":
            return run_later(frame, here, model, callbacks, args, tree)
        return run_callbacks(frame, here, callbacks, tree, model.how, given, awaited=here.awaited)
    if isinstance(model, Schedule):
        callback, when = argument(interpreter, args, model.callback), argument(interpreter, args, model.when)
        job = Scheduled(
            callback,
            when,
            model.mechanism,
            model.unit,
            here.scope.module,
            here.expr.line,
            _written(here, model),
        )
        interpreter.schedules.setdefault((here.scope.module, here.expr.line, here.expr.column, key(callback)), job)
        return costs.NONE
    if isinstance(model, Register):
        return register(frame, here, library, model, args, client, tree)
    return costs.NONE


def _given(frame: Frame, value: Value) -> Value:
    """What a callback is handed: the argument, or what it gives where it is a function."""
    return apply_value(frame.interpreter, value, []) if isinstance(value, Closure) else value


def _retried(
    frame: Frame, here: Application, model: Invoke, callbacks: list[Value], args: list[Value], tree: list[Effect]
) -> Cost:
    """A function that a library calls again while it fails."""
    most: float = model.most
    for place, more in ((model.more, 1), (model.attempts, 0)):
        value = argument(frame.interpreter, args, place) if place is not None else Undefined()
        if isinstance(value, Const) and isinstance(value.value, (int, float)):
            most = value.value + more
        elif not isinstance(value, Undefined):
            most = float("inf")
    inside: list[Effect] = []
    spent = run_callbacks(frame, here, callbacks, inside, "once", awaited=here.awaited)
    if inside:
        shown = None if most == float("inf") else int(most)
        tree.append(Repeated("loop", here.expr.line, 1, shown, tuple(inside), "while it fails"))
    return costs.repeat(spent, 1, most)


def _written(here: Application, model: Schedule) -> str:
    """The callback of a schedule as the code writes it; empty for a function that is written in place."""
    given = here.expr.args
    position = model.callback.index if model.callback.index >= 0 else len(given) + model.callback.index
    expr = given[position] if 0 <= position < len(given) and not model.callback.path else None
    return words(expr) if isinstance(expr, (Call, Name, Member)) else ""


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
        handlers = (child,)
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


def site_of(frame: Frame, expr: Call, scope: Scope, library: Library) -> Site:
    """The call site of a call of `library`."""
    function = frame.interpreter.qualified(scope.module, scope.function)
    return Site(scope.module, expr.line, expr.column, function, library.name)
