"""Which changes are worth asking about, for the streams that a model has: those that the rules recommend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import REPEATING
from callaudit.load.changes import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callaudit.load.model import Model, Stream

KEEP_S = 5.0
"""How long an answer of an account is kept in a proposed cache: what the audit proposes."""
LONGEST_KEEP_S = 60.0
"""A proposed cache of public data keeps answers no longer than this, whatever the profile allows."""
SLOW_S = 60.0
"""The interval of a proposed slower poll: what the audit proposes."""


def proposals(model: Model) -> tuple[Change, ...]:
    """Every change that has streams to change, in a fixed order; whether it saves anything is another question."""
    return tuple(
        change
        for change in (
            *_retries(model),
            *_caches(model),
            *_dedup(model),
            *_polls(model),
            *_fan_outs(model),
            *_sequences(model),
            *_keys(model),
            *_queue(model),
            *_tiers(model),
        )
        if change.streams or change.kind == "tier"
    )


def _ids(model: Model, holds: Callable[[Stream], bool]) -> frozenset[int]:
    return frozenset(stream.id for stream in model.streams if holds(stream))


def _on_servers(stream: Stream) -> bool:
    return stream.origin != "browser" and stream.effect != "write" and stream.method in ("GET", "HEAD", "POST")


def _retries(model: Model) -> Iterator[Change]:
    looped = sorted({stream.endpoint for stream in model.streams if stream.retry_attempts > 1})
    for endpoint in looped:
        same = [one for one in model.streams if one.endpoint == endpoint and one.retry_attempts > 1]
        most = max(stream.retry_attempts for stream in same)
        ids = frozenset(stream.id for stream in same)
        yield Change(kind="no-retry", title=f"ask for {endpoint} once, not up to {most} times", streams=ids)
        channel = next((stream.channel for stream in same if stream.channel), "")
        if channel:
            title = f"take {endpoint} from the {channel} channel, not by asking again"
            yield Change(kind="push", title=title, streams=ids)


def _caches(model: Model) -> Iterator[Change]:
    reads = [one for one in model.streams if _on_servers(one) and one.effect == "read"]
    for endpoint in sorted({stream.endpoint for stream in reads if stream.scope == "shared"}):
        same = [stream for stream in reads if stream.endpoint == endpoint]
        keep = min(next((one.keep_s for one in same if one.keep_s is not None), KEEP_S) or KEEP_S, LONGEST_KEEP_S)
        title = f"cache {endpoint} for all users, {keep:g} s"
        yield Change(kind="cache", title=title, streams=frozenset(one.id for one in same), ttl_s=keep)
    # A loop that waits for an answer to change would wait for the cache.
    accounts = frozenset(one.id for one in reads if one.scope == "account" and one.retry_attempts == 1)
    title = f"cache reads of an account per account, {KEEP_S:g} s"
    yield Change(kind="cache", title=title, streams=accounts, ttl_s=KEEP_S, scope="per-key")


def _dedup(model: Model) -> Iterator[Change]:
    shared = _ids(model, lambda one: _on_servers(one) and one.effect == "read" and one.scope == "shared")
    own = _ids(model, lambda one: _on_servers(one) and one.effect == "read" and one.scope == "account")
    yield Change(kind="dedup", title="share requests in flight for public data", streams=shared)
    title = "share requests in flight for data of an account"
    yield Change(kind="dedup", title=title, streams=own, scope="per-key")


def _polls(model: Model) -> Iterator[Change]:
    fast = _ids(model, lambda one: one.kind == "poll" and any(each.seconds < SLOW_S for each in one.alternatives))
    yield Change(
        kind="longer-interval", title=f"poll no more often than every {SLOW_S:g} s", streams=fast, seconds=SLOW_S
    )
    pushed = _ids(model, lambda one: one.kind == "poll" and bool(one.channel))
    yield Change(kind="websocket-only", title="poll only what is pushed while the WebSocket is down", streams=pushed)


def _fan_outs(model: Model) -> Iterator[Change]:
    wide = [one for one in model.streams if one.batch is not None and one.calls.high > 1 and one.retry_attempts == 1]
    for use in sorted({one.batch.use for one in wide if one.batch is not None}):
        same = [one for one in wide if one.batch is not None and one.batch.use == use]
        many = ", ".join(sorted({one.endpoint for one in same}))
        title = f"ask {use} once for all" if many == use else f"ask {use} once, not {many} for each"
        yield Change(kind="batch", title=title, streams=frozenset(one.id for one in same))


def _sequences(model: Model) -> Iterator[Change]:
    """Calls of one firing for all of which the provider has one request, each of them sent as often as the others."""
    groups: dict[tuple[object, ...], list[Stream]] = {}
    for one in model.streams:
        if one.sequence is not None and one.retry_attempts == 1 and one.calls.expected > 0:
            firing = (one.kind, one.file, one.line, one.entry, one.mechanism, one.pages, one.action, one.when)
            groups.setdefault((one.sequence.use, *firing, one.calls), []).append(one)
    by_use: dict[tuple[str, tuple[str, ...]], frozenset[int]] = {}
    for some in groups.values():
        whole = some[0].sequence
        if whole is not None and sorted(one.endpoint for one in some) == sorted(whole.of):
            before = by_use.get((whole.use, whole.of), frozenset())
            by_use[whole.use, whole.of] = before | {one.id for one in some}
    for (use, of), numbers in sorted(by_use.items()):
        yield Change(kind="batch", title=f"ask {use} once, not {' and '.join(of)}", streams=numbers, in_turn=True)


def _keys(model: Model) -> Iterator[Change]:
    for header in sorted({stream.key_header for stream in model.streams if stream.key_header}):
        ids = _ids(model, lambda one, header=header: one.key_header == header)  # type: ignore[misc]
        yield Change(kind="key-header", title=f"send {header} with every request of the server", streams=ids)


def _queue(model: Model) -> Iterator[Change]:
    ids = _ids(model, lambda one: one.origin != "browser" and one.kind not in REPEATING)
    yield Change(kind="queue", title="queue requests of the server", streams=ids)


def _tiers(model: Model) -> Iterator[Change]:
    for bucket in model.buckets:
        for tier, capacity in bucket.tiers:
            if bucket.capacity is not None and capacity > bucket.capacity:
                name = bucket.title.partition(", ")[0] or bucket.provider
                title = f"{tier} at {name}: {capacity:,.0f} {bucket.unit}"
                yield Change(kind="tier", title=title, provider=bucket.provider, tier=tier)
