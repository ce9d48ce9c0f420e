"""The load estimate: each scenario with what its buckets have to bear, what gives way first and how many users fit."""

from __future__ import annotations

from math import floor, inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.load.claims import checked
from callaudit.load.formulas import in_flight, in_window, most_that_fit, most_users
from callaudit.load.processes import processes
from callaudit.load.ranges import Range, exactly, product
from callaudit.load.resolve import resolved
from callaudit.load.results import BucketLoad, Contribution, ScenarioLoad
from callaudit.load.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.load.lots import Part
    from callaudit.load.model import Bucket, Stream
    from callaudit.load.scenario import Scenario
    from callaudit.load.totals import Totals

MOST_USERS = 10_000_000
"""Beyond this many users are not looked for."""


def estimate(totals: Totals, scenario: Scenario) -> ScenarioLoad:
    """What one scenario asks of every bucket."""
    return Estimate(totals, resolved(scenario, totals)).load()


class Estimate:
    """Answers for one model in one scenario that is resolved."""

    def __init__(self, totals: Totals, scenario: Scenario) -> None:
        """Estimate for everybody, and for one visitor."""
        self.totals = totals
        self.scenario = scenario
        self.everybody = Situation(scenario)
        self.visitor = Situation(scenario, visitor=True)
        self._buckets = {bucket.id: tiered(bucket, scenario) for bucket in totals.model.buckets}

    def load(self) -> ScenarioLoad:
        """All buckets that anything is charged to, and the order in which they give way."""
        loads = [self._bucket(bucket) for bucket in self._buckets.values()]
        used = [load for load in loads if load is not None]
        return ScenarioLoad(
            name=self.scenario.name,
            users=self.scenario.users,
            buckets=tuple(used),
            gives_way=gives_way(used),
            claims=checked(self.totals, self.everybody),
            waiting=self.totals.waiting(self.everybody),
            processes=processes(self.scenario, self.totals.model),
        )

    def expected(self) -> Iterator[tuple[str, Bucket, float, float]]:
        """For each bucket its name, itself, the units that are expected in its window, and the requests per second."""
        whole = self.totals.buckets(self.everybody)
        one = self.totals.buckets(self.visitor)
        for name, bucket in self._buckets.items():
            part = (one if bucket.per == "visitor" else whole).get(name)
            if part is not None:
                yield name, bucket, self.counted(bucket, part.units).expected, part.requests.expected

    def _bucket(self, bucket: Bucket) -> BucketLoad | None:
        situation = self.visitor if bucket.per == "visitor" else self.everybody
        part = self.totals.bucket(bucket.id, situation)
        if part.requests.high <= 0:
            return None
        counted = self.counted(bucket, part.units)
        top = self.totals.top(bucket.id, situation)
        capacity = bucket.capacity
        room = None
        if capacity is not None:
            room = Range(capacity - counted.high, capacity - counted.expected, capacity - counted.low)
        return BucketLoad(
            id=bucket.id,
            provider=bucket.provider,
            unit=bucket.unit,
            per=bucket.per,
            requests_per_second=part.requests,
            credits_per_window=counted,
            capacity=capacity,
            window_seconds=bucket.window_s,
            contributors=tuple(self._contribution(stream, one, bucket) for stream, one in top),
            headroom=room,
            burst=self.burst(bucket),
            max_users=self.users(bucket),
            title=bucket.title,
            tier=bucket.tier,
        )

    def _contribution(self, stream: Stream, part: Part, bucket: Bucket) -> Contribution:
        place = stream.site if stream.action else stream  # an action has many calls: the line is that of the call
        return Contribution(
            entry=stream.entry,
            endpoint=stream.endpoint,
            file=place.file,
            line=place.line,
            requests_per_second=part.requests,
            credits_per_window=self.counted(bucket, part.units),
            kind=stream.kind,
            page=", ".join(stream.pages),
            stream=stream.id,
        )

    def counted(self, bucket: Bucket, units: Range) -> Range:
        """What a bucket counts of units per second: in its window or in flight; of one address where there are more."""
        if bucket.per == "instance":
            units = units.scaled(1 / max(self.scenario.server_ips, 1))
        if bucket.concurrent:
            wait = self.scenario.latency_s
            return Range(
                in_flight(units.low, wait.low),
                in_flight(units.expected, wait.expected),
                in_flight(units.high, wait.high),
            )
        return units.each(lambda rate: in_window(rate, bucket.window_s or 0))

    def burst(self, bucket: Bucket) -> float:
        """Units at once when everybody's connection comes back and every page loads again: each query once."""
        situation = self.visitor if bucket.per == "visitor" else self.everybody
        found = 0.0
        for lot in self.totals.lots(bucket.id, situation):
            units = lot.total.units
            if units.shape.group == "load":
                there = situation.concurrent.expected * situation.share(units.shape.pages)
                found += there * situation.holds(units.shape.slots[0]) * units.weights[0].expected
        return found

    def users(self, bucket: Bucket) -> Range | None:
        """How many users fit: fewest, expected, most. None where any number does, or the capacity is not known."""
        if bucket.capacity is None:
            return None
        if bucket.per == "visitor":
            fits = self.counted(bucket, self.totals.bucket(bucket.id, self.visitor).units)
            most = [inf if value <= bucket.capacity else 0.0 for value in (fits.high, fits.expected, fits.low)]
            return None if most[1] == inf else Range(*most)
        found = Range(*(self._fit(bucket, point) for point in ("high", "expected", "low")))
        return None if found.expected == inf else found

    def _fit(self, bucket: Bucket, point: str) -> float:
        """Linear in users, but for what is kept: that is looked for."""
        capacity = bucket.capacity or 0.0
        fixed = self._free(bucket, point, 0)
        each = (self._free(bucket, point, MOST_USERS) - fixed) / MOST_USERS
        kept = self.totals.kept(bucket.id, self.everybody)
        if kept is None or fixed > capacity:
            return _whole(most_users(fixed, each, capacity))
        users = self.scenario.users

        def asked(many: int) -> float:
            units: float = getattr(kept(many / users if users else 1.0), point)
            return fixed + product(each, many) + self._counted(bucket, point, units)

        return most_that_fit(asked, capacity, MOST_USERS)

    def _free(self, bucket: Bucket, point: str, users: int) -> float:
        units = self.totals.free(bucket.id, self.everybody.grown(users)).units
        return self._counted(bucket, point, getattr(units, point))

    def _counted(self, bucket: Bucket, point: str, units: float) -> float:
        value: float = getattr(self.counted(bucket, exactly(units)), point)
        return value


def tiered(bucket: Bucket, scenario: Scenario) -> Bucket:
    """The bucket with the capacity of the scenario's tier, and one for each address where servers have several."""
    tier = dict(scenario.tiers).get(bucket.provider, "")
    capacity = dict(bucket.tiers).get(tier)
    if capacity is not None:
        bucket = replace(bucket, capacity=capacity, tier=tier)
    several = scenario.server_ips > 1 and bucket.per == "all" and bucket.id.endswith(".server")
    return replace(bucket, per="instance") if several else bucket


def gives_way(loads: Iterable[BucketLoad]) -> tuple[str, ...]:
    """Buckets that do not bear any number of users, the one that fits fewest first."""
    limited = [load for load in loads if load.max_users is not None]
    fewest = sorted(limited, key=lambda load: (load.max_users.expected if load.max_users else inf, load.id))
    return tuple(load.id for load in fewest)


def _whole(users: float) -> float:
    return users if users == inf else float(floor(users + 1e-9))
