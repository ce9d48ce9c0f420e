"""Tables of what is no upstream call and has to be known beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.counts import unknown_places
from callaudit.report.table import Column, Table, place

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

_PLACE = Column("Place")


def connections(inventory: Inventory) -> Table:
    """Return what is opened and stays open."""
    return Table(
        key="connections",
        title="Connections",
        columns=(_PLACE, Column("Protocol", "words"), Column("URL"), Column("Function")),
        rows=tuple(
            (place(item.file, item.line), item.protocol, item.url or "unknown", item.function)
            for item in inventory.connections
        ),
    )


def dead(inventory: Inventory) -> Table:
    """Return the call sites that are in the code and in no run of it."""
    return Table(
        key="dead",
        title="Call sites that nothing reaches",
        columns=(_PLACE, Column("Call"), Column("Function")),
        rows=tuple(
            (place(call.file, call.line), f"{url.method or '?'} {_where(url.host, url.path)}", call.function)
            for call in inventory.calls
            if call.dead
            for url in (call.urls or (call,))
        ),
    )


def _where(host: str, path: str) -> str:
    if host == "same-origin":
        return path
    return f"{host or 'unknown host'}{path}"


def unknown(inventory: Inventory) -> Table:
    """Return what the analysis gave up on, with the reasons."""
    return Table(
        key="unknowns",
        title="Not known",
        columns=(_PLACE, Column("What"), Column("Why", "words")),
        rows=tuple((place(file, line), what, why) for file, line, what, why in unknown_places(inventory)),
    )


def notices(inventory: Inventory) -> Table:
    """Return what a reader of the numbers should know about files and configuration."""
    return Table(
        key="notices",
        title="Notices",
        columns=(_PLACE, Column("What", "words"), Column("Why", "words")),
        rows=tuple((place(item.file, item.line), item.what, item.why) for item in inventory.notices),
    )
