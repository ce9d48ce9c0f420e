"""Fits columns of text into the width of a terminal."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

GAP: Final = 2
_NARROWEST = 12
_WHOLE = 24
"""Cells of the longest name that a column makes room for before any name is broken."""
INDENT: Final = "  "
PATHS: Final = re.compile(
    r"""\([^() ]+\)[ ,]*                                # one word in parentheses
    |/?(?:[^ /,]
        |(?<=\d)[ ](?=(?:ms|s|min|h|%)(?![^ ,]))       # 15 s
        |(?<=\d)/(?=(?:s|min|h)(?![^ ,]))              # 15/s
    )*(?:[ ,]+|/+(?=[^ /,]))?""",
    re.VERBOSE,
)
"""Pieces of text that is mostly paths: a line may end after a blank, a comma, or a slash inside a path.

A number stays with its unit, the slash that a path begins with with what comes next, and one word in parentheses is
whole.
"""

PARTS: Final = re.compile(r".+?(?:[._-]+(?=[^._-])|(?<=[a-z0-9])(?=[A-Z])|$)")
"""Pieces of one long name: a line may end after a dot, a dash, a low line, or where a capital begins a word."""

CALLS: Final = re.compile(r"\([^)]*\)(?: [→⇒](?= ))? ?|(?:[A-Z]+ (?=[^ ]*/))?[^ ]*(?: [→⇒](?= ))? ?")
"""Pieces of a chain of calls: a method stays with its path, an arrow with what is before it,
a remark is not broken."""


def fitted(
    cells: Sequence[Sequence[int]], width: int, *, rigid: Sequence[bool], least: Sequence[int] = ()
) -> list[int]:
    """Return widths of columns that fit into `width`, gaps included, so that few lines are added.

    `cells` are the widths of the text in each row. A `rigid` column keeps the width that it needs. Columns are not
    made narrower than `least` where the others can give way.
    """
    columns = [Counter(column) for column in zip(*cells, strict=True)]
    widths = [max(column) for column in columns]
    soft = [number for number, fixed in enumerate(rigid) if not fixed]
    too_much = sum(widths) + GAP * (len(widths) - 1) - width
    least = [max(_NARROWEST, wanted) for wanted in least] or [_NARROWEST] * len(columns)
    for _ in range(too_much):
        able = [number for number in soft if widths[number] > least[number]] or [
            number for number in soft if widths[number] > _NARROWEST
        ]
        if not able:
            break
        widths[min(able, key=lambda number: (_lines_added(columns[number], widths[number]), -widths[number]))] -= 1
    return widths


def _lines_added(cells: Counter[int], width: int) -> int:
    """Return how many lines more the cells of a column need when it is one narrower."""
    return sum(count * (-(-wide // (width - 1)) - -(-wide // width)) for wide, count in cells.items() if wide >= width)


def longest_piece(text: str, width_of: Callable[[str], int]) -> int:
    """Return how wide a column has to be at least so that no name of the text is broken; long ones may be."""
    pieces = PATHS.findall(text)
    indents = (0, *(len(INDENT) for _ in pieces))
    wide = (width_of(piece.rstrip()) + indent for piece, indent in zip(pieces, indents, strict=False))
    return min(max(wide, default=0), _WHOLE)


def wrapped(
    text: str,
    width: int,
    width_of: Callable[[str], int],
    *,
    pieces: re.Pattern[str] = PATHS,
    indent: str = INDENT,
) -> list[str]:
    """Return `text` in lines of at most `width`, broken between `pieces` where possible, else between their parts.

    Lines after the first begin with `indent`.
    """
    lines: list[str] = []
    line = ""
    for piece in _small(pieces.findall(text), width - len(indent), width_of):
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


def _small(pieces: Iterable[str], room: int, width_of: Callable[[str], int]) -> Iterator[str]:
    """Break pieces that fit into no line where their parts end."""
    for piece in pieces:
        yield from [piece] if width_of(piece.rstrip()) <= room else PARTS.findall(piece)


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
