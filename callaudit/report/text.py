"""Tables for a terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.layout import GAP, fitted, longest_piece, packed, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.report.table import Column, Document, Screen, Table

_MOST_ROWS: Final = 25
_MOST_ENDPOINTS: Final = 200
"""Rows of a table, and of one of the endpoint inventory; --view shows all of them."""


def document_text(document: Document, screen: Screen, *, whole: bool = False) -> str:
    """Return a report; long tables are cut, and say so, unless `whole`."""
    console = console_for(screen)
    if document.title:
        console.print(Text(document.title, style="bold"))
    _facts(console, document.facts)
    chapter = ""
    for table in document.tables:
        if table.chapter and table.chapter != chapter:
            console.print()
            console.print(Text(visible(table.chapter), style="bold"))
        chapter = table.chapter
        limit = _MOST_ENDPOINTS if table.key == "endpoints" else _MOST_ROWS
        _table(console, table, len(table.rows) if whole else limit)
    if document.notes:
        console.print()
    for note in document.notes:
        console.print(Text(visible(note), style="dim"))
    return written(console).removeprefix("\n")


def console_for(screen: Screen) -> Console:
    """Return a console that writes into memory and adds nothing of its own: no markup, no highlighting."""
    return Console(
        file=io.StringIO(),
        width=screen.width,
        force_terminal=screen.color,
        no_color=not screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def written(console: Console) -> str:
    """Return what a console of `console_for` was given, without blanks at the ends of lines."""
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    return "".join(line.rstrip() + "\n" for line in text.split("\n")[:-1])


def rows_text(titles: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[bool], screen: Screen) -> str:
    """Return rows under their titles, as the answer of a query; `numbers` says which columns hold numbers."""
    console = console_for(screen)
    cells = [[visible(cell) for cell in row] for row in rows]
    _grid(console, [visible(title) for title in titles], cells, numbers)
    return written(console)


def columns_text(columns: Sequence[Column], rows: Iterable[Sequence[str]], screen: Screen) -> str:
    """Return rows under the titles of their columns; what is aside comes below where all are too wide."""
    console = console_for(screen)
    _columns(console, columns, [[visible(cell) for cell in row] for row in rows], 0)
    return written(console)


def _facts(console: Console, facts: Sequence[str]) -> None:
    for line in packed(map(visible, facts), console.width, cell_len):
        console.print(Text(line, style="dim"))


def _table(console: Console, table: Table, limit: int) -> None:
    console.print()
    indent = GAP if table.chapter else 0
    heading = Text(" " * indent + visible(table.title), style="bold" if not table.chapter else "bold cyan")
    if len(table.rows) > limit:
        heading.append(f"  {limit} of {len(table.rows)}; all with --view {table.key}", style="dim not bold")
    console.print(heading)
    if table.note:
        console.print(Text(" " * indent + visible(table.note), style="dim"))
    shown = [[visible(cell) for cell in row] for row in table.rows[:limit]]
    _columns(console, table.columns, shown, indent)


def _columns(console: Console, columns: Sequence[Column], rows: list[list[str]], indent: int) -> None:
    """Print rows; columns that are aside come as a list below when all together are too wide."""
    numbers = [column.style == "number" for column in columns]
    titles = [column.short or column.title for column in columns]
    widths = [max(cells) for cells in zip(*_widths(titles, rows, numbers), strict=True)]
    wide = sum(widths) + GAP * (len(widths) - 1) > console.width - indent
    aside = [number for number, column in enumerate(columns) if column.aside and wide]
    kept = [number for number in range(len(columns)) if number not in aside]
    merged = [_merged(row, rows[place - 1] if place else None, columns) for place, row in enumerate(rows)]
    cells = [[row[number] for number in kept] for row in merged]
    _grid(console, [titles[number] for number in kept], cells, [numbers[number] for number in kept], indent)
    for number in aside:
        _list(console, titles[number], list(dict.fromkeys(row[number] for row in rows)), indent)


def _list(console: Console, title: str, items: Sequence[str], indent: int) -> None:
    label = f"{title}  "
    for item in items:
        line = Text(label + item, style="dim", overflow="fold")
        console.print(Padding(line, (0, 0, 0, indent)))
        label = " " * len(label)


def _merged(row: list[str], above: list[str] | None, columns: Sequence[Column]) -> list[str]:
    """Leave out merged cells that say of the same first cell what the row above says."""
    if above is None or row[0] != above[0]:
        return row
    return [
        "" if column.merged and cell == before else cell
        for cell, before, column in zip(row, above, columns, strict=True)
    ]


def _grid(
    console: Console,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    indent: int = 0,
) -> None:
    least = [max((longest_piece(cell, cell_len) for cell in column), default=0) for column in zip(*rows, strict=True)]
    widths = fitted(_widths(titles, rows, right), console.width - indent, rigid=right, least=least)
    grid = Grid(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
    for title, width, number in zip(titles, widths, right, strict=True):
        header = Text("\n".join(wrapped(title, width, cell_len, indent="")), justify="right" if number else "left")
        grid.add_column(header, width=width, justify="right" if number else "left", no_wrap=True, vertical="top")
    for row in rows:
        grid.add_row(*(_cell(*cell) for cell in zip(row, widths, right, strict=True)))
    console.print(Padding(grid, (0, 0, 0, indent)))


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[list[int]]:
    """Measure the cells; the title over numbers may be broken at every blank."""
    heads = [
        max(map(cell_len, title.split(" "))) if number else cell_len(title)
        for title, number in zip(titles, right, strict=True)
    ]
    return [heads, *([cell_len(cell) for cell in row] for row in rows)]


def _cell(text: str, width: int, number: bool) -> Text:
    style = "yellow" if number and text.endswith("n") else ""
    return Text("\n".join(wrapped(text, width, cell_len)), style=style)
