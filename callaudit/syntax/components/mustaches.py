"""What stands in braces in the markup of Svelte and Astro: found before HTML is read, which knows none of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from callaudit.syntax.components.markup import ONE_BRACE, line_of, next_brace

_NEXT = re.compile(rb"[{}'\"`]|//[^\n]*|/\*|(?<=[(,=:\[!&|?])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/")
_ENDS = {quote: re.compile(rb"(?:\\.|[^\\\n" + quote + rb"])*" + quote) for quote in (b"'", b'"')}
_TEXT = re.compile(rb"\\.|`|\$\{", re.DOTALL)
MOST_DEPTH = 60
MOST_OPEN = 5
"""Braces that nothing ends: each of them is looked through the whole file for."""


class Mustache(NamedTuple):
    """`{…}`: `start` is its brace, `end` the place behind the other one."""

    start: int
    end: int


def mustaches(source: bytes, start: int = 0) -> tuple[list[Mustache], list[str]]:
    """Everything in braces from `start` on, outermost only, in order; and what could not be read."""
    found: list[Mustache] = []
    opened: list[int] = []
    at = start
    while len(opened) < MOST_OPEN and (at := next_brace(ONE_BRACE, source, at, len(source))) >= 0:
        end = _end(source, at + 1, 0)
        if end < 0:
            opened.append(at)
            end = at + 1
        else:
            found.append(Mustache(at, end))
        at = end
    lines = [line_of(source, place) for place in opened[:1]]
    return found, [f"a brace at line {line} has no end, what follows it may not be read" for line in lines]


def _end(source: bytes, at: int, depth: int) -> int:
    """The place behind the brace that ends what begins at `at`; -1 where nothing does."""
    opened = 1
    while (one := _NEXT.search(source, at)) is not None:
        at = one.end()
        word = one[0]
        if word == b"{":
            opened += 1
        elif word == b"}":
            opened -= 1
            if not opened:
                return at
        elif word in _ENDS:
            closing = _ENDS[word].match(source, at)
            if closing is not None:  # else it is an apostrophe
                at = closing.end()
        elif word == b"/*":
            at = source.find(b"*/", at)
            if at < 0:
                return -1
        elif word == b"`":
            at = _template(source, at, depth + 1)
            if at < 0:
                return -1
    return -1


def _template(source: bytes, at: int, depth: int) -> int:
    while depth < MOST_DEPTH and (one := _TEXT.search(source, at)) is not None:
        at = one.end()
        if one[0] == b"`":
            return at
        if one[0] == b"${":
            at = _end(source, at, depth)
            if at < 0:
                return -1
    return -1


def without(source: bytes, found: list[Mustache]) -> bytes:
    """`source` with one word in place of each pair of braces: as a value without quotes it ends before `/>`."""
    parts: list[bytes] = []
    at = 0
    for one in found:
        parts += source[at : one.start], b"x" * (one.end - one.start - 1) + b" "
        at = one.end
    return b"".join([*parts, source[at:]])
