"""Tables that a program writes down: `[{ when: "* * * * *", job: "a" }, …]`. What a row says belongs together.

A loop over one is taken row by row, or each job would run at the times of all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import Value

MOST_ROWS = 40


def is_table(items: Sequence[Value]) -> bool:
    """Whether a list is a table of constants in several columns, short enough to be taken row by row."""
    return len(items) <= MOST_ROWS and all(_is_row(forced(item)) for item in items)


def _is_row(item: Value) -> bool:
    return (
        type(item) is Record
        and not (item.open or item.is_map)
        and len(item.fields) > 1
        and all(isinstance(forced(value), Const) for value in item.fields.values())
    )
