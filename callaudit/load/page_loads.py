"""Streams of page loads: what a page asks for when it opens, beside the queries that are triggers of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.load.actions import is_refetch
from callaudit.load.causes import of_entry

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Reach, Trigger
    from callaudit.load.streams import Streams

Key = tuple[str, str, str, str, int]


def page_loads(inventory: Inventory, streams: Streams) -> None:
    """Add what is left of each page when its triggers are taken out.

    A page's reaches count effects, server components and handlers of events together. What a query asks for is
    counted by its trigger, however many components share its key; what events ask for is taken off the most. Writes
    are actions, not loads.
    """
    for page in inventory.entries:
        if page.kind != "page" or page.dead or not page.reaches:
            continue
        here = [
            one for one in inventory.triggers if one.reaches and not one.dead and page.name in streams.pages_of(one)
        ]
        queried = {_key(reach) for one in here if one.kind != "event" for reach in one.reaches}
        done = _events(here)
        cause = of_entry(page, "load", "page load", pages=(page.name,))
        for reach in page.reaches:
            endpoint = streams.charges.endpoint(reach)
            writes = endpoint.effect == "write" if endpoint is not None else reach.method not in ("GET", "HEAD")
            if writes or (_key(reach) in queried and not reach.min):
                continue
            left = _left(reach, done.get(_key(reach), 0))
            if left is not None and _key(reach) not in queried:
                streams.put(left, cause)


def _events(here: list[Trigger]) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for trigger in here:
        if trigger.kind == "event" and not is_refetch(trigger):
            for reach in trigger.reaches:
                most = float("inf") if reach.max is None else reach.max
                found[_key(reach)] = found.get(_key(reach), 0) + most
    return found


def _left(reach: Reach, taken: float) -> Reach | None:
    if reach.max is None:
        return reach if taken != float("inf") or reach.min else None
    most = max(reach.max - taken, reach.min)
    return replace(reach, max=int(most)) if most else None


def _key(reach: Reach) -> Key:
    return (reach.host, reach.path, reach.method, reach.site.file, reach.site.line)
