"""Questions to the guards of small projects."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from tests.projects import ENTRY, audited

if TYPE_CHECKING:
    from callaudit.inventory.model import Guard
    from tests.projects import Files

URL = "https://api.example.com/prices"
RUN = "\nawait main();\n"


class Shown(NamedTuple):
    """What a test says of a guard."""

    kind: str
    ttl: object = None
    scope: str = "shared"
    store: str = "process"


def guards(source: str, files: Files | None = None) -> tuple[Guard, ...]:
    """The guards of a script whose `main` is run."""
    return audited({ENTRY: dedent(source).strip() + RUN, **(files or {})}).guards


def shown(source: str, files: Files | None = None) -> list[Shown]:
    """The guards of a script in short."""
    return [Shown(guard.kind, guard.ttl_ms, guard.scope, guard.store) for guard in guards(source, files)]


def line_of(source: str, mark: str) -> int:
    """The line of a script in which `mark` stands first."""
    text = dedent(source).strip()
    return next(number for number, line in enumerate(text.split("\n"), 1) if mark in line)
