"""Reads expressions of prose: numbers with words between them, times, rates, shares and ranges."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from callaudit.verify.words import NUMBER, number, singular

_SECONDS: Final = {
    "ms": 0.001, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "min": 60, "mins": 60, "minute": 60,
    "minutes": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "day": 86400, "days": 86400,
}  # fmt: skip
_TOKEN: Final = re.compile(
    rf"(?P<number>{NUMBER})(?:[-–](?P<upto>{NUMBER}))?(?P<share>\s?%)?"
    r"|(?P<operator>[×*·÷/()]|\s[x+−-]\s|(?<=\d)x(?=\s*\d)|\bper\b|\bof\b)"
    r"|(?P<word>[A-Za-z][\w-]*)|(?P<other>\S)"
)


_REQUESTS: Final = frozenset({"call", "request", "req", "fetch", "fetche", "poll", "query", "hit", "read"})
"""Words for the same thing: something that is sent upstream."""
_DEEPEST: Final = 20
"""Parentheses within parentheses that are read."""


class Amount(Struct, frozen=True):
    """A value between two bounds, in seconds to the power of `exponent`.

    `operands` is how many numbers it was computed from, `step` one unit of its last digit, `scale` and `unit` tell how
    it was written.
    """

    low: float
    high: float
    exponent: int
    operands: int
    text: str
    step: float = 0.0
    scale: float = 1.0
    unit: str = ""
    first: tuple[float, float] | None = None
    """The first number with its unit."""


class _Stop(Exception):  # noqa: N818 - where reading ends, not what went wrong
    """What follows is no part of the expression."""


def things(one: Amount) -> set[str]:
    """Return the words of what an amount counts, each in the singular: `50 position fetches/min` → position, fetch."""
    words = {singular(word.lower()) for word in re.findall(r"[A-Za-z]{2,}", one.text)}
    return words - set(_SECONDS) - {singular(word) for word in _SECONDS} - {"per", "of", "each", "about"}


def other_things(left: Amount, right: Amount) -> bool:
    """Whether two amounts count different things, so that an equals sign between them speaks of no arithmetic."""
    one, other = things(left) - _REQUESTS, things(right) - _REQUESTS
    both = bool(things(left)) and bool(things(right))
    return both and bool(one | other) and not one & other


def amount(text: str) -> Amount | None:
    """Read the expression that a side of an equation is; None where it is none."""
    text = re.split(r"[:|→;]", text)[-1] if re.search(r"[:|→;]\s*[^/]", text) else text
    reader = _Reader(text)
    try:
        return reader.read()
    except (_Stop, ZeroDivisionError):
        return None


class _Reader:
    """Reads products and sums from the left."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(_TOKEN.finditer(text))
        self._at = 0
        self._operands = 0
        self._step = 0.0
        self._depth = 0
        self._first: tuple[float, float] | None = None

    def read(self) -> Amount:
        self._skip_words()
        start = self._tokens[self._at].start() if self._at < len(self._tokens) else 0
        low, high, exponent = self._sum()
        if self._at < len(self._tokens) and self._tokens[self._at]["number"]:
            raise _Stop  # two numbers with nothing between them
        end = self._tokens[self._at - 1].end()
        shown = " ".join(self._text[start:end].split()).strip(" ,.*")
        scale, unit = self._written(shown, exponent)
        step = self._step * scale if self._operands == 1 else 0.0
        return Amount(low, high, exponent, self._operands, shown, step, scale, unit, self._first)

    def _written(self, shown: str, exponent: int) -> tuple[float, str]:
        """Return the unit that a single number was written in, and what it is in seconds."""
        if self._operands != 1 or exponent == 0:
            return 1.0, "/s" if exponent == -1 else ""
        unit = next((word for word in reversed(re.findall(r"[A-Za-z]+", shown)) if word.lower() in _SECONDS), "")
        size = _SECONDS.get(unit.lower(), 1)
        return (1 / size, f"/{unit}") if exponent == -1 else (size, f" {unit}")

    def _peek(self) -> re.Match[str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _skip_words(self) -> None:
        while (token := self._peek()) and (token["word"] or token["other"] in ("~", "≈", "*", "$", "-", "•", "✓")):
            if token["word"] and token["word"].lower() in _SECONDS and self._operands:
                return
            self._at += 1

    def _sum(self) -> tuple[float, float, int]:
        low, high, exponent = self._product()
        while (token := self._peek()) and (token["operator"] or "").strip() in ("+", "-", "−"):
            self._at += 1
            more_low, more_high, other = self._product()
            if other != exponent:
                raise _Stop
            plus = "+" in (token["operator"] or "")
            low, high = (low + more_low, high + more_high) if plus else (low - more_high, high - more_low)
        return low, high, exponent

    def _product(self) -> tuple[float, float, int]:
        low, high, exponent = self._factor()
        self._first = self._first or (low, high)
        while token := self._peek():
            operator = (token["operator"] or "").strip().lower()
            if operator in ("×", "*", "·", "x", "of"):
                self._at += 1
                by_low, by_high, by = self._factor()
                low, high, exponent = low * by_low, high * by_high, exponent + by
            elif operator in ("/", "÷", "per"):
                self._at += 1
                alone = self._operands
                by_low, by_high, by = self._factor()
                low, high, exponent = low / by_high, high / by_low, exponent - by
                if alone == self._operands == 1:
                    self._first = (low, high)
            else:
                break
        return low, high, exponent

    def _factor(self) -> tuple[float, float, int]:
        """Read a number with its unit, a unit alone (`/min`), or what stands in parentheses; words say nothing."""
        token = self._peek()
        while token and token["word"] and token["word"].lower() not in _SECONDS:
            self._at += 1
            token = self._peek()
        if token is None or token["other"]:
            raise _Stop
        self._at += 1
        if token["word"]:
            size = _SECONDS[token["word"].lower()]
            return size, size, 1
        if token["operator"] == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _Stop
            inside = self._sum()
            self._depth -= 1
            closing = self._peek()
            if closing is None or closing["operator"] != ")":
                raise _Stop
            self._at += 1
            self._skip_words()
            return inside
        if not token["number"]:
            raise _Stop
        return self._number(token)

    def _number(self, token: re.Match[str]) -> tuple[float, float, int]:
        low = number(token["number"])
        high = number(token["upto"]) if token["upto"] else low
        self._operands += 1
        self._step = 10.0 ** -len(token["number"].partition(".")[2])
        if token["share"]:
            low, high = low / 100, high / 100
            self._step /= 100
        unit = self._peek()
        exponent = 0
        if unit and unit["word"] and unit["word"].lower() in _SECONDS:
            size = _SECONDS[unit["word"].lower()]
            low, high, exponent = low * size, high * size, 1
            self._at += 1
        self._skip_words()
        return low, high, exponent
