"""Fold a syntax tree from its leaves up.

Each kind of node has a handler that turns the results of its children into its own. The walk recurses, one frame of
the interpreter for each level of the tree, and never deeper than `MOST_DEPTH`: what nests deeper is left unread and
reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Block, Many
from callaudit.syntax.typescript.context import statements
from callaudit.syntax.typescript.fragments import Statements
from callaudit.syntax.typescript.recovery import kept, loose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tree_sitter import Language, Node

    from callaudit.syntax.typescript.context import Context

    Leaf = Callable[[Context, Node], Any]
    Enter = Callable[[Context, Node, Node, list[Any]], None]
    Exit = Callable[[Context, Node, list[Any]], Any]

MOST_DEPTH = 400
_BLOCKS = ("program", "statement_block", "class_static_block", "switch_case", "switch_default")
_MEMBERS = ("class_body", "object", "object_pattern")
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
        self.blocks = frozenset(language.id_for_node_kind(name, True) for name in _BLOCKS)
        self.members = frozenset(language.id_for_node_kind(name, True) for name in _MEMBERS)
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


def fold(root: Node, context: Context, handlers: Handlers, on_top_level: Callable[[list[Any]], None]) -> Block:
    """Fold the tree under `root`; `on_top_level` is given the results of each child of the root to add to them."""
    read = reader(context, handlers)
    results: list[Any] = []
    for child in root.named_children:
        found = read(root, (child,), 1)
        on_top_level(found)
        results += found
    # where nothing at all is understood the root is an error itself
    handle = handlers.exits[root.kind_id] if root.kind_id < len(handlers.exits) else None
    return handle(context, root, results) if handle is not None else Block(statements(kept(results, 1)))


def reader(context: Context, handlers: Handlers) -> Callable[[Node, Iterable[Node], int], list[Any]]:
    """The function that reads some children of a node; `depth` is the node's own."""
    leaves, enters, exits = handlers.leaves, handlers.enters, handlers.exits
    blocks, members = handlers.blocks, handlers.members
    count = len(leaves)

    def read(parent: Node, children: Iterable[Node], depth: int) -> list[Any]:
        results: list[Any] = []
        add = results.append
        for child in children:
            kind = child.kind_id
            if kind >= count:  # an ERROR node has the number 65,535
                inside = broken(child, depth)
                if parent.kind_id in members:
                    results += inside
                else:
                    context.loose += kept(inside, context.line(child))
                result = None
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
                    enters[kind](context, parent, child, results)
                inner = read(child, child.named_children, depth + 1)
                result = handle(context, child, inner) if handle is not None else loose(inner)
            if result is not None:
                add(result)
            if context.loose and (parent.kind_id in blocks or depth == 1):
                add(Statements(tuple(context.loose)))
                context.loose.clear()
        return results

    def broken(child: Node, depth: int) -> list[Any]:
        context.error(child)
        if depth < MOST_DEPTH:
            return read(child, child.named_children, depth + 1)
        context.too_deep(child)
        return []

    return read
