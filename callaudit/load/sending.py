"""What happens to a request of a simulation: caches, queues, attempts, and the quotas that it is charged to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.estimate import tiered
from callaudit.load.kept import Kept
from callaudit.load.quotas import Quota

if TYPE_CHECKING:
    from random import Random

    import simpy

    from callaudit.load.model import Model, Stream
    from callaudit.load.scenario import Scenario

EVERYBODY = -1


class Tally:
    """Sends requests and counts them."""

    def __init__(self, model: Model, scenario: Scenario, env: simpy.Environment, random: Random) -> None:
        """Begin with nothing sent."""
        self._env = env
        self.quotas = {bucket.id: Quota(tiered(bucket, scenario)) for bucket in model.buckets}
        self._addresses = scenario.server_ips
        self.begin()
        self._kept = Kept(scenario, random)
        self._latency = scenario.latency_s.expected
        self._miss = scenario.retry_miss.expected
        self._failure = scenario.failure.expected
        self._keys_set = scenario.keys_set
        self._random = random

    def begin(self) -> None:
        """Count from here on; caches stay warm."""
        self.sent = 0
        self.kept = 0
        self.waits: list[float] = []
        self.streams: dict[int, int] = {}
        for quota in self.quotas.values():
            quota.begin()

    def send(self, stream: Stream, user: int) -> float:
        """One firing of a stream: all of its calls; the seconds until the last answer is there."""
        took = 0.0
        for _ in range(self._whole(stream.calls.expected)):
            if stream.caches and self._kept.answers(stream, user, self._env.now):
                self.kept += 1
                took = max(took, self._takes())
            else:
                took = max(took, self._attempts(stream, user))
        return took

    def _attempts(self, stream: Stream, user: int) -> float:
        """Attempts of one call: of loops that wait for something, and of each of these after failures."""
        took = 0.0
        for _ in range(self._tries(stream.retry_attempts, self._miss)):
            for number in range(self._tries(stream.failure_attempts, self._failure)):
                took += _delay(stream, number)
                takes = self._takes()
                leaves = self._kept.starts(stream, user, self._env.now + took, takes)
                if leaves is None:
                    return took
                if stream.queues:
                    self.waits.append(leaves - self._env.now - took)
                self._leave_after(leaves - self._env.now, stream, user)
                took = leaves - self._env.now + takes
        return took

    def _takes(self) -> float:
        """Seconds until an answer is there: any, with the scenario's mean. Equal ones would lock timers together."""
        return self._random.expovariate(1 / self._latency) if self._latency else 0.0

    def _leave_after(self, seconds: float, stream: Stream, user: int) -> None:
        if seconds <= 0:
            self._leave(stream, user)
            return
        later = self._env.timeout(seconds)
        later.callbacks.append(lambda _: self._leave(stream, user))

    def _leave(self, stream: Stream, user: int) -> None:
        self.sent += 1
        self.streams[stream.id] = self.streams.get(stream.id, 0) + 1
        for charge in stream.paid(keys_set=self._keys_set):
            quota = self.quotas[charge.bucket]
            quota.charge(self._payer(quota, user), charge.cost.expected, self._env.now)

    def _payer(self, quota: Quota, user: int) -> int:
        """Who pays: the visitor, one of several addresses of servers, or the one account of all."""
        if quota.bucket.per == "instance":
            return self._random.randrange(self._addresses)
        return user if quota.bucket.per == "visitor" else EVERYBODY

    def _tries(self, most: int, miss: float) -> int:
        tries = 1
        while tries < most and self._random.random() < miss:
            tries += 1
        return tries

    def _whole(self, expected: float) -> int:
        """A whole number of calls that is `expected` on average: a half is every other time, by chance."""
        whole, part = divmod(expected, 1)
        return int(whole) + (part > 0 and self._random.random() < part)


def _delay(stream: Stream, attempt: int) -> float:
    """Seconds before an attempt after a failure; none before the first."""
    return stream.failure_delays_s[attempt - 1] if 0 < attempt <= len(stream.failure_delays_s) else 0.0
