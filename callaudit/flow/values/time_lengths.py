"""Lengths of time as objects of libraries: `moment.duration(5, "seconds").asMilliseconds()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Record, Unknown
from callaudit.libraries.time_lengths import LENGTHS, MAKERS, READERS, UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import Value


def length_read(receiver: ForeignValue, name: str, args: Sequence[Value]) -> Value | None:
    """The number that a method of such an object gives; `None` where it is another object or another method."""
    unit = _unit(args[0]) if name == "as" and args else READERS.get(name)
    if unit is None or not _is_length(receiver):
        return None
    length = _length(receiver)
    if length is None:
        return Unknown("number", "a length of time that is not known", given=True)
    number = length / unit
    return Const(int(number) if number == int(number) else number)


def _is_length(value: ForeignValue) -> bool:
    path = value.path[1:] if value.path[:1] == ("default",) else value.path
    return value.args is not None and path in LENGTHS.get(value.package, ())


def _length(value: ForeignValue) -> float | None:
    """The milliseconds of what was made; `None` where they are not known."""
    args = value.args or ()
    first = forced(args[0]) if args else Const(0)
    if isinstance(first, Record):
        if first.open:
            return None
        amounts = [(number_of(item), UNITS.get(name)) for name, item in first.fields.items()]
        if any(number is None or unit is None for number, unit in amounts):
            return None
        return sum(number * unit for number, unit in amounts if number is not None and unit is not None)
    number = number_of(first)
    unit = MAKERS.get(value.path[-1]) or (_unit(args[1]) if len(args) > 1 else 1)
    return number * unit if number is not None and unit is not None else None


def _unit(value: Value) -> float | None:
    known = forced(value)
    return UNITS.get(known.value) if isinstance(known, Const) and isinstance(known.value, str) else None
