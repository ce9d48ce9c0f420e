"""What two equal values have in common: keys for tables of contexts, bounded in depth."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from callaudit.flow.requests.requested import Incoming, IncomingUrl, Serialized
from callaudit.flow.values.identity import identity
from callaudit.flow.values.lazy import CYCLES, Lazy, forced
from callaudit.flow.values.values import (
    Answer,
    Cell,
    ClassValue,
    Client,
    Closure,
    Const,
    Consumer,
    Context,
    ForeignValue,
    Heap,
    Instance,
    ModuleValue,
    OneOf,
    Proxied,
    Record,
    Rendered,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
    Value,
)
from callaudit.libraries.placed import PLACED
from callaudit.syntax.type_names import type_names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MOST_ALTERNATIVES = 16

MOST_FIELDS = 200

_KEY_DEPTH = 3

_NUMBERS: dict[Hashable, int] = {}

_COUNT = count()

MOST_OPEN = 8
"""Functions that hold each other, one inside the other: those that lie deeper are each its own."""

_OPEN: set[int] = set()
"""The functions, by identity, whose keys are being made."""

_COMPOUND = frozenset({Record, Seq, Heap, Lazy, OneOf})

_PLAIN = frozenset({Const, Text, Undefined, Unknown})


def key(value: Value, depth: int = _KEY_DEPTH) -> Hashable:
    """What two equal values have in common, for tables of contexts; bounded in depth."""
    value = forced(value)
    make = _KEYS.get(type(value))
    return make(value, depth) if make is not None else ("i", identity(value))


def _unknown_key(value: Unknown, _depth: int) -> Hashable:
    declared: Hashable = value.type
    if value.type is not None and _means_the_same(value.type[1]):
        declared = value.type[1]
    return ("?", value.name, declared, value.env, value.default, value.given, value.most)


@cache
def _means_the_same(text: str) -> bool:
    """Whether a type is the same in every module: it names nothing that a module declares."""
    return not type_names(text)


def _serialized_key(value: Serialized, depth: int) -> Hashable:
    return ("json", key(value.value, depth - 1) if depth else identity(value.value))


def _text_key(value: Text, _depth: int) -> Hashable:
    if value.key is None:
        value.key = ("t", tuple(part if isinstance(part, str) else key(part) for part in value.parts))
    return value.key


def _either_key(value: OneOf, depth: int) -> Hashable:
    if value.key is not None:
        return value.key
    found = ("|", *(key(item, depth) for item in value.values))
    if all(type(item) in _PLAIN for item in value.values):
        value.key = found
    return found


def _closure_key(value: Closure, _depth: int) -> Hashable:
    this, bound = _held(value) if value.bound or type(value.this) in _COMPOUND else (_receiver_key(value), ())
    if value.seldom:
        return ("seldom", value.module, value.index, value.scope.mark, this, *bound)
    return ("f", value.module, value.index, value.scope.mark, this, *bound)


def _receiver_key(value: Closure) -> Hashable:
    return key(value.this) if value.this is not None else None


def _held(value: Closure) -> tuple[Hashable, tuple[Hashable, ...]]:
    """What a function holds: its receiver and bound arguments, of which one may hold the function itself."""
    if id(value) in _OPEN or len(_OPEN) >= MOST_OPEN:
        return ("i", identity(value)), ()
    _OPEN.add(id(value))
    try:
        return _receiver_key(value), tuple(key(arg) for arg in value.bound)
    finally:
        _OPEN.discard(id(value))


def _foreign_key(value: ForeignValue, depth: int) -> Hashable:
    if value.args is None or not depth:
        return ("x", value.package, value.path, value.args is None)
    return ("x", value.package, value.path, tuple(key(arg, depth - 1) for arg in value.args))


def _client_key(value: Client, _depth: int) -> Hashable:
    return ("client", value.library.name, value.kind, value.place) if value.place else ("i", identity(value))


def _compound_key(value: Record | Seq, depth: int) -> Hashable:
    if not depth:
        return ("i", identity(value))
    keys = value.keys
    if keys is None:
        keys = value.keys = {}
    elif depth in keys:
        return keys[depth]
    cycles = CYCLES[0]
    found = _numbered(_parts_of(value, depth))
    if CYCLES[0] == cycles:
        keys[depth] = found
    return found


def _numbered(parts: Hashable) -> int:
    """A number for a key: what is made of numbers is compared at once, however deep it is."""
    number = _NUMBERS.get(parts)
    if number is None:
        number = _NUMBERS[parts] = next(_COUNT)
    return number


def _parts_of(value: Record | Seq, depth: int) -> Hashable:
    if isinstance(value, Record):
        if len(value.fields) > MOST_FIELDS:
            return ("i", identity(value))
        rest = key(value.rest, depth - 1) if value.rest is not None else None
        fields = ((name, key(item, depth - 1)) for name, item in value.fields.items())
        if PLACED.isdisjoint(value.fields):
            return ("r", value.open, rest, *fields)
        places = (_place(value.fields[name]) for name in sorted(PLACED.intersection(value.fields)))
        return ("r", value.open, rest, *fields, *places)
    return ("s", value.open, value.most, *(key(item, depth - 1) for item in value.items[:MOST_ALTERNATIVES]))


def _place(value: Value) -> Hashable:
    """Where an option is written."""
    return (value.scope.module, value.line) if type(value) is Lazy and value.scope is not None else None


_KEYS: dict[type[Value], Callable[[Any, int], Hashable]] = {
    Const: lambda value, _: ("c", type(value.value).__name__, value.value, value.item),
    Undefined: lambda _value, _: "undefined",
    Unknown: _unknown_key,
    Answer: lambda value, _: ("answer", value.name, value.key),
    Serialized: _serialized_key,
    Incoming: lambda value, _: ("incoming", value.said),
    IncomingUrl: lambda _value, _: "incoming url",
    Text: _text_key,
    Closure: _closure_key,
    ClassValue: lambda value, _: ("class", value.module, value.index, value.scope.mark),
    OneOf: _either_key,
    Url: lambda value, _: ("url", key(value.text)),
    ModuleValue: lambda value, _: ("m", value.module),
    ForeignValue: _foreign_key,
    Record: _compound_key,
    Seq: _compound_key,
    Heap: lambda value, depth: ("heap", _compound_key(value, depth)),
    Cell: lambda value, _: ("i", identity(value)),
    Client: _client_key,
    Instance: lambda value, _: ("instance", value.place),
    Proxied: lambda value, depth: (
        ("proxy", key(value.target, depth - 1), key(value.traps, depth - 1)) if depth else ("i", identity(value))
    ),
    Rendered: lambda value, _: ("element", id(value.expr), value.scope.mark),
    Context: lambda value, _: ("context", id(value.made), value.scope.mark),
    Consumer: lambda value, _: ("consumer", key(value.context)),
}
