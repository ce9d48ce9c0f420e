"""A titled table of text, as every format renders it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Style = Literal["code", "words", "number"]
"""Text out of the audited code, text of our own, or a number."""


class Screen(Struct, frozen=True):
    """Where text is shown: how many columns there are, and whether colors are."""

    width: int = 100
    color: bool = False


class Column(Struct, frozen=True):
    """A column.

    `merged` leaves out what repeats the row above about the same first cell, `aside` is shown below a table
    that is too wide, `short` is the title where there is little room.
    """

    title: str
    style: Style = "code"
    merged: bool = False
    aside: bool = False
    short: str = ""


class Table(Struct, frozen=True):
    """Rows under a title. `key` is its name on the command line, `note` one sentence below the title.

    Tables with the same `chapter` belong together.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    chapter: str = ""
    note: str = ""


class Document(Struct, frozen=True):
    """A report: a title (empty: single tables of it), a few facts, tables, and what to know about them at the end."""

    title: str
    facts: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def bounds(least: int, most: int | None) -> str:
    """Return `1`, `0…3`, or `0…n` where data decides."""
    upper = "n" if most is None else str(most)
    return upper if upper == str(least) else f"{least}…{upper}"


def place(file: str, line: int) -> str:
    """Return `file:line`, or the file alone where no line is meant."""
    return f"{file}:{line}" if line else file


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 route`, `1,200 routes`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
