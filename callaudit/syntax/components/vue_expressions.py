"""Expressions of Vue's templates as code: what they see of the script, and whether that stays what it is.

https://vuejs.org/guide/essentials/template-syntax.html#using-javascript-expressions.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.attributes import is_fixed
from callaudit.syntax.components.code import Declared, Edit, Pattern, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.components.markup import Attribute
    from callaudit.syntax.components.written import Writer

_BRACKET = re.compile(rb"\$\{|[(){}\[\]]")
_NAME = re.compile(rb"(?<![\w$.'\"\x80-\xff])[A-Za-z_$\x80-\xff][\w$\x80-\xff]*(?![\w$'\"\x80-\xff]|\s*:(?!:))")
_NUMBER = re.compile(rb"\s*\d+\s*")
# with its end: in attributes `&copy=2` is a part of a URL
_ENTITY = re.compile(rb"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Expressions:
    """Writes the expressions of one template."""

    def __init__(self, writer: Writer, names: Declared, patterns: Sequence[Pattern]) -> None:
        """Write to `writer` what stands in a template that sees `names`."""
        self._to = writer
        self._source = writer.source
        self._fixed = names.fixed
        self._held = frozenset(name.encode() for name in names.held)
        self._patterns = patterns

    def text(self, one: Attribute) -> str:
        """The value of an attribute that has one, as a browser reads it."""
        raw = self._source[one.start : one.end]
        return _ENTITY.sub(_plain, raw).decode("utf-8", "replace")

    def code(self, start: int, end: int) -> None:
        """Copy an expression."""
        entities = (Edit(*found.span(), _plain(found).decode()) for found in _ENTITY.finditer(self._source, start, end))
        write(self._to, start, end, [*self._values(start, end), *entities], self._patterns)

    def test(self, asked: Attribute | None) -> None:
        """Write what decides whether an element is drawn."""
        if asked is not None and asked.start >= 0:
            self._which(asked.start, asked.end)
            self._to.say(" ? ", asked.start)

    def items(self, start: int, end: int) -> None:
        """Write the list of a loop; of one that may change nothing is known."""
        code = self._source[start:end]
        if _NUMBER.fullmatch(code):
            self._to.say(f"Array.from({{ length: {code.decode().strip()} }})", start)
        else:
            self._which(start, end)

    def _which(self, start: int, end: int) -> None:
        fixed = is_fixed(self._source[start:end].decode("utf-8", "replace"), self._fixed)
        self._to.say("(" if fixed else "((", start)
        self.code(start, end)
        self._to.say(")" if fixed else "), state$)", start)

    def _values(self, start: int, end: int) -> Iterator[Edit]:
        """Of what holds a value a template sees the value; `{ id }` is `{ id: id.value }`."""
        for found in _NAME.finditer(self._source, start, end) if self._held else ():
            if found[0] not in self._held:
                continue
            before, after = self._source[start : found.start()], self._source[found.end() : end].lstrip()
            is_short = before.rstrip()[-1:] in (b"{", b",") and after[:1] in (b",", b"}") and _in_braces(before)
            name = found[0].decode("utf-8", "replace")
            yield Edit(found.end(), found.end(), f": {name}.value" if is_short else ".value")


def _plain(found: re.Match[bytes]) -> bytes:
    return html.unescape(found[0].decode()).encode("utf-8", "replace")


def _in_braces(before: bytes) -> bool:
    """Whether the innermost bracket that is open behind `before` is that of an object."""
    opened: list[bytes] = []
    for found in _BRACKET.finditer(before):
        if found[0] in (b")", b"}", b"]"):
            del opened[-1:]
        else:
            opened.append(found[0])
    return opened[-1:] == [b"{"]
