"""Fold a syntax tree from its leaves up.

Each kind of node has a handler that turns the results of its children into its own. The walk recurses, one frame of
the interpreter for each level of the tree, and never deeper than `MOST_DEPTH`: what nests deeper is left unread and
reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Language, Node

    from callaudit.syntax.typescript.context import Context

    Leaf = Callable[[Context, Node], Any]
    Enter = Callable[[Context, Node, list[Any]], None]
    Exit = Callable[[Context, Node, list[Any]], Any]

MOST_DEPTH = 400
UNREAD = Many(())


class Handlers:
    """The handlers of one grammar by kind of node; tables are lists indexed by the grammar's numbers.

    A leaf's handler is given the node alone. Another node's is given the results of its children; `None` adds
    nothing. A node that opens a scope is announced before its children, with its parent and its siblings' results.
    """

    def __init__(
        self, language: Language, leaves: Mapping[str, Leaf], enters: Mapping[str, Enter], exits: Mapping[str, Exit]
    ) -> None:
        """Resolve the names of node kinds to the numbers of `language`."""
        count = language.node_kind_count
        self.leaves: list[Leaf | None] = [None] * count
        self.enters: dict[int, Enter] = {}
        self.exits: list[Exit | None] = [None] * count
        for number in range(count):
            name = language.node_kind_for_id(number)
            if name is None or not language.node_kind_is_named(number):
                continue
            self.leaves[number] = leaves.get(name)
            if name in enters:
                self.enters[number] = enters[name]
            self.exits[number] = exits.get(name)


def fold(root: Node, context: Context, handlers: Handlers, on_top_level: Callable[[list[Any]], None]) -> Any:
    """Fold the tree under `root`; `on_top_level` is given the results so far whenever a child of the root is done."""
    read = reader(context, handlers)
    results: list[Any] = []
    for child in root.named_children:
        results += read(root, (child,), 1)
        if child.kind_id >= len(handlers.leaves) or handlers.leaves[child.kind_id] is None:
            on_top_level(results)
    handle = handlers.exits[root.kind_id] if root.kind_id < len(handlers.exits) else None
    return handle(context, root, results) if handle else Many(tuple(results))


def reader(context: Context, handlers: Handlers) -> Callable[[Node, Iterable[Node], int], list[Any]]:
    """The function that reads some children of a node; `depth` is the node's own."""
    leaves, enters, exits = handlers.leaves, handlers.enters, handlers.exits
    count = len(leaves)

    def read(parent: Node, children: Iterable[Node], depth: int) -> list[Any]:
        results: list[Any] = []
        add = results.append
        for child in children:
            kind = child.kind_id
            if kind >= count:  # an ERROR node has the number 65,535
                context.error(child)
                if not child.named_child_count:
                    continue
                handle = None
            else:
                leaf = leaves[kind]
                if leaf is not None:
                    if (result := leaf(context, child)) is not None:
                        add(result)
                    continue
                handle = exits[kind]
                if handle is None and not child.named_child_count:
                    continue
            if depth >= MOST_DEPTH:
                context.too_deep(child)
                add(UNREAD)
                continue
            if kind in enters:
                enters[kind](context, parent, results)
            inner = read(child, child.named_children, depth + 1)
            result = handle(context, child, inner) if handle is not None else Many(tuple(inner))
            if result is not None:
                add(result)
        return results

    return read
