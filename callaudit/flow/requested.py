"""What a handler asks of a request: the methods and paths that it compares with what came in.

A handler is run once with a request whose method or path is a `RequestWord`, which remembers every constant that
it is compared with and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import Unknown

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter


class RequestWord(Unknown):
    """The method or the path of a request that has not come yet; `seen` maps constants to the lines of their tests."""

    __slots__ = ("seen",)

    def __init__(self, name: str) -> None:
        """Stand for the `method` or the `path`."""
        super().__init__(name, "it comes with the request", given=True)
        self.seen: dict[str, int] = {}

    def place(self, line: int) -> None:
        """Say that the constants seen last were in a test at `line`."""
        for constant, at in self.seen.items():
            if not at:
                self.seen[constant] = line


def answered(interpreter: Interpreter, word: RequestWord) -> dict[str, int]:
    """The constants that `word` was compared with, with the lines where that happened."""
    del interpreter
    return dict(word.seen)
