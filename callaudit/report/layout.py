"""Fits columns of text into the width of a terminal."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

GAP: Final = 2
_NARROWEST = 12
INDENT: Final = "  "
PATHS: Final = re.compile(r"[^ /,]*[ /,]?")
"""Pieces of text that is mostly paths: a line may end after a blank, a slash or a comma."""

CALLS: Final = re.compile(r"\([^)]*\)(?: [→⇒](?= ))? ?|(?:[A-Z]+ (?=[^ ]*/))?[^ ]*(?: [→⇒](?= ))? ?")
"""Pieces of a chain of calls: a method stays with its path, an arrow with what is before it,
a remark is not broken."""


def fitted(cells: Sequence[Sequence[int]], width: int, *, rigid: Sequence[bool]) -> list[int]:
    """Return widths of columns that fit into `width`, gaps included, so that few lines are added.

    `cells` are the widths of the text in each row. A `rigid` column keeps the width that it needs.
    """
    columns = [Counter(column) for column in zip(*cells, strict=True)]
    widths = [max(column) for column in columns]
    soft = [number for number, fixed in enumerate(rigid) if not fixed]
    too_much = sum(widths) + GAP * (len(widths) - 1) - width
    for _ in range(too_much):
        able = [number for number in soft if widths[number] > _NARROWEST]
        if not able:
            break
        widths[min(able, key=lambda number: (_lines_added(columns[number], widths[number]), -widths[number]))] -= 1
    return widths


def _lines_added(cells: Counter[int], width: int) -> int:
    """Return how many lines more the cells of a column need when it is one narrower."""
    return sum(count * (-(-wide // (width - 1)) - -(-wide // width)) for wide, count in cells.items() if wide >= width)


def wrapped(
    text: str,
    width: int,
    width_of: Callable[[str], int],
    *,
    pieces: re.Pattern[str] = PATHS,
    indent: str = INDENT,
) -> list[str]:
    """Return `text` in lines of at most `width`, broken between `pieces` where possible.

    Lines after the first begin with `indent`.
    """
    lines: list[str] = []
    line = ""
    for piece in pieces.findall(text):
        if line.strip() and width_of((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = indent
        line += piece
        while width_of(line.rstrip()) > width > len(indent):
            cut = _longest(line, width, width_of, len(indent) + 1)
            lines.append(line[:cut])
            line = indent + line[cut:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def packed(parts: Iterable[str], width: int, width_of: Callable[[str], int], *, between: str = " · ") -> Iterator[str]:
    """Put as many parts into each line as fit; no part is broken."""
    line = ""
    for part in parts:
        if line and width_of(f"{line}{between}{part}") > width:
            yield line
            line = ""
        line = f"{line}{between}{part}" if line else part
    if line:
        yield line


def _longest(line: str, width: int, width_of: Callable[[str], int], least: int) -> int:
    """Return how many characters fit, `least` at least."""
    cut = min(len(line), width)
    while cut > least and width_of(line[:cut]) > width:
        cut -= 1
    return cut
