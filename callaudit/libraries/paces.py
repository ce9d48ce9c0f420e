"""Options of queues and limits: how many calls run at once, and how many start in a time.

p-queue 9 (https://github.com/sindresorhus/p-queue#options): `intervalCap` starts in each `interval`, else any.
p-throttle 8 (https://github.com/sindresorhus/p-throttle#options): `limit` calls within `interval`.
limiter 3 (https://github.com/jhurliman/node-rate-limiter): `tokensPerInterval` in each `interval`, which may be a word.
bottleneck 2 (https://github.com/SGrondin/bottleneck#constructor): `minTime` between two starts, `maxConcurrent` at
once, `reservoirRefreshAmount` starts in each `reservoirRefreshInterval` (without: spent once, no rate).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

CONCURRENCY = ("concurrency", "maxConcurrent")
PACES = (
    ("intervalCap", "interval"),
    ("limit", "interval"),
    ("tokensPerInterval", "interval"),
    ("", "minTime"),
    ("reservoirRefreshAmount", "reservoirRefreshInterval"),
)
"""Names of options: how many may start (one where none is named), and in how many milliseconds."""


WORDS = {
    **dict.fromkeys(("second", "sec"), 1_000),
    **dict.fromkeys(("minute", "min"), 60_000),
    **dict.fromkeys(("hour", "hr"), 3_600_000),
    "day": 86_400_000,
}
"""Milliseconds of the words that `interval` may be."""


class Pace(Struct, frozen=True):
    """How much runs at once (0: any number), and how many calls start a second at most (0: any number)."""

    concurrency: int = 0
    per_second: float = 0.0


def pace_of(settings: Mapping[str, float]) -> Pace:
    """What the numbers say that a queue was made with; the slowest of several paces holds."""
    at_once = [int(settings[name]) for name in CONCURRENCY if settings.get(name, 0) >= 1]
    rates = [
        (settings[many] if many else 1) * 1000 / settings[per]
        for many, per in PACES
        if settings.get(per, 0) > 0 and (not many or settings.get(many, 0) > 0)
    ]
    return Pace(min(at_once, default=0), min(rates, default=0.0))
