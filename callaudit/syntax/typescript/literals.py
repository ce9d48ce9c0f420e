"""Values of literals as JavaScript reads them."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.|\n)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_MOST_DIGITS = 400


def string(text: str) -> str:
    """The value of a quoted string."""
    inner = text[1:-1]
    return unescape(inner) if "\\" in inner else inner


def unescape(text: str) -> str:
    """`text` with its escape sequences replaced."""

    def replace(found: re.Match[str]) -> str:
        body = found[1]
        if body[0] in "ux" and len(body) > 1:
            code = int(body[1:].strip("{}"), 16)
            return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        return _SIMPLE.get(body, body)

    return _ESCAPE.sub(replace, text)


def number(text: str) -> int | float | None:
    """The value of a number; `None` for one that no program means."""
    plain = text.replace("_", "").rstrip("n")
    if len(plain) > _MOST_DIGITS:
        return None
    try:
        if plain[:2].lower() in ("0x", "0o", "0b"):
            value: int | float = int(plain, 0)
        else:
            value = float(plain)
            if value == int(value) and abs(value) < 2**53:
                value = int(value)
    except (ValueError, OverflowError):
        return None
    return value if abs(value) < 2**63 else float(value) if abs(value) < 1e300 else None
