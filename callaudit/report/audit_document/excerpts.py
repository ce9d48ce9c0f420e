"""Lines out of the audited files, secrets masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Excerpt
from callaudit.report.escape import masked

if TYPE_CHECKING:
    from callaudit.report.audit_document.material import Material

_BEFORE = 3
_LONGEST = 160


def excerpt(material: Material, file: str, line: int, lines: int = 7) -> Excerpt | None:
    """Return some lines around a place, common indentation removed; None where the file cannot be read."""
    text = material.lines(file)
    if not 0 < line <= len(text):
        return None
    first = max(1, line - _BEFORE)
    # A secret may be written over several lines, so masking comes before cutting.
    safe = masked("\n".join(text)).split("\n")
    if len(safe) != len(text):
        safe = [masked(one) for one in text]
    shown = [one.expandtabs(2).rstrip() for one in safe[first - 1 : first - 1 + lines]]
    indent = min((len(one) - len(one.lstrip()) for one in shown if one), default=0)
    cut = tuple(one[indent : indent + _LONGEST] + ("…" if len(one) > indent + _LONGEST else "") for one in shown)
    language = file.rpartition(".")[2].lower()
    return Excerpt(file, first, cut, (line,), language if language in ("ts", "tsx", "js", "jsx") else "")
