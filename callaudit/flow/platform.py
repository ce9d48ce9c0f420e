"""What functions of the language and the platform give: the few that URLs and options are made with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from callaudit.flow.arithmetic import numbered, numbers_of, variable_number
from callaudit.flow.join import join
from callaudit.flow.maps import keys_of, pairs_of, values_of, walked
from callaudit.flow.most import at_most, greatest_of, least_of
from callaudit.flow.query_words import decoded, encoded
from callaudit.flow.requested import Serialized
from callaudit.flow.strings import concatenate, each, parts_of, show
from callaudit.flow.url_joining import resolve
from callaudit.flow.values import (
    UNDEFINED,
    Closure,
    Const,
    ForeignValue,
    Lazy,
    OneOf,
    Record,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
    Value,
    forced,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.interpreter import Interpreter

MOST_MADE = 64
LARGEST = 2.0**63
EMPTY_MAP = "a map that is filled later"
OF_PLATFORM = "an object of the platform"
_SAME = frozenset({"encodeURI", "String", "decodeURI"})
_CODES = {"encodeURIComponent": encoded, "decodeURIComponent": decoded}
_NUMBERS = frozenset({"Number", "parseInt", "parseFloat", "Number.parseInt", "Number.parseFloat"})


def platform_value(interpreter: Interpreter, path: tuple[str, ...], args: list[Value]) -> Value | None:
    """What calling the global `path` gives; `None` where it is not modelled."""
    name = ".".join(path)
    if name in _SAME and args:
        return _as_text(args[0])
    if name in _CODES and args:
        return each(_as_text(args[0]), lambda one: _CODES[name](parts_of(one)))
    if name in _NUMBERS:
        return as_number(args)
    if path[:1] == ("Math",):
        return _mathematics(interpreter, path[-1], args)
    handler = _HANDLERS.get(name)
    return handler(interpreter, args) if handler is not None else None


def _mathematics(interpreter: Interpreter, name: str, args: list[Value]) -> Value:
    """`Math.min` and the like of numbers that are known; a random number only where one is assumed."""
    if name == "random" and interpreter.assumed_random is not None:
        return Const(interpreter.assumed_random)
    compute = _MATHEMATICS.get(name)
    known, variable = numbers_of(args)
    plain = [number for number in known if abs(number) <= LARGEST]
    if compute is None or not args or len(plain) != len(args):
        number = variable_number(variable, args) or Unknown("number", "computed", given=True)
        bound = _BOUNDS.get(name)
        return at_most(number, bound(args)) if bound is not None else number
    try:
        return numbered(compute(*plain), variable)
    except (ArithmeticError, ValueError, TypeError):
        return Unknown("number", "not finite", given=True)


def _power(base: float, exponent: float) -> float:
    if abs(base) > 1_000 or not 0 <= exponent <= 20:
        raise OverflowError
    return float(base**exponent)


def _as_text(value: Value) -> Value:
    value = forced(value)
    if isinstance(value, (Const, Text, OneOf, Unknown, Url)):
        return concatenate([value])
    return Unknown("value", "not a string")


def as_number(args: list[Value]) -> Value:
    """What `Number(value)` gives; `parseInt` and unary plus are taken to be the same."""
    value = forced(args[0]) if args else Unknown("number")
    text = value.default if isinstance(value, Unknown) else value.value if isinstance(value, Const) else None
    if isinstance(text, str):
        try:
            number = float(text)
        except ValueError:
            if isinstance(value, Unknown) and value.env and not value.default:
                return Unknown(value.name, value.why, env=value.env)
            return Unknown("number")
        if isinstance(value, Unknown):
            return Unknown(value.name, value.why, env=value.env, default=text, given=True)
        return Const(int(number) if number.is_integer() else number)
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        return Const(text)
    return Unknown("number", "computed")  # it may be 0 or NaN, and what follows `||` then counts


def _url(_interpreter: Interpreter, args: list[Value]) -> Value:
    if not args:
        return Unknown("url")
    first = forced(args[0])
    if len(args) > 1:
        return Url(resolve(first, forced(args[1])))
    return Url(_as_text(first))


def _params(_interpreter: Interpreter, _args: list[Value]) -> Value:
    return Unknown("query", "a query string")  # never part of a path


def _stringify(_interpreter: Interpreter, args: list[Value]) -> Value:
    return Serialized(forced(args[0])) if args else Unknown("text")


def _assign(_interpreter: Interpreter, args: list[Value]) -> Value:
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


def _values(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return values_of(value)
    if isinstance(value, Seq):
        return value
    return Unknown("values", "the properties of an object that is not known")


def _keys(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return keys_of(value)
    if isinstance(value, Seq):
        return Seq(tuple(Const(str(place)) for place in range(len(value.items))), open=value.open)
    return Unknown("keys", "the properties of an object that is not known")


def _entries(_interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record):
        return pairs_of(value)
    if isinstance(value, Seq):
        numbered = tuple(Seq((Const(str(place)), item)) for place, item in enumerate(value.items))
        return Seq(numbered, open=value.open)
    return Unknown("entries", "the properties of an object that is not known")


def _array_from(interpreter: Interpreter, args: list[Value]) -> Value:
    value = forced(args[0]) if args else None
    if isinstance(value, Record) and "length" in value.fields:
        length = forced(value.fields["length"])
        value = _array(interpreter, [length])
    value = walked(value) if value is not None else None
    if not isinstance(value, Seq):
        return Unknown("items", "made of data")
    mapper = forced(args[1]) if len(args) > 1 else None
    if mapper is None:
        return value
    if not isinstance(mapper, Closure):
        return Unknown("items", "made by a function that is not known")
    items = enumerate(value.items)
    return Seq(tuple(_mapped(interpreter, mapper, item, number) for number, item in items), open=value.open)


def _mapped(interpreter: Interpreter, mapper: Closure, item: Value, number: int) -> Value:
    return Lazy(lambda: interpreter.run(mapper, [item, Const(number)], effects=False).value)


def _array(_interpreter: Interpreter, args: list[Value]) -> Value:
    """`new Array(3)`, with room for as many items, and `Array(a, b)`."""
    length = forced(args[0]) if len(args) == 1 else None
    if isinstance(length, Const) and isinstance(length.value, int) and not isinstance(length.value, bool):
        known = 0 <= length.value <= MOST_MADE
        return Seq((UNDEFINED,) * length.value) if known else Unknown("items", "a long list")
    return Seq(tuple(args)) if length is None else Unknown("items", "a list of a length that is not known")


def items_of(interpreter: Interpreter, value: Value) -> Seq | None:
    """The items of a list that is written down or of a known length; None where data decides."""
    found = _array_from(interpreter, [value])
    return found if isinstance(found, Seq) and not found.open else None


def _raw(_interpreter: Interpreter, args: list[Value]) -> Value:
    """What a template tagged with `String.raw` gives: the call has its parts as arguments."""
    return concatenate(args)


def _map(_interpreter: Interpreter, args: list[Value]) -> Value:
    """`new Map([[key, value]])` as the object with these keys."""
    found = [_of_pairs(one, is_map=True) for one in _lists(args)]
    known = [one for one in found if one is not None]
    return join(known) if known else Unknown("map", EMPTY_MAP, given=True)


def _from_entries(_interpreter: Interpreter, args: list[Value]) -> Value:
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


def _object(_interpreter: Interpreter, args: list[Value]) -> Value:
    del args
    return Unknown("object", OF_PLATFORM, given=True)


_BOUNDS = {"min": least_of, "max": greatest_of, "floor": greatest_of, "trunc": greatest_of}
_MATHEMATICS: dict[str, Callable[..., float]] = {
    "min": lambda *numbers: min(numbers),
    "max": lambda *numbers: max(numbers),
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "round": lambda number: math.floor(number + 0.5),
    "abs": abs,
    "sqrt": math.sqrt,
    "pow": _power,
}


def _headers(_interpreter: Interpreter, args: list[Value]) -> Value:
    return ForeignValue("", ("Headers",), tuple(args))


_HANDLERS: dict[str, Callable[[Interpreter, list[Value]], Value]] = {
    "URL": _url,
    "URLSearchParams": _params,
    "Object.assign": _assign,
    "JSON.stringify": _stringify,
    "Object.values": _values,
    "Object.keys": _keys,
    "Object.entries": _entries,
    "Object.fromEntries": _from_entries,
    "Array": _array,
    "Array.from": _array_from,
    "String.raw": _raw,
    "Date": _object,
    "Map": _map,
    "Set": _object,
    "Headers": _headers,
    "FormData": _object,
    "Date.now": _object,
    "AbortController": _object,
}

__all__ = ["join", "platform_value"]
