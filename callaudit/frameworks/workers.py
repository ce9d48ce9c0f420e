"""What Cloudflare runs of a worker besides the requests that it answers: handlers of events, and its classes.

Handlers of the default export, or methods of a class that is exported by default
(https://developers.cloudflare.com/workers/runtime-apis/handlers/), methods that other workers call
(https://developers.cloudflare.com/workers/runtime-apis/rpc/), Durable Objects
(https://developers.cloudflare.com/durable-objects/api/base/) and Workflows
(https://developers.cloudflare.com/workflows/build/workers-api/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Trigger
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue
from callaudit.frameworks.fetch_exports import fetch_exports
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.modules import module_at, worker_handler
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.project.records import PlatformFunction

PACKAGE = "cloudflare:workers"
SCHEDULED = "scheduled"
EVENTS = {
    SCHEDULED: "no file of the repository says when it runs",
    "queue": "it runs whenever its queue has something to do",
    "email": "it runs for each message that is received",
    "tail": "it runs for what other workers did",
}
"""Handlers that something else than a request starts, and how often."""
KINDS = {
    "alarm": ("job", "it runs when the alarm is due that the object sets"),
    "run": ("job", "it runs whenever the workflow is started"),
    "webSocketMessage": ("socket", ""),
    "webSocketClose": ("socket", ""),
    "webSocketError": ("socket", ""),
}
"""Methods of exported classes that the platform calls by itself; all others are called by other workers."""
OF_OBJECTS = frozenset({"fetch", "alarm"})
"""A class without a base is a Durable Object if it has one of these."""


class Workers:
    """Handlers and classes of the main modules that configurations of workers name."""

    name = "worker"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """Every handler of an event, and every method that may be called from outside."""
        scheduled = {
            module_at(interpreter, one.module, one.folder)
            for one in interpreter.program.project.schedules
            if one.module
        }
        named = (*interpreter.program.project.functions, *fetch_exports(interpreter))
        served = {_main(interpreter, one): one.file for one in named if one.module}
        for module, file in served.items():
            if module:
                yield from _events(interpreter, file, module, scheduled=module in scheduled)
                for value in _classes(interpreter, module):
                    yield from _methods(interpreter, value)


def _main(interpreter: Interpreter, served: PlatformFunction) -> str:
    return module_at(interpreter, served.module, served.file.rpartition("/")[0])


def _events(interpreter: Interpreter, config: str, module: str, *, scheduled: bool) -> Iterator[Entry]:
    app = app_of(interpreter, module)
    for name, why in EVENTS.items():
        start = worker_handler(interpreter, module, name) if name != SCHEDULED or not scheduled else None
        if start is None or not isinstance(start.value, Closure):
            continue
        file, line = start.value.module, interpreter.function(start.value.module, start.value.index).line
        kind = "event"
        if name == SCHEDULED:
            kind = "cron"
            interpreter.gap(file, line, f"schedule of {name}", why)
        trigger = Trigger(kind, name, file, line, name, why=why)
        folder, _, title = config.rpartition("/")
        title = f"{title} {name} {folder}".rstrip()
        yield Entry("job", title, file, line, "worker", app, (start,), "worker", triggers=(trigger,))


def _classes(interpreter: Interpreter, module: str) -> Iterator[ClassValue]:
    """The classes that a worker exports by name for the platform to make objects of."""
    for name in interpreter.program.exported_names(module):
        value = interpreter.export(module, name) if name != "default" else None
        known = forced(value) if value is not None else None
        if isinstance(known, ClassValue) and _is_made_by_the_platform(interpreter, known):
            yield known


def _is_made_by_the_platform(interpreter: Interpreter, value: ClassValue) -> bool:
    *_, first = interpreter.classes.lineage(value)
    base = interpreter.class_facts(first).base
    if base is None:
        methods = interpreter.class_facts(value).methods
        return any(interpreter.function(value.module, index).name in OF_OBJECTS for index in methods)
    known = forced(interpreter.evaluate(base, first.scope))
    return isinstance(known, ForeignValue) and known.package == PACKAGE


def _methods(interpreter: Interpreter, value: ClassValue) -> Iterator[Entry]:
    made = interpreter.injection.injected(value)
    app = app_of(interpreter, value.module)
    facts = interpreter.class_facts(value)
    for index in facts.methods:
        function = interpreter.function(value.module, index)
        if function.static or function.accessor or not function.member or function.member == "constructor":
            continue
        if function.member.startswith("#") or _is_its_own(interpreter, value, index):
            continue
        kind, why = KINDS.get(function.member, ("action", ""))
        title = f"{facts.name}.{function.member}"
        closure = Closure(value.module, index, value.scope, made)
        start = Start(closure, unknown_args(interpreter, closure), made)
        place = (value.module, function.line)
        triggers = (Trigger("event", function.member, *place, title, why=why),) if why else ()
        origin = "worker" if kind == "job" else "server"
        yield Entry(kind, title, *place, origin, app, (start,), "worker", triggers=triggers)


def _is_its_own(interpreter: Interpreter, value: ClassValue, index: int) -> bool:
    """Whether a method is one that its class calls itself, and no other file mentions."""
    mention = "." + interpreter.function(value.module, index).member
    modules = interpreter.program.modules
    others = (number for number in interpreter.class_facts(value).methods if number != index)
    if not any(mention in interpreter.function(value.module, number).refs for number in others):
        return False
    # what a module mentions is all that its functions do
    return not any(mention in module.functions[0].refs for path, module in modules.items() if path != value.module)


FRAMEWORK = Workers()
