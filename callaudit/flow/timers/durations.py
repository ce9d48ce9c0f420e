"""Times that people write: `5 minutes`, `1 hour and 30 minutes`, `rate(5 minutes)`, `30s`.

The words are those of human-interval 2 (Agenda, https://github.com/agenda/human-interval), ms 2
(https://github.com/vercel/ms) and the rates of AWS.
"""

from __future__ import annotations

import re

UNITS = {
    "millisecond": 1,
    "msec": 1,
    "ms": 1,
    "second": 1_000,
    "sec": 1_000,
    "s": 1_000,
    "minute": 60_000,
    "min": 60_000,
    "m": 60_000,
    "hour": 3_600_000,
    "hr": 3_600_000,
    "h": 3_600_000,
    "day": 86_400_000,
    "d": 86_400_000,
    "week": 604_800_000,
    "w": 604_800_000,
}
"""Milliseconds of a unit, which may be written in the plural."""
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: number for number, word in enumerate(_DIGITS)} | {
    "a": 1,
    "an": 1,
    "half": 0.5,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
}
_LONGEST = 100
_FILLING = frozenset({"and", "every", "of"})
_PIECE = re.compile(r"\d{1,12}(?:\.\d{1,6})?|[a-z]+")
_ALLOWED = re.compile(r"[\w\s.,()-]*", re.ASCII)


def duration(text: str) -> float | None:
    """The milliseconds that a text says, None where it is no time."""
    words = text.strip().lower()
    if words.startswith("rate(") and words.endswith(")"):
        words = words[5:-1]
    if len(words) > _LONGEST or not _ALLOWED.fullmatch(words) or "(" in words:
        return None
    total: float = 0
    amount: float | None = None
    for piece in _PIECE.findall(words):
        if piece[0].isdigit() or piece in _WORDS:
            number = float(piece) if piece[0].isdigit() else _WORDS[piece]
            amount = number if amount is None else amount * number
            continue
        unit = UNITS.get(piece) or UNITS.get(piece.removesuffix("s"))
        if unit is not None:
            total += (1 if amount is None else amount) * unit
            amount = None
        elif piece not in _FILLING:
            return None
    return total if total > 0 and amount is None else None
