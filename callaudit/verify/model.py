"""What a document says, and what the code says of it, as plain records."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "callaudit/verify/1"

Verdict = Literal["confirmed", "contradicted", "unchecked"]


class Block(Struct, frozen=True):
    """A piece of a Markdown document, with what tells the reader of it what it is about.

    `text` is without markup but for backticks. `lead` is what introduces it, nearest first: the items around it,
    then the paragraph before the list, table or code. `around` are the other paragraphs of its section, those before
    it first, nearest first. A `row` has `cells` under `headers`; `line` is that of its first line in the document.
    """

    kind: Literal["heading", "paragraph", "item", "row", "code"]
    text: str
    line: int
    headings: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    language: str = ""

    @property
    def context(self) -> tuple[str, ...]:
        """Everything around it, nearest first."""
        return (*self.lead, *self.around, *reversed(self.headings))


class Statement(Struct, frozen=True):
    """One sentence, item, row, or line of code of a block."""

    text: str
    line: int
    block: Block


class Evidence(Struct, frozen=True, omit_defaults=True):
    """A line of the code, or words where there is no line: a formula, a provider's profile."""

    file: str = ""
    line: int = 0
    text: str = ""


class Placed(Protocol):
    """What stands somewhere in the code."""

    @property
    def file(self) -> str:
        """Its file."""

    @property
    def line(self) -> int:
        """Its line."""


def evidence_of(found: Iterable[Placed], most: int = 3) -> tuple[Evidence, ...]:
    """Return where things stand, the first few of them."""
    return tuple(Evidence(one.file, one.line) for one in islice(found, most))


class Claim(Struct, frozen=True, omit_defaults=True):
    """What the document says at `line`, as `claim`, and what was found.

    `kind` is the sort of claim: 'file', 'route', 'interval', ...; `found` is what the code says, or why it cannot
    be checked.
    """

    line: int
    kind: str
    claim: str
    verdict: Verdict
    found: str
    evidence: tuple[Evidence, ...] = ()


class Omission(Struct, frozen=True):
    """Something that calls upstream and that the document does not name."""

    what: str
    file: str
    line: int


class Verification(Struct, frozen=True):
    """All claims in the order of the document, and what it leaves out, where it `lists` what calls upstream at all."""

    document: str
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]
    lists: bool = True

    @property
    def speaks_of_calls(self) -> bool:
        """Whether a claim is of more than files: a document without one is no audit, and leaves no call out."""
        return any(claim.kind not in ("file", "lines") for claim in self.claims)

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have this verdict."""
        return sum(claim.verdict == verdict for claim in self.claims)
