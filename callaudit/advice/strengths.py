"""What stands before the network: what the code does well, what no call of a server has, what no cache answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from callaudit.advice.model import Spot, Strength, Uncached
from callaudit.inventory.words import LOCK, ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.known import Known
    from callaudit.inventory.model import Guard

_SERVER: Final = ("process", "distributed", "cdn")
_KINDS: Final = ("cache", "dedup", "queue", "limiter", "timeout", "backoff-429", "metrics")
_LOCAL: Final = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - an address that is recognised, not bound
_MOST: Final = 8


def strengths(known: Known) -> Iterator[Strength]:
    """Return what the code does well: it keeps answers, is pushed to, slows down, shares, heeds refusals."""
    live = [guard for guard in known.inventory.guards if guard.endpoints and not guard.dead]
    yield from _kept(live)
    yield from _pushed(known)
    slower = [t for t in known.inventory.triggers if t.reaches_upstream and not t.dead and len(t.intervals) > 1]
    if slower:
        yield Strength("slower", slower[0].entry, Spot(slower[0].file, slower[0].line), len(slower))
    for where in ("server", "browser"):
        found = [one for one in live if one.kind == "dedup" and (one.store in _SERVER) == (where == "server")]
        if found:
            yield Strength("dedup", where, _spot(found[0]), len(found))
    locked = [one for one in live if one.mechanism == LOCK and one.concurrency]
    if locked:
        yield Strength("lock", "", _spot(locked[0]), len(locked))
    handled = [one for one in live if one.kind == "backoff-429"]
    if handled:
        yield Strength("backoff-429", "", _spot(handled[0]), len(handled))


def _kept(live: list[Guard]) -> Iterator[Strength]:
    """Caches of servers whose lifetime is known, those of one kind and lifetime together, the widest first."""
    alike: dict[tuple[object, ...], list[Guard]] = {}
    for guard in live:
        if guard.kind == "cache" and guard.store in _SERVER and guard.ttl_ms is not None and not guard.why:
            alike.setdefault((guard.mechanism, guard.store, guard.ttl_ms), []).append(guard)
    widest = sorted(alike.values(), key=lambda some: -len({name for one in some for name in one.endpoints}))
    for some in widest[:_MOST]:
        names = {name for one in some for name in one.endpoints}
        yield Strength("cache", some[0].endpoints[0], _spot(some[0]), len(names), guard=some[0])


def _spot(guard: Guard) -> Spot:
    return Spot(guard.file, guard.line)


def _pushed(known: Known) -> Iterator[Strength]:
    sockets = [one for one in known.inventory.connections if one.protocol in ("websocket", "sse", "socket.io")]
    for url in list(dict.fromkeys(one.url for one in sockets if one.url))[:_MOST]:
        places = [one for one in sockets if one.url == url]
        own = urlsplit(url).hostname in _LOCAL
        yield Strength("push", url, Spot(places[0].file, places[0].line), len(places), own=own)


def lacking(known: Known) -> Iterator[str]:
    """Name the kinds of guards that no call of a server has."""
    guards = [guard for guard in known.inventory.guards if guard.endpoints and not guard.dead]
    kinds = {one.kind for one in guards if one.kind not in ("cache", "dedup") and one.mechanism not in (LOCK, ONCE)}
    kinds |= {one.kind for one in guards if one.store in _SERVER and one.kind in ("cache", "dedup")}
    yield from (kind for kind in _KINDS if kind not in kinds)


def uncached(known: Known) -> Iterator[Uncached]:
    """Return the reads of servers and workers that reach the network on every run."""
    caching = {guard.id for guard in known.inventory.guards if guard.kind == "cache" and guard.store in _SERVER}
    asked: dict[tuple[str, str, int], set[str]] = {}
    for entry in known.inventory.entries:
        for reach in entry.reaches:
            open_ = reach.method == "GET" and reach.origin != "browser" and not caching & set(reach.guards)
            if open_ and not entry.dead:
                key = (f"GET {reach.path.partition('?')[0]}", reach.site.file, reach.site.line)
                asked.setdefault(key, set()).add(entry.name)
    for (call, file, line), names in sorted(asked.items()):
        yield Uncached(call, Spot(file, line), len(names))
