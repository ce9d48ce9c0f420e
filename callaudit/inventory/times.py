"""Times as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Interval

_UNITS: Final = ((604_800_000, "week"), (86_400_000, "day"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"))
_LONG: Final = ("week", "day")
_MOST_TIMES: Final = 4
"""Times that are named one by one; of more the shortest and the longest say enough."""


def time_words(ms: float) -> str:
    """Return `500 ms`, `1.5 s`, `15 min`, `1 week`."""
    for size, unit in _UNITS:
        if ms >= size and ms % (size / 10 if unit == "s" else size) == 0:
            return _counted(ms / size, unit)
    return f"{ms:g} ms"


def about_words(ms: float) -> str:
    """Return the same of a time that is computed, in its largest unit and rounded: `1.5 min`, `2.3 days`."""
    size, unit = next(((size, unit) for size, unit in _UNITS if ms >= size), (1, "ms"))
    return _counted(round(ms / size, 1 if size > 1 else 3), unit)


def _counted(count: float, unit: str) -> str:
    return f"{count:g} {unit}{'s' if unit in _LONG and count != 1 else ''}"


def interval_words(intervals: Iterable[Interval]) -> str:
    """Return `15 s`, `30 s if connected, 15 s if !connected`, or `1 s to 10 min (9 intervals)` for many.

    Where nothing says when each holds, the shortest stands first.
    """
    found = list(intervals)
    if any(one.when for one in found):
        return ", ".join(time_words(one.ms) + (f" if {one.when}" if one.when else "") for one in found)
    times = sorted({one.ms for one in found})
    if len(times) > _MOST_TIMES:
        return f"{time_words(times[0])} to {time_words(times[-1])} ({len(times)} intervals)"
    return ", ".join(time_words(ms) for ms in times)


def duration_words(value: float | tuple[Interval, ...] | None) -> str:
    """Return one time, several with their conditions, or nothing."""
    if value is None:
        return ""
    return interval_words(value) if isinstance(value, tuple) else time_words(value)
