"""What the inventory says that an open page asks of the upstream, in the surroundings of a visit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.inventory.model import Interval, Inventory, Trigger
    from tests.e2e.visits import Plan

# TanStack Query's own waits before it tries again, in seconds (client-semantics B; query-core/src/retryer.ts).
LIBRARY_DELAYS = (1.0, 2.0, 4.0)


def steady(inventory: Inventory, plan: Plan, seconds: float, latency: float) -> dict[str, float]:
    """Requests to each endpoint in `seconds` on the open page, answers taking `latency` seconds."""
    total: Counter[str] = Counter()
    seen: set[str] = set()
    for trigger in inventory.triggers:
        if trigger.kind != "poll" or plan.page not in trigger.mounted_on or trigger.key in seen or plan.hidden:
            continue
        seen.add(trigger.key)
        interval = next((item for item in trigger.intervals if _holds(item, plan)), None)
        if interval and (trigger.enabled != "!connected" or not plan.connected):
            for endpoint in trigger.endpoints:
                total[f"{endpoint.method} {endpoint.path}"] += seconds * _rate(
                    inventory, trigger, interval, plan, latency
                )
    return dict(total)


def _holds(interval: Interval, plan: Plan) -> bool:
    return interval.when in ("", "connected" if plan.connected else "!connected")


def _rate(inventory: Inventory, trigger: Trigger, interval: Interval, plan: Plan, latency: float) -> float:
    if not plan.failing:
        return 1 / (interval.ms / 1000 + latency)
    own = next((retry for retry in inventory.retries if retry.file == trigger.file), None)
    delays = [ms / 1000 for ms in own.delays_ms] if own else LIBRARY_DELAYS
    attempts = len(delays) + 1
    return attempts / (interval.ms / 1000 + sum(delays) + attempts * latency)
