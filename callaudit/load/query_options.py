"""What the options of a query say about load: how often it is sent again, how long its answer is fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.ranges import NOTHING, Range, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Interval, Retry, Trigger

FIRST_DELAY_S, MOST_DELAY_S = 1.0, 30.0
"""TanStack Query's own waits, doubled each time (query-core/src/retryer.ts); others do not retry unless told."""


def attempts_of(trigger: Trigger) -> int:
    """Attempts of a query that fails, the first one included: `3 by default` retries are four."""
    number = dict(trigger.settings).get("retry", "").partition(" ")[0]
    return int(number) + 1 if number.isdigit() else 1


def delays_of(trigger: Trigger, retries: Iterable[Retry]) -> tuple[float, ...]:
    """Seconds before each attempt but the first: as the query's own options say, else as its library does."""
    own = [retry for retry in retries if (retry.file, retry.function) == (trigger.file, trigger.function)]
    if len(own) == 1 and own[0].delays_ms:
        return tuple(ms / 1000 for ms in own[0].delays_ms)
    return tuple(min(FIRST_DELAY_S * 2**number, MOST_DELAY_S) for number in range(attempts_of(trigger) - 1))


def fresh_of(trigger: Trigger) -> Range:
    """Seconds for which an answer is not asked for again; one of several where a condition decides."""
    stale = trigger.stale_ms
    if stale is None:
        return NOTHING
    return _span(stale) if isinstance(stale, tuple) else exactly(stale / 1000)


def refetches_on_focus(trigger: Trigger) -> bool:
    """Whether a return to the tab asks again."""
    setting = dict(trigger.settings).get("refetchOnWindowFocus", dict(trigger.settings).get("revalidateOnFocus", ""))
    return setting.startswith(("true", "always"))


def _span(times: Iterable[Interval]) -> Range:
    seconds = sorted(one.ms / 1000 for one in times)
    return Range(seconds[0], sum(seconds) / len(seconds), seconds[-1])
