"""Reads Markdown into blocks that know their headings, their table headers and what introduces them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import structs

from callaudit.verify.model import Block, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^a-z\s])")
_LONGEST = 2_000
"""Characters of a line that is read, and of a statement."""
_NEAR = 12
"""How many paragraphs before and behind a block can tell what it is about."""
_CLOSED = re.compile(r"[.!?]\W*$")
"""A paragraph that ends so introduces nothing."""
_CODE_COMMENT = re.compile(r"(?://|/\*|\*|#)\s*(.+)")


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a document in their order."""
    from markdown_it import MarkdownIt  # an import that --help does not need

    blocks = list(_Reader(MarkdownIt("commonmark").enable("table").parse(readable(text))).blocks())
    return tuple(block for _, section in groupby(blocks, key=_section) for block in _placed(list(section)))


def readable(text: str) -> str:
    """Return a document without lines that are too long for a claim: they are data, and slow to look through."""
    return "\n".join(line if len(line) <= _LONGEST else "" for line in text.split("\n"))


def _section(block: Block) -> tuple[str, ...]:
    return (*block.headings, block.text) if block.kind == "heading" else block.headings


def _placed(section: list[Block]) -> Iterator[Block]:
    """Tell each block of a section which paragraphs stand around it."""
    paragraphs = [(at, block.text) for at, block in enumerate(section) if block.kind == "paragraph"]
    places = [at for at, _ in paragraphs]
    for at, block in enumerate(section):
        first, behind = bisect_left(places, at), bisect_right(places, at)
        near = (*reversed(paragraphs[max(first - _NEAR, 0) : first]), *paragraphs[behind : behind + _NEAR])
        yield structs.replace(block, around=tuple(text for _, text in near))


def statements(block: Block) -> Iterator[Statement]:
    """Split a block into what each says by itself; of code these are its comments and its arithmetic."""
    return (statement for statement in _statements(block) if len(statement.text) <= _LONGEST)


def _statements(block: Block) -> Iterator[Statement]:
    if block.kind == "row":
        yield Statement(block.text, block.line, block)
        return
    if block.kind == "code":
        for number, line in enumerate(block.text.split("\n")):
            comment = _CODE_COMMENT.search(line) if block.language not in _PLAIN else None
            if block.language in _PLAIN or comment:
                yield Statement(comment[1] if comment else line.strip(), block.line + number, block)
        return
    start = 0
    for found in [*_SENTENCE.finditer(block.text), None]:
        end = found.start() if found else len(block.text)
        yield Statement(block.text[start:end], block.line + block.text.count("\n", 0, start), block)
        start = found.end() if found else end


_PLAIN = frozenset({"", "text", "txt", "plain", "math"})


class _Reader:
    """Walks over the tokens of a document and remembers where it is."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._headings: list[tuple[int, str]] = []
        self._before = ""
        self._items: list[str] = []
        self._headers: list[str] = []
        self._cells: list[str] = []

    def blocks(self) -> Iterator[Block]:
        for at, token in enumerate(self._tokens):
            step = getattr(self, f"_{token.type}", None)
            if step is not None:
                yield from step(at, token) or ()

    def _block(self, kind: str, text: str, line: int, **more: object) -> Block:
        lead = [item for item in reversed(self._items) if item]
        if kind != "paragraph" and self._before and not _CLOSED.search(self._before):
            lead.append(self._before)
        headings = tuple(title for _, title in self._headings)
        return Block(kind, text, line, headings, tuple(lead), **more)  # type: ignore[arg-type]  # one of its words

    def _heading_open(self, at: int, token: Token) -> Iterator[Block]:
        level = int(token.tag[1:])
        self._headings = [(depth, title) for depth, title in self._headings if depth < level]
        self._before, self._items = "", [""] * len(self._items)  # a heading may stand inside an item of a list
        text = _plain(self._tokens[at + 1])
        yield self._block("heading", text, _line(token))
        self._headings.append((level, text))

    def _paragraph_open(self, at: int, token: Token) -> Iterator[Block]:
        text = _plain(self._tokens[at + 1])
        if not self._items:
            yield self._block("paragraph", text, _line(token))
            self._before = text
        else:
            outer, self._items = self._items, self._items[:-1]
            yield self._block("item", text, _line(token))
            self._items = [*outer[:-1], text]

    def _list_item_open(self, at: int, token: Token) -> None:
        del at, token
        self._items.append("")

    def _list_item_close(self, at: int, token: Token) -> None:
        del at, token
        self._items.pop()

    def _th_open(self, at: int, token: Token) -> None:
        del token
        self._headers.append(_plain(self._tokens[at + 1]))

    def _thead_open(self, at: int, token: Token) -> None:
        del at, token
        self._headers = []

    def _tr_open(self, at: int, token: Token) -> None:
        del at, token
        self._cells = []

    def _td_open(self, at: int, token: Token) -> None:
        del token
        self._cells.append(_plain(self._tokens[at + 1]))

    def _tr_close(self, at: int, token: Token) -> Iterator[Block]:
        del token
        if self._cells:
            opened = next(item for item in reversed(self._tokens[:at]) if item.type == "tr_open")
            text = " | ".join(self._cells)
            yield self._block("row", text, _line(opened), headers=tuple(self._headers), cells=tuple(self._cells))

    def _fence(self, at: int, token: Token) -> Iterator[Block]:
        del at
        language = token.info.split()[0].lower() if token.info.split() else ""
        yield self._block("code", token.content.rstrip("\n"), _line(token) + 1, language=language)

    def _code_block(self, at: int, token: Token) -> Iterator[Block]:
        del at
        yield self._block("code", token.content.rstrip("\n"), _line(token))


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _plain(inline: Token) -> str:
    """Return the text of inline Markdown: code in backticks, nothing of other markup, lines as they were."""
    parts = []
    for child in inline.children or ():
        if child.type == "code_inline":
            parts.append(f"`{child.content}`")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type in ("text", "text_special", "image"):
            parts.append(child.content)
    return "".join(parts).strip()
