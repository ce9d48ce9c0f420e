"""Jobs of classes that a container makes: methods with the decorators of a scheduler or a queue.

@nestjs/schedule 2 to 6 (https://docs.nestjs.com/techniques/task-scheduling), @nestjs/bull 10 and @nestjs/bullmq 10
and 11 (https://docs.nestjs.com/techniques/queues).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import EMIT, QUEUE
from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.decorator_effects import own_decorator
from callaudit.flow.text.strings import show
from callaudit.flow.timers.schedule_options import settings_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, ForeignValue, Unknown, Value
from callaudit.frameworks.decorators import decorator, name_of
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.frameworks.schedules import names_of, trigger_of
from callaudit.libraries.registry import libraries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.frameworks.schedules import Repetitions
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Call

SCHEDULES = {"Cron": "cron", "Interval": "ms", "Timeout": "ms"}
QUEUES = ("Process", "Processor")
SET_UP = frozenset({"constructor", "onModuleInit", "onApplicationBootstrap", "afterInit"})
"""Methods that a container calls when it starts: https://docs.nestjs.com/fundamentals/lifecycle-events."""
SCHEDULERS = frozenset({"scheduler", "queue"})
QUEUE_PACKAGES = ("@nestjs/bull", "@nestjs/bullmq", "@nestjs/schedule")


def run_set_up(interpreter: Interpreter) -> None:
    """Run the start of objects that a container makes, where their module imports a scheduler or a queue."""
    packages = {
        package for package, tables in libraries().items() for table in tables if package and table.name in SCHEDULERS
    } | set(QUEUE_PACKAGES)
    for path, module in sorted(interpreter.program.modules.items()):
        if not any(item.source in packages for item in module.facts.imports):
            continue
        for number, cls in enumerate(module.classes):
            for index in cls.methods if cls.decorators else ():
                if module.functions[index].name in SET_UP:
                    _run(interpreter, ClassValue(path, number, interpreter.module_scope(path)), index)


def _run(interpreter: Interpreter, cls: ClassValue, index: int) -> None:
    this = interpreter.injection.injected(cls)
    closure = Closure(cls.module, index, cls.scope, this)
    function = interpreter.function(cls.module, index)
    args = unknown_args(interpreter, closure)
    if function.name == "constructor":
        args = tuple(interpreter.injection.injection(cls, param) for param in function.params)
    interpreter.run(closure, args, this)


def decorated(interpreter: Interpreter, repetitions: Repetitions) -> Iterable[Entry]:
    """A job for each decorated method; a queue's class without any has one method, `process`."""
    for path, module in sorted(interpreter.program.modules.items()):
        for number, cls in enumerate(module.classes):
            whole = decorator(cls.decorators, "Processor")
            for index in cls.methods:
                function = module.functions[index]
                calls = [call for call in function.decorators if name_of(call) in (*SCHEDULES, *QUEUES)]
                if whole is not None and not calls and function.name == "process":
                    calls = [whole]
                for call in calls:
                    value = ClassValue(path, number, interpreter.module_scope(path))
                    if own_decorator(interpreter, call, value) is not None:
                        continue  # a function of the program that is called so
                    yield _entry(interpreter, value, function, index, call, whole, repetitions)


def _entry(
    interpreter: Interpreter,
    cls: ClassValue,
    function: Function,
    index: int,
    call: Call,
    whole: Call | None,
    repetitions: Repetitions,
) -> Entry:
    path, scope, decorator = cls.module, cls.scope, name_of(call)
    method = f"{interpreter.class_facts(cls).name}.{function.name}"
    args = [interpreter.lazy(arg, scope) for arg in call.args]
    if decorator in SCHEDULES:
        shown, triggers = _schedule(interpreter, decorator, args, (path, call.line, method))
    else:
        shown, triggers = _queue(interpreter, args, whole, scope, (path, call.line, method), call, repetitions)
    controller = interpreter.injection.injected(cls)
    closure = Closure(path, index, scope, controller)
    start = Start(closure, unknown_args(interpreter, closure), controller)
    app = app_of(interpreter, path)
    name = f"{decorator} {shown} {method}"
    queue, job = _answered(interpreter, args, whole, scope, call) if decorator in QUEUES else ("", "")
    sent, listened, space = (EMIT, QUEUE + queue, job) if queue else ("", "", "")
    return Entry("job", name, path, call.line, "worker", app, (start,), decorator, sent, listened, space, triggers)


def _answered(
    interpreter: Interpreter, args: list[Value], whole: Call | None, scope: Scope, call: Call
) -> tuple[str, str]:
    """The queue whose jobs a method does, and the name of those jobs; empty where it is not known, or does all."""
    queue = interpreter.lazy(whole.args[0], scope) if whole is not None and whole.args else None
    job = args[0] if call is not whole and args else None
    return next(iter(names_of(queue)), ""), next(iter(names_of(job)), "")


def _schedule(
    interpreter: Interpreter, decorator: str, args: list[Value], place: tuple[str, int, str]
) -> tuple[str, tuple[Trigger, ...]]:
    """A schedule; an interval may have a name before it."""
    named = decorator != "Cron" and len(args) > 1
    when: Value = args[1 if named else 0] if args else Unknown("schedule", "none is given")
    settings = {"overlap": "possible"} | dict(setting for arg in args[1:3] for setting in settings_of(arg))
    mechanism = f"@{decorator}"
    if decorator == "Timeout":
        why = "it runs once, after the start"
        return _shown(when), (Trigger("timer", mechanism, *place, why=why),)
    trigger, _ = trigger_of(interpreter, when, SCHEDULES[decorator], mechanism, place, sorted(settings.items()))
    return _shown(when), (trigger,)


def _queue(
    interpreter: Interpreter,
    args: list[Value],
    whole: Call | None,
    scope: Scope,
    place: tuple[str, int, str],
    call: Call,
    repetitions: Repetitions,
) -> tuple[str, tuple[Trigger, ...]]:
    queue = interpreter.lazy(whole.args[0], scope) if whole is not None and whole.args else None
    job = args[0] if call is not whole and args else None
    found = repetitions.of(names_of(queue), names_of(job))
    why = "it runs whenever its queue has something to do"
    waiting = Trigger("event", "queue", *place, why=why)
    first = job if job is not None and (names_of(job) or queue is None) else queue
    return _shown(first) if first is not None else "{schedule}", found or (waiting,)


def _shown(value: Value) -> str:
    known = forced(value)
    if isinstance(known, ForeignValue) and known.path:
        return known.path[-1]
    if isinstance(known, Const):
        return f"'{show(known.value)}'"
    names = names_of(known)
    if names:
        return f"'{names[0]}'"
    if isinstance(known, Unknown):
        return f"'{known.default}'" if known.default else "{" + known.name + "}"
    return "{schedule}"
