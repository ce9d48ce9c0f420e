"""A call tree as lines of text: which calls are joined on one line, and what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from callaudit.report.escape import visible
from callaudit.report.table import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.tree import TreeNode

_ARROW: Final = " → "
_FOLDERS: Final = (100, 4, 2, 1, 1)
"""Parts of a path that are kept at each level."""

_CROSSING: Final = "⇒"
"""Over the network into one of the repository's own routes."""

_JOINED: Final = {
    "function": ("function", "request", "connection"),
    "request": ("route",),
    "way": ("way",),
}
"""What is joined to what on one line."""

_LEVEL: Final = 3
"""Columns of a level of branches."""
LEVELS: Final = 5
"""How many ways there are to write places: from whole paths to names of files, then one place alone."""


class Place(Struct, frozen=True):
    """A place that is near to another one is written by its line alone."""

    file: str
    line: int
    near: bool

    def text(self, level: int) -> str:
        """Return the place, with fewer folders at each level."""
        if self.near:
            return f":{self.line}"
        parts = visible(self.file).split("/")
        kept = _FOLDERS[level]
        if kept == 1:
            return f"{parts[-1]}:{self.line}"
        path = "/".join(parts) if len(parts) <= kept + 1 else "…/" + "/".join(parts[-kept:])
        return f"{path}:{self.line}"


class Line(Struct, frozen=True):
    """One line: the branches before it and below it, what happens, where, and how many calls it makes."""

    first: str
    rest: str
    label: str
    marks: tuple[str, ...]
    places: tuple[Place, ...]
    calls: str
    kind: str

    def place(self, level: int) -> str:
        """Return where the first call is, then where the last is; at the last level only that one."""
        places = self.places[-1:] if level == LEVELS - 1 else self.places
        return " ".join(place.text(level) for place in places)


def thin(lines: Sequence[Line]) -> list[Line]:
    """Return lines whose branches take one column a level instead of three, for trees that are deep."""
    return [replace(line, first=_thin(line.first), rest=_thin(line.rest)) for line in lines]


def _thin(branches: str) -> str:
    return branches[::_LEVEL] + " "


def tree_lines(tree: TreeNode, *, full: bool) -> list[Line]:
    """Return the lines below the root of a tree.

    What leads to one thing only is joined with it on one line, unless `full`.
    """
    return list(_below(tree.children, "", tree.file, full=full))


def _below(children: Sequence[TreeNode], before: str, file: str, *, full: bool) -> Iterator[Line]:
    shown = list(_ways(children))
    for number, (label, child) in enumerate(shown):
        last = number == len(shown) - 1
        chain = [child] if full else _chain(child)
        end = chain[-1]
        places = _places(chain, file)
        below = before + ("   " if last else "│  ")
        yield Line(
            first=before + ("└─ " if last else "├─ "),
            rest=below + ("│  " if end.children else "   "),
            label=_labels(chain, label),
            marks=tuple(visible(mark) for node in chain for mark in node.marks),
            places=places,
            calls=bounds(end.min, end.max) if end.kind not in ("way", "choice", "connection") else "",
            kind=end.kind,
        )
        inner = next((node.file for node in reversed(chain) if node.file), file)
        yield from _below(end.children, below, inner, full=full)


def _ways(children: Sequence[TreeNode]) -> Iterator[tuple[str, TreeNode]]:
    """Put the ways of a choice in its place, in words that say that they exclude each other."""
    for child in children:
        if child.kind != "choice":
            yield _label(child), child
            continue
        for number, way in enumerate(child.children):
            either = "" if way.text == "otherwise" or not number else "or "
            yield either + _label(way), way


def _chain(node: TreeNode) -> list[TreeNode]:
    """Return a node with the functions, the request and the route that it leads to alone."""
    chain = [node]
    while chain[-1].kind in _JOINED and len(chain[-1].children) == 1:
        (child,) = chain[-1].children
        if child.kind not in _JOINED[chain[-1].kind] or (child.marks and child.kind != "route"):
            break
        chain.append(child)
    return chain


def _labels(chain: Sequence[TreeNode], label: str) -> str:
    """Join what a chain does; a request that an own route answers is named by the route."""
    words = [label]
    for node in chain[1:]:
        if _label(node) != words[-1]:  # a function and the one without a name inside it
            words.append(_label(node))
    if chain[0].kind == "way":
        return ", ".join(words)
    if chain[-1].kind == "route" and len(chain) > 1:
        return f"{_ARROW.join(words[:-2])} {words[-1]}".strip()
    return _ARROW.join(words)


def _label(node: TreeNode) -> str:
    text = visible(node.text)
    if node.kind == "way":
        return text if text == "otherwise" else f"when {text}"
    return f"{_CROSSING} {text}" if node.kind == "route" else text


def _places(chain: Sequence[TreeNode], file: str) -> tuple[Place, ...]:
    """Return the place of the first node and, if it is in another file, of the last."""
    placed = [node for node in (chain[0], chain[-1]) if node.line]
    if not placed:
        return ()
    places = [Place(placed[0].file, placed[0].line, placed[0].file == file)]
    if len(chain) > 1 and len(placed) > 1:
        places.append(Place(placed[1].file, placed[1].line, placed[1].file == placed[0].file))
    return tuple(places)
