"""Jobs: functions that a scheduler runs, in code or as methods with a decorator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.static import static_scope
from callaudit.flow.strings import show
from callaudit.flow.values import ClassValue, Closure, Const, ForeignValue, Unknown, Value, forced
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Call, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.registrations import Scheduled
    from callaudit.flow.scope import Scope

TIMERS = ("Interval", "Timeout")
DECORATORS = ("Cron", "Interval", "Timeout", "Process", "Processor")


class Jobs:
    """What a schedule starts."""

    name = "jobs"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A job for each schedule, named after its expression and the function that it runs."""
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        for item in sorted(interpreter.schedules.values(), key=lambda found: (found.file, found.line)):
            yield _scheduled(interpreter, item)
        yield from _decorated(interpreter)


def _scheduled(interpreter: Interpreter, item: Scheduled) -> Entry:
    callback = forced(item.callback)
    args = unknown_args(interpreter, callback) if isinstance(callback, Closure) else None
    name = f"{item.mechanism} {_when(item.when)} {item.label or _callee(interpreter, callback)}".rstrip()
    app = app_of(interpreter, item.file)
    return Entry("job", name, item.file, item.line, "worker", app, (Start(callback, args),), item.mechanism)


def _when(value: Value) -> str:
    value = forced(value)
    if isinstance(value, Const):
        return f"'{show(value.value)}'"
    if isinstance(value, Unknown) and value.default:
        return f"'{value.default}'"
    return "{" + value.name + "}" if isinstance(value, Unknown) else "{schedule}"


def _callee(interpreter: Interpreter, callback: Value) -> str:
    """The first function of the program that a job's callback calls, or the callback's own name."""
    if not isinstance(callback, Closure):
        return ""
    function = interpreter.function(callback.module, callback.index)
    if function.name:
        return function.name
    scope = static_scope(interpreter, callback.module, callback.index)
    for node in walk(function.body):
        if isinstance(node, Call) and not node.new:
            called = forced(interpreter.evaluate(node.callee, scope))
            if isinstance(called, Closure):
                return interpreter.qualified(called.module, called.index)
    return ""


def _told(interpreter: Interpreter, call: Call, scope: Scope) -> Value:
    """What a decorator says of when its method runs: the first argument, or the second after a timer's name."""
    if not call.args:
        return Unknown("schedule")
    first = interpreter.evaluate(call.args[0], scope)
    named = isinstance(call.callee, Name) and call.callee.id in TIMERS and len(call.args) > 1
    return interpreter.evaluate(call.args[1], scope) if named else first


def _decorated(interpreter: Interpreter) -> Iterable[Entry]:
    for path, module in sorted(interpreter.program.modules.items()):
        for number, cls in enumerate(module.classes):
            for index in cls.methods:
                function = module.functions[index]
                for call in function.decorators:
                    if isinstance(call.callee, Name) and call.callee.id in DECORATORS:
                        scope = interpreter.module_scope(path)
                        value = ClassValue(path, number, scope)
                        controller = interpreter.injection.injected(value)
                        closure = Closure(path, index, scope, controller)
                        when = _told(interpreter, call, scope)
                        text = when.path[-1] if isinstance(when, ForeignValue) and when.path else _when(when)
                        name = f"{call.callee.id} {text} {cls.name}.{function.name}"
                        start = Start(closure, unknown_args(interpreter, closure), controller)
                        app = app_of(interpreter, path)
                        yield Entry("job", name, path, call.line, "worker", app, (start,), call.callee.id)


FRAMEWORK = Jobs()
