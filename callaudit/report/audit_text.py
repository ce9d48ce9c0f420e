"""The audit document for a terminal or a pipe: plain text that fits the width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from callaudit.report.audit_document.model import (
    Code,
    Excerpt,
    Facts,
    Formula,
    Grid,
    Items,
    Mark,
    Number,
    Paragraph,
    Place,
    SectionLink,
    Snippet,
)
from callaudit.report.escape import html_text, visible
from callaudit.report.layout import wrapped
from callaudit.report.table import Column, place
from callaudit.report.text import columns_text, console_for, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.report.audit_document.model import AuditDocument, Block, Inline, Item, Line, Section
    from callaudit.report.table import Screen

_STYLES: Final = {"good": "green", "note": "dim", "warning": "yellow", "bad": "bold red"}
_INDENT: Final = "  "
_PLACES: Final = ("Where", "Call site")
"""Last columns that stand below a table that is too wide."""
_PIECES: Final = re.compile(r"[^ ]*[ ]?")


def audit_text(document: AuditDocument, screen: Screen) -> str:
    """Return the document in lines of the screen's width; formulas stand below what they explain."""
    return _Writer(screen).document(document)


class _Writer:
    """Writes blocks to a console in memory."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._console = console_for(screen)

    def document(self, document: AuditDocument) -> str:
        self._console.print(Text(visible(document.title), style="bold"), soft_wrap=True)
        self._wrapped(" · ".join(document.facts), "", "dim")
        for section in document.sections:
            self._section(section)
        return written(self._console)

    def _section(self, section: Section) -> None:
        title = f"{section.number}  {section.title}" if section.number else section.title
        top = "." not in section.number
        self._console.print()
        self._console.print(Text(visible(title), style="bold" if top else "bold cyan"), soft_wrap=True)
        for block in section.blocks:
            self._block(block)
        for inner in section.sections:
            self._section(inner)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._line(block.text, _INDENT)
            self._formulas([block.text])
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Excerpt):
            self._excerpt(block)
        elif isinstance(block, Snippet):
            self._console.print(Text(f"{_INDENT}{visible(block.title)}", style="dim"), soft_wrap=True)
            self._code(block.code.split("\n"))
        elif isinstance(block, Formula):
            self._wrapped(f"= {block.text}", _INDENT, "dim")
        else:
            self._wrapped(f"$ {block.command}", _INDENT, "cyan")

    def _facts(self, block: Facts) -> None:
        wide = max(cell_len(fact.name) for fact in block.facts)
        for fact in block.facts:
            label = f"{_INDENT}{fact.name}{' ' * (wide - cell_len(fact.name))}{_INDENT}"
            self._line(fact.value, label)
        self._formulas(fact.value for fact in block.facts)

    def _items(self, block: Items) -> None:
        if block.title:
            self._console.print()
            self._console.print(Text(f"{_INDENT}{visible(block.title)}", style="bold"), soft_wrap=True)
        for at, item in enumerate(block.items, 1):
            self._item(item, _INDENT, f"{at}. " if block.ordered else "- ")

    def _item(self, item: Item, indent: str, bullet: str) -> None:
        box = "" if item.open is None else "[ ] " if item.open else "[x] "
        self._line(item.text, f"{indent}{bullet}{box}")
        for inner in item.items:
            self._item(inner, indent + _INDENT, "- ")

    def _grid(self, grid: Grid) -> None:
        if grid.title:
            self._console.print()
            self._wrapped(grid.title, _INDENT, "bold")
        rows = [["".join(_plain(one) for one in cell) for cell in row] for row in grid.rows]
        if not rows:
            return
        last = len(grid.columns) - 1
        columns = [
            Column(one.title, one.kind, aside=at == last and one.title in _PLACES)
            for at, one in enumerate(grid.columns)
        ]
        text = columns_text(columns, rows, replace(self._screen, width=self._screen.width - len(_INDENT)))
        for line in text.rstrip("\n").split("\n"):
            self._console.print(Text(_INDENT).append_text(Text.from_ansi(line)), soft_wrap=True)
        self._formulas(cell for row in grid.rows for cell in row)

    def _formulas(self, lines: Iterable[Line]) -> None:
        """Write what numbers were computed from, each formula once."""
        found = dict.fromkeys(
            evidence.text
            for line in lines
            for one in line
            if isinstance(one, Number)
            for evidence in one.evidence
            if isinstance(evidence, Formula)
        )
        for text in found:
            self._wrapped(f"= {text}", _INDENT * 2, "dim")

    def _excerpt(self, block: Excerpt) -> None:
        self._wrapped(place(block.file, block.first), _INDENT, "dim")
        width = len(str(block.first + len(block.lines)))
        self._code(
            f"{'>' if at in block.marked else ' '} {at:>{width}}  {line}"
            for at, line in enumerate(block.lines, block.first)
        )

    def _code(self, lines: Iterable[str]) -> None:
        for line in lines:
            shown = html_text(line).expandtabs(2)
            room = self._screen.width - 2 * len(_INDENT)
            cut = shown if cell_len(shown) <= room else shown[: room - 1] + "…"
            self._console.print(Text(_INDENT * 2 + cut.rstrip()), soft_wrap=True)

    def _line(self, line: Line, label: str) -> None:
        """Write a line behind its label; what follows is as far in as the label is long."""
        marks = [one for one in line if isinstance(one, Mark)]
        style = _STYLES[marks[0].level] if marks and len(line) == 1 else ""
        self._wrapped("".join(_plain(one) for one in line), label, style)

    def _wrapped(self, text: str, label: str, style: str) -> None:
        indent = " " * cell_len(label)
        room = self._screen.width - len(indent)
        for at, part in enumerate(_lines(visible_all(text), room)):
            self._console.print(Text.assemble(label if not at else indent, (part, style)), soft_wrap=True)


def _lines(text: str, width: int) -> Iterator[str]:
    yield from wrapped(text, width, cell_len, pieces=_PIECES, indent="")


def visible_all(text: str) -> str:
    """Return text of any length without what a terminal would act on."""
    return html_text(text).replace("\n", " ").replace("\t", " ")


def _plain(one: Inline) -> str:
    if isinstance(one, Place):
        return place(one.file, one.line)
    if isinstance(one, (Code, SectionLink)):
        return one.text
    return one.text
