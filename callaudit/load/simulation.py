"""A discrete-event simulation of a scenario: users as processes with real timers, seeded.

It checks the closed form on steady rates and gives what that cannot: refused requests, waiting in queues, bursts.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.quotas import MINUTE_S, Quota

if TYPE_CHECKING:
    from callaudit.load.model import Bucket, Model
    from callaudit.load.scenario import Scenario

WARM_UP_S = 120.0
MOST_REQUESTS = 400_000
"""A run ends when so many were sent, however short it was: a few seconds of work."""


class SimulatedBucket(Struct, frozen=True, kw_only=True):
    """What one bucket bore. For a bucket of each visitor rates are sums over all visitors.

    `refused_per_minute` are answers of 429, `refused_payers` how many payers got one, `fullest_window` the most units
    that one payer's window held, `most_at_once` the most requests within one second.
    """

    id: str
    requests_per_second: float
    units_per_second: float
    refused_per_minute: float
    refused_payers: int
    fullest_window: float
    most_at_once: int
    capacity: float | None
    window_seconds: float | None
    per: str


class Simulated(Struct, frozen=True, kw_only=True):
    """The outcome of one run over `seconds` after the warm-up; `queue_p95_s` is None where the code has no queue.

    `opening` are requests in the first second when all `users` open their page at the same moment.
    """

    scenario: str
    seed: int
    users: int
    seconds: float
    requests_per_second: float
    answered_by_caches_per_second: float
    queue_p95_s: float | None
    opening: int
    buckets: tuple[SimulatedBucket, ...]
    streams: tuple[tuple[int, float], ...]


def simulate(model: Model, scenario: Scenario, *, seed: int = 1, seconds: float = 600.0) -> Simulated:
    """Run `scenario` for `seconds` of its own time, less where that would be more than `MOST_REQUESTS`.

    Every figure of the scenario is taken as expected. Equal seeds give equal runs.
    """
    from callaudit.load.population import Population

    opening = Population(model, scenario, Random(seed), together=True)  # noqa: S311 - a simulation, no secret
    opening.run(1.0, MOST_REQUESTS)
    people = Population(model, scenario, Random(seed))  # noqa: S311
    people.run(WARM_UP_S, MOST_REQUESTS // 4)
    people.begin()
    measured = people.run(seconds, MOST_REQUESTS)
    waits = sorted(people.tally.waits)
    return Simulated(
        scenario=scenario.name,
        seed=seed,
        users=len(people.users),
        seconds=measured,
        requests_per_second=people.tally.sent / measured,
        answered_by_caches_per_second=people.tally.kept / measured,
        queue_p95_s=waits[int(len(waits) * 0.95)] if waits else None,
        opening=opening.tally.sent,
        buckets=tuple(_bucket(quota.bucket, quota, measured) for quota in people.tally.quotas.values()),
        streams=tuple((number, count / measured) for number, count in sorted(people.tally.streams.items())),
    )


def _bucket(bucket: Bucket, quota: Quota, seconds: float) -> SimulatedBucket:
    return SimulatedBucket(
        id=bucket.id,
        requests_per_second=quota.requests / seconds,
        units_per_second=quota.units / seconds,
        refused_per_minute=quota.refused / seconds * MINUTE_S,
        refused_payers=len(quota.refused_payers),
        fullest_window=quota.fullest,
        most_at_once=quota.most_at_once,
        capacity=bucket.capacity,
        window_seconds=bucket.window_s,
        per=bucket.per,
    )
