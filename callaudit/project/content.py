"""What a file is, by its text: minified, or put together by a bundler."""

from __future__ import annotations

import re

_LONG_LINE = 1000  # bytes; people break lines an order of magnitude earlier
_USUAL_LINE = 100  # bytes on average; below it, no file needs a closer look
_SMALLEST = 1000  # bytes; a bundle is larger
# Share of a long line's bytes that are statement punctuation: minified code has 5 to 12 %, a long string,
# an embedded image or a table of numbers next to none.
_CODE_SHARE = 0.015


def looks_minified(data: bytes) -> bool:
    """Tell whether most of a file is code in very long lines."""
    if len(data) < _SMALLEST or data.count(b"\n") * _USUAL_LINE > len(data):
        return False
    long_lines = [line for line in data.split(b"\n") if len(line) > _LONG_LINE]
    size = sum(map(len, long_lines))
    if size * 2 < len(data):
        return False
    code = sum(line.count(mark) for line in long_lines for mark in (b";", b"(", b"{"))
    return code > size * _CODE_SHARE


_PACKAGE = re.compile(
    rb"^// (?:\.\./)*node_modules/\S+$(?!\n//)"  # esbuild, Bun: https://esbuild.github.io/api/#bundle
    rb"|^/\*\*\*/ [\"'(](?:\./)?node_modules/"  # webpack, in development mode
    rb"|^/\*\*\*\*\*\*/ \t?(?:var __webpack_modules__ = |\(\(\) => \{ // webpackBootstrap)",
    re.MULTILINE,
)
"""Where a bundler says of which package a part of its output is, or that it has made all of it."""
_FEWEST = 2
"""Such places: one alone may be a remark of somebody."""


def looks_bundled(data: bytes) -> bool:
    """Tell whether a bundler has put a file together, with the packages that the program uses."""
    if b"node_modules/" not in data and b"__webpack_modules__" not in data:
        return False
    found = _PACKAGE.finditer(data)
    return sum(1 for _ in zip(found, range(_FEWEST), strict=False)) >= _FEWEST
