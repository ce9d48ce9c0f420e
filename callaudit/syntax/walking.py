"""Visit the records of a file's facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = frozenset({"str", "int", "bool", "str | int | float | bool | None"})

CHILDREN: dict[type[Node], tuple[str, ...]] = {
    kind: tuple(name for name, text in kind.__annotations__.items() if text not in _PLAIN)
    for kind in Node.__subclasses__()
}
"""Which fields of a record may hold records."""


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every record under `nodes`, without entering functions."""
    waiting: list[object] = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        kind = type(node)
        if kind is tuple:
            waiting.extend(reversed(node))  # type: ignore[call-overload]
        elif kind in CHILDREN:
            yield node  # type: ignore[misc]
            waiting += [getattr(node, name) for name in reversed(CHILDREN[kind])]
