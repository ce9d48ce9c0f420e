"""Handlers that routers and servers are given, and their plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.autoload import autoloaded, is_autoload
from callaudit.flow.apps.registrations import (
    CHAINED,
    Registration,
    handlers_among,
    proxy_plugin,
    registered_value,
    served_plugin,
)
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.words import words
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import call
from callaudit.flow.objects.put_on_unknown import note_kept
from callaudit.flow.timers.scheduling import note_schedule
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Client, Closure, Const, ForeignValue, ModuleValue, Record, Undefined, Unknown
from callaudit.libraries.model import Register, Schedule
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Library


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
    if len(args) < model.least:
        return costs.NONE
    if router is None:
        router = Client(library, "server", (), place)
    if model.how == "decorate":
        _decorate(frame, library, args)
        return costs.NONE
    if model.how == "keep":
        note_kept(interpreter, args[1], (here.scope.module, here.expr.line), words(here.expr))
        return costs.NONE
    given = [argument(interpreter, args, arg) for arg in model.handlers] if model.handlers else args
    handlers = handlers_among(given, interpreter)
    spent = costs.NONE
    if model.how in CHAINED:
        handlers = (registered_value(router, model, args, place),)
    elif model.how == "plugin" and is_autoload(args):
        return _load_all(frame, here, router, model, args, tree)
    elif model.how == "plugin":
        _set_up_jobs(frame, here, args)
        child = Client(library, router.kind, (), ("plugin", key(router), place))
        spent = _plug_in(frame, here, handlers, child, args, tree)
        proxy = proxy_plugin(args) or served_plugin(args, place)
        handlers = (child,) if proxy is None else (proxy,)
    _note(frame, here, router, model, args, handlers)
    return spent


def _decorate(frame: Frame, library: Library, args: list[Value]) -> None:
    """Keep what is put on a server under a name."""
    name = forced(args[0]) if args else None
    if isinstance(name, Const) and len(args) > 1:
        frame.interpreter.noted.decorations.setdefault((library.name, str(name.value)), args[1])


def _plug_in(
    frame: Frame, here: Application, plugins: Sequence[Value], router: Client, args: list[Value], tree: list[Effect]
) -> Cost:
    """Run plugins, which register what they do with a `router` of their own."""
    spent = costs.NONE
    for plugin in plugins:
        target = frame.interpreter.export(plugin.module, "default") if isinstance(plugin, ModuleValue) else plugin
        if isinstance(target, Closure):
            options = args[1] if len(args) > 1 else Unknown("options")
            spent = costs.add(spent, call(frame, target, [router, options], here.scope, here.expr.line, tree))
    return spent


def _load_all(
    frame: Frame, here: Application, router: Client, model: Register, args: list[Value], tree: list[Effect]
) -> Cost:
    """Run the plugins of a folder, each with a router of its own below the folder that it is in."""
    spent = costs.NONE
    found = list(autoloaded(frame.interpreter, args, here.scope.module))
    for plugin, prefix, options in found:
        child = Client(router.library, router.kind, (), ("autoload", key(router), key(plugin), here.expr.line))
        spent = costs.add(spent, _plug_in(frame, here, (plugin,), child, [plugin, options], tree))
        where = Record({"prefix": Const(prefix)})
        _note(frame, here, router, model, [plugin, where], (child,))
    if not found:
        why = "the folder whose plugins it loads is not known, or holds none"
        frame.interpreter.gap(here.scope.module, here.expr.line, "autoload", why)
    return spent


def _note(
    frame: Frame, here: Application, router: Client, model: Register, args: list[Value], handlers: tuple[Value, ...]
) -> None:
    interpreter = frame.interpreter
    paths = (forced(argument(interpreter, args, arg)) for arg in model.path)
    path = next((one for one in paths if not isinstance(one, Undefined)), None)
    method = next((forced(argument(interpreter, args, arg)) for arg in model.methods), None)
    file, line = here.scope.module, here.expr.line
    mark = (key(router), model.method, model.how, key(path) if path is not None else None, file, line)
    found = Registration(router, model, method, path, handlers, file, line)
    interpreter.noted.registrations.setdefault((*mark, *(key(handler) for handler in handlers)), found)


def _set_up_jobs(frame: Frame, here: Application, args: list[Value]) -> None:
    """A library's plugin that is given jobs."""
    plugin = forced(args[0]) if args else None
    found = exported(plugin.package, plugin.path) if isinstance(plugin, ForeignValue) else None
    if found is not None and isinstance(found[1], Schedule):
        note_schedule(frame, here, found[1], args[1:2], None)
