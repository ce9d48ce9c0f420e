"""Methods that events of a NestJS app run: @nestjs/event-emitter 2 and 3, `@OnEvent('order.created')`.

https://docs.nestjs.com/techniques/events: one emitter for the whole app, names with wildcards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import EMIT, EVENT_INSIDE
from callaudit.flow.values.values import ClassValue, Closure
from callaudit.frameworks.decorators import name_of
from callaudit.frameworks.model import HANDLER, Entry, Start, unknown_args
from callaudit.frameworks.nest import strings
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

PACKAGE = "@nestjs/event-emitter"


class NestEvents:
    """Methods with `@OnEvent`."""

    name = "nest-events"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """What runs for each event of each decorated method."""
        for path, module in sorted(interpreter.program.modules.items()):
            if not any(item.source == PACKAGE for item in module.facts.imports):
                continue
            for number, cls in enumerate(module.classes):
                value = ClassValue(path, number, interpreter.module_scope(path))
                for index in cls.methods:
                    for call in module.functions[index].decorators:
                        if name_of(call) == "OnEvent" and call.args:
                            events = strings(interpreter.evaluate(call.args[0], value.scope))
                            yield from (_entry(interpreter, value, index, event, call.line) for event in events)


def _entry(interpreter: Interpreter, cls: ClassValue, index: int, event: str, line: int) -> Entry:
    this = interpreter.injection.injected(cls)
    closure = Closure(cls.module, index, cls.scope, this)
    starts = (Start(closure, unknown_args(interpreter, closure), this),)
    app, name = app_of(interpreter, cls.module), f"@OnEvent('{event}')"
    return Entry(HANDLER, name, cls.module, line, "", app, starts, NestEvents.name, EMIT, EVENT_INSIDE + event)


FRAMEWORK = NestEvents()
