"""A quantity that is known between bounds: lowest, expected and highest, and how such quantities add up."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Range(Struct, frozen=True):
    """Lowest, expected and highest value of one quantity; the bounds are exact, not likely ones."""

    low: float
    expected: float
    high: float

    def __add__(self, other: Range) -> Range:
        """Add two quantities that vary apart from each other."""
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __mul__(self, other: Range) -> Range:
        """Multiply two quantities of which none is negative."""
        return Range(product(self.low, other.low), self.expected * other.expected, product(self.high, other.high))

    def scaled(self, factor: float) -> Range:
        """Multiply by a number that is not negative."""
        return Range(self.low * factor, self.expected * factor, product(self.high, factor))

    def each(self, change: Callable[[float], float]) -> Range:
        """Apply a function that never falls to all three."""
        return Range(change(self.low), change(self.expected), change(self.high))

    @property
    def points(self) -> tuple[float, float, float]:
        """All three, the lowest first."""
        return self.low, self.expected, self.high

    @property
    def exact(self) -> bool:
        """Whether there is only one value."""
        return self.low == self.high


def exactly(value: float) -> Range:
    """A quantity that is known."""
    return Range(value, value, value)


def between(low: float, expected: float, high: float) -> Range:
    """A quantity between bounds; what is expected is kept within them."""
    return Range(low, min(max(expected, low), high), high)


def total(parts: Iterable[Range]) -> Range:
    """Add quantities."""
    low = expected = high = 0.0
    for part in parts:
        low, expected, high = low + part.low, expected + part.expected, high + part.high
    return Range(low, expected, high)


def product(one: float, other: float) -> float:
    """Multiply; nothing times anything, also without end, is nothing."""
    return 0.0 if not one or not other else one * other


NOTHING = exactly(0)
ONE = exactly(1)
ANY_SHARE = Range(0, 0.5, 1)
"""A share of which nothing is known: no value is likelier than another."""
UNBOUNDED = inf
