"""What a file is, by its text: minified."""

from __future__ import annotations

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
