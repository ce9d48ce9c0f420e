"""What caches let through, each stream for itself and nothing added up before: what the quick sums have to equal."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.load.demand import demand
from callaudit.load.formulas import cached_rate, mixed_cache_rate
from callaudit.load.ranges import ONE, Range, exactly, product

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
    regular = _regular(cache, members, rates, situation)
    points = [_at(point, ttl, rates, getattr(copies, point), regular) for point in ("low", "expected", "high")]
    found = [Range(min(left), left[1], max(left)) for left in zip(*points, strict=True)]
    if cache.certain:
        return found
    return [Range(left.low, rate.expected, rate.high) for left, rate in zip(found, rates, strict=True)]


def _at(point: str, ttl: float, rates: list[Range], copies: float, regular: Regular | None) -> list[float]:
    """What is let through of each stream at one of the bounds, or as it is expected."""
    asked: list[float] = [getattr(rate, point) for rate in rates]
    number = regular.number if regular is not None else -1
    others = [0.0 if place == number else rate for place, rate in enumerate(asked)]
    each = sum(others) / copies if copies else 0.0
    if regular is None:
        return [_part(rate, others, product(copies, cached_rate(each, ttl))) for rate in asked]
    polled = min(getattr(regular.keys, point), copies)
    polls, let = mixed_cache_rate(regular.period_s, ttl, each)
    rest = product(polled, let) + product(copies - polled, cached_rate(each, ttl))
    return [
        min(rate, product(polled, polls)) if place == number else _part(rate, others, rest)
        for place, rate in enumerate(asked)
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


class Regular(Struct, frozen=True):
    """The fastest poller of each key: which of the streams it is, how many keys have it, and its period."""

    number: int
    keys: Range
    period_s: float


def _regular(cache: Cache, members: list[Stream], rates: list[Range], situation: Situation) -> Regular | None:
    """The poller whose requests for one key come at even times; None where pollers of many users share an answer.

    Where several processes keep answers of their own, the requests of one user meet any of them, at random times.
    What a browser keeps is its user's own.
    """
    found: list[Regular] = []
    for number, (stream, rate) in enumerate(zip(members, rates, strict=True)):
        by_user = stream.holder == "user" and cache.store != "browser"
        spread = by_user and situation.scenario.server_instances > 1 and cache.store in ("process", "unknown")
        if stream.kind not in REPEATING or rate.high <= 0 or spread or (by_user and cache.scope != "per-key"):
            continue
        once = demand(replace(stream, calls=ONE, retry_attempts=1, failure_attempts=1), situation.scenario.pace)
        period = situation.period(once)
        if period is not None:
            found.append(Regular(number, situation.rate(once).scaled(period), period))
    return min(found, key=lambda one: (one.period_s, one.number), default=None)
