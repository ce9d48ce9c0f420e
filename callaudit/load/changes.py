"""Changes of the code or the account, each a pure transformation of the model and the scenario."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from callaudit.load.model import Alternative, Cache, Condition, Term
from callaudit.load.ranges import NOTHING

if TYPE_CHECKING:
    from callaudit.load.model import Model, Stream
    from callaudit.load.scenario import Scenario

Kind = Literal[
    "cache", "dedup", "no-retry", "push", "longer-interval", "websocket-only", "queue", "batch", "key-header", "tier"
]
SOCKET = Condition("term", term=Term("websocket", "WebSocket up"))


class Change(Struct, frozen=True, kw_only=True):
    """One change. `streams` are the ids that it is about; what else it needs is in the fields of its kind.

    `ttl_s` and `scope` are those of a cache, `seconds` is the shortest interval, `tier` and `provider` the account's.
    A batch `in_turn` stands for one call of each of its streams, else for many of each.
    """

    kind: Kind
    title: str
    streams: frozenset[int] = frozenset()
    ttl_s: float | None = None
    scope: Literal["shared", "per-key"] = "shared"
    seconds: float = 0.0
    provider: str = ""
    tier: str = ""
    in_turn: bool = False


def changed(model: Model, scenario: Scenario, change: Change) -> tuple[Model, Scenario]:
    """The model and the scenario after a change."""
    if change.kind == "tier":
        tiers = {**dict(scenario.tiers), change.provider: change.tier}
        return model, replace(scenario, tiers=tuple(sorted(tiers.items())))
    streams = tuple(
        _stream(stream, change, scenario) if stream.id in change.streams else stream for stream in model.streams
    )
    return replace(model, streams=streams), scenario


def _stream(stream: Stream, change: Change, scenario: Scenario) -> Stream:
    if change.kind in ("cache", "dedup"):
        return replace(stream, caches=(*stream.caches, _cache(change, scenario)))
    if change.kind == "no-retry":
        return replace(stream, retry_attempts=1)
    if change.kind == "push":
        return replace(stream, calls=NOTHING)
    if change.kind == "longer-interval":
        slower = tuple(Alternative(max(one.seconds, change.seconds), one.when) for one in stream.alternatives)
        return replace(stream, alternatives=slower)
    if change.kind == "websocket-only":
        return replace(stream, when=_without_socket(stream.when))
    if change.kind == "batch":
        return _in_turn(stream) if change.in_turn else _batched(stream)
    if change.kind == "key-header":
        return replace(stream, charges=stream.with_key, with_key=(), key_header="")
    return stream  # a queue delays what it cannot send at once: the rate in the long run stays


def _batched(stream: Stream) -> Stream:
    """As few requests as can stand for the calls, at the price of these."""
    if stream.batch is None:
        return stream
    most = stream.batch.most

    def fewer(calls: float) -> float:
        whole = calls if calls <= 1 else 1.0 if most is None else inf if calls == inf else max(1, ceil(calls / most))
        return float(whole)

    charges, without_key = stream.batch.charges, stream.batch.without_key
    return replace(stream, calls=stream.calls.each(fewer), charges=charges, without_key=without_key)


def _in_turn(stream: Stream) -> Stream:
    """The first call of a sequence becomes the request that stands for all of it; the others are not sent."""
    whole = stream.sequence
    if whole is None:
        return stream
    if stream.endpoint != whole.of[0]:
        return replace(stream, calls=NOTHING)
    return replace(stream, charges=whole.charges, without_key=whole.without_key)


def _cache(change: Change, scenario: Scenario) -> Cache:
    several = scenario.server_instances > 1
    return Cache(
        f"{change.kind}: {change.title}",
        "dedup" if change.kind == "dedup" else "cache",
        change.ttl_s,
        change.scope,
        "distributed" if several and change.kind == "cache" else "process",
    )


def _without_socket(when: Condition | None) -> Condition:
    down = Condition("not", (SOCKET,))
    return down if when is None else Condition("all", (when, down))
