"""Timers whose wait grows while nothing is tried again: `wait = Math.min(wait * 2, 60_000); setTimeout(poll, wait)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Span
from callaudit.flow.timers.counted_waits import grown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

AT_FIRST = "it has just begun"
GROWN = "it has grown"
GROWS = "at least: it grows"


def over_time(interpreter: Interpreter, spans: Sequence[Span], wait: Value | None) -> tuple[Span, ...]:
    """The interval of a timer that is told `wait`: what it is at first, and what it grows to."""
    waits = grown(interpreter, wait, None) if wait is not None and spans else None
    if waits is None or len(waits.delays) < 2 or waits.delays[-1] <= min(waits.delays):
        return tuple(spans)
    first = min((span.ms for span in spans), key=float)
    if waits.delays[-1] != waits.delays[-2]:
        return (Span(first, GROWS),)
    return (Span(first, AT_FIRST), Span(waits.delays[-1], GROWN))
