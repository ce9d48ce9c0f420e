"""Visit the records of a file's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Node

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every record under `nodes`, without entering functions."""
    waiting: list[object] = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(reversed(node))
        elif isinstance(node, Node):
            yield node
            waiting.extend(getattr(node, name) for name in reversed(node.__struct_fields__))
