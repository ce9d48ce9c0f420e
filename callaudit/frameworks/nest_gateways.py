"""NestJS gateways: methods that messages of a socket run. https://docs.nestjs.com/websockets/gateways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import EMIT
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Record
from callaudit.frameworks.decorators import decorated_classes, decorator
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.nest import strings
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Call

CONNECTED = "handleConnection"
"""The method that runs for each connection (`OnGatewayConnection`)."""


class NestGateways:
    """Classes with `@WebSocketGateway`."""

    name = "nest-gateway"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A socket handler for each `@SubscribeMessage`."""
        for value, _, options in decorated_classes(interpreter, "WebSocketGateway"):
            yield from self._gateway(interpreter, value, options)

    def _gateway(self, interpreter: Interpreter, value: ClassValue, options: Call) -> Iterable[Entry]:
        gateway = interpreter.injection.injected(value)
        app = app_of(interpreter, value.module)
        space = _namespace(interpreter, value, options)
        for owner in interpreter.classes.lineage(value):
            for index in interpreter.class_facts(owner).methods:
                function = interpreter.function(owner.module, index)
                closure = Closure(owner.module, index, owner.scope, gateway)
                starts = (Start(closure, unknown_args(interpreter, closure), gateway),)
                message = decorator(function.decorators, "SubscribeMessage")
                if message is not None and message.args:
                    for event in strings(interpreter.evaluate(message.args[0], owner.scope)):
                        name, place = f"socket.on('{event}')", (owner.module, message.line)
                        yield Entry("socket", name, *place, "server", app, starts, self.name, EMIT, event, space)
                elif function.name == CONNECTED:
                    name, place = "io.on('connection')", (owner.module, function.line)
                    yield Entry("socket", name, *place, "server", app, starts, self.name)


def _namespace(interpreter: Interpreter, value: ClassValue, options: Call) -> str:
    for arg in options.args:
        known = forced(interpreter.evaluate(arg, value.scope))
        if isinstance(known, Record) and "namespace" in known.fields:
            path = next(iter(strings(known.fields["namespace"])), "").strip("/")
            return f"/{path}" if path else ""
    return ""


FRAMEWORK = NestGateways()
