"""Reads what schema.sql and views.sql say about their tables, views and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from callaudit.inventory.store import SCHEMA, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CREATE = re.compile(r"^CREATE (TABLE|VIEW) (\w+)")
_COLUMN = re.compile(r"^  (\w+) ([A-Z]+)\b[^-]*-- (.*)$")
_SHOWN = re.compile(r"(?:^  |\bAS )(\w+)\)?,? -- (.*)$")


class ColumnDoc(Struct, frozen=True):
    """A column; `type` is empty in a view."""

    name: str
    type: str
    text: str


class TableDoc(Struct, frozen=True):
    """A table or view with what its comments say."""

    name: str
    kind: Literal["table", "view"]
    text: str
    columns: tuple[ColumnDoc, ...]


def documentation(*more: Path) -> tuple[TableDoc, ...]:
    """Return all tables, then all views, in the order of their files; those of `more` files follow."""
    return tuple(table for path in (SCHEMA, VIEWS, *more) for table in _documented(path))


def preamble() -> str:
    """Return what schema.sql says before its first table: what holds for all of them."""
    comments = SCHEMA.read_text("utf-8").partition("\n\n-- What")[0]
    return "\n".join(line.removeprefix("--").strip() for line in comments.splitlines())


def sql(*more: Path) -> str:
    """Return the files themselves, those of `more` last."""
    return "\n".join(path.read_text("utf-8") for path in (SCHEMA, VIEWS, *more))


def _documented(path: Path) -> Iterator[TableDoc]:
    comment: list[str] = []
    lines = iter(path.read_text("utf-8").splitlines())
    for line in lines:
        created = _CREATE.match(line)
        if created:
            kind: Literal["table", "view"] = "table" if created[1] == "TABLE" else "view"
            yield TableDoc(created[2], kind, " ".join(comment), tuple(_columns(lines, kind)))
        comment = [*comment, line.removeprefix("--").strip()] if line.startswith("--") else []


def _columns(lines: Iterator[str], kind: str) -> Iterator[ColumnDoc]:
    """Read the columns up to the end of the statement."""
    for line in lines:
        if kind == "table":
            column = _COLUMN.match(line)
            if column:
                yield ColumnDoc(column[1], column[2], column[3])
        else:
            shown = _SHOWN.search(line)
            if shown:
                yield ColumnDoc(shown[1], "", shown[2])
        if line.endswith(";"):
            return
