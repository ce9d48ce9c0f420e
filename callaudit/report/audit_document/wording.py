"""Words of the audit document: numbers, ranges and tables of other reports as its own inline text."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Final

from callaudit.report.audit_document.model import Code, Column, Grid, Number, Place, Reproduce, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.ranges import Range
    from callaudit.report.audit_document.model import Evidence, Inline, Line
    from callaudit.report.table import Table

_PLACE: Final = re.compile(r"^(.+):(\d+)$")
_HOUR = 60.0


def amount(value: float) -> str:
    """Return a number as people read it: `28,408`, `41.6`, `0.35`, `any number`."""
    if value == inf:
        return "any number"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 10 else f"{value:.2g}"


def span(value: Range, unit: str = "") -> str:
    """Return what is expected with its bounds: `2,498 (0…28,408) credits`."""
    tail = f" {unit}" if unit else ""
    if amount(value.low) == amount(value.high):
        return f"{amount(value.expected)}{tail}"
    # As in every bound of calls: n is a number that data decides.
    high = "n" if value.high == inf else amount(value.high)
    return f"{amount(value.expected)} ({amount(value.low)}…{high}){tail}"


def number(text: str, *evidence: Evidence, value: float | None = None) -> Number:
    """Return a figure with what it rests on; `value` is read from the text where it is a plain number."""
    if value is None:
        plain = re.match(r"^[\d,]+(?:\.\d+)?$", text)
        value = float(text.replace(",", "")) if plain else None
    return Number(text, tuple(evidence), value)


def hours(low: float, high: float) -> str:
    """Return a range of minutes as hours: `½-1 h` is written `0.5-1 h`."""
    return f"{low / _HOUR:.2g}-{high / _HOUR:.2g} h"


def words(text: str) -> Line:
    """Return a line of our own words."""
    return (Words(text),)


def code(text: str) -> Line:
    """Return a line that is one name of the code; empty text gives an empty line."""
    return (Code(text),) if text else ()


def listed(parts: Iterable[Inline], between: str = ", ") -> Line:
    """Return inline parts with words between them."""
    line: list[Inline] = []
    for part in parts:
        line.extend((Words(between), part) if line else (part,))
    return tuple(line)


def place_of(text: str) -> Place:
    """Return `file:line` as a place."""
    found = _PLACE.match(text)
    return Place(found[1], int(found[2])) if found else Place(text)


def grid_of(table: Table, title: str = "") -> Grid:
    """Return a table of another report; places in it become links, numbers rest on the place of their row."""
    places = [number for number, column in enumerate(table.columns) if column.title in ("Place", "Files")]
    columns = tuple(
        Column("Where" if at in places else column.title, column.style) for at, column in enumerate(table.columns)
    )
    rows = []
    for row in table.rows:
        evidence = tuple(place_of(row[at]) for at in places)
        rows.append(
            tuple(
                (place_of(cell),) if at in places else _cell(cell, columns[at].kind, evidence)
                for at, cell in enumerate(row)
            )
        )
    return Grid(table.key, columns, tuple(rows), title or table.title)


def _cell(text: str, kind: str, evidence: tuple[Place, ...]) -> Line:
    if not text:
        return ()
    if kind == "number":
        return (number(text, *evidence),)
    return words(text) if kind == "words" or text in ("none", "nothing", "nowhere", "unknown") else code(text)


def view(name: str) -> Reproduce:
    """Return the command that shows a table of the inventory."""
    return Reproduce(f"callaudit inventory --view {name}")
