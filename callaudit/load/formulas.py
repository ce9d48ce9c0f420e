"""The formulas of the closed form: each with its units, its source, and when it holds.

Rates are events per second, times are seconds. What libraries do was read in their sources and measured: TanStack
Query 4.44 and 5.102 to 5.108, SWR 2.5, RTK Query 2.12 to 2.14, Apollo 4.2, node-cron 4.
"""

from __future__ import annotations

from math import ceil, expm1, inf, isinf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDING = 1e-9
"""The part of a sum that may come from adding up numbers that are not exact."""
_NEVER = 700.0
"""Events within a period from which on no period ends without one, as far as numbers can tell."""


def poll_rate(interval_s: float, latency_s: float, *, after_run: bool) -> float:
    """Runs per second of one poller.

    With `after_run` the interval begins when a run has ended (TanStack Query, SWR, RTK Query, a self-setting timeout:
    measured period = interval + latency); else it goes on whatever a run takes (setInterval, cron). Holds in the
    steady state, and with `after_run` for any number of observers of one key in one client.
    """
    period = interval_s + latency_s if after_run else interval_s
    return 1 / period if period > 0 else inf


def failing_period(
    interval_s: float, latency_s: float, failure: float, attempts: int, delays_s: Sequence[float]
) -> float:
    """Seconds from one run of a poller to the next where a request fails with chance `failure`, and is sent again.

    I + L(1 + p + ... + p^r) + p d1 + ... + p^r dr: what fails is slower, so that a failing poll may send fewer
    requests than a healthy one (measured on TanStack Query: four in 7 s + I + 4L). Holds with `after_run`.
    """
    period, chance = interval_s + latency_s, 1.0
    for number in range(attempts - 1):
        chance *= failure
        period += chance * (latency_s + (delays_s[number] if number < len(delays_s) else 0.0))
    return period


def put_off(period_s: float, often: float) -> float:
    """The part of its runs that is left of a poller of `period_s` whose timer begins anew `often` times a second.

    μT/(e^{μT}-1): a run comes when nothing began anew for T, of what comes at random (renewal theory). Holds where
    each answer sets the timer, a poll's or another's (TanStack Query); 1 where nothing begins anew.
    """
    events = often * period_s
    if events <= 0 or isinf(period_s):
        return 1.0
    return 0.0 if events > _NEVER else events / expm1(events)


def visible_rate(rate: float, focus_share: float, tabs: float, *, background: bool) -> float:
    """Runs per second of a poller in all tabs of one user.

    A library that pauses in hidden tabs runs only in the one that is looked at; others run in each tab. Browsers slow
    timers of hidden tabs to one a second, later one a minute: faster ones are overestimated. Holds where a tab is seen
    for longer than an interval. A hidden tab's tick waits for no answer, so that a look of v seconds sees 1 + L/2v
    times as many runs, and looks that are shorter than an interval at most (I+L)/(I+fL) times.
    """
    return rate * tabs if background else rate * focus_share


def load_rate(dwell_s: float) -> float:
    """Page loads per second of one user who stays `dwell_s` on each page, whatever the order of pages."""
    return 1 / dwell_s if dwell_s > 0 else inf


def cached_rate(rate: float, ttl_s: float) -> float:
    """Requests per second that a cache lets through for one key that is asked `rate` times a second at random.

    λ/(1+λτ): after each miss the key is answered for τ, then the next request comes 1/λ later (renewal theory). Exact
    for Poisson arrivals, and for the sum of many pollers that do not know of each other.
    """
    if rate <= 0:
        return 0.0
    return 1 / ttl_s if isinf(rate) and ttl_s > 0 else rate / (1 + rate * ttl_s) if not isinf(rate) else inf


def polled_cache_rate(period_s: float, ttl_s: float) -> float:
    """Requests per second that a cache lets through for one key that only one poller of `period_s` asks for.

    1/(⌈τ/T⌉T): every request that finds the answer too old goes through, and that is each one where τ ≤ T.
    """
    if isinf(period_s):
        return 0.0
    return 1 / (max(1, ceil(ttl_s / period_s - 1e-12)) * period_s)


def mixed_cache_rate(period_s: float, ttl_s: float, others: float) -> tuple[float, float]:
    """What a cache lets through per second for one key: of a poller of `period_s`, and of `others` a second at random.

    With T the period of polls that alone would go through (`polled_cache_rate`), others pass with
    μ(1-τ/T)/(1+μτ(1-τ/T)), and each of them answers for the polls of the next τ. Exact without others and without
    polls; between these the chance that a poll meets an answer of another is taken to be that of any moment.
    """
    passing = polled_cache_rate(period_s, ttl_s)
    if ttl_s <= 0:
        return passing, max(others, 0.0)
    if others <= 0 or passing <= 0:
        return passing, cached_rate(others, ttl_s) if passing <= 0 else 0.0
    open_share = max(0.0, 1 - ttl_s * passing)
    let = 1 / ttl_s if isinf(others) else others * open_share / (1 + others * ttl_s * open_share)
    return passing * max(0.0, 1 - let * ttl_s), let


def attempts(most: int, miss: float) -> float:
    """Expected attempts of a loop of at most `most`, each of which misses with chance `miss` whatever came before.

    1 + m + m² + … (a geometric series that the bound cuts): 1 where nothing misses, `most` where everything does.
    """
    if most <= 1 or miss <= 0:
        return 1.0
    return float(most) if miss >= 1 else (1 - miss**most) / (1 - miss)


def in_flight(rate: float, latency_s: float) -> float:
    """Requests in flight at a time (Little's law): for quotas that count concurrent requests."""
    return rate * latency_s if latency_s else 0.0


def in_window(rate: float, window_s: float) -> float:
    """Units that a quota counts in its window in the steady state: rolling, fixed and token buckets alike."""
    return rate * window_s if window_s else 0.0


def most_users(fixed: float, each: float, capacity: float) -> float:
    """Users that fit into `capacity` beside a `fixed` part, where each of them adds `each` (linear in users)."""
    if fixed > capacity:
        return 0.0
    return inf if each <= 0 else (capacity - fixed) / each


def most_that_fit(asked: Callable[[int], float], capacity: float, most: int) -> float:
    """The highest whole number of users, at most `most`, for whom `asked` (which never falls) is within `capacity`.

    Infinite where even `most` fit. What is left is halved, so that it ends after so many steps whatever the form.
    A sum that is over by no more than rounding fits.
    """
    capacity *= 1 + ROUNDING
    if asked(most) <= capacity:
        return inf
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if asked(middle) <= capacity else (low, middle)
    return float(low)
