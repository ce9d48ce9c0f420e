"""Turn bytes into a syntax tree within a budget.

tree-sitter never returns on some inputs of a few bytes, so a parse may take only so many steps. Steps are
counted, not seconds: the verdict must not depend on how busy the machine is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

# Real files need 9 steps a kilobyte (measured on 60,000 lines); a step of error recovery may take 0.4 ms.
STEPS_PER_KILOBYTE = 60
LEAST_STEPS = 3_000

_MOST_ERRORS = 200


class ParseBudgetError(Exception):
    """The parser did not finish within its steps."""


@cache
def language(name: str) -> Language:
    """The grammar `typescript`, `tsx` or `html`."""
    if name == "html":  # only where there are files of components
        import tree_sitter_html

        return Language(tree_sitter_html.language())
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
