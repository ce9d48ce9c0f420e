"""Mistakes in rule files: each with its file and line, those of all files at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class RuleMistake(Struct, frozen=True, order=True):
    """What is wrong on a line (1-based) of a rule file."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return `file:line: message`."""
        return f"{self.path}:{self.line}: {self.message}"


class RuleError(Exception):
    """Rules that cannot be used; `mistakes` are in the order of files and lines."""

    def __init__(self, mistakes: Iterable[RuleMistake]) -> None:
        """Keep each mistake once."""
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))
