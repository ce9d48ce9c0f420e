"""Numbers as the page shows them: three digits that mean something, groups of thousands, ranges."""

from __future__ import annotations

from math import floor, inf, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.load.ranges import Range


def amount(value: float) -> str:
    """Return `0.083`, `8.3`, `1,610` or `∞`."""
    if value == inf:
        return "∞"
    if value == 0:
        return "0"
    digits = min(max(0, 1 - floor(log10(abs(value)))), 3) if abs(value) < 10 else 0
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spread(value: Range) -> str:
    """Return `27` or `27 (9–46)`."""
    if value.low == value.high:
        return amount(value.expected)
    return f"{amount(value.expected)} ({amount(value.low)}–{amount(value.high)})"


def users_words(users: Range | None, per: str, *, known: bool) -> str:
    """Say how many users a quota bears; a visitor's own quota bears one user or none."""
    if not known:
        return "not known"
    if per == "visitor":
        return "any number of users" if users is None or users.expected == inf else "not one user"
    if users is None or users.expected == inf:
        return "any number of users"
    return f"{amount(users.expected)} {'user fits' if users.expected == 1 else 'users fit'}"
