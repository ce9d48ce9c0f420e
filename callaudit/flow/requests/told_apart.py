"""Operations that share one URL: the fields of a request's body or query that say which one is meant.

Providers put the name of the operation into the body (`{ type: 'allMids' }`, JSON-RPC's `method`) or into the query
(`?module=account`). Which fields do so is what their profiles say.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from msgspec.structs import replace

from callaudit.flow.machine.arguments import argument
from callaudit.flow.objects.members import member
from callaudit.flow.requests.requested import Serialized
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, OneOf, Record, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.flow.effects.effects import Target
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Request

MOST_BODIES = 16
MOST_OPERATIONS = 40
"""Operations that one call site may ask for in one run: a switch over all that a provider has."""

Fields = tuple[tuple[str, str], ...]


def told_apart(interpreter: Interpreter, targets: Iterable[Target], model: Request, args: list[Value]) -> list[Target]:
    """The targets, each once for every operation that the request may ask for, as far as its fields are known."""
    found: list[Target] = []
    for target in targets:
        names = interpreter.discriminators(target.host) if target.host else frozenset()
        ways = dict.fromkeys(_fields(interpreter, target, model, args, sorted(names))) if names else {}
        found += [replace(target, discriminator=fields) for fields in ways] or [target]
    return list(dict.fromkeys(found))


def _fields(
    interpreter: Interpreter, target: Target, model: Request, args: list[Value], names: Sequence[str]
) -> Iterator[Fields]:
    query = dict(parse_qsl(target.url.partition("?")[2].partition("#")[0]))
    asked = {name: query[name] for name in names if name in query}
    bodies = [body for place in model.body for body in _bodies(argument(interpreter, args, place))]
    for body in bodies[:MOST_BODIES] or [Record({})]:
        known = {name: [value] for name, value in asked.items()}
        known.update({name: texts for name in names if (texts := _texts(interpreter, body, name))})
        for count, values in enumerate(product(*known.values())):
            if count == MOST_OPERATIONS:
                break
            yield tuple(zip(known, values, strict=True))


def _bodies(value: Value) -> Iterator[Record]:
    """The objects that a body may be made of."""
    value = forced(value)
    if isinstance(value, OneOf):
        for item in value.values:
            yield from _bodies(item)
    elif isinstance(value, Serialized):
        yield from _bodies(value.value)
    elif isinstance(value, Record):
        yield value


def _texts(interpreter: Interpreter, body: Record, name: str) -> list[str]:
    """What a field of a body may be: nothing where one of its ways is not known."""
    value: Value = body
    for part in name.split("."):
        value = forced(member(interpreter, value, part)) if isinstance(value, Record) else value
    ways = [forced(one) for one in value.values] if isinstance(value, OneOf) else [value]
    known = [one.value for one in ways if isinstance(one, Const) and isinstance(one.value, str)]
    return list(dict.fromkeys(known)) if len(known) == len(ways) else []
