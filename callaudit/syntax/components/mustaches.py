"""What stands in braces in the markup of Svelte and Astro: found before HTML is read, which knows none of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = re.compile(rb"<(script|style)\b|<!--", re.IGNORECASE)
_NEXT = re.compile(rb"[{}'\"`]|//[^\n]*|/\*.*?\*/", re.DOTALL)
_ENDS = {quote: re.compile(rb"(?:\\.|[^\\" + quote + rb"])*" + quote, re.DOTALL) for quote in (b"'", b'"')}
_TEXT = re.compile(rb"\\.|`|\$\{", re.DOTALL)
MOST_DEPTH = 60


class Mustache(NamedTuple):
    """`{…}`: `start` is its brace, `end` the place behind the other one."""

    start: int
    end: int


def mustaches(source: bytes, start: int = 0) -> list[Mustache]:
    """Everything in braces from `start` on, outermost only, in order."""
    found: list[Mustache] = []
    at = start
    skipped = list(_skipped(source, start))
    skipped.reverse()
    while (at := source.find(b"{", at)) >= 0:
        while skipped and skipped[-1][1] <= at:
            skipped.pop()
        if skipped and skipped[-1][0] <= at:
            at = skipped[-1][1]
            continue
        end = _end(source, at + 1, 0)
        if end < 0:
            break
        found.append(Mustache(at, end))
        at = end
    return found


def _skipped(source: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Where scripts, styles and comments stand, in which braces are something else."""
    while (one := _SKIPPED.search(source, at)) is not None:
        end = source.find(b"</" + one[1] if one[1] else b"-->", one.end())
        at = end if end >= 0 else len(source)
        yield one.start(), at


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
            if closing is not None and b"\n" not in closing[0]:  # else it is an apostrophe
                at = closing.end()
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
