"""Rows of the database for triggers, retries and guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.words import ALWAYS, NONE, SEVERAL, UNBOUNDED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Interval, Inventory, Trigger

    Row = tuple[int | float | str, ...]


def triggers(inventory: Inventory) -> Iterator[Row]:
    """One row for a trigger."""
    for number, item in enumerate(inventory.triggers, 1):
        background = UNKNOWN if item.background is None else "yes" if item.background else "no"
        yield (
            number,
            item.kind,
            item.mechanism,
            item.entry,
            item.function,
            item.origin,
            _interval(item),
            item.why or NONE,
            item.period or NONE,
            item.enabled or ALWAYS,
            background if item.kind == "poll" else NONE,
            _time(item.stale_ms, NONE),
            item.key or NONE,
            int(item.reaches_upstream),
            int(item.calls_network),
            int(item.dead),
            item.file,
            item.line,
        )


def _interval(item: Trigger) -> float | str:
    if not item.intervals:
        return UNKNOWN if item.why else NONE
    return item.intervals[0].ms if len(item.intervals) == 1 else SEVERAL


def _time(value: float | tuple[Interval, ...] | None, nothing: str) -> float | str:
    if value is None:
        return nothing
    return SEVERAL if isinstance(value, tuple) else value


def trigger_intervals(inventory: Inventory) -> Iterator[Row]:
    """One row for an interval."""
    for number, item in enumerate(inventory.triggers, 1):
        for interval in item.intervals:
            yield number, interval.ms, interval.when or ALWAYS


def trigger_instances(inventory: Inventory) -> Iterator[Row]:
    """One row for a place where several instances run."""
    for number, item in enumerate(inventory.triggers, 1):
        for one in item.instances:
            yield number, one.where, one.min, UNBOUNDED if one.max is None else one.max


def trigger_endpoints(inventory: Inventory) -> Iterator[Row]:
    """One row for an endpoint behind a trigger."""
    for number, item in enumerate(inventory.triggers, 1):
        for one in item.endpoints:
            yield number, one.host or UNKNOWN, one.method, one.path or UNKNOWN


def trigger_settings(inventory: Inventory) -> Iterator[Row]:
    """One row for a setting."""
    for number, item in enumerate(inventory.triggers, 1):
        for name, value in item.settings:
            yield number, name, value


def retries(inventory: Inventory) -> Iterator[Row]:
    """One row for a retry."""
    for number, item in enumerate(inventory.retries, 1):
        yield (
            number,
            item.mechanism,
            item.function,
            UNBOUNDED if item.max_attempts is None else item.max_attempts,
            item.why or NONE,
            " ".join(f"{ms:g}" for ms in item.delays_ms) or NONE,
            item.delay_position or NONE,
            item.backoff,
            int(item.jitter),
            int(item.in_request_path),
            item.file,
            item.line,
        )


def retry_endpoints(inventory: Inventory) -> Iterator[Row]:
    """One row for an endpoint behind a retry."""
    for number, item in enumerate(inventory.retries, 1):
        for endpoint in item.endpoints:
            yield number, endpoint


def guards(inventory: Inventory) -> Iterator[Row]:
    """One row for a guard."""
    for item in inventory.guards:
        yield (
            item.id,
            item.kind,
            item.mechanism,
            item.scope or UNKNOWN,
            item.store or UNKNOWN,
            item.key or UNKNOWN,
            _time(item.ttl_ms, UNKNOWN),
            item.concurrency or UNKNOWN,
            item.per_second or UNKNOWN,
            item.why or NONE,
            item.function,
            item.file,
            item.line,
        )


def guard_endpoints(inventory: Inventory) -> Iterator[Row]:
    """One row for an endpoint behind a guard."""
    for item in inventory.guards:
        for endpoint in item.endpoints:
            yield item.id, endpoint
