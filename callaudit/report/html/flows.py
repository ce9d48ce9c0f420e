"""The flows of the map: who asks, through which own route, for which upstream endpoint, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.ranges import NOTHING, Range

if TYPE_CHECKING:
    from callaudit.load.model import Model, Stream


class Flow(Struct, frozen=True):
    """Requests per second from `source` (empty: any caller of the route) by `route` (empty: directly) to `endpoint`.

    `origin` says where the request is sent; `file` and `line` are those of the reason.
    """

    source: str
    route: str
    endpoint: str
    host: str
    origin: str
    rate: Range
    file: str
    line: int


def flows(model: Model, rates: dict[int, Range]) -> tuple[Flow, ...]:
    """Return the flows of a model, streams of one way added up, the busiest first."""
    found: dict[tuple[str, str, str, str], Flow] = {}
    for stream in model.streams:
        source, route = _way(stream)
        key = (source, route, stream.endpoint, stream.host)
        rate = rates.get(stream.id, NOTHING)
        before = found.get(key)
        found[key] = Flow(
            source,
            route,
            stream.endpoint,
            stream.host,
            stream.origin,
            rate if before is None else before.rate + rate,
            stream.file if before is None else before.file,
            stream.line if before is None else before.line,
        )
    return tuple(sorted(found.values(), key=lambda one: (-one.rate.expected, one.source, one.route, one.endpoint)))


def _way(stream: Stream) -> tuple[str, str]:
    """A route that is asked for as an action has no source: any caller counts."""
    if stream.kind == "action" and stream.mechanism == "request":
        return "", stream.entry
    return stream.entry, stream.through[0] if stream.through else ""
