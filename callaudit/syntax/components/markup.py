"""The markup of a component's file as elements; what the grammar of HTML does not know is hidden from it first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.typescript.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_CAPITAL = re.compile(rb"(</?)([A-Z])([\w.]?)")
_ELEMENTS = frozenset({"element", "script_element", "style_element"})
_NO_WORD = re.compile(rb"[^\n]")


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


def double_braces(source: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where something stands in `{{ }}`, without them."""
    while (opened := source.find(b"{{", start, end)) >= 0:
        closed = source.find(b"}}", opened, end)
        if closed < 0:
            return
        yield opened + 2, closed
        start = closed + 2


def parsed(shown: bytes) -> Node:
    """The syntax tree of a file, of which `shown` is what HTML can read, at the same places.

    Raises `ParseBudgetError` where the parser uses up its steps.
    """
    # HTML knows no capitals: `<Link>` and `<Input>` would be elements that are never closed
    legible = _CAPITAL.sub(lambda found: found[1] + b"x" + (b"-" if found[3] else b""), shown)
    return parse(legible, "html").root_node


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
