"""Objects of the platform whose functions are followed: `Object`, `Array`, `Map` and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.maps import keys_of, pairs_of, values_of, walked
from callaudit.flow.text.strings import show
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import (
    UNDEFINED,
    Closure,
    Const,
    OneOf,
    Record,
    Seq,
    Sparse,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

MOST_MADE = 64

EMPTY_MAP = "a map that is filled later"

OF_PLATFORM = "an object of the platform"


def assign(_interpreter: Interpreter, args: list[Value]) -> Value:
    target = forced(args[0]) if args else None
    if isinstance(target, Closure):
        return target  # a function stays one, whatever properties it gets
    fields: dict[str, Value] = {}
    opened = False
    for arg in args:
        value = forced(arg)
        if isinstance(value, Record):
            fields.update(value.fields)
            opened = opened or value.open
        elif not isinstance(value, (Const, Undefined)):
            opened = True
            fields = {name: _overridable(name, before) for name, before in fields.items()}
    return Record(fields, open=opened)


def _overridable(name: str, value: Value) -> Value:
    """A flag that an object which is not known may set otherwise; what is no flag is taken to stay."""

    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Const) and isinstance(known.value, bool):
            return OneOf((known, Unknown(name, "an object that is not known may set it")))
        return known

    return Lazy(compute)


def values(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return values_of(value)
    if isinstance(value, Seq):
        return value
    return Unknown("values", "the properties of an object that is not known")


def keys(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return keys_of(value)
    if isinstance(value, Seq):
        return _alike(value, tuple(Const(str(place)) for place in range(len(value.items))))
    return Unknown("keys", "the properties of an object that is not known")


def entries(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return pairs_of(value)
    if isinstance(value, Seq):
        return _alike(value, tuple(Seq((Const(str(place)), item)) for place, item in enumerate(value.items)))
    return Unknown("entries", "the properties of an object that is not known")


def _alike(listed: Seq, items: tuple[Value, ...]) -> Seq:
    """A list of as many items as `listed` has, of which more may be there, or some missing."""
    return Seq(items, open=listed.open, chosen=listed.chosen, most=listed.most)


def array_from(interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record) and "length" in value.fields:
        length = forced(value.fields["length"])
        value = array(interpreter, [length])
    value = walked(value) if value is not None else None
    if not isinstance(value, Seq):
        return Unknown("items", "made of data")
    mapper = forced(args[1]) if len(args) > 1 else None
    if mapper is None:
        return Seq(value.items) if isinstance(value, Sparse) else value
    if not isinstance(mapper, Closure):
        return Unknown("items", "made by a function that is not known")
    items = enumerate(value.items)
    return _alike(value, tuple(_mapped(interpreter, mapper, item, number) for number, item in items))


def _mapped(interpreter: Interpreter, mapper: Closure, item: Value, number: int) -> Value:
    return Lazy(lambda: interpreter.run(mapper, [item, Const(number)], effects=False).value)


def array(_interpreter: Interpreter, args: list[Value]) -> Value:
    """`new Array(3)`, with room for as many items, and `Array(a, b)`."""
    length = forced(args[0]) if len(args) == 1 else None
    if isinstance(length, Const) and isinstance(length.value, int) and not isinstance(length.value, bool):
        known = 0 <= length.value <= MOST_MADE
        return Sparse((UNDEFINED,) * length.value) if known else Unknown("items", "a long list")
    return Seq(tuple(args)) if length is None else Unknown("items", "a list of a length that is not known")


def items_of(interpreter: Interpreter, value: Value) -> Seq | None:
    """The items of a list that is written down or of a known length; None where data decides."""
    found = array_from(interpreter, [value])
    return found if isinstance(found, Seq) and not found.open else None


def map_of(_interpreter: Interpreter, args: list[Value]) -> Value:
    """`new Map([[key, value]])` as the object with these keys."""
    found = [_of_pairs(one, is_map=True) for one in _lists(args)]
    known = [one for one in found if one is not None]
    return join(known) if known else Unknown("map", EMPTY_MAP, given=True)


def from_entries(_interpreter: Interpreter, args: list[Value]) -> Value:
    """`Object.fromEntries([[key, value]])`."""
    given = forced(args[0]) if args else UNDEFINED
    if isinstance(given, Record) and given.is_map:
        return Record(given.fields, open=given.open, rest=given.rest)
    known = [one for one in (_of_pairs(one, is_map=False) for one in _lists(args)) if one is not None]
    return join(known) if known else Unknown("object", OF_PLATFORM, given=True)


def _lists(args: list[Value]) -> list[Seq]:
    """The lists that the first argument may be."""
    given = forced(args[0]) if args else UNDEFINED
    options = given.values if isinstance(given, OneOf) else (given,)
    return [one for one in (forced(option) for option in options) if isinstance(one, Seq)]


def _of_pairs(pairs: Seq, *, is_map: bool) -> Record | None:
    """The object with the keys and values of `pairs`; a map may be filled later. `None` where none is known."""
    fields: dict[str, Value] = {}
    rest: list[Value] = []
    for item in pairs.items:
        pair = forced(item)
        if isinstance(pair, Seq) and len(pair.items) == 2:
            name = forced(pair.items[0])
            if isinstance(name, Const):
                fields[show(name.value)] = pair.items[1]
            else:
                rest.append(pair.items[1])
    if not fields and not rest:
        return None
    others = Lazy(lambda: join(rest)) if rest else None
    return Record(fields, open=is_map or pairs.open, rest=others, is_map=is_map)


def plain(_interpreter: Interpreter, _args: list[Value]) -> Value:
    return Unknown("object", OF_PLATFORM, given=True)
