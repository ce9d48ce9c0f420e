"""Clients whose members are the parts of a path (Hono's `hc`): `client.api.orders[":id"].$get({ param })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.procedures import TYPE
from callaudit.flow.requests.requests import send
from callaudit.flow.text.strings import parts_of, text
from callaudit.flow.text.url_joining import is_absolute
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Const, Text, Undefined, Unknown, Value
from callaudit.libraries.model import Arg, Request
from callaudit.libraries.tables.hono_client import INDEX, LIBRARY, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter

MOST_PARTS = 16
_SENDING = Request(urls=(Arg(0),), methods=(Arg(1),), bases=(Arg(2),), body=(Arg(3, "json"), Arg(3, "form")))
_PARAMS = Arg(0, "param")


def send_by_path(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost | None:
    """Send a request to the path that `receiver` stands for; `None` where it is no client of this kind."""
    method = VERBS.get(name)
    if method is None:
        return None
    parts: list[str] = []
    value = forced(receiver)
    while type(value) is Unknown and value.receiver is not None and len(parts) < MOST_PARTS:
        parts.append(value.name)
        value = forced(value.receiver)
    if not isinstance(value, Client) or value.library is not LIBRARY:
        return None
    given = argument(frame.interpreter, args, _PARAMS)
    path = text(list(_path(frame.interpreter, list(reversed(parts)), given)))
    asked = [path, Const(method), _base(frame.interpreter, value), *args[:1]]
    return send(frame, here.expr, here.scope, LIBRARY, _SENDING, asked, (), tree, value)


def _path(interpreter: Interpreter, names: list[str], given: Value) -> Iterator[str | Unknown]:
    """The parts of the path; of a parameter what it is given, where that is a text."""
    for name in names:
        if name == INDEX and name is names[-1]:
            continue
        yield "/"
        if name.startswith(":"):
            key = name.strip(":?").partition("{")[0]
            value = forced(argument(interpreter, [given], Arg(0, key)))
            yield from parts_of(value) if isinstance(value, (Const, Text)) else (Unknown(key),)
        else:
            yield name


def _base(interpreter: Interpreter, client: Client) -> Value:
    """Below what a client asks; where only its app's type is known, the app answers by its paths."""
    base = forced(client.args[0]) if client.args else UNDEFINED
    known = isinstance(base, (Const, Text)) and (is_absolute(base) or parts_of(base)[0] != "")
    if known or isinstance(base, Undefined):
        return base
    for arg in client.args:
        said = forced(arg)
        if isinstance(said, Unknown) and said.name == TYPE and said.type is not None:
            app = interpreter.types.of_type(*said.type)
            if isinstance(app, Client) and app.library.serves:
                return Const("")
    return base
