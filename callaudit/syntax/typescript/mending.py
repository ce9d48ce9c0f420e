"""Mend what the grammar is known to get wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.typescript.parse import ParseBudgetError, error_nodes, parse

if TYPE_CHECKING:
    from tree_sitter import Tree

_TAG_END = re.compile(rb">\s*`")
_LONGEST_TYPES = 2_000
_NEAR = 16
_UNKNOWN = (
    (re.compile(rb"\bexport\s+(type)\s+\*"), b"    "),  # tree-sitter-typescript 0.23.2
    (re.compile(rb"(?<![\w$.])(accessor)(?=[ \t]+[\w$#\[\"'])"), b"readonly"),
)
"""What the grammar does not know, and words of the same length that mean the same to callaudit."""


def mend(source: bytes, tree: Tree, name: str) -> tuple[bytes, Tree]:
    """Rewrite constructs that are valid but unknown to the grammar, and parse again.

    Bytes are replaced one by one, so every position stays true.
    """
    mended = _without_tag_types(source)
    for node in error_nodes(tree):
        mended = _rewritten(mended, node.start_byte, node.end_byte)
    if mended == source:
        return source, tree
    try:
        again = parse(mended, name)
    except ParseBudgetError:
        return source, tree
    if len(error_nodes(again)) > len(error_nodes(tree)):
        return source, tree
    return mended, again


def _rewritten(source: bytes, start: int, end: int) -> bytes:
    """`source` with what the error from `start` to `end` is known to stand for in words of the grammar."""
    if source[start : start + 1] == b"&" and source[start + 1 : start + 2] != b"&":  # in the text of an element
        return source[:start] + b" " + source[start + 1 :]
    first, last = max(start - _NEAR, 0), end + _NEAR
    near = source[first:last]
    for unknown, known in _UNKNOWN:
        near = unknown.sub(lambda found, word=known: found[0].replace(found[1], word), near)  # type: ignore[misc]
    return source[:first] + near + source[last:]


def _without_tag_types(source: bytes) -> bytes:
    """`source` with the `<T>` of each ``f<T>`...` `` blanked; line breaks stay."""
    parts: list[bytes] = []
    done = 0
    for found in _TAG_END.finditer(source):
        start = _opening(source, found.start(), done)
        if start >= 0:
            types = source[start : found.start() + 1]
            parts += source[done:start], re.sub(rb"[^\n]", b" ", types)
            done = found.start() + 1
    return b"".join([*parts, source[done:]])


def _opening(source: bytes, end: int, least: int) -> int:
    """Where the `<` that matches the `>` at `end` stands, if it follows a name; else -1."""
    depth = 0
    for at in range(end, max(least, end - _LONGEST_TYPES) - 1, -1):
        byte = source[at]
        if byte == 0x3E and source[at - 1] != 0x3D:  # `>`, but not of `=>`
            depth += 1
        elif byte == 0x3C:  # `<`
            depth -= 1
            if not depth:
                before = source[at - 1 : at]
                return at if before.isalnum() or before in (b"_", b"$") else -1
    return -1
