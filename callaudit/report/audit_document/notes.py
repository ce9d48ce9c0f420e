"""Hand-written notes in a committed document: found between markers, and put back when it is written again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTES = re.compile(r"^<!-- notes:(\S+) -->\n(.*?)^<!-- /notes -->[ \t]*$", re.DOTALL | re.MULTILINE)


def notes_in(document: str) -> dict[str, str]:
    """Return the notes of a document by section, without those that are empty."""
    found = _NOTES.findall(document.replace("\r\n", "\n"))
    return {section: text for section, text in found if text.strip()}


def region(section: str, notes: Mapping[str, str]) -> str:
    """Return the markers of a section with its notes between them."""
    return f"<!-- notes:{section} -->\n{notes.get(section, '')}<!-- /notes -->"


def without_section(notes: Mapping[str, str], sections: set[str]) -> dict[str, str]:
    """Return the notes of sections that a document has no more: they are kept, and shown at its end."""
    return {section: text for section, text in notes.items() if section not in sections}
