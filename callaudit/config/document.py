"""Reads a configuration file: the table in it that is ours, and the line of each key.

A file of another program (`package.json`, `pyproject.toml`) is only ours where it has our section.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from callaudit.config.lines import json_lines, toml_lines

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
_AT: Final = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")


class Document(Struct, frozen=True):
    """The settings as they are written, and the line of each key, counted from our section."""

    table: dict[str, Any]
    lines: dict[Keys, int]


class DocumentError(Exception):
    """A file that cannot be used: the line, 0 for the whole file, and why."""

    def __init__(self, line: int, why: str) -> None:
        """Keep both."""
        self.line = line
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
        lines = json_lines(text) if path.suffix == ".json" else toml_lines(text)
    except RecursionError:
        raise DocumentError(1, "nested too deeply") from None
    except _ForeignError as error:
        if required or not section or section[-1] in error.text:
            raise DocumentError(error.line, str(error)) from None
        return None
    ours: Any = table
    for key in section:
        ours = ours.get(key) if isinstance(ours, dict) else None
    if ours is None:
        if required:
            raise DocumentError(0, f"there is no section {'.'.join(section)!r} in it")
        return None
    if not isinstance(ours, dict):
        raise DocumentError(lines.get(section, 1), f"{'.'.join(section) or 'it'} must be a table")
    depth = len(section)
    return Document(ours, {keys[depth:]: line for keys, line in lines.items() if keys[:depth] == section})


class _ForeignError(Exception):
    """A file that is broken, with its text: only that says whether it is a matter of ours."""

    def __init__(self, line: int, why: str, text: str) -> None:
        self.line = line
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
        raise _ForeignError(error.lineno, f"not valid JSON: {error.msg}", text) from None
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
        raise _ForeignError(line, f"not valid TOML: {_AT.sub('', str(error))}", text) from None
    except ValueError as error:  # a number with more digits than Python reads
        raise _ForeignError(1, str(error), text) from None
