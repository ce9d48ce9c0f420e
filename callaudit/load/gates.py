"""Gates: what one cache lets through of everybody who asks for one endpoint, at each bound of what is asked."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.formulas import cached_rate, mixed_cache_rate
from callaudit.load.ranges import Range, product

if TYPE_CHECKING:
    from callaudit.load.queues import Queue

Bounds = tuple[float, float, float]
"""Lowest, expected and highest value."""


class Asked(Struct, frozen=True):
    """What one way is asked per second at each bound, the part that grows with users apart; endless rates counted."""

    fixed: Bounds
    growing: Bounds
    endless: Bounds
    endless_growing: Bounds


class Regular(Struct, frozen=True):
    """The fastest poller of each key: who it is among those alike, how many keys have it, and its period."""

    alike: int
    keys: Range
    period_s: float
    grows: bool


class Gate(Struct, frozen=True):
    """What one way lets through at each bound: a part of what is asked, so much of an endless rate, and of polls."""

    parts: Bounds
    endless: Bounds
    polled: Bounds


def opening(
    whole: float, endless: float, copies: float, ttl: float, regular: Regular | None, keys: float
) -> tuple[float, float, float]:
    """The part of others that passes, what each endless one gets, and what of the regular poller, at one bound."""
    each = (inf if endless else whole) / copies if copies else 0.0
    polled = 0.0
    if regular is None:
        kept = product(copies, cached_rate(each, ttl))
    else:
        met = min(keys, copies)
        polls, let = mixed_cache_rate(regular.period_s, ttl, each)
        kept = product(met, let) + product(copies - met, cached_rate(each, ttl))
        polled = product(met, polls)
    if endless:
        return 0.0, kept / endless, polled
    return (kept / whole if whole else 0.0), 0.0, polled


def queued(queue: Queue, whole: float, endless: float, copies: float, takes: float) -> tuple[float, float]:
    """The part of all requests that a queue lets out in the long run, and what each endless one gets, at one bound.

    `copies` of it start so many requests a second each, or as many as end in the time that one `takes` (Little's law).
    What is more waits longer and longer. A limiter that drops what comes too early is a cache without an answer.
    """
    rates = [
        rate for rate in (queue.per_second, queue.concurrency / takes if queue.concurrency and takes else None) if rate
    ]
    most = product(copies, min(rates, default=inf))
    if queue.drops and queue.per_second:
        each = (inf if endless else whole) / copies if copies else 0.0
        most = product(copies, cached_rate(each, 1 / queue.per_second))
    if endless:
        return (1.0, inf) if most == inf else (0.0, most / endless)
    return (min(1.0, most / whole) if whole else 1.0), 0.0


def let_through(gate: Gate | None, rate: Bounds, *, polls: bool) -> Range:
    """What one way lets through of one rate: lowest and highest of what it does at any bound."""
    if gate is None:
        return Range(0, rate[1], rate[2])
    left = [
        min(asked, gate.polled[point]) if polls else gate.endless[point] if asked == inf else asked * gate.parts[point]
        for point, asked in enumerate(rate)
    ]
    return Range(min(left), left[1], max(left))


def grown(rate: Bounds, growth: float) -> Bounds:
    return product(rate[0], growth), product(rate[1], growth), product(rate[2], growth)
