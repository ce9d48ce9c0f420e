"""Bottlenecks: the places that ask for most of a quota, and the loops that ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import Heavy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.known import Known
    from callaudit.inventory.model import Retry
    from callaudit.load.results import BucketLoad, Contribution, ScenarioLoad

_LEAST: Final = 0.05
"""The part of a quota from which on something is a bottleneck."""
_MOST: Final = 6


def heavy(known: Known) -> tuple[Heavy, ...]:
    """Return the heaviest places: of the scenario with the fewest users first, as they matter from there on."""
    found: dict[tuple[str, int], Heavy] = {}
    for scenario in known.scenarios:
        for one in sorted(_places(scenario), key=_order):
            if one.share >= _LEAST and len(found) < _MOST:
                found.setdefault((one.parts[0].file, one.parts[0].line), one)
    return tuple(found.values())


def _places(scenario: ScenarioLoad) -> Iterator[Heavy]:
    """Sum up what each place asks of each quota that has a limit."""
    for bucket in scenario.buckets:
        places: dict[tuple[str, int], list[Contribution]] = {}
        for part in bucket.contributors if bucket.capacity else ():
            places.setdefault((part.file, part.line), []).append(part)
        for parts in places.values():
            yield Heavy(scenario, bucket, tuple(parts), _share(parts, bucket))


def _share(parts: list[Contribution], bucket: BucketLoad) -> float:
    return sum(one.credits_per_window.expected for one in parts) / (bucket.capacity or 1)


def _order(one: Heavy) -> tuple[float, str, int]:
    return -round(one.share, 9), one.parts[0].file, one.parts[0].line


def loops(known: Known) -> tuple[Retry, ...]:
    """Return the retry loops written in code: each attempt is a request of its own."""
    return tuple(
        retry
        for retry in known.inventory.retries
        if retry.mechanism in ("loop", "recursion") and retry.endpoints and (retry.max_attempts or 2) >= 2
    )
