"""Blocks of Svelte's markup as expressions: `{#if}`, `{#each}`, `{#await}`, `{#key}`, `{#snippet}`, `{@const}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.components.attributes import calls_something

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.syntax.components.written import Writer

_HEAD = re.compile(rb"\s*([#:/@])(else if|[a-z]+)?\s*", re.DOTALL)
_AS = re.compile(rb"(?<!\s)\s+as\s+")
_THEN = re.compile(rb"(?<!\s)\s+(?P<what>then|catch)(?![\w$])\s*")
_SNIPPET = re.compile(rb"[\w$]+\s*\((?P<params>.*)\)\s*", re.DOTALL)
_CONST = re.compile(rb"(?P<target>[^=]*)=(?!=)(?P<value>.*)", re.DOTALL)
LONGEST = 20_000
"""Bytes in braces; what is longer is data."""


class _Open(NamedTuple):
    """A block that is open: its kind, and where the value stands that ends it, if one does."""

    kind: str
    start: int = -1
    end: int = -1


class Blocks:
    """The blocks that are open between the children of one element."""

    def __init__(self, to: Writer, is_fixed: Callable[[str], bool], code: Callable[[int, int], None]) -> None:
        """Write to `to`; `code` copies an expression, which `is_fixed` looks at."""
        self._to = to
        self._is_fixed = is_fixed
        self._code = code
        self._open: list[_Open] = []

    def add(self, start: int, end: int) -> None:
        """Write what stands in braces from `start` to `end`."""
        if end - start > LONGEST:
            return
        head = _HEAD.match(self._to.source, start, end)
        if head is None:
            if calls_something(self._to.source[start:end].decode("utf-8", "replace")):
                self._to.say("{(", start)
                self._code(start, end)
                self._to.say(")}", start)
            return
        kind, word, at = head[1], (head[2] or b"").decode(), head.end()
        if kind == b"#":
            self._begin(word, at, end)
        elif kind == b":":
            self._other(word, at, end)
        elif kind == b"/":
            self._end(start, {"if": ("if", "else"), "each": ("each", "none")}.get(word, (word,)))
        elif word == "const":
            self._const(at, end)
        elif word in ("html", "render") and at < end:
            self._to.say("{(", at)
            self._code(at, end)
            self._to.say(")}", at)

    def close(self, at: int) -> None:
        """Close what is still open."""
        while self._open:
            self._shut(self._open.pop(), at)

    def _begin(self, word: str, at: int, end: int) -> None:
        if word == "if":
            self._to.say("<>{", at)
            self._test(at, end)
            self._open.append(_Open("if"))
        elif word == "each":
            self._each(at, end)
        elif word == "await":
            self._await(at, end)
        elif word == "snippet":
            named = _SNIPPET.fullmatch(self._to.source, at, end)
            self._to.say("<>{slots$.map((", at)
            if named is not None:
                self._to.copy(*named.span("params"))
            self._to.say(") => <>", at)
            self._open.append(_Open("snippet"))
        else:
            self._to.say("<>", at)
            self._open.append(_Open(word))

    def _test(self, start: int, end: int) -> None:
        fixed = self._is_fixed(self._to.source[start:end].decode("utf-8", "replace"))
        self._to.say("(" if fixed else "((", start)
        self._code(start, end)
        self._to.say(") ? <>" if fixed else "), state$) ? <>", start)

    def _each(self, at: int, end: int) -> None:
        named = _AS.search(self._to.source, at, end)
        items = at, named.start() if named is not None else end
        fixed = self._is_fixed(self._to.source[slice(*items)].decode("utf-8", "replace"))
        self._to.say("<>{(" if fixed else "<>{((", at)
        self._code(*items)
        self._to.say(").map((" if fixed else "), state$).map((", at)
        if named is not None:
            self._to.copy(named.end(), _without_key(self._to.source, named.end(), end))
        self._to.say(") => <>", at)
        self._open.append(_Open("each"))

    def _await(self, at: int, end: int) -> None:
        named = _THEN.search(self._to.source, at, end)
        self._to.say("<>{(", at)
        self._code(at, named.start() if named is not None else end)
        failed = named is not None and named["what"] == b"catch"
        self._to.say(")}{state$ && ((" if failed else ")}{((", at)
        if named is not None:
            self._to.copy(named.end(), end)
        self._to.say(") => <>", at)
        self._open.append(_Open("await"))

    def _other(self, word: str, at: int, end: int) -> None:
        self._constants(at)
        opened = self._open[-1].kind if self._open else ""
        if word == "else if" and opened == "if":
            self._to.say("</> : ", at)
            self._test(at, end)
        elif word == "else" and opened == "if":
            self._to.say("</> : <>", at)
            self._open[-1] = _Open("else")
        elif word == "else" and opened == "each":
            self._to.say("</>)}<>", at)
            self._open[-1] = _Open("none")
        elif word in ("then", "catch") and opened == "await":
            self._to.say("</>)(state$)}{((" if word == "then" else "</>)(state$)}{state$ && ((", at)
            self._to.copy(at, end)
            self._to.say(") => <>", at)

    def _const(self, at: int, end: int) -> None:
        named = _CONST.fullmatch(self._to.source, at, end)
        if named is not None:
            self._to.say("<>{((", at)
            self._to.copy(*named.span("target"))
            self._to.say(") => <>", at)
            self._open.append(_Open("const", *named.span("value")))

    def _constants(self, at: int) -> None:
        while self._open and self._open[-1].kind == "const":
            self._shut(self._open.pop(), at)

    def _end(self, at: int, kinds: tuple[str, ...]) -> None:
        self._constants(at)
        if self._open and self._open[-1].kind in kinds:
            self._shut(self._open.pop(), at)

    def _shut(self, one: _Open, at: int) -> None:
        if one.kind == "const":
            self._to.say("</>)(", at)
            self._code(one.start, one.end)
            self._to.say(")}</>", at)
        else:
            ends = {
                "if": "</> : null}</>",
                "else": "</>}</>",
                "each": "</>)}</>",
                "none": "</></>",
                "await": "</>)(state$)}</>",
                "snippet": "</>)}</>",
            }
            self._to.say(ends.get(one.kind, "</>"), at)


def _without_key(source: bytes, start: int, end: int) -> int:
    """Where an item ends that a key in parentheses may follow: `item, index (item.id)`."""
    opened, last = 0, start + len(source[start:end].rstrip())
    for at in range(last - 1, start - 1, -1):
        opened += {b")": 1, b"(": -1}.get(source[at : at + 1], 0)
        if not opened:
            return at if at < last - 1 else last
    return last
