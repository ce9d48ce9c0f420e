"""Hosts that a request may go to instead of those that are known: something sets its base to what is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.effects import Target

_HOLE = re.compile(r"\{([^}]*)\}")


def other_hosts(ways: list[Target], shown: list[Target]) -> Iterator[str]:
    """Why a request that is shown with a host may go elsewhere, where one of its `ways` was left out."""
    kept = {(one.method, one.url) for one in shown}
    if not any(one.host and "{" not in one.host for one in shown):
        return
    for way in ways:
        if way.set_at and (way.method, way.url) not in kept:
            name = _HOLE.search(way.url)
            yield f"its host may be another: {name[1] if name else 'its base'} is not known, and set at {way.set_at}"
