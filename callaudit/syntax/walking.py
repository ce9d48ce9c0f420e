"""Visit the records of a file's facts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Node

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = frozenset({"str", "int", "bool", "str | int | float | bool | None"})

CHILDREN: dict[type[Node], tuple[str, ...]] = {
    kind: tuple(name for name, text in kind.__annotations__.items() if text not in _PLAIN)
    for kind in Node.__subclasses__()
}
"""Which fields of a record may hold records."""


def _getter(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]] | None:
    """Reads the fields `names` of a record; `None` where there are none."""
    if len(names) == 1:
        (name,) = names
        return lambda node: (getattr(node, name),)
    return attrgetter(*names) if names else None


# Most of the records of a file are walked several times: the fields of each kind are read at once.
_LAST_FIRST: dict[type, Callable[[object], tuple[object, ...]] | None] = {
    kind: _getter(names[::-1]) for kind, names in CHILDREN.items()
}


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    """Every record under `nodes` in order, without entering functions."""
    found: list[Any] = []
    waiting: list[object] = list(reversed(nodes))
    take, see = waiting.pop, found.append
    readers = _LAST_FIRST
    while waiting:
        node = take()
        kind = type(node)
        if kind is tuple:
            waiting += node[::-1]  # type: ignore[index]
        elif kind in readers:
            see(node)
            fields = readers[kind]
            if fields is not None:
                waiting += fields(node)
    return found
