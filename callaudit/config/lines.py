"""Where each key of a TOML or JSON document is written; the parsers of the standard library do not say.

The text is known to be valid: it has been parsed before. A key is the way to it from the top, an item of a list
its number as text.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final, NamedTuple

Keys = tuple[str, ...]

_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)
      | (?P<line>\n)
      | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
      | (?P<mark>[=:.,\[\]{}])
      | (?P<word>[^\s=:.,\[\]{}#"']+)""",
    re.VERBOSE | re.DOTALL,
)


class Place(NamedTuple):
    """Line and column of the first character, both 1-based."""

    line: int
    column: int


def toml_places(text: str) -> dict[Keys, Place]:
    """Return the place of every key, table and item of a TOML document."""
    reader = _Reader(text)
    reader.toml()
    return reader.places


def json_places(text: str) -> dict[Keys, Place]:
    """Return the place of every key and item of a JSON document."""
    reader = _Reader(text)
    reader.newlines()
    reader.value(())
    return reader.places


class _Reader:
    """Walks over the tokens of a document. In JSON `:` stands where TOML has `=`, all else is the same."""

    def __init__(self, text: str) -> None:
        self.places: dict[Keys, Place] = {}
        self._tokens: list[tuple[str, str, Place]] = []
        self._next = 0
        line, begin = 1, 0
        for found in _TOKEN.finditer(text):
            kind = str(found.lastgroup)
            if kind != "blank":
                self._tokens.append((kind, found[0], Place(line, found.start() - begin + 1)))
            if "\n" in found[0]:
                line += found[0].count("\n")
                begin = found.start() + found[0].rindex("\n") + 1
        self._tokens.append(("end", "", Place(line, len(text) - begin + 1)))

    def toml(self) -> None:
        table: Keys = ()
        repeated: dict[Keys, int] = {}
        self.newlines()
        while self._kind != "end":
            if self._now == "[":
                table = self._header(repeated)
            else:
                self._pair(table)
            self.newlines()

    def newlines(self) -> None:
        while self._kind == "line":
            self._next += 1

    def value(self, keys: Keys) -> None:
        opening = self._now
        if opening not in ("[", "{"):
            self._scalar()
            return
        self._next += 1
        count = 0
        self.newlines()
        while self._now not in ("]", "}"):
            if opening == "{":
                self._pair(keys)
            else:
                self.places[(*keys, str(count))] = self._place
                self.value((*keys, str(count)))
                count += 1
            self.newlines()
            if self._now == ",":
                self._next += 1
                self.newlines()
        self._next += 1

    @property
    def _kind(self) -> str:
        return self._tokens[self._next][0]

    @property
    def _now(self) -> str:
        return self._tokens[self._next][1]

    @property
    def _place(self) -> Place:
        return self._tokens[self._next][2]

    def _header(self, repeated: dict[Keys, int]) -> Keys:
        place = self._place
        self._next += 1
        many = self._now == "["
        self._next += many
        key = self._key()
        self._next += 1 + many
        table: Keys = ()
        for depth, part in enumerate(key, 1):
            table = (*table, part)
            last = depth == len(key)
            if last and many:
                repeated[table] = repeated.get(table, 0) + 1
            self.places.setdefault(table, place)
            if table in repeated:
                table = (*table, str(repeated[table] - 1))
            if last:
                self.places[table] = place
        return table

    def _pair(self, table: Keys) -> None:
        place = self._place
        key = self._key()
        self._next += 1  # = or :
        self.newlines()
        self._note(table, key, place)
        self.value((*table, *key))

    def _note(self, table: Keys, key: Keys, place: Place) -> None:
        """Keep the place of a key, and of those that a dotted key makes on its way."""
        for length in range(1, len(key)):
            self.places.setdefault((*table, *key[:length]), place)
        self.places[(*table, *key)] = place

    def _key(self) -> Keys:
        parts = []
        while True:
            parts.append(_plain(self._now) if self._kind == "text" else self._now)
            self._next += 1
            self.newlines()
            if self._now != ".":
                return tuple(parts)
            self._next += 1

    def _scalar(self) -> None:
        """Pass a text, a number or a date, which has colons, dots and blanks in it."""
        self._next += 1
        while self._kind == "word" or self._now in (".", ":"):
            self._next += 1


def _plain(quoted: str) -> str:
    if quoted.startswith("'"):
        return quoted[1:-1]
    if "\\" not in quoted:
        return quoted[1:-1]
    import json

    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except tomllib.TOMLDecodeError:  # JSON knows \/ and pairs of surrogates
        return str(json.loads(quoted))
