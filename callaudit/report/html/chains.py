"""Who asks for each upstream endpoint, with the chain of functions that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.report.rows import entry_order
from callaudit.report.table import bounds

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry, Inventory, Reach


class Caller(Struct, frozen=True):
    """An entry and one way from it to the endpoint."""

    entry: Entry
    reach: Reach
    calls: str


class Endpoint(Struct, frozen=True):
    """An upstream endpoint, and everything that asks for it, in the order of entries."""

    name: str
    host: str
    callers: tuple[Caller, ...]
    sites: int
    quotas: tuple[str, ...]


def endpoints(inventory: Inventory) -> tuple[Endpoint, ...]:
    """Return every upstream endpoint by host and path, hosts that a profile knows first."""
    found: dict[tuple[bool, str, str, str], list[Caller]] = {}
    for entry in sorted(inventory.entries, key=entry_order):
        for reach in entry.reaches:
            method, _, path = (reach.endpoint or f"{reach.method} {reach.path}").partition(" ")
            caller = Caller(entry, reach, bounds(reach.min, reach.max))
            place = (not reach.provider, reach.host or "unknown host", path, method)
            found.setdefault(place, []).append(caller)
    return tuple(
        _endpoint(host, f"{method} {path}", callers) for (_, host, path, method), callers in sorted(found.items())
    )


def _endpoint(host: str, name: str, callers: list[Caller]) -> Endpoint:
    sites = {(one.reach.site.file, one.reach.site.line) for one in callers}
    quotas = dict.fromkeys(one.reach.bucket for one in callers if one.reach.bucket not in ("", "none"))
    return Endpoint(name, host, tuple(callers), len(sites), tuple(sorted(quotas)))
