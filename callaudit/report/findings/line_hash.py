"""The hash by which GitHub's code scanning follows an alert when the lines above it change.

`primaryLocationLineHash` of github/codeql-action, `src/fingerprints.ts`: for each line, a rolling hash of the
hundred characters from its start on, blanks and tabs left out, kinds of line ends made one, and how many lines
before have the same hash.
"""

from __future__ import annotations

import struct
from collections import Counter
from typing import Final

_BLOCK: Final = 100
_BASE: Final = 37
_WORD: Final = 1 << 64
_END: Final = 65535
"""What stands for the end of the file."""

_LEAVING: Final = pow(_BASE, _BLOCK, _WORD)
_BLANKS: Final = str.maketrans("", "", " \t")


def line_hashes(text: str, lines: frozenset[int] | None = None) -> dict[int, str]:
    """Return the hash of each line (1-based), or of those in `lines`."""
    units = _units(text)
    padded = units + [0] * _BLOCK
    value = 0
    for unit in padded[:_BLOCK]:
        value = (value * _BASE + unit) % _WORD
    seen: Counter[int] = Counter()
    found: dict[int, str] = {}
    last = max(lines, default=0) if lines is not None else len(units)
    line = 0
    before = 10
    for place, unit in enumerate(units):
        if before == 10:
            line += 1
            if line > last:
                break
            seen[value] += 1
            if lines is None or line in lines:
                found[line] = f"{value:x}:{seen[value]}"
        value = (value * _BASE + padded[place + _BLOCK] - _LEAVING * unit) % _WORD
        before = unit
    return found


def _units(text: str) -> list[int]:
    """Return the characters as JavaScript counts them, those beyond the first plane as two."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    data = plain.encode("utf-16-le", "surrogatepass")
    return [*struct.unpack(f"<{len(data) // 2}H", data), _END]
