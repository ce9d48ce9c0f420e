"""What a setting can hold: each kind reads a value, says what is wrong with it, and describes itself as JSON Schema.

A kind that holds others (`Named`, `Section`) hands each of them its own keys, so that every mistake has its line.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from callaudit.config.wording import told
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.config.lines import Keys

    Report = Callable[[Keys, str], None]
    """Takes the keys of a value and what is wrong with it."""


class Kind(Protocol):
    """Reads one value. What `read` gives for a wrong value is not used."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the value as the program uses it; `report` takes each mistake."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value as it is written."""


class Choice(Struct, frozen=True):
    """One of some words."""

    words: tuple[str, ...]

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the word."""
        if not isinstance(value, str) or value not in self.words:
            near = did_you_mean(value, self.words) if isinstance(value, str) else ""
            report(keys, f"{told(keys, value)} is none of {', '.join(self.words)}{near}")
        return value

    def schema(self) -> dict[str, Any]:
        """Name the words."""
        return {"enum": list(self.words)}


class Flag(Struct, frozen=True):
    """True or false."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the boolean."""
        if not isinstance(value, bool):
            report(keys, f"{told(keys)} must be true or false")
        return value

    def schema(self) -> dict[str, Any]:
        """Describe a boolean."""
        return {"type": "boolean"}


class Word(Struct, frozen=True):
    """Any text."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the text."""
        if not isinstance(value, str):
            report(keys, f"{told(keys)} must be text")
        return value

    def schema(self) -> dict[str, Any]:
        """Describe a string."""
        return {"type": "string"}


class Words(Struct, frozen=True):
    """A list of texts."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the texts as a tuple."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            report(keys, f"{told(keys)} must be a list of texts")
            return ()
        return tuple(value)

    def schema(self) -> dict[str, Any]:
        """Describe an array of strings."""
        return {"type": "array", "items": {"type": "string"}}


class Place(Struct, frozen=True):
    """The path of a file, relative to the folder of the configuration and inside it."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the path as it is written."""
        if not isinstance(value, str):
            report(keys, f"{told(keys)} must be text")
        elif _leads_out(value):
            report(keys, f"{told(keys)}: {quote(value)} leads out of the folder of this file")
        return value

    def schema(self) -> dict[str, Any]:
        """Describe a string."""
        return {"type": "string"}


class Places(Struct, frozen=True):
    """A list of paths or globs, each as `Place` has them."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the paths as a tuple."""
        found: tuple[str, ...] = Words().read(value, keys, report)
        for path in filter(_leads_out, found):
            report(keys, f"{told(keys)}: {quote(path)} leads out of the folder of this file")
        return found

    def schema(self) -> dict[str, Any]:
        """Describe an array of strings."""
        return Words().schema()


class Named(Struct, frozen=True):
    """A table whose keys are names of the user's own, each with a value of one kind."""

    each: Kind

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a dict."""
        if not isinstance(value, dict):
            report(keys, f"{told(keys)} must be a table")
            return {}
        return {name: self.each.read(item, (*keys, name), report) for name, item in value.items()}

    def schema(self) -> dict[str, Any]:
        """Describe an object with any keys."""
        return {"type": "object", "additionalProperties": self.each.schema()}


class Section(Struct, frozen=True):
    """A table with fields of their own kinds; those in `required` must be there."""

    fields: dict[str, Kind]
    required: tuple[str, ...] = ()

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a dict with the fields that are given; nothing is filled in."""
        if not isinstance(value, dict):
            report(keys, f"{told(keys)} must be a table")
            return {}
        for name in self.required:
            if name not in value:
                report(keys, f"{told(keys)}: {name} is missing")
        found = {}
        for name, item in value.items():
            if name in self.fields:
                found[name] = self.fields[name].read(item, (*keys, name), report)
            else:
                report((*keys, name), unknown(keys, name, self.fields))
        return found

    def schema(self) -> dict[str, Any]:
        """Describe an object with these keys alone."""
        made: dict[str, Any] = {"type": "object", "additionalProperties": False}
        made["properties"] = {name: kind.schema() for name, kind in self.fields.items()}
        return made | ({"required": list(self.required)} if self.required else {})


def unknown(keys: Keys, name: str, known: dict[str, Any]) -> str:
    """Return what to say of a name that a table does not know."""
    within = f"{told((*keys, ''))}" if keys else ""
    return f"{within}unknown setting {quote(name)}{did_you_mean(name, known)}"


def _leads_out(path: str) -> bool:
    plain = posixpath.normpath(path.replace("\\", "/"))
    return plain.startswith(("/", "../")) or plain == ".." or re.match(r"[A-Za-z]:", plain) is not None
