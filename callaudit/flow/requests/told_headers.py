"""Headers that calls give to a client: `wretch(url).headers({ … })`, `client.setHeader(name, value)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.headers import OPEN, PERHAPS, Options, collect
from callaudit.flow.requests.request_interceptors import headers_before
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Closure, Const, Record, Seq, Undefined, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Headers


_GIVEN = Const(True)
"""The value of a header, which is never looked at."""


def with_told(interpreter: Interpreter, client: Client, model: Headers, args: list[Value], place: object) -> Client:
    """`client` with the headers of a call; one that is changed in place is the same."""
    if not model.gives:
        return client
    told: tuple[Value, ...] = tuple(Record({"headers": bag}) for bag in _bags(interpreter, model, args))
    return Client(client.library, client.kind, (*client.args, *told), place) if told else client


def changed_headers(interpreter: Interpreter, model: Headers, args: list[Value]) -> Options:
    """The headers that a call adds to those of a client from then on: before, they are missing."""
    found: dict[str, str] = {}
    why = ""
    for bag in _bags(interpreter, model, args):
        why = collect(interpreter, bag, found) or why
    told = tuple((PERHAPS, name) for name in found)
    if model.handlers:
        told = (*told, *headers_before(interpreter, args, model.handlers))
    return (*told, (OPEN, why)) if why else told


def _bags(interpreter: Interpreter, model: Headers, args: list[Value]) -> list[Value]:
    """The objects of headers that a call is handed, or that its arguments stand for."""
    found: list[Value] = [Record({model.always: _GIVEN})] if model.always else []
    name = forced(argument(interpreter, args, model.named)) if model.named is not None else UNDEFINED
    if isinstance(name, Const) and isinstance(name.value, str):
        found.append(Record({name.value: _GIVEN}))
    elif model.given is not None:
        given = argument(interpreter, args, model.given)
        found.extend([] if isinstance(forced(given), Undefined) else [given])
    elif not isinstance(name, Undefined):
        found.append(Record({}, open=True))
    if model.hidden and any(_runs(arg) for arg in args):
        found.append(Unknown("headers", "a function adds them"))
    return found


def _runs(value: Value) -> bool:
    known = forced(value)
    items: Sequence[Value] = known.items if isinstance(known, Seq) else (known,)
    return any(isinstance(forced(item), Closure) for item in items)
