"""Paths as a document names them: where each stands, which lines it cites, and whether the document knows this tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.verify.names import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.verify.model import Statement

_SPAN = re.compile(r"`([^`\n]+)`")
_RANGE = r"lines?\s+(\d+)(?:\s*(?:[-–]|to)\s*(\d+))?"
_LINES = re.compile(rf"^[`)\]\"*]*,?\s*(?:\(\s*)?(?:at |on |from |in )?{_RANGE}", re.IGNORECASE)
_LINES_OF = re.compile(rf"\b{_RANGE}\s+(?:of|in)\s+(?:the file\s+)?[`\"(\[]*$", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:creat(?:e|es|ed|ing)|add(?:s|ed|ing)?|new|introduc\w+|generat\w+|to be written|writ(?:e|es|ten) to"
    r"|will (?:live|be|go)|mov(?:e|ed|ing) (?:\w+ )?(?:in)?to|extract\w* (?:\w+ )?(?:in)?to|migrat\w+"
    r"|renamed?|delet\w+|removed?|replac\w+|formerly|previously|used to be)\b",
    re.IGNORECASE,
)
"""Words beside a file that is not there yet, or no more."""
_ENOUGH, _FEW = 4, 1 / 2
"""How many absent paths make a document doubtful, and which part of them the paths that are here have to be."""


class Mention(Struct, frozen=True):
    """A path in a statement, in the line of the document, with the lines of the file that are cited.

    `is_code` is whether it stands alone in backticks, `in_command` whether other words are in them too.
    """

    name: str
    line: int
    start: int
    end: int
    first: int | None = None
    last: int | None = None
    is_code: bool = False
    in_command: bool = False


class Document(Struct, frozen=True):
    """What a whole document says of files: its folder in the tree, what is to be written, how many are here and not."""

    folder: str = ""
    to_be_written: frozenset[str] = frozenset()
    here: int = 0
    absent: int = 0

    @property
    def is_of_another_tree(self) -> bool:
        """Whether hardly any path is here: it may be about another repository, folder or revision."""
        return self.absent >= _ENOUGH and self.here < self.absent * _FEW


def to_be_written(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the paths beside which a document says that they are new, or are no more."""
    new = (statement for statement in statements if _NEW.search(statement.text))
    return frozenset(mention.name for statement in new for mention in mentions(statement))


def mentions(statement: Statement) -> Iterator[Mention]:
    """Find the paths of a statement; a bare name counts only as code: `Next.js` is none."""
    text = statement.text
    spans = [(span.start(1), span.end(1)) for span in _SPAN.finditer(text)]
    for found in PATH.finditer(text):
        name, start, end = found[1], found.start(1), found.end()
        around = next(((low, high) for low, high in spans if low <= start < high), None)
        if name.startswith(("-", "@")) or ("/" not in name and around is None):
            continue
        cited = found if found[2] else _LINES.match(text[end:]) or _LINES_OF.search(text[:start])
        numbers = (found[2], found[3]) if found[2] else cited.groups() if cited else (None, None)
        yield Mention(
            name=name,
            line=statement.line + text.count("\n", 0, start),
            start=start,
            end=end,
            first=_number(numbers[0]),
            last=_number(numbers[1] or numbers[0]),
            is_code=around is not None and text[around[0] : around[1]].strip() == text[start:end].strip(),
            in_command=around is not None and bool(re.search(r"\s", text[around[0] : around[1]].strip())),
        )


def _number(digits: str | None) -> int | None:
    return int(digits[:9]) if digits else None
