"""Streams of page loads: what a page asks for when it opens, beside the queries that are triggers of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry, Inventory, Reach
    from callaudit.load.streams import Streams


def page_loads(inventory: Inventory, streams: Streams) -> None:
    """Add what each page asks for by itself; writes are actions, not loads."""
    for page in inventory.entries:
        if page.kind != "page" or page.dead:
            continue
        for reach in page.loads:
            endpoint = streams.charges.endpoint(reach)
            writes = endpoint.effect == "write" if endpoint is not None else reach.method not in ("GET", "HEAD")
            if not writes:
                _put(streams, page, reach)


def _put(streams: Streams, page: Entry, reach: Reach) -> None:
    streams.put(
        reach,
        kind="load",
        entry=page.name,
        function=page.name,
        file=page.file,
        line=page.line,
        mechanism="page load",
        holder="user",
        pages=(page.name,),
    )
