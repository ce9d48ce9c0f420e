"""Whether the quotas bear what is asked of them, in each scenario and all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import Verdict

if TYPE_CHECKING:
    from callaudit.advice.known import Known
    from callaudit.advice.model import State
    from callaudit.load.results import BucketLoad

_TIGHT: Final = 0.8
"""The part of a quota above which it is said to be nearly used up."""


def verdict(known: Known) -> Verdict:
    """Return how the fullest quota of each scenario fares."""
    buckets = [bucket for one in known.scenarios for bucket in one.buckets]
    shares = tuple(max((bucket.share for bucket in one.buckets), default=0.0) for one in known.scenarios)
    over = next((one for one, part in zip(known.scenarios, shares, strict=True) if part > 1), None)
    return Verdict(bool(buckets), any(one.capacity for one in buckets), over, shares)


def state(bucket: BucketLoad) -> State:
    """Return how one quota bears its load, by what is expected and at worst."""
    if not bucket.capacity:
        return "unknown"
    if bucket.share > 1:
        return "over"
    if bucket.share > _TIGHT:
        return "tight"
    return "worst" if bucket.credits_per_window.high > bucket.capacity else "fits"
