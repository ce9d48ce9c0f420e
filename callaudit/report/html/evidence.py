"""Gathers what numbers rest on while the page is written, for the list at its end that they link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.report.audit_document.model import Place
from callaudit.report.escape import masked

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.report.audit_document.model import Evidence, Number

LONGEST_LINE = 240
"""Characters of a line of code that are shown; the file has the rest."""


class Line(Struct, frozen=True):
    """A line that something links to: its anchor, number (0: the whole file) and code."""

    anchor: str
    number: int
    code: str


class File(Struct, frozen=True):
    """A file with the lines that something links to."""

    name: str
    lines: tuple[Line, ...]


class Proof(Struct, frozen=True):
    """What one or more numbers rest on."""

    anchor: str
    evidence: tuple[Evidence, ...]


class Gathered:
    """Gives anchors for places and evidence, the same one for the same evidence."""

    def __init__(self, lines: Callable[[str], tuple[str, ...]]) -> None:
        """Read code by `lines`."""
        self._lines = lines
        self._places: dict[tuple[str, int], str] = {}
        self._proofs: dict[tuple[Evidence, ...], str] = {}

    def place(self, file: str, line: int) -> str:
        """Return the anchor of a line."""
        return self._places.setdefault((file, line), f"at-{len(self._places) + 1}")

    def of(self, number: Number) -> str:
        """Return the anchor of what a number rests on, '' where it rests on nothing."""
        for one in number.evidence:
            if isinstance(one, Place):
                self.place(one.file, one.line)
        match number.evidence:
            case ():
                return ""
            case (Place(file, line),):
                return self.place(file, line)
            case evidence:
                return self._proofs.setdefault(evidence, f"proof-{len(self._proofs) + 1}")

    def proofs(self) -> tuple[Proof, ...]:
        """Return everything that numbers rest on and that is no single line."""
        return tuple(Proof(anchor, evidence) for evidence, anchor in self._proofs.items())

    def files(self) -> tuple[File, ...]:
        """Return every line that something links to, by file."""
        found: dict[str, list[Line]] = {}
        for (file, line), anchor in sorted(self._places.items()):
            found.setdefault(file, []).append(Line(anchor, line, self._code(file, line)))
        return tuple(File(name, tuple(lines)) for name, lines in found.items())

    def _code(self, file: str, line: int) -> str:
        lines = self._lines(file) if line else ()
        code = masked(lines[line - 1].strip()) if line <= len(lines) and line else ""
        return code if len(code) <= LONGEST_LINE else code[:LONGEST_LINE] + "…"
