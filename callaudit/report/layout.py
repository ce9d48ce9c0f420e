"""Fits columns of text into the width of a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GAP: Final = 2
_NARROWEST = 12
_INDENT = "  "
_PIECE = re.compile(r"[^ /,]*[ /,]?")


def natural(cells: Sequence[Sequence[str]], width_of: Callable[[str], int]) -> list[int]:
    """Return the width that each column needs to show every row on one line."""
    return [max(map(width_of, column), default=0) for column in zip(*cells, strict=True)]


def fitted(wanted: Sequence[int], width: int) -> list[int]:
    """Return widths that fit into `width`, gaps included, the widest columns giving way first."""
    widths = list(wanted)
    free = width - GAP * (len(widths) - 1)
    while sum(widths) > free:
        widest = max(range(len(widths)), key=lambda number: widths[number])
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def wrapped(text: str, width: int, width_of: Callable[[str], int]) -> list[str]:
    """Return `text` in lines of at most `width`, broken after blanks, slashes and commas where possible."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if line.strip() and width_of((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = _INDENT
        line += piece
        while width_of(line.rstrip()) > width > len(_INDENT):
            cut = _longest(line, width, width_of)
            lines.append(line[:cut])
            line = _INDENT + line[cut:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _longest(line: str, width: int, width_of: Callable[[str], int]) -> int:
    """Return how many characters fit, one more than the indent at least."""
    cut = min(len(line), width)
    while cut > len(_INDENT) + 1 and width_of(line[:cut]) > width:
        cut -= 1
    return cut
