"""What stands between a reach and the network: loops that try again, caches, queues; and what one attempt calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from callaudit.flow.effects.records import AT_LEAST
from callaudit.inventory.words import LOCK, ONCE
from callaudit.load.model import Cache
from callaudit.load.queues import Queue
from callaudit.load.ranges import Range

if TYPE_CHECKING:
    from callaudit.inventory.model import Guard, Inventory, Reach, Retry

_OPTION = (" retry", "axios-retry")
"""How the name of a mechanism ends that is an option of a client: its attempts are not among the calls of a reach."""
FRESHNESS = "staleTime"


class Facts(Struct, frozen=True):
    """Calls of one firing with one attempt each, the attempts on top, and the caches and queues on the way."""

    calls: Range
    retry_attempts: int
    failure_attempts: int
    caches: tuple[Cache, ...]
    queues: tuple[Queue, ...] = ()


class Behind:
    """Answers for the reaches of one inventory."""

    def __init__(self, inventory: Inventory) -> None:
        """Read the retries and guards of `inventory`."""
        self._guards = {guard.id: guard for guard in inventory.guards}
        self._retries: dict[str, list[Retry]] = {}
        for retry in inventory.retries:
            if not retry.mechanism.endswith(_OPTION) and retry.max_attempts:
                for endpoint in retry.endpoints:
                    self._retries.setdefault(endpoint, []).append(retry)

    def of(self, reach: Reach) -> Facts:
        """What stands behind one reach.

        Of calls that a condition decides half are expected; of those that data decides the lowest number, or one.
        """
        guards = [self._guards[name] for name in dict.fromkeys(reach.guards) if name in self._guards]
        caches = tuple(_cache(guard) for guard in guards if _answers(guard))
        queues = tuple(queue for guard in guards if (queue := _queue(guard)) is not None)
        retry = self._retry(reach)
        tried = retry.max_attempts or 1 if retry is not None else 1
        most = float("inf") if reach.max is None else reach.max / tried
        least = float(min(reach.min, most))
        expected = max(least, 1.0) if reach.max is None else (least + most) / 2
        if caches and not reach.min:
            expected = max(min(most, 1.0), expected)  # what makes it conditional is the cache, which counts by itself
        waits = retry is not None and retry.until_there
        return Facts(Range(least, expected, most), tried if waits else 1, 1 if waits else tried, caches, queues)

    def _retry(self, reach: Reach) -> Retry | None:
        """The loop whose attempts are among the calls of a reach: the nearest before its call site in the same file."""
        found = [
            retry
            for retry in self._retries.get(f"{reach.method} {reach.host}{reach.path}", ())
            if reach.max is not None
            and reach.max >= (retry.max_attempts or 1)
            and not reach.max % (retry.max_attempts or 1)
        ]
        here = [retry for retry in found if retry.file == reach.site.file]
        before = [retry for retry in here if retry.line <= reach.site.line]
        return max(before, key=lambda one: one.line, default=None) or next(iter(here or found), None)


def _answers(guard: Guard) -> bool:
    return guard.kind in ("cache", "dedup") and guard.mechanism not in (FRESHNESS, "query key")


def _cache(guard: Guard) -> Cache:
    ttl = guard.ttl_ms
    seconds = None if ttl is None else min(one.ms for one in ttl) / 1000 if isinstance(ttl, tuple) else ttl / 1000
    kind: Literal["cache", "dedup"] = "dedup" if guard.kind == "dedup" else "cache"
    return Cache(guard.id, kind, seconds, _scope(guard), _store(guard), certain=guard.why in ("", AT_LEAST))


def _queue(guard: Guard) -> Queue | None:
    """A queue or limiter that bounds something; a limiter with a time lets one call through in it and drops others.

    A lock that skips bounds nothing by itself: calls that do not meet all go through.
    """
    if guard.kind not in ("queue", "limiter") or guard.mechanism in (LOCK, ONCE) or guard.why:
        return None
    drops = isinstance(guard.ttl_ms, (int, float)) and guard.ttl_ms > 0 and guard.scope == "shared"
    rate = 1000 / guard.ttl_ms if drops and isinstance(guard.ttl_ms, (int, float)) else guard.per_second
    if rate is None and guard.concurrency is None:
        return None
    return Queue(
        guard.id,
        guard.mechanism,
        guard.file,
        guard.line,
        guard.concurrency,
        rate,
        _store(guard),
        drops,
        guard.kind,
        guard.function,
    )


def _scope(guard: Guard) -> Literal["shared", "per-key", "unknown"]:
    return "shared" if guard.scope == "shared" else "per-key" if guard.scope == "per-key" else "unknown"


def _store(guard: Guard) -> Literal["process", "distributed", "cdn", "browser", "unknown"]:
    known: dict[str, Literal["process", "distributed", "cdn", "browser"]] = {
        "process": "process", "distributed": "distributed", "cdn": "cdn", "browser": "browser",
    }  # fmt: skip
    return known.get(guard.store, "unknown")
