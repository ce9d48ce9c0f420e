"""What starts an entry from outside of the code: the schedules of a job, a platform that asks an own route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Repeated
from callaudit.inventory.boundary import takes_all

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary


def asked_route(boundary: Boundary, entry: Entry, requested: Requested) -> Entry | None:
    """The own route that a platform asks for `entry`; one for all paths is not meant by the URL of another host."""
    route = boundary.route(requested.target, entry.app)
    elsewhere = any("{" not in host and not boundary.is_local(host) for host in requested.target.env)
    return None if route is not None and elsewhere and takes_all(route.path) else route


def is_of_the_code(boundary: Boundary, entry: Entry) -> bool:
    """Whether an entry is about the repository's code: a workflow that asks for something else only is not."""
    if entry.framework != "workflow" or entry.starts or entry.runs:
        return True
    return any(asked_route(boundary, entry, requested) is not None for requested in entry.asks)


def repeated(entry: Entry, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What an entry does, inside the triggers that start it from outside."""
    for trigger in reversed(entry.triggers):
        effects = (Repeated(trigger.kind, 0, 1, 1, effects, trigger=trigger),)
    return effects
