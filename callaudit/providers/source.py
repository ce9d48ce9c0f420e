"""Reads YAML as plain values that remember their lines, and refuses what makes YAML dangerous.

Aliases, anchors and merge keys are refused because a few lines of them stand for gigabytes, tags because
they name code. Scalars follow YAML 1.2: `no`, `1:30` and dates are text.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import Struct

from callaudit.providers.mistakes import Mistake, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 30_000
_TOO_DEEP = "nesting depth"

Scalar = str | int | float | bool | None

# 18 digits fit into 64 bits; Python refuses to read thousands of them with a ValueError.
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_NUMBER = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?\Z")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Node(Struct, frozen=True, eq=False):
    """A value of the file and the line (1-based) on which it begins."""

    line: int
    value: Scalar | list[Node] | dict[str, Entry]

    def plain(self) -> Any:
        """Return the value without lines, as a YAML loader would."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: entry.node.plain() for key, entry in self.value.items()}
        return self.value


class Entry(Struct, frozen=True, eq=False):
    """A key's line and its value."""

    line: int
    node: Node


class UnreadableError(Exception):
    """The file ends the reading: no document, or none that is worth going on with."""

    def __init__(self, line: int, message: str) -> None:
        """Say where and why."""
        super().__init__(message)
        self.mistake = Mistake(line, message)


def read_yaml(data: bytes) -> tuple[Node, list[Mistake]]:
    """Read one document and its mistakes. Raises `UnreadableError` for those that end the reading."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(1, f"larger than {MAX_BYTES // 1024} KB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(line, "not UTF-8 text") from None
    builder = _Builder()
    for event in _events(text):
        builder.take(event)
    if builder.root is None:
        raise UnreadableError(1, "empty file")
    return builder.root, builder.mistakes


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        if _TOO_DEEP in str(error.problem):
            # libyaml 0.2.6 has a bound of its own and may come to it first; it looks ahead no further than a line
            raise UnreadableError(line, f"nested more than {MAX_DEPTH} deep") from None
        raise UnreadableError(line, f"not valid YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableError(line, f"not valid YAML: {error.reason}") from None
    except yaml.YAMLError as error:
        raise UnreadableError(1, f"not valid YAML: {quote(str(error))}") from None


class _Builder:
    """Builds the document from parser events with a stack of its own, so that depth is a number."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.mistakes: list[Mistake] = []
        self._open: list[Node] = []
        self._keys: list[tuple[str, int] | None] = []
        self._nodes = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse(event, line)
            self._add(event, Node(line, _scalar(event)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse(event, line)
            self._start(event, Node(line, [] if isinstance(event, yaml.SequenceStartEvent) else {}))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._mistake(line, f"alias *{event.anchor}: write the value out, aliases are not allowed")
            self._add(event, Node(line, None))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise UnreadableError(line, "a second document: only one is read")

    def _start(self, event: Any, node: Node) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise UnreadableError(node.line, f"nested more than {MAX_DEPTH} deep")
        self._add(event, node)
        self._open.append(node)
        self._keys.append(None)

    def _add(self, event: Any, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise UnreadableError(node.line, f"more than {MAX_NODES} values")
        if not self._open:
            self.root = node
            return
        container = self._open[-1].value
        if isinstance(container, list):
            container.append(node)
        elif isinstance(container, dict):
            self._add_to_mapping(container, event, node)

    def _add_to_mapping(self, mapping: dict[str, Entry], event: Any, node: Node) -> None:
        pending = self._keys[-1]
        if pending is None:
            self._keys[-1] = (self._key(event, node), node.line)
            return
        self._keys[-1] = None
        key, line = pending
        if key == "<<":
            self._mistake(line, "merge key <<: write the keys out, merging is not allowed")
        elif key in mapping:
            self._mistake(line, f"key {quote(key)} is here a second time (first on line {mapping[key].line})")
        else:
            mapping[key] = Entry(line, node)

    def _key(self, event: Any, node: Node) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise UnreadableError(node.line, "a key must be a word, not a list, a mapping or an alias")
        return str(event.value)

    def _refuse(self, event: Any, line: int) -> None:
        if event.anchor:
            self._mistake(line, f"anchor &{event.anchor}: anchors are not allowed")
        if event.tag:
            self._mistake(line, f"tag {quote(event.tag)}: tags are not allowed")

    def _mistake(self, line: int, message: str) -> None:
        self.mistakes.append(Mistake(line, message))


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _NUMBER.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
