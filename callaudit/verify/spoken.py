"""Intervals of triggers and guards as sets, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.times import time_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Guard, Interval, Trigger


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
