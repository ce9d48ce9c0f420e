"""The audit document as Markdown: to be committed, readable in a diff, the same for the same code."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

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
    Reproduce,
    SectionLink,
    Snippet,
    Source,
    Strong,
)
from callaudit.report.audit_document.notes import region, without_section
from callaudit.report.escape import html_text, markdown, markdown_code
from callaudit.report.markdown import ALIGNED, fenced, table_row
from callaudit.report.table import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callaudit.report.audit_document.model import AuditDocument, Block, Inline, Item, Line, Section

_MARKS = {"good": "🟢", "note": "⚪", "warning": "🟡", "bad": "🔴"}


def audit_markdown(document: AuditDocument, notes: Mapping[str, str] = {}) -> str:
    """Return the document; `notes` are kept by section, those of sections that are gone at the end."""
    return _Writer(notes).document(document)


class _Writer:
    """Writes lines, and collects the formulas that footnotes hold."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        self._footnotes: dict[str, str] = {}

    def document(self, document: AuditDocument) -> str:
        lines = [f"# {markdown(document.title)}", "", markdown(" · ".join(document.facts)), ""]
        for section in document.sections:
            lines += [*self._section(section, 2), region(section.id, self._notes), ""]
        gone = without_section(self._notes, {section.id for section in document.sections})
        if gone:
            lines += ["## Notes of sections that are gone", ""]
            for name in gone:
                lines += [region(name, gone), ""]
        lines += [f"[^{key}]: {text}" for key, text in self._footnotes.items()]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _section(self, section: Section, level: int) -> Iterator[str]:
        number = f"{section.number}. " if section.number and "." not in section.number else f"{section.number} "
        yield f'<a id="{_anchor(section.id)}"></a>'
        yield ""
        yield f"{'#' * level} {number if section.number else ''}{markdown(section.title)}"
        yield ""
        for block in section.blocks:
            yield from self._block(block)
            yield ""
        for inner in section.sections:
            yield from self._section(inner, level + 1)

    def _block(self, block: Block) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield self._line(block.text)
        elif isinstance(block, Facts):
            yield from (f"- **{markdown(fact.name)}**: {self._line(fact.value)}" for fact in block.facts)
        elif isinstance(block, Items):
            yield from self._items(block)
        elif isinstance(block, Grid):
            yield from self._grid(block)
        elif isinstance(block, Excerpt):
            yield from _excerpt(block)
        elif isinstance(block, Snippet):
            if block.title:
                yield from (f"**{markdown(block.title)}**:", "")
            yield from fenced(html_text(block.code), block.language)
        elif isinstance(block, Formula):
            yield f"= {markdown(block.text)}"
        else:
            yield f"<sub>{_command(block)}</sub>"

    def _items(self, block: Items) -> Iterator[str]:
        if block.title:
            yield from (f"**{markdown(block.title)}**:", "")
        for item in block.items:
            yield from self._item(item, "", ordered=block.ordered)

    def _item(self, item: Item, indent: str, *, ordered: bool) -> Iterator[str]:
        box = "" if item.open is None else "[ ] " if item.open else "[x] "
        yield f"{indent}{'1.' if ordered else '-'} {box}{self._line(item.text)}"
        for inner in item.items:
            yield from self._item(inner, indent + ("   " if ordered else "  "), ordered=False)

    def _grid(self, grid: Grid) -> Iterator[str]:
        if grid.title:
            yield from (f"**{markdown(grid.title)}**", "")
        yield table_row(markdown(column.title) for column in grid.columns)
        yield table_row(ALIGNED[column.kind] for column in grid.columns)
        for row in grid.rows:
            yield table_row(self._line(cell) for cell in row)

    def _line(self, line: Line) -> str:
        return "".join(self._inline(one) for one in line)

    def _inline(self, one: Inline) -> str:
        if isinstance(one, Code):
            return markdown_code(one.text)
        if isinstance(one, Strong):
            return f"**{markdown(one.text)}**"
        if isinstance(one, Number):
            return self._number(one)
        if isinstance(one, Mark):
            return f"{_MARKS[one.level]} **{markdown(one.text.strip())}**"
        if isinstance(one, Place):
            return _place(one)
        if isinstance(one, Source):
            return f"[{markdown(one.text)}](<{_address(one.url)}>)" if one.url else markdown(one.text)
        if isinstance(one, SectionLink):
            return f"[{markdown(one.text)}](#{_anchor(one.section)})"
        lead = " " if one.text.startswith(" ") else ""
        return lead + _spaced(one.text)

    def _number(self, one: Number) -> str:
        """Link a figure to its first place; what it was computed from stands in a footnote."""
        places = [evidence for evidence in one.evidence if isinstance(evidence, Place)]
        others = [evidence for evidence in one.evidence if not isinstance(evidence, Place)]
        text = markdown(one.text)
        if places:
            text = f"[{text}]({_target(places[0])})"
        if not others:
            return text
        said = "; ".join(
            f"{markdown(other.text)}{f' (<{_address(other.url)}>)' if isinstance(other, Source) and other.url else ''}"
            for other in others
        )
        # A name by what it says: numbers would change with every line that is added above.
        key = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:8]
        self._footnotes[key] = said
        return f"{text}[^{key}]"


def _spaced(text: str) -> str:
    """Escape our own words; blanks at their ends join them to what is beside them."""
    tail = " " if text.endswith(" ") and text.strip() else ""
    return markdown(text.strip(" ")) + tail if text.strip() else text


def _place(one: Place) -> str:
    return f"[{markdown_code(place(one.file, one.line))}]({_target(one)})"


def _target(one: Place) -> str:
    """Return the address of a line as GitHub and GitLab understand it, from the root of the repository."""
    path = quote(one.file.encode("utf-8", "surrogateescape"), safe="/")
    return f"/{path}#L{one.line}" if one.line else f"/{path}"


def _address(url: str) -> str:
    return quote(url, safe=":/?#&=%~+,;@!$*'.-_")


def _anchor(section: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", section.lower()).strip("-")


def _command(block: Reproduce) -> str:
    return f"`{block.command}`" if "`" not in block.command else markdown(block.command)


def _excerpt(block: Excerpt) -> Iterator[str]:
    """Show lines with their numbers, a mark before those that matter."""
    width = len(str(block.first + len(block.lines)))
    lines = [
        f"{'>' if at in block.marked else ' '} {at:>{width}}  {line}".rstrip()
        for at, line in enumerate(block.lines, block.first)
    ]
    yield _place(Place(block.file, block.first))
    yield ""
    yield from fenced(html_text("\n".join(lines)), block.language)
