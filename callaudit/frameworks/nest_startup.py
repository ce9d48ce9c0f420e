"""What a NestJS app does when it starts: constructors and lifecycle methods of its providers.

https://docs.nestjs.com/fundamentals/lifecycle-events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue, Closure
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter

PROVIDERS = frozenset({"Injectable", "Module", "Controller", "WebSocketGateway", "Processor", "Resolver"})
STARTED = ("constructor", "onModuleInit", "onApplicationBootstrap", "afterInit")


class NestStartup:
    """Methods that the container calls once."""

    name = "nest"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for each method of a provider that starts something which reaches the network."""
        for path, module in sorted(interpreter.program.modules.items()):
            for number, cls in enumerate(module.classes):
                decorators = {call.callee.id for call in cls.decorators if isinstance(call.callee, Name)}
                if not decorators & PROVIDERS:
                    continue
                value = ClassValue(path, number, interpreter.module_scope(path))
                instance = interpreter.injection.injected(value)
                for name in STARTED:
                    for owner in interpreter.classes.lineage(value):
                        index = interpreter.classes.method(owner, name, static=False)
                        if index is not None:
                            break
                    else:
                        continue
                    if not interpreter.relevance.function(owner.module, index):
                        continue
                    function = interpreter.function(owner.module, index)
                    closure = Closure(owner.module, index, owner.scope, instance)
                    start = Start(closure, unknown_args(interpreter, closure), instance)
                    title = f"{cls.name}.{name}"
                    yield Entry(
                        "script",
                        title,
                        owner.module,
                        function.line,
                        "server",
                        app_of(interpreter, path),
                        (start,),
                        "nest",
                    )


FRAMEWORK = NestStartup()
