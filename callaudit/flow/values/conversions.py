"""Numbers that libraries make of times: `secondsToMilliseconds(5)`, `milliseconds({ minutes: 5 })`, `ms("5m")`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.text.strings import each
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Record, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.libraries.model import Convert

_TEXT = re.compile(r"^(\d{1,12}(?:\.\d{1,6})?) ?([a-z]*)$", re.IGNORECASE)
_WORDS = {
    1: ("", "milliseconds", "millisecond", "msecs", "msec", "ms"),
    1_000: ("seconds", "second", "secs", "sec", "s"),
    60_000: ("minutes", "minute", "mins", "min", "m"),
    3_600_000: ("hours", "hour", "hrs", "hr", "h"),
    86_400_000: ("days", "day", "d"),
    604_800_000: ("weeks", "week", "w"),
}
_UNITS = {word: ms for ms, words in _WORDS.items() for word in words}


def converted(model: Convert, args: Sequence[Value]) -> Value:
    """The number that a conversion gives."""
    return each(args[0], lambda one: _one(model, one)) if args else Unknown("number", "nothing is given")


def _one(model: Convert, value: Value) -> Value:
    known = forced(value)
    if model.units:
        return _of_units(model, known)
    if model.text:
        return _of_text(known)
    number = number_of(known)
    return _number(number * model.unit) if number is not None else Unknown("number", "computed", given=True)


def _of_units(model: Convert, value: Value) -> Value:
    if not isinstance(value, Record) or value.open:
        return Unknown("number", "computed", given=True)
    total = 0.0
    for name, ms in model.units:
        if name in value.fields:
            number = number_of(value.fields[name])
            if number is None:
                return Unknown("number", "computed", given=True)
            total += number * ms
    return _number(total)


def _of_text(value: Value) -> Value:
    found = _TEXT.match(value.value) if isinstance(value, Const) and isinstance(value.value, str) else None
    unit = _UNITS.get(found[2].lower()) if found else None
    return _number(float(found[1]) * unit) if found and unit else Unknown("number", "computed", given=True)


def _number(number: float) -> Value:
    return Const(int(number) if number == int(number) else number)
