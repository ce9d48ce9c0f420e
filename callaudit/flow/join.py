"""What several values have in common: joins, truth, equality and keys."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from callaudit.flow.requested import Incoming, IncomingUrl, Serialized
from callaudit.flow.tested_runs import only_in_tests
from callaudit.flow.values import (
    CYCLES,
    UNDEFINED,
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
    Lazy,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
    Value,
    forced,
)  # fmt: skip
from callaudit.libraries.placed import PLACED
from callaudit.syntax.typescript.types import type_names

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

MOST_ALTERNATIVES = 16
MAY_BE_ZERO = "computed, and may be zero"
"""Why a difference, a rest or the like is not known."""
NUMBERS = frozenset({MAY_BE_ZERO, "it counts", "it changes"})
"""Why numbers are not known: they are surely given, and may be zero."""
MOST_FIELDS = 200
MOST_FUNCTIONS = 256
"""Alternatives that are functions or classes alone: tables of handlers and components are long."""
_KEY_DEPTH = 3
_NUMBERS: dict[Hashable, int] = {}
_COUNT = count()
_PLAIN = frozenset({Const, Text, Undefined, Unknown})
_TRUE = (Closure, ClassValue, Instance, Record, Seq, ModuleValue, Client, Url, Context, Rendered)


def join(values: Iterable[Value]) -> Value:
    """One value that stands for all of `values`."""
    flat: list[Value] = []
    for value in values:
        one = forced(value)
        flat.extend(one.values if type(one) is OneOf else (one,))
    if not flat:
        return UNDEFINED
    first = flat[0]
    for item in flat:
        if item is not first:
            break
    else:  # no need of keys
        return first
    unlike: dict[Hashable, Value] = {}
    for item in flat:
        unlike.setdefault(key(item), item)
    flat = list(unlike.values())
    if len(flat) == 1:
        return flat[0]
    records = [item for item in flat if type(item) is Record]
    if len(records) > 1:
        flat = [item for item in flat if type(item) is not Record]
        flat.append(_join_records(records))
    if len(flat) > MOST_ALTERNATIVES:
        flat = _fewer(flat)
    return flat[0] if len(flat) == 1 else OneOf(tuple(flat))


def _fewer(many: list[Value]) -> list[Value]:
    """Too many alternatives: lists of one length are one, functions are kept, as what none calls counts as unused."""
    pairs: dict[int, list[Seq]] = {}
    functions: list[Value] = []
    others: list[Value] = []
    for item in many:
        if type(item) is Seq and item.items and not item.open and not item.chosen:
            pairs.setdefault(len(item.items), []).append(item)
        else:
            (functions if _is_function(item) else others).append(item)
    others.extend(Seq(tuple(map(join, zip(*(one.items for one in alike), strict=True)))) for alike in pairs.values())
    if len(functions) > MOST_FUNCTIONS:
        functions, others = [], [*functions, *others]
    if len(others) > MOST_ALTERNATIVES:
        others = [*others[: MOST_ALTERNATIVES - 1], Unknown("others", f"more than {MOST_ALTERNATIVES} alternatives")]
    return [*functions, *others]


def _is_function(value: Value) -> bool:
    return isinstance(value, (Closure, ClassValue, ModuleValue)) or (
        type(value) is ForeignValue and value.args is not None
    )


def _join_records(records: list[Record]) -> Record:
    names = dict.fromkeys(name for record in records for name in record.fields)
    fields = {
        name: join(record.fields.get(name, UNDEFINED) for record in records) for name in list(names)[:MOST_FIELDS]
    }
    rests = [record.rest for record in records if record.rest is not None]
    rest = Lazy(lambda: join(rests)) if len(rests) > 1 else rests[0] if rests else None
    is_map = all(record.is_map for record in records)
    return Record(fields, open=any(record.open for record in records), rest=rest, is_map=is_map)


def truth(value: Value) -> bool | None:
    """Whether `value` counts as true; `None` where that depends."""
    value = forced(value)
    if type(value) is Const:
        return bool(value.value)
    if isinstance(value, _TRUE) or (type(value) is ForeignValue and value.made):
        return True
    if type(value) is Undefined:
        return False
    if type(value) is Text:
        return True if any(isinstance(part, str) and part for part in value.parts) else None
    if isinstance(value, Unknown):
        return True if value.given and not _may_be_zero(value) else None
    if type(value) is OneOf:
        answers = {truth(item) for item in value.values}
        return answers.pop() if len(answers) == 1 else None
    return None


def _may_be_zero(value: Unknown) -> bool:
    return value.why in NUMBERS


def equal(left: Value, right: Value, *, strict: bool = True) -> bool | None:
    """Whether two values are equal; `None` where that depends."""
    left, right = forced(left), forced(right)
    for one, other in ((left, right), (right, left)):
        seen = getattr(one, "seen", None)
        if seen is not None and isinstance(other, Const) and isinstance(other.value, str):
            seen.setdefault(other.value, 0)
    if type(left) is OneOf:
        answers = {equal(item, right, strict=strict) for item in left.values}
        return answers.pop() if len(answers) == 1 else None
    if type(right) is OneOf:
        return equal(right, left, strict=strict)
    if type(left) is Const and type(right) is Const:
        return bool(left.value == right.value) and isinstance(left.value, bool) == isinstance(right.value, bool)
    nothing = [_is_nothing(left, strict), _is_nothing(right, strict)]
    if all(nothing):
        return type(left) is type(right) or not strict
    if any(nothing):
        other = right if nothing[0] else left
        return None if type(other) is Unknown and not other.given else False if _is_something(other) else None
    return False if only_in_tests(left, right) else None


def _is_nothing(value: Value, strict: bool) -> bool:
    del strict
    return type(value) is Undefined or (type(value) is Const and value.value is None)


def _is_something(value: Value) -> bool:
    if type(value) is ForeignValue:
        return value.made
    return isinstance(value, (*_TRUE, Const, Text)) or (type(value) is Unknown and value.given)


def key(value: Value, depth: int = _KEY_DEPTH) -> Hashable:
    """What two equal values have in common, for tables of contexts; bounded in depth."""
    value = forced(value)
    make = _KEYS.get(type(value))
    return make(value, depth) if make is not None else ("i", id(value))


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
    return ("json", key(value.value, depth - 1) if depth else id(value.value))


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
    this = key(value.this) if value.this is not None else None
    bound = tuple(key(arg) for arg in value.bound)
    if value.seldom:
        return ("seldom", value.module, value.index, value.scope.mark, this, *bound)
    return ("f", value.module, value.index, value.scope.mark, this, *bound)


def _foreign_key(value: ForeignValue, depth: int) -> Hashable:
    if value.args is None or not depth:
        return ("x", value.package, value.path, value.args is None)
    return ("x", value.package, value.path, tuple(key(arg, depth - 1) for arg in value.args))


def _client_key(value: Client, _depth: int) -> Hashable:
    return ("client", value.library.name, value.kind, value.place) if value.place else ("i", id(value))


def _compound_key(value: Record | Seq, depth: int) -> Hashable:
    if not depth:
        return ("i", id(value))
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
            return ("i", id(value))
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
    Cell: lambda value, _: ("i", id(value)),
    Client: _client_key,
    Instance: lambda value, _: ("instance", value.place),
    Rendered: lambda value, _: ("element", id(value.expr), value.scope.mark),
    Context: lambda value, _: ("context", id(value.made), value.scope.mark),
    Consumer: lambda value, _: ("consumer", key(value.context)),
}
