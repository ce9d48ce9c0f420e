"""What may go wrong with the estimate and with the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import Risk, Spot
from callaudit.inventory.counts import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.known import Known
    from callaudit.providers.model import Conflict, Profile

_MOST: Final = 3
"""Disagreements of sources that are named of each provider."""


def risks(known: Known) -> Iterator[Risk]:
    """Return them: of the analysis, of several instances, of bursts, of what is not certain of a provider."""
    count = counts(known.inventory)
    if count.unknown or count.partly or count.skipped:
        yield Risk(kind="unread")
    local = [
        Spot(guard.file, guard.line)
        for guard in known.inventory.guards
        if guard.kind == "cache" and guard.store == "process" and not guard.dead
    ]
    if local:
        yield Risk(kind="instances", spots=tuple(local))
    yield from _bursts(known)
    for profile in known.providers:
        yield from _uncertain(profile)
        if profile.on_exceed is not None and profile.on_exceed.status:
            handled = any(guard.kind == "backoff-429" and not guard.dead for guard in known.inventory.guards)
            statuses = tuple(profile.on_exceed.status)
            yield Risk(kind="refused", provider=profile.provider.name, statuses=statuses, handled=handled)


def _bursts(known: Known) -> Iterator[Risk]:
    bursting = [one for one in known.smallest.buckets if one.capacity and one.burst > one.capacity]
    if bursting:
        yield Risk(kind="burst", bucket=max(bursting, key=lambda one: one.burst / (one.capacity or 1)))


def _uncertain(profile: Profile) -> Iterator[Risk]:
    for conflict in profile.conflicts[:_MOST]:
        yield Risk(kind="conflict", provider=profile.provider.name, conflict=conflict, values=_values(conflict))


def _values(conflict: Conflict) -> tuple[str, ...]:
    """What sources say, each value once, numbers by size."""
    found = list(dict.fromkeys(one.value for one in conflict.values))
    if all(value.replace(".", "", 1).isdigit() for value in found):
        found.sort(key=float)
    return tuple(found)
