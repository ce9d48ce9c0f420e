"""Fold a syntax tree from its leaves up, without recursion.

Each kind of node has a handler that turns the results of its children into its own. The stack of frames is a
list, so that no input can exhaust the interpreter's, and what nests deeper than `MOST_DEPTH` is left unread and
reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Many

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Node

MOST_DEPTH = 400
UNREAD = Many(())

Result = Any
"""What a handler returns: an IR record or one of the fragments of `fragments`; `None` adds nothing."""


class Frame:
    """A node whose children are being read."""

    __slots__ = ("children", "extra", "index", "kind", "node", "results")

    def __init__(self, kind: int, node: Node) -> None:
        """Start to read `node`."""
        self.kind = kind
        self.node = node
        self.children: list[Node] = node.named_children
        self.index = 0
        self.results: list[Result] = []
        self.extra: Any = None


Leaf = "Callable[[Any, Node], Result]"
Enter = "Callable[[Any, Frame], None]"
Exit = "Callable[[Any, Frame], Result]"


class Handlers:
    """The handlers of one grammar by kind of node; tables are lists indexed by the grammar's numbers."""

    def __init__(
        self, language: Language, leaves: dict[str, Any], enters: dict[str, Any], exits: dict[str, Any]
    ) -> None:
        """Resolve the names of node kinds to the numbers of `language`."""
        count = language.node_kind_count
        self.leaves: list[Callable[[Any, Node], Result] | None] = [None] * count
        self.enters: list[Callable[[Any, Frame], None] | None] = [None] * count
        self.exits: list[Callable[[Any, Frame], Result] | None] = [None] * count
        for number in range(count):
            name = language.node_kind_for_id(number)
            if name is None or not language.node_kind_is_named(number):
                continue
            self.leaves[number] = leaves.get(name)
            self.enters[number] = enters.get(name)
            self.exits[number] = exits.get(name)


def fold(root: Node, context: Any, handlers: Handlers, on_top_level: Callable[[Frame], None]) -> Result:
    """Fold the tree under `root`; `on_top_level` is called whenever a child of the root is done."""
    leaves, enters, exits = handlers.leaves, handlers.enters, handlers.exits
    top = Frame(root.kind_id, root)
    stack = [top]
    frame = top
    while True:
        if frame.index == len(frame.children):
            stack.pop()
            handle = exits[frame.kind]
            result = handle(context, frame) if handle else Many(tuple(r for r in frame.results if r is not None))
            if not stack:
                return result
            frame = stack[-1]
            if result is not None:
                frame.results.append(result)
            if frame is top:
                on_top_level(top)
            continue
        child = frame.children[frame.index]
        frame.index += 1
        kind = child.kind_id
        if kind >= len(leaves):  # an ERROR node has the number 65,535
            context.error(child)
            frame = _push(stack, context, kind, child) if child.named_child_count else frame
            continue
        leaf = leaves[kind]
        if leaf is not None:
            result = leaf(context, child)
            if result is not None:
                frame.results.append(result)
            continue
        if exits[kind] is None and not child.named_child_count:
            continue
        if len(stack) >= MOST_DEPTH:
            context.too_deep(child)
            frame.results.append(UNREAD)
            continue
        frame = Frame(kind, child)
        enter = enters[kind]
        if enter is not None:
            context.parent_frame = stack[-1]
            enter(context, frame)
        stack.append(frame)


def _push(stack: list[Frame], context: Any, kind: int, child: Node) -> Frame:
    if len(stack) >= MOST_DEPTH:
        context.too_deep(child)
        return stack[-1]
    frame = Frame(0, child)
    frame.extra = kind
    stack.append(frame)
    return frame
