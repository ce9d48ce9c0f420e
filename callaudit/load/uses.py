"""What every bucket has to bear after some changes: the question that savings and plans ask again and again."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.changes import changed
from callaudit.load.estimate import Estimate
from callaudit.load.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.changes import Change
    from callaudit.load.model import Bucket, Model
    from callaudit.load.scenario import Scenario


class Use(Struct, frozen=True):
    """What is expected of one bucket: units in its window, how many it has (None: not known), and requests/s."""

    bucket: Bucket
    units: float
    capacity: float | None
    requests: float = 0.0

    @property
    def share(self) -> float:
        """The part of the capacity that is used; 0 where it is not known."""
        return self.units / self.capacity if self.capacity else 0.0

    @property
    def over(self) -> bool:
        """Whether the bucket gives way."""
        return self.capacity is not None and self.units > self.capacity


Uses = dict[str, Use]


def uses(model: Model, scenario: Scenario, changes: Iterable[Change] = ()) -> Uses:
    """What each bucket has to bear in a scenario that is resolved, after `changes` in their order."""
    for change in changes:
        model, scenario = changed(model, scenario, change)
    found = Estimate(Totals(model), scenario)
    return {name: Use(bucket, units, bucket.capacity, rate) for name, bucket, units, rate in found.expected()}


def strain(found: Uses) -> tuple[float, float]:
    """How far buckets are from bearing what is asked of them; less is better.

    First how many times over the limit those are that give way (as logarithms, so that halving any of them counts the
    same), then what is used of all.
    """
    over = sum(log(use.share) for use in found.values() if use.over)
    return round(over, 9), round(sum(use.share for use in found.values()), 9)
