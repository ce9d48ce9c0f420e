"""Answers that a simulation keeps: caches with their time, requests in flight that are shared, and queues."""

from __future__ import annotations

from heapq import heapreplace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from callaudit.load.model import Cache, Queue, Stream
    from callaudit.load.scenario import Scenario

Key = tuple[object, ...]


class Kept:
    """All caches of a simulated program, in each of its processes."""

    def __init__(self, scenario: Scenario, random: Random) -> None:
        """Begin with every cache cold and every queue empty."""
        self._scenario = scenario
        self._random = random
        self._until: dict[Key, float] = {}
        self._next_start: dict[Key, float] = {}
        self._slots: dict[Key, list[float]] = {}

    def answers(self, stream: Stream, user: int, now: float) -> bool:
        """Whether a cache answers one request; if none does, all of them keep what the upstream answers.

        A cache of unknown time, or one that may not stand on the way, keeps nothing, as in the closed form.
        """
        missed: list[tuple[Key, float]] = []
        for cache in stream.caches:
            ttl = cache.ttl_s
            if ttl is None and cache.kind == "dedup":
                ttl = self._scenario.latency_s.expected
            if ttl is None or not cache.certain:
                continue
            key = self._key(cache, stream, user)
            # Kept a hair shorter than promised: a poll of exactly the same period finds the answer gone.
            if self._until.get(key, -1.0) > now + 1e-9:
                return True
            missed.append((key, now + ttl))
        self._until.update(missed)
        return False

    def starts(self, stream: Stream, user: int, now: float, takes: float) -> float | None:
        """When a request that comes now and `takes` so many seconds may leave; None where a limiter drops it."""
        for queue in stream.queues:
            key = (queue.id, self._holder(queue, stream, user))
            slots = self._slots.setdefault(key, [0.0] * (queue.concurrency or 0))
            leaves = max(now, self._next_start.get(key, 0.0), slots[0] if slots else 0.0)
            if queue.drops and leaves > now:
                return None
            if queue.per_second is not None:
                self._next_start[key] = leaves + 1 / queue.per_second
            if slots:
                heapreplace(slots, leaves + takes)
            now = leaves
        return now

    def _holder(self, queue: Queue, stream: Stream, user: int) -> Key:
        """Who has a queue: each browser, each process, or all of them one."""
        if queue.store == "browser":
            return ("user", user)
        return ("process", self._process(stream) if queue.store in ("process", "unknown") else -1)

    def _key(self, cache: Cache, stream: Stream, user: int) -> Key:
        own = user if cache.scope != "shared" or cache.store == "browser" else -1
        process = self._process(stream) if cache.store in ("process", "unknown") else -1
        return (cache.id, stream.host, stream.endpoint, own, process)

    def _process(self, stream: Stream) -> int:
        """The process that a request meets: any of them, as a balancer without memory chooses."""
        scenario = self._scenario
        count = scenario.worker_instances if stream.holder == "worker" else scenario.server_instances
        return self._random.randrange(count) if count > 1 else 0
