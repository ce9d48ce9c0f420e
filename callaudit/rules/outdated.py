"""Rows of the table `outdated`: what writes of an app make old, and whether anything notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Inventory, Reach
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Endpoint

    Row = tuple[int | float | str, ...]

_MS = 1_000
_READ_AGAIN = ("invalidate", "refetch", "reset", "mutate(")
"""What the mechanism of an event begins with that makes a query read again."""


def outdated(inventory: Inventory, catalogue: Catalogue) -> Iterator[Row]:
    """Give each pair of a read and a write that one app reaches and of which the profile says that they belong."""
    sockets = any(one.protocol == "websocket" for one in inventory.connections)
    again = {
        f"{one.method} {one.host}{one.path}"
        for trigger in inventory.triggers
        if trigger.kind == "event" and trigger.mechanism.startswith(_READ_AGAIN)
        for one in trigger.endpoints
    }
    varying = _varying(inventory)
    seen: set[tuple[str, str, str]] = set()
    for app, reaches in _by_app(inventory).items():
        known = [(one, found) for one in reaches if (found := _endpoint(catalogue, one)) is not None]
        writes = [(one, found) for one, found in known if found.effect == "write"]
        for read, endpoint in known:
            if endpoint.effect != "read" or not endpoint.ttl_s or not writes:
                continue
            making_old = {one.id for one in catalogue.profiles[read.provider].invalidating(endpoint)}
            name = _request(read)
            for write, found in writes:
                if found.id not in making_old or (name, _request(write), app) in seen:
                    continue
                seen.add((name, _request(write), app))
                pushed = int(sockets and bool(endpoint.channels))
                ttl = endpoint.ttl_s[1] * _MS
                yield name, _request(write), found.id, app, ttl, int(name in varying), pushed, int(name in again)


def _by_app(inventory: Inventory) -> dict[str, list[Reach]]:
    found: dict[str, list[Reach]] = {}
    for entry in inventory.entries:
        if not entry.dead:
            found.setdefault(entry.app or ".", []).extend(entry.reaches)
    return found


def _endpoint(catalogue: Catalogue, reach: Reach) -> Endpoint | None:
    profile = catalogue.profiles.get(reach.provider)
    return next((one for one in profile.endpoints if one.id == reach.endpoint), None) if profile else None


def _request(reach: Reach) -> str:
    return f"{reach.method} {reach.host}{reach.path}"


def _varying(inventory: Inventory) -> set[str]:
    """Return the requests whose call sites do not always send the same URL."""
    found: set[str] = set()
    for call in inventory.calls:
        for one in call.urls or (call,):
            if call.urls or "{" in call.url:
                found.add(f"{one.method} {one.host}{one.path}")
    return found
