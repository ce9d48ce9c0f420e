"""The markup of a component's file as elements; what the grammar of HTML does not know is hidden from it first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.typescript.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

_UNKNOWN = re.compile(rb"(?<=[</])(?:[A-Z][\w.]*|[a-z]\w*\.[\w.]*)|&(?![#\w])")
_ELEMENTS = frozenset({"element", "script_element", "style_element"})
_SIGN = re.compile(rb"[<\"']")
_NO_WORD = re.compile(rb"[^\n]")
_RAW = rb"|<(?P<raw>script|style)(?![\w-])|<!--"
ONE_BRACE = re.compile(rb"(?P<braces>\{)" + _RAW, re.IGNORECASE)
TWO_BRACES = re.compile(rb"(?P<braces>\{\{)" + _RAW, re.IGNORECASE)


BLOCKS = ("script", "template")
_BLOCK = re.compile(rb"^<(script|template)(?![\w-])", re.MULTILINE)


class Attribute(NamedTuple):
    """An attribute: its name, and where its value stands; without one both ends are -1."""

    name: str
    at: int
    start: int
    end: int


class Element(NamedTuple):
    """An element of the file; `first` and `last` where its content lies."""

    name: str
    node: Node
    attributes: tuple[Attribute, ...]
    first: int
    last: int

    def attribute(self, name: str) -> Attribute | None:
        """The attribute called `name`."""
        return next((one for one in self.attributes if one.name == name), None)

    @property
    def at(self) -> int:
        """Where it begins."""
        return int(self.node.start_byte)


def hidden(text: bytes) -> bytes:
    """As many letters as `text` has bytes, and the same lines."""
    return _NO_WORD.sub(b"x", text)


def next_brace(braces: re.Pattern[bytes], source: bytes, at: int, end: int) -> int:
    """Where the next braces stand outside of scripts, styles and comments, in which they are something else; or -1."""
    while (found := braces.search(source, at, end)) is not None:
        if found["braces"]:
            return found.start()
        at = source.find(b"</" + found["raw"] if found["raw"] else b"-->", found.end(), end)
        if at < 0:
            return -1
    return -1


def double_braces(source: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where something stands in `{{ }}`, without them."""
    while (opened := next_brace(TWO_BRACES, source, start, end)) >= 0:
        closed = source.find(b"}}", opened, end)
        if closed < 0:
            return
        yield opened + 2, closed
        start = closed + 2


def parsed(shown: bytes) -> Node:
    """The syntax tree of a file, of which `shown` is what HTML can read, at the same places.

    Raises `ParseBudgetError` where the parser uses up its steps.
    """
    # HTML knows no capitals and no points: `<Link>` and `<Input>` would be elements that are never closed
    return parse(_UNKNOWN.sub(_known, shown), "html").root_node


def _known(found: re.Match[bytes]) -> bytes:
    """The name of a component as one that HTML leaves alone, an `&` as a letter, and each as long as it was."""
    name = found[0].replace(b".", b"-").replace(b"&", b"x")
    return b"x-"[: len(name)] + name[2:] if name[:1].isupper() else name


def element_of(source: bytes, node: Node) -> Element | None:
    """`node` as an element; nothing where it is none."""
    if node.type not in _ELEMENTS or not node.children:
        return None
    head = node.children[0]
    name = next((_text(source, child) for child in head.children if child.type == "tag_name"), "")
    found = tuple(_attribute(source, child) for child in head.children if child.type == "attribute")
    tail = node.children[-1]
    last = tail.start_byte if tail.type == "end_tag" else node.end_byte
    return Element(name, node, found, head.end_byte, max(last, head.end_byte))


def elements(source: bytes, node: Node) -> Iterator[Element]:
    """The elements directly inside `node`."""
    for child in node.children:
        found = element_of(source, child)
        if found is not None:
            yield found


def left_out(source: bytes, root: Node, read: Iterable[Element | None]) -> list[str]:
    """What is to be said of the first block of a file that is none of those that are `read`."""
    known = {one.at for one in read if one is not None}
    for child in root.children:
        found = element_of(source, child)
        other = found.name not in BLOCKS if found is not None else child.type == "comment"
        if other or (found is not None and found.at in known):
            continue
        block = _BLOCK.search(source, child.start_byte, child.end_byte)
        if block is not None:
            return [f"the {block[1].decode()} at line {line_of(source, block.start())} was not read"]
    return []


def unclosed(source: bytes) -> list[str]:
    """What is to be said of `{{` that nothing ends."""
    last = max((end + 2 for _, end in double_braces(source, 0, len(source))), default=0)
    opened = next_brace(TWO_BRACES, source, last, len(source))
    return [f"braces at line {line_of(source, opened)} have no end"] if opened >= 0 else []


def line_of(source: bytes, at: int) -> int:
    """The 1-based line of a place in a file."""
    return source.count(b"\n", 0, at) + 1


def mistakes(shown: bytes, root: Node) -> list[str]:
    """What is to be said of the first place that is no markup; a `>` alone is text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error and _SIGN.search(shown, node.start_byte, node.end_byte):
            return [f"markup that cannot be read at line {node.start_point[0] + 1}; not all around it was analyzed"]
        waiting.extend(child for child in reversed(node.children) if child.has_error)
    return []


def too_deep(line: int) -> list[str]:
    """What is to be said where elements at `line` are nested too deeply, 0 if none are."""
    return [f"nested too deeply at line {line}; what is below was not read"] if line else []


def _attribute(source: bytes, node: Node) -> Attribute:
    name, start, end = "", -1, -1
    for child in node.children:
        if child.type == "attribute_name":
            name = _text(source, child)
        elif child.type == "attribute_value":
            start, end = child.start_byte, child.end_byte
        elif child.type == "quoted_attribute_value":
            start, end = child.start_byte + 1, max(child.end_byte - 1, child.start_byte + 1)
    return Attribute(name, int(node.start_byte), start, end)


def _text(source: bytes, node: Node) -> str:
    return source[node.start_byte : node.end_byte].decode("utf-8", "replace")
