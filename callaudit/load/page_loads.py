"""Streams of page loads: what a page asks for when it opens, beside the queries that are triggers of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.causes import of_entry

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory
    from callaudit.load.streams import Streams


def page_loads(inventory: Inventory, streams: Streams) -> None:
    """Add what each page asks for by itself; writes are actions, not loads."""
    for page in inventory.entries:
        if page.kind != "page" or page.dead:
            continue
        cause = of_entry(page, "load", "page load", pages=(page.name,))
        for reach in page.loads:
            endpoint = streams.charges.endpoint(reach)
            writes = endpoint.effect == "write" if endpoint is not None else reach.method not in ("GET", "HEAD")
            if not writes:
                streams.put(reach, cause)
