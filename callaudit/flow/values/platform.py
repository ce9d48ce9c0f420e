"""What functions of the language and the platform give: the few that URLs and options are made with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from callaudit.flow.lists.most import at_most, greatest_of, least_of
from callaudit.flow.requests.requested import Serialized
from callaudit.flow.text.query_words import decoded, encoded
from callaudit.flow.text.strings import concatenate, each, parts_of
from callaudit.flow.text.url_joining import resolve
from callaudit.flow.values import platform_objects as objects
from callaudit.flow.values.arithmetic import numbered, numbers_of, variable_number
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    Closure,
    Const,
    ForeignValue,
    Instance,
    OneOf,
    Record,
    Seq,
    Text,
    Unknown,
    Url,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter

LARGEST = 2.0**63
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


def _raw(_interpreter: Interpreter, args: list[Value]) -> Value:
    """What a template tagged with `String.raw` gives: the call has its parts as arguments."""
    return concatenate(args)


def _is_list(_interpreter: Interpreter, args: list[Value]) -> Value:
    """What `Array.isArray(value)` gives, where all that the value may be is known to be a list, or to be none."""
    value = forced(args[0]) if args else UNDEFINED
    answers = {_listed(forced(one)) for one in (value.values if isinstance(value, OneOf) else (value,))}
    answer = answers.pop() if len(answers) == 1 else None
    return Unknown("condition") if answer is None else Const(answer)


def _listed(value: Value) -> bool | None:
    if isinstance(value, Seq):
        return True
    return False if isinstance(value, (Const, Text, Record, Closure, Instance)) or value is UNDEFINED else None


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
    "Object.assign": objects.assign,
    "JSON.stringify": _stringify,
    "Object.values": objects.values,
    "Object.keys": objects.keys,
    "Object.entries": objects.entries,
    "Object.fromEntries": objects.from_entries,
    "Array": objects.array,
    "Array.isArray": _is_list,
    "Array.from": objects.array_from,
    "String.raw": _raw,
    "Date": objects.plain,
    "Map": objects.map_of,
    "Set": objects.plain,
    "Headers": _headers,
    "FormData": objects.plain,
    "Date.now": objects.plain,
    "AbortController": objects.plain,
}
