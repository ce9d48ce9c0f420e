"""What a service asks for on a schedule: a URL, whose path is that of an own route whatever its host is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import Requested, Site
from callaudit.flow.text.urls import targets

if TYPE_CHECKING:
    from callaudit.flow.apps.registrations import Scheduled


def asked_by_service(item: Scheduled) -> tuple[Requested, ...]:
    """The requests that a service sends for a schedule; none where a function runs."""
    if not item.asks:
        return ()
    site = Site(item.file, item.line, 1, item.function, item.mechanism)
    found = targets(item.callback, None, item.asks)
    return tuple(
        Requested(site, replace(one, host="", env=one.env or ((one.host,) if one.host else ())))
        for one in found
        if one.path.startswith("/")
    )
