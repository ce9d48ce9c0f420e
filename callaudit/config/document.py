"""Reads a configuration file: the table in it that is ours, and the place of each key.

A file of another program (`package.json`, `pyproject.toml`) is only ours where it has our section.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from callaudit.config.lines import Place, json_places, toml_places
from callaudit.providers.mistakes import quote

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.config.lines import Keys

SECTIONS: Final[dict[str, Keys]] = {
    "callaudit.toml": (),
    "pyproject.toml": ("tool", "callaudit"),
    "package.json": ("callaudit",),
}
"""Files that may hold the configuration, in the order in which a folder is searched, and where in them."""

MAX_BYTES: Final = 1_000_000
_AT: Final = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_SHOWN: Final = 30


class Document(Struct, frozen=True):
    """The settings as they are written, and the place of each key, counted from our section."""

    table: dict[str, Any]
    places: dict[Keys, Place]


class DocumentError(Exception):
    """A file that cannot be used: line and column, 0 for the whole file or line, and why."""

    def __init__(self, line: int, why: str, column: int = 0) -> None:
        """Keep all of it."""
        self.line = line
        self.column = column
        super().__init__(why)


def read_document(path: Path, *, required: bool = False) -> Document | None:
    """Return what a file configures, None where it has no section of ours.

    Raises `DocumentError` where it cannot be read; a file of another program only where it names our section,
    or where it is `required`.
    """
    section = SECTIONS.get(path.name, ("callaudit",) if path.suffix == ".json" else ())
    try:
        text = _text(path)
        table = _parsed(text, path.suffix)
        places = json_places(text) if path.suffix == ".json" else toml_places(text)
    except RecursionError:
        raise DocumentError(1, "nested too deeply") from None
    except _ForeignError as error:
        if required or not section or section[-1] in error.text:
            raise DocumentError(error.line, str(error), error.column) from None
        return None
    ours: Any = table
    for key in section:
        ours = ours.get(key) if isinstance(ours, dict) else None
    if ours is None:
        if required:
            raise DocumentError(0, f"there is no section {'.'.join(section)!r} in it")
        return None
    if not isinstance(ours, dict):
        at = places.get(section, Place(1, 1))
        raise DocumentError(at.line, f"{'.'.join(section) or 'it'} must be a table", at.column)
    depth = len(section)
    return Document(ours, {keys[depth:]: place for keys, place in places.items() if keys[:depth] == section})


class _ForeignError(Exception):
    """A file that is broken, with its text: only that says whether it is a matter of ours."""

    def __init__(self, line: int, why: str, text: str, column: int = 0) -> None:
        self.line = line
        self.column = column
        self.text = text
        super().__init__(why)


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise DocumentError(0, "not a file")  # a pipe or a device could wait or flow for ever
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(0, f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise _ForeignError(0, f"larger than {MAX_BYTES:,} bytes", "")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _ForeignError(line, "not UTF-8", data.decode("latin-1")) from None


def _parsed(text: str, suffix: str) -> Any:
    try:
        return json.loads(text) if suffix == ".json" else tomllib.loads(text)
    except json.JSONDecodeError as error:
        raise _ForeignError(error.lineno, f"not valid JSON: {_lower(error.msg)}", text, error.colno) from None
    except tomllib.TOMLDecodeError as error:
        line, column = _place(str(error), text)
        why = f"{_lower(_AT.sub('', str(error)))}{_there(text, line, column)}"
        raise _ForeignError(line, f"not valid TOML: {why}", text, column) from None
    except ValueError as error:  # a number with more digits than Python reads
        raise _ForeignError(1, str(error), text) from None


def _place(why: str, text: str) -> tuple[int, int]:
    """Return line and column of which a message speaks; it speaks of the end of the text else."""
    found = _AT.search(why)
    if found and found[1]:
        return int(found[1]), int(found[2])
    written = text.rstrip()
    return written.count("\n") + 1, len(written) - written.rfind("\n")


def _there(text: str, line: int, column: int) -> str:
    """Return what is written at a place, to the end of its line."""
    rest = text.split("\n")[line - 1][column - 1 :].strip()
    shown = rest if len(rest) <= _MOST_SHOWN else f"{rest[:_MOST_SHOWN]}…"
    return f" at {quote(shown)}" if rest else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
