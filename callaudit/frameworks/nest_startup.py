"""What a NestJS app does when it starts: fields, constructors and lifecycle methods of its providers.

https://docs.nestjs.com/fundamentals/lifecycle-events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.construct import has_loud_fields
from callaudit.flow.values.values import ClassValue, Closure
from callaudit.frameworks.angular import SCOPE
from callaudit.frameworks.decorators import decorated_classes, is_from
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

PROVIDERS = ("Injectable", "Module", "Controller", "WebSocketGateway", "Processor", "Resolver")
STARTED = ("constructor", "onModuleInit", "onApplicationBootstrap", "afterInit")


class NestStartup:
    """Methods that the container calls once."""

    name = "nest"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for each method of a provider that starts something which reaches the network."""
        for value, cls, decorator in decorated_classes(interpreter, *PROVIDERS):
            if is_from(interpreter, value.module, decorator, SCOPE):
                continue  # a container in a browser makes it
            for name in STARTED:
                entry = _started(interpreter, value, f"{cls.name}.{name}", name)
                if entry is not None:
                    yield entry


def _started(interpreter: Interpreter, value: ClassValue, title: str, name: str) -> Entry | None:
    lineage = interpreter.classes.lineage(value)
    owners = ((owner, interpreter.classes.method(owner, name, static=False)) for owner in lineage)
    owner, index = next(((owner, index) for owner, index in owners if index is not None), (value, None))
    instance = interpreter.injection.injected(value)
    starts: list[Start] = []
    if name == STARTED[0] and has_loud_fields(interpreter, value):
        starts.append(Start(instance))
    file, line = value.module, interpreter.class_facts(value).line
    if index is not None and interpreter.relevance.function(owner.module, index):
        file, line = owner.module, interpreter.function(owner.module, index).line
        closure = Closure(owner.module, index, owner.scope, instance)
        starts.append(Start(closure, unknown_args(interpreter, closure), instance))
    if not starts:
        return None
    return Entry("script", title, file, line, "server", app_of(interpreter, value.module), tuple(starts), "nest")


FRAMEWORK = NestStartup()
