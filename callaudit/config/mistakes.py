"""Mistakes in a configuration: each with its place, all of them in one error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.config.load import Config


class Mistake(Struct, frozen=True, order=True):
    """What is wrong at a line and a column, both 1-based; 0 where there is none."""

    line: int
    column: int
    message: str

    def told(self, file: str) -> str:
        """Return `file:line:column: message`."""
        place = ":".join(str(number) for number in (self.line, self.column) if number)
        return f"{file}:{place}: {self.message}" if place else f"{file}: {self.message}"


class ConfigError(Exception):
    """A configuration that cannot be used: `mistakes` has one `file:line:column: message` each, in their order.

    `config` is what could be read of it all the same, for those who look for further mistakes; wrong values are in it.
    """

    def __init__(self, file: str, found: Iterable[Mistake], config: Config | None = None) -> None:
        """Keep the mistakes in the order of their places; `file` is the one that they are in."""
        self.file = file
        self.found = tuple(sorted(found))
        self.mistakes = tuple(one.told(file) for one in self.found)
        self.config = config
        super().__init__("\n".join(self.mistakes))
