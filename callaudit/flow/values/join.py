"""One value that stands for several: alternatives, of which those that are alike are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import MOST_ALTERNATIVES, MOST_FIELDS, key
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    ClassValue,
    Closure,
    ForeignValue,
    ModuleValue,
    OneOf,
    Record,
    Seq,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

MOST_FUNCTIONS = 256
"""Alternatives that are functions or classes alone: tables of handlers and components are long."""


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
