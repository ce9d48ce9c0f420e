"""What caches let through: the streams behind one cache are asked together, for each key and each process."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.load.demand import REPEATING
from callaudit.load.formulas import cached_rate, polled_cache_rate
from callaudit.load.ranges import Range, between, exactly, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.model import Cache, Stream
    from callaudit.load.situation import Situation


def passed(streams: Iterable[Stream], situation: Situation) -> dict[int, Range]:
    """For each stream with caches on its way the requests per second that leave."""
    groups: dict[tuple[str, str], list[Stream]] = {}
    for stream in streams:
        for cache in stream.caches:
            groups.setdefault((cache.id, f"{stream.host} {stream.endpoint}"), []).append(stream)
    found: dict[int, Range] = {}
    for (name, _), members in groups.items():
        cache = next(one for one in members[0].caches if one.id == name)
        for stream, left in zip(members, _through(cache, members, situation), strict=True):
            before = found.get(stream.id)
            found[stream.id] = left if before is None else _least(before, left)
    return found


def _least(one: Range, other: Range) -> Range:
    """What two caches one after the other let through: about what the better one does."""
    return Range(min(one.low, other.low), min(one.expected, other.expected), min(one.high, other.high))


def _through(cache: Cache, members: list[Stream], situation: Situation) -> list[Range]:
    """What one cache lets through of each stream; one of unknown time may keep everything or nothing."""
    latency = situation.scenario.latency_s
    rates = [situation.asks(stream) for stream in members]
    ttl = cache.ttl_s if cache.ttl_s is not None else latency.expected if cache.kind == "dedup" else None
    if ttl is None:
        return [Range(0, rate.expected, rate.high) for rate in rates]
    copies = _copies(cache, members, situation)
    period = _only_period(cache, members, rates, situation)

    def let(rate: float, keys: float) -> float:
        if rate <= 0 or keys <= 0:
            return 0.0
        if period is not None:
            return min(rate, keys * polled_cache_rate(period, ttl))
        return keys * cached_rate(rate / keys, ttl)

    asked = total(rates)
    kept = Range(let(asked.low, copies.low), let(asked.expected, copies.expected), let(asked.high, copies.high))
    found = [
        Range(
            rate.low if not asked.low else _part(rate.low, [one.low for one in rates], kept.low),
            _part(rate.expected, [one.expected for one in rates], kept.expected),
            _part(rate.high, [one.high for one in rates], kept.high),
        )
        for rate in rates
    ]
    if cache.certain:
        return [between(min(left.low, left.expected), left.expected, max(left.expected, left.high)) for left in found]
    return [
        Range(min(left.low, left.expected), rate.expected, rate.high) for left, rate in zip(found, rates, strict=True)
    ]


def _part(own: float, everybody: list[float], kept: float) -> float:
    """The part of `kept` that one of several has: as much as it asked for of the whole."""
    endless = sum(rate == inf for rate in everybody)
    if endless:
        return kept / endless if own == inf else 0.0
    whole = sum(everybody)
    return kept * own / whole if whole else 0.0


def _copies(cache: Cache, members: list[Stream], situation: Situation) -> Range:
    """How many answers are kept: one for each key in each process that keeps its own."""
    scenario = situation.scenario
    if cache.store == "browser":
        return situation.concurrent
    at_work = all(stream.origin == "worker" or stream.holder == "worker" for stream in members)
    here = scenario.worker_instances if at_work else scenario.server_instances
    processes = float(here) if cache.store in ("process", "unknown") else 1.0
    if cache.scope == "shared" or not any(stream.holder == "user" for stream in members):
        return exactly(processes)
    users = situation.concurrent if situation.visitor else situation.concurrent * scenario.share_connected
    most = Range(max(users.low, 1), max(users.expected, 1), max(users.high, 1)).scaled(processes)
    return most if cache.scope == "per-key" else Range(processes, most.expected, most.high)


def _only_period(cache: Cache, members: list[Stream], rates: list[Range], situation: Situation) -> float | None:
    """The period of the one poller that asks for each key; None where several ask, or requests meet any process."""
    active = [stream for stream, rate in zip(members, rates, strict=True) if rate.high > 0]
    if len(active) != 1 or active[0].kind not in REPEATING or len(active[0].alternatives) != 1:
        return None
    stream = active[0]
    by_user = stream.holder == "user"
    several = by_user and situation.scenario.server_instances > 1 and cache.store in ("process", "unknown")
    if several or (by_user and cache.scope != "per-key"):
        return None
    wait = situation.scenario.latency_s.expected if stream.after_run else 0.0
    return stream.alternatives[0].seconds + wait
