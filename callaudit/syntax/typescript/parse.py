"""Turn bytes into a syntax tree within a budget, and mend what the grammar is known to get wrong.

tree-sitter never returns on some inputs of a few bytes, so a parse may take only so many steps. Steps are
counted, not seconds: the verdict must not depend on how busy the machine is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

# Real files need 9 steps a kilobyte (measured on 60,000 lines); a step of error recovery may take 0.4 ms.
STEPS_PER_KILOBYTE = 60
LEAST_STEPS = 3_000

_TAG_END = re.compile(rb">\s*`")
_LONGEST_TYPES = 2_000
_MOST_ERRORS = 200


class ParseBudgetError(Exception):
    """The parser did not finish within its steps."""


@cache
def language(name: str) -> Language:
    """The grammar `typescript` or `tsx`."""
    import tree_sitter_typescript as grammars

    return Language(grammars.language_typescript() if name == "typescript" else grammars.language_tsx())


@cache
def _parser(name: str) -> Parser:
    return Parser(language(name))


def parse(source: bytes, name: str) -> Tree:
    """Parse `source` with grammar `name`.

    Raises `ParseBudgetError` where the parser uses up its steps.
    """
    steps = LEAST_STEPS + STEPS_PER_KILOBYTE * (len(source) >> 10)

    def stop(*_: object) -> bool:
        nonlocal steps
        steps -= 1
        return steps < 0

    parser = _parser(name)
    try:
        tree = parser.parse(lambda offset, _: source[offset:], progress_callback=stop)
    except ValueError:
        parser.reset()
        tree = None
    if tree is None:
        raise ParseBudgetError
    return tree


def mend(source: bytes, tree: Tree, name: str) -> tuple[bytes, Tree]:
    """Blank out constructs that are valid but unknown to the grammar, and parse again.

    These are the type arguments of a tagged template and a bare `&` in JSX text. Bytes are replaced one by one,
    so every position stays true.
    """
    mended = _without_tag_types(source)
    for node in error_nodes(tree):
        if node.text == b"&":
            mended = mended[: node.start_byte] + b" " + mended[node.end_byte :]
    if mended == source:
        return source, tree
    try:
        again = parse(mended, name)
    except ParseBudgetError:
        return source, tree
    if len(error_nodes(again)) > len(error_nodes(tree)):
        return source, tree
    return mended, again


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


def error_nodes(tree: Tree) -> list[Node]:
    """The nodes that the grammar could not read, in order, at most 200."""
    found: list[Node] = []
    if not tree.root_node.has_error:
        return found
    stack = [tree.root_node]
    while stack and len(found) < _MOST_ERRORS:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        stack.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)
    return found
