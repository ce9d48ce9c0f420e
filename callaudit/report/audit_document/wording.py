"""Words of the audit document: numbers, ranges and tables of other reports as its own inline text."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Final

from callaudit.report.audit_document.model import Code, Column, Grid, Number, Place, Reproduce, Words
from callaudit.report.load.numbers import number as rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.advice.model import Spot, Verdict
    from callaudit.inventory.model import Inventory
    from callaudit.load.ranges import Range
    from callaudit.report.audit_document.model import Evidence, Inline, Line
    from callaudit.report.table import Table

_PLACE: Final = re.compile(r"^(.+):(\d+)$")
_HALF = 30.0


def amount(value: float) -> str:
    """Return a number as people read it: `28,408`, `41.6`, `8.33`, `0.352`, `any number`."""
    return "any number" if value == inf else rounded(value)


def span(value: Range, unit: str = "") -> str:
    """Return what is expected with its bounds: `2,498 (0…28,408) credits`."""
    tail = f" {unit}" if unit else ""
    if amount(value.low) == amount(value.high):
        return f"{amount(value.expected)}{tail}"
    return f"{amount(value.expected)} ({between(value)}){tail}"


def between(value: Range) -> str:
    """Return `0…28,408`, or one number where both are the same."""
    # As in every bound of calls: n is a number that data decides.
    low, high = amount(value.low), "n" if value.high == inf else amount(value.high)
    return low if low == high else f"{low}…{high}"


def number(text: str, *evidence: Evidence, value: float | None = None) -> Number:
    """Return a figure with what it rests on; `value` is read from the text where it is a plain number."""
    if value is None:
        plain = re.match(r"^[\d,]+(?:\.\d+)?$", text)
        value = float(text.replace(",", "")) if plain else None
    return Number(text, tuple(evidence), value)


def hours(low: float, high: float) -> str:
    """Return a range of minutes in hours and halves of them: `0.5-1 h`; an estimate knows no more."""
    least, most = (max(round(minutes / _HALF) / 2, 0.5) for minutes in (low, high))
    return f"{least:g}-{most:g} h" if most > least else f"{least:g} h"


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


def unjudged(verdict: Verdict) -> str:
    """Say why nothing is held against a quota."""
    if verdict.asked:
        return "no profile says what the hosts that are called allow"
    return "no scenario comes to a call: nothing that is called upstream repeats, and no page or action asks for it"


def entry_words(name: str, inventory: Inventory) -> str:
    """Return `page /trade` of the name of a page, other names as they are."""
    return f"page {name}" if any(one.kind == "page" and one.name == name for one in inventory.entries) else name


def at(spot: Spot) -> Place:
    """Return where a spot is."""
    return Place(spot.file, spot.line)


def code_or_words(text: str) -> Iterator[Inline]:
    """Turn what stands in backticks into code."""
    for turn, part in enumerate(text.split("`")):
        if part:
            yield Code(part) if turn % 2 else Words(part)


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
