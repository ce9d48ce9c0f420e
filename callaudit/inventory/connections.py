"""Connections that a program opens and that are no requests: WebSocket, server-sent events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Connection as Opened
from callaudit.inventory import model as m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer


def connections(entries: Sequence[Entry], composer: Composer) -> tuple[m.Connection, ...]:
    """Every connection that is opened, apart from requests."""
    found: dict[m.Connection, None] = {}
    seen: set[int] = set()
    for entry in entries:
        for effect in walk_effects(composer.own(entry).effects, seen):
            if isinstance(effect, Opened):
                site = effect.site
                connection = m.Connection(site.file, site.line, site.function, site.client, effect.protocol, effect.url)
                found[connection] = None
    return tuple(sorted(found, key=lambda c: (c.file, c.line, c.url)))
