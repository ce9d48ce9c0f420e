"""What methods of the clients of known libraries give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.registrations import registered_value
from callaudit.flow.components.dispatching import dispatched
from callaudit.flow.components.stores import of_store
from callaudit.flow.machine.arguments import argument
from callaudit.flow.objects.members import environment, member
from callaudit.flow.requests.told_headers import with_told
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.settings import SETTING
from callaudit.flow.values.values import UNDEFINED, Client, Closure, Const, Unknown
from callaudit.libraries.model import Dispatch, Give, Headers, Invoke, Listen, Make, Part, Register, State

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value


_WHOLE = State(how="state")


def client_method(
    interpreter: Interpreter, client: Client, name: str, args: list[Value], place: object = None
) -> Value:
    model = client.library.clients.get(client.kind, {}).get(name)
    if isinstance(model, Make) and model.of:
        return Client(client.library, model.kind, (client, *args), place)
    if isinstance(model, Make):
        return Client(client.library, model.kind, (*args, *client.args) if args else client.args, place)
    if isinstance(model, Headers):
        return with_told(interpreter, client, model, args, place)
    if isinstance(model, Part):
        part = forced(member(interpreter, client, name))
        own = client.library.clients.get(model.kind, {}).get("")
        return client_method(interpreter, part, "", args, place) if own and isinstance(part, Client) else part
    if isinstance(model, Register):
        return registered_value(client, model, args, place)
    if isinstance(model, State):
        return of_store(interpreter, client, model, args, place)
    if client.kind == "getter" and not name and client.args:
        store = client.args[0]
        return of_store(interpreter, store, _WHOLE, [], place) if isinstance(store, Client) else UNDEFINED
    if isinstance(model, Listen) or name in client.library.same:
        return client
    if isinstance(model, Dispatch):
        return dispatched(interpreter, model, client, args)
    if isinstance(model, Give):
        return forced(argument(interpreter, args, model.value))
    if isinstance(model, Invoke) and model.made and model.returns == "result":
        made = argument(interpreter, client.args, model.callbacks[0])
        if isinstance(made, Closure):
            return interpreter.run(made, args[model.skip :], effects=False).value
    if client.kind == "config" and args:
        key = forced(args[0])
        if isinstance(key, Const) and isinstance(key.value, str):
            configured = interpreter.injection.configured(key.value)
            if configured is not None:
                return configured
            if not SETTING.match(key.value):
                return Unknown(key.value, "a configuration value")
            value = environment(interpreter, key.value)
            default = forced(args[1]) if len(args) > 1 else UNDEFINED
            text = show(default.value) if isinstance(default, Const) and default.value is not None else ""
            text = text or interpreter.settings.default(key.value)
            return Unknown(value.name, value.why, env=value.env, default=text) if text else value
    return Unknown("response", "what a request gives")
