"""Options that schedulers take beside the times."""

from __future__ import annotations

from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Record, Value

OPTIONS: dict[str, tuple[str, str]] = {
    "noOverlap": ("overlap", "prevented"),
    "protect": ("overlap", "prevented"),
    "waitForCompletion": ("overlap", "prevented"),
    "preventOverrun": ("overlap", "prevented"),
    "runOnInit": ("at_start", "true"),
    "immediate": ("at_start", "true"),
    "immediately": ("at_start", "true"),
    "runImmediately": ("at_start", "true"),
    "distributed": ("distributed", "true"),
}
"""Options that are flags: of node-cron 3 and 4, cron 3 and 4, croner 9, toad-scheduler 3, bullmq 5."""
TEXTS = {"timezone": "timezone", "timeZone": "timezone", "tz": "timezone"}
STOPPED: dict[str, bool] = {"scheduled": False, "paused": True, "disabled": True}
"""Options that leave a job unstarted, and the value that does: node-cron 3, croner 9, @nestjs/schedule 4."""


def settings_of(value: Value) -> tuple[tuple[str, str], ...]:
    """What the options of a scheduler say beside the times."""
    value = forced(value)
    if not isinstance(value, Record):
        return ()
    found: list[tuple[str, str]] = []
    for name, item in value.fields.items():
        if name in OPTIONS and truth(item):
            found.append(OPTIONS[name])
        elif name in STOPPED and truth(item) is STOPPED[name]:
            found.append(("started", "false"))
        elif name in TEXTS:
            zone = forced(item)
            if isinstance(zone, Const) and isinstance(zone.value, str):
                found.append((TEXTS[name], zone.value))
    return tuple(found)
