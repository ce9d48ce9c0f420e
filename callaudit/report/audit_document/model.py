"""The audit document as plain records: sections of blocks, blocks of inline text.

Text is as it is in the code: nothing is escaped or masked for a format here, each renderer does that. Secrets are
masked already, since no renderer may show them. A renderer handles each kind of `Block` and of `Inline`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Level = Literal["good", "note", "warning", "bad"]
"""How bad something is: what is as it should be, what to know, what to change, what breaks."""


class Place(Struct, frozen=True, tag=True):
    """A line of a file of the audited repository, shown as `file:line`; line 0 is the whole file."""

    file: str
    line: int = 0


class Formula(Struct, frozen=True, tag=True):
    """How a number was computed, with its numbers: `250 users × 1 / 15 s = 16.7 requests/s`."""

    text: str


class Source(Struct, frozen=True, tag=True):
    """Where a provider's figure is stated: what is said, and the address (empty: it has none)."""

    text: str
    url: str = ""


Evidence = Place | Formula | Source
"""What a number rests on."""


class Words(Struct, frozen=True, tag=True):
    """Text of our own."""

    text: str


class Strong(Struct, frozen=True, tag=True):
    """Text of our own that stands out."""

    text: str


class Code(Struct, frozen=True, tag=True):
    """Text out of the audited code: a name, a route, a path."""

    text: str


class Number(Struct, frozen=True, tag=True):
    """A figure with its unit as it is shown, what it rests on, and `value` to sort by (None: not a plain number)."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    value: float | None = None


class Mark(Struct, frozen=True, tag=True):
    """A word with a level: `READY`, `over the limit`."""

    text: str
    level: Level


class SectionLink(Struct, frozen=True, tag=True):
    """A link to another section of the document, by its id."""

    text: str
    section: str


Inline = Words | Strong | Code | Number | Mark | Place | Source | SectionLink
Line = tuple[Inline, ...]
"""A run of text, without blanks between its parts but those that the parts have."""


class Paragraph(Struct, frozen=True, tag=True):
    """One paragraph."""

    text: Line


class Fact(Struct, frozen=True):
    """A named value of a list of facts."""

    name: str
    value: Line


class Facts(Struct, frozen=True, tag=True):
    """Names with their values, as `Capacity: fits up to 41 users`."""

    facts: tuple[Fact, ...]


class Item(Struct, frozen=True):
    """An item of a list, and the list below it. `open` is whether a box is to be ticked (None: it has no box)."""

    text: Line
    items: tuple[Item, ...] = ()
    open: bool | None = None


class Items(Struct, frozen=True, tag=True):
    """A list. `title` stands in front of it (empty: nothing does)."""

    items: tuple[Item, ...]
    title: str = ""
    ordered: bool = False


class Column(Struct, frozen=True):
    """A column of a table: `number` cells are aligned to the right."""

    title: str
    kind: Literal["words", "code", "number"] = "words"


class Grid(Struct, frozen=True, tag=True):
    """A table. `key` names it within the document; rows have a cell for each column."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    title: str = ""


class Excerpt(Struct, frozen=True, tag=True):
    """Lines of a file of the repository, secrets masked; `first` is the number of the first one.

    `marked` are the lines that matter, `language` is what a Markdown fence calls it.
    """

    file: str
    first: int
    lines: tuple[str, ...]
    marked: tuple[int, ...] = ()
    language: str = "ts"


class Snippet(Struct, frozen=True, tag=True):
    """Code that is proposed, which no file has."""

    title: str
    code: str
    language: str = "ts"


class Reproduce(Struct, frozen=True, tag=True):
    """The command that shows what the blocks before it say."""

    command: str


Block = Paragraph | Facts | Items | Grid | Excerpt | Snippet | Formula | Reproduce


class Section(Struct, frozen=True):
    """A section; `id` names it in links and in the markers of notes, and stays when titles change.

    `number` is `1`, `1.2`, or empty for one without a number.
    """

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


class AuditDocument(Struct, frozen=True):
    """The whole audit: title, a line of facts below it, sections in the order of reading."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
