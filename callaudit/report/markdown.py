"""Tables as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from callaudit.report.escape import markdown, markdown_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.report.table import Column, Document, Table

ALIGNED: Final = {"number": "---:", "code": "---", "words": "---"}
"""The line below the title of a column."""


def document_markdown(document: Document) -> str:
    """Return a report; what is aside comes as a list below its table, as in audits written by hand."""
    return "\n".join(_lines(document)).lstrip("\n") + "\n"


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a table; cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def fenced(text: str, language: str) -> Iterator[str]:
    """Yield a block of code, between fences longer than any in it."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    yield f"{fence}{language}"
    yield from text.split("\n")
    yield fence


def _lines(document: Document) -> Iterator[str]:
    if document.title:
        yield f"# {markdown(document.title)}"
        yield ""
        yield markdown(" · ".join(document.facts))
    number = part = 0
    chapter = ""
    for table in document.tables:
        if not table.chapter or table.chapter != chapter:
            number, part = number + 1, 0
            yield from ("", f"## {number}. {markdown(table.chapter or table.title)}")
        chapter = table.chapter
        if chapter:
            part += 1
            yield from ("", f"### {number}.{part} {markdown(table.title)}")
        if table.note:
            yield from ("", markdown(table.note))
        yield ""
        yield from _table(table)
    if document.notes:
        yield ""
    yield from (f"- {markdown(note)}" for note in document.notes)


def _table(table: Table) -> Iterator[str]:
    kept = [number for number, column in enumerate(table.columns) if not column.aside]
    yield table_row(markdown(table.columns[number].title) for number in kept)
    yield table_row(ALIGNED[table.columns[number].style] for number in kept)
    for row in table.rows:
        yield table_row(_cell(row[number], table.columns[number]) for number in kept)
    for number, column in enumerate(table.columns):
        if column.aside:
            yield from ("", f"**{markdown(column.title)}**:", "")
            yield from (f"- {markdown_code(text)}" for text in dict.fromkeys(row[number] for row in table.rows))


def _cell(text: str, column: Column) -> str:
    return markdown_code(text) if column.style == "code" else markdown(text)
