"""Functions that a value holds, with the names that they have there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.holding import may_hold
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, OneOf, Record, Seq

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.values.values import Value


def functions_in(value: Value, depth: int, name: str = "") -> Iterator[tuple[str, Closure]]:
    """The functions of a value called `name`, `depth` lists and objects deep at the most."""
    if not may_hold(value):
        return
    known = forced(value)
    if isinstance(known, Closure):
        yield name, known
    elif isinstance(known, OneOf):
        for item in known.values:
            yield from functions_in(item, depth, name)
    elif isinstance(known, Record) and depth:
        for field, item in known.fields.items():
            yield from functions_in(item, depth - 1, field)
    elif isinstance(known, Seq) and depth:
        for item in known.items:
            yield from functions_in(item, depth - 1, name)
