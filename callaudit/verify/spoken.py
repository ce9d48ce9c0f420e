"""Intervals of triggers and guards as sets, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Guard, Interval, Trigger

_UNITS = ((604_800_000, "week"), (86_400_000, "day"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"))


def intervals_of(triggers: Iterable[Trigger]) -> set[float]:
    """Return every known interval, in milliseconds."""
    return {float(one.ms) for trigger in triggers for one in trigger.intervals}


def stale_of(triggers: Iterable[Trigger]) -> set[float]:
    """Return for how long answers count as fresh, in milliseconds."""
    return {value for trigger in triggers for value in _values(trigger.stale_ms)}


def kept_of(guards: Iterable[Guard]) -> set[float]:
    """Return for how long answers are kept, in milliseconds."""
    return {value for guard in guards for value in _values(guard.ttl_ms)}


def _values(value: float | tuple[Interval, ...] | None) -> set[float]:
    if value is None:
        return set()
    return {float(one.ms) for one in value} if isinstance(value, tuple) else {float(value)}


def times_words(values: Iterable[float]) -> str:
    """Return `3 s, 15 s and 1 min`."""
    words = [time_words(value) for value in sorted(values)]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def time_words(ms: float) -> str:
    """Return `500 ms`, `1.5 s`, `15 min`."""
    for size, unit in _UNITS:
        if ms >= size and ms % (size / 10 if unit == "s" else size) == 0:
            return f"{ms / size:g} {unit}"
    return f"{ms:g} ms"
