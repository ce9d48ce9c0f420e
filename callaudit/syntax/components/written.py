"""Code that is put together from pieces of a file, and where in the file each position of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple


class Origin(NamedTuple):
    """Where a piece stands in the file, 0-based; what is not `copied` is all at one place."""

    row: int
    column: int
    copied: bool


class Places:
    """From positions in the code to positions in the file, both 0-based and in bytes."""

    def __init__(self, starts: list[tuple[int, int]], origins: list[Origin], lines: int) -> None:
        """Take the starts of the pieces in order, and as many origins; the file has `lines` lines."""
        self._starts = starts
        self._origins = origins
        self.lines = lines

    def at(self, row: int, column: int) -> tuple[int, int]:
        """Where the code at `row` and `column` stands in the file."""
        number = bisect_right(self._starts, (row, column)) - 1
        if number < 0:
            return 0, 0
        origin, (first_row, first_column) = self._origins[number], self._starts[number]
        if not origin.copied:
            return origin.row, origin.column
        if row == first_row:
            return origin.row, origin.column + column - first_column
        return origin.row + row - first_row, column


class Writer:
    """Puts code together from pieces of `source` and words of its own."""

    def __init__(self, source: bytes) -> None:
        """Begin with nothing."""
        self.source = source
        self._parts: list[tuple[bytes, int, bool]] = []
        self._line_starts = [0, *(found.end() for found in re.finditer(b"\n", source))]

    def copy(self, start: int, end: int) -> None:
        """Add what stands in the file from `start` to `end`."""
        if end > start:
            self._parts.append((self.source[start:end], start, True))

    def say(self, text: str, at: int) -> None:
        """Add words that the file does not have; they stand for something at `at`."""
        self._parts.append((text.encode(), at, False))

    def text(self) -> bytes:
        """All that was added."""
        return b"".join(part for part, _, _ in self._parts)

    def places(self) -> Places:
        """Where what was added stands in the file."""
        starts: list[tuple[int, int]] = []
        origins: list[Origin] = []
        row = column = 0
        for text, at, copied in self._parts:
            line = bisect_right(self._line_starts, at) - 1
            starts.append((row, column))
            origins.append(Origin(line, at - self._line_starts[line], copied))
            breaks = text.count(b"\n")
            column = len(text) - text.rfind(b"\n") - 1 if breaks else column + len(text)
            row += breaks
        return Places(starts, origins, len(self._line_starts))
