"""Mistakes in a user's file: each with its line, all of them reported at once."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST = 100
"""A reader fixes the first mistakes and runs again; a hostile file could name a hundred thousand."""

_LONGEST_SHOWN = 60
_MOST_COMPARED = 500


class Mistake(Struct, frozen=True, order=True):
    """What is wrong on a line (1-based)."""

    line: int
    message: str


class ProfileError(Exception):
    """A profile that cannot be used: `str()` of it has one `file:line: message` a mistake."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes in the order of their lines, a hundred of them."""
        found = set(islice(mistakes, MOST + 1))
        self.path = path
        self.mistakes = tuple(sorted(found)[:MOST])
        lines = [f"{path}:{mistake.line}: {mistake.message}" for mistake in self.mistakes]
        if len(found) > MOST:
            lines.append(f"{path}: there are more mistakes; these are a hundred of them")
        super().__init__("\n".join(lines))


def quote(text: str) -> str:
    """Quote a word of the file for a message: control characters escaped, cut to a readable length."""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    escaped = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)
    return f'"{escaped}"'


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """`; did you mean "x"?` with the nearest valid word, or nothing when none is near."""
    near = get_close_matches(word[:_LONGEST_SHOWN], sorted(valid)[:_MOST_COMPARED], n=1, cutoff=0.6)
    return f"; did you mean {quote(near[0])}?" if near else ""
