"""Gives findings fingerprints that survive moved lines and reformatting, and no two of them the same.

A fingerprint is made of the rule, the endpoint without names of variables, the function around the place and the text
of the call without formatting; `moved` is the same without the file.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from callaudit.rules.model import Member, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.rules.model import Finding

LONGEST: Final = 400
"""Characters of a call's text that are compared."""

_LENGTH = 24
"""Hexadecimal digits: two of a million findings collide with a chance of one in 10^17."""

_LINES = 40
_HOLE = re.compile(r"\{[^{}]*\}")
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "'\"`"


def identified(findings: Iterable[Finding], read: Callable[[str], str]) -> tuple[Finding, ...]:
    """Return the findings, in their order, with fingerprints and the line of source of each.

    `read` gives the text of a file; what cannot be read counts as empty.
    """
    names = _Names(read)
    found: list[Finding] = []
    for one in findings:
        lines = names.lines(one.file)
        own = names.of(one.rule, Member(Step(one.symbol, one.file, one.line), one.column, endpoint_of(one.facts)))
        source = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""
        members = tuple(names.of(one.rule, member) for member in one.members)
        found.append(replace(one, fingerprint=own.fingerprint, moved=own.moved, source=source, members=members))
    return tuple(found)


def endpoint_of(facts: Iterable[tuple[str, str | float]]) -> str:
    """Return the endpoint that a finding is about, without names of variables; empty where it is about several."""
    known = dict(facts)
    named = known.get("request") or known.get("label") or known.get("endpoint") or ""
    return _HOLE.sub("{}", str(named))


class _Names:
    """Gives places their names; the second that would have the same name is `name-2`."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._files: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def lines(self, file: str) -> list[str]:
        if file not in self._files:
            self._files[file] = _lines(self._read, file)
        return self._files[file]

    def of(self, rule: str, one: Member) -> Member:
        step = one.step
        own = (rule, one.endpoint, step.function, call_text(self.lines(step.file), step.line, one.column))
        return replace(one, fingerprint=self._one(_digest(*own, step.file)), moved=self._one(_digest(*own)))

    def _one(self, name: str) -> str:
        self._counts[name] = self._counts.get(name, 0) + 1
        return name if self._counts[name] == 1 else f"{name}-{self._counts[name]}"


def _lines(read: Callable[[str], str], file: str) -> list[str]:
    try:
        return read(file).split("\n")
    except (OSError, ValueError):
        return []


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def call_text(lines: Sequence[str], line: int, column: int) -> str:
    """Return the text that begins at a place without formatting: no blanks, comments, quotes or trailing commas.

    It ends with the first brackets that are closed, or where the expression ends without any.
    """
    text = "\n".join(lines[line - 1 : line - 1 + _LINES])[column - 1 :] if 0 < line <= len(lines) else ""
    kept: list[str] = []
    depth = place = 0
    while place < len(text) and len(kept) < LONGEST:
        character = text[place]
        if text.startswith("//", place):
            place = _after(text, "\n", place) - 1
            continue
        if text.startswith("/*", place):
            place = _after(text, "*/", place + 2)
            continue
        if character in _QUOTES:
            end = _closed(text, place)
            kept.append(text[place + 1 : end])
            place = end + 1
            continue
        place += 1
        if character in _CLOSE:
            if depth == 0:
                break
            depth -= 1
            if kept[-1] == ",":
                kept.pop()
        elif depth == 0 and kept and character in ",;\n":
            break
        depth += character in _OPEN
        if not character.isspace():
            kept.append(character)
        if character in _CLOSE and depth == 0:
            break
    return "".join(kept)[:LONGEST]


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) + 1 if found < 0 else found + len(mark)


def _closed(text: str, start: int) -> int:
    """Return where the string that begins at `start` ends; one that never does ends with the text."""
    place = start + 1
    while place < len(text) and text[place] != text[start]:
        if text[place] == "\n" and text[start] != "`":
            break
        place += 2 if text[place] == "\\" else 1
    return min(place, len(text))
