"""The context of code that was put together from pieces of a file: positions are those of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.typescript.context import Context

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.components.written import Places


class PlacedContext(Context):
    """A context whose lines and columns are looked up in `places`."""

    def __init__(self, source: bytes, file: bytes, places: Places) -> None:
        """Begin to read `source`, which was made of `file`."""
        super().__init__(source)
        self._places = places
        self._lines = file.split(b"\n")

    def line(self, node: Node) -> int:
        """The 1-based line of the file that `node` comes from."""
        return self._places.at(*node.start_point)[0] + 1

    def last_line(self, node: Node) -> int:
        """The 1-based line of the file that the end of `node` comes from."""
        return self._places.at(*node.end_point)[0] + 1

    def place(self, row: int, column: int) -> tuple[int, int]:
        """The 1-based line and column in the file of a position in the code."""
        at, before = self._places.at(row, column)
        return at + 1, len(self._lines[at][:before].decode("utf-8", "replace")) + 1

    def column(self, row: int, column: int) -> int:
        """The 1-based column in the file of a position in the code."""
        return self.place(row, column)[1]
