"""Current optimization: what is cached, pushed, stored and deduplicated, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.times import duration_words
from callaudit.inventory.words import LOCK
from callaudit.report.asides import connections
from callaudit.report.audit_document.model import Code, Item, Items, Paragraph, Place, Reproduce, Section, Words
from callaudit.report.audit_document.wording import grid_of, view, words
from callaudit.report.repeats import caches, guards
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.model import Guard
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line
    from callaudit.report.table import Table

_SERVER = ("process", "distributed", "cdn")
_MISSING = {
    "cache": "no cache on a server stands before an upstream call",
    "dedup": "no request in flight is shared",
    "queue": "no queue orders upstream calls",
    "limiter": "nothing limits how fast calls are sent",
    "timeout": "no call ends after a time",
    "backoff-429": "no answer 429 is handled",
    "metrics": "no call is counted or measured",
}
_MOST = 8


def current(material: Material) -> Section:
    """Return what stands between the code and the network today."""
    inventory = material.inventory
    parts = [
        _part("caching", "What is cached and deduplicated", caches(inventory), "caches"),
        _part("limiting", "What limits or watches calls", guards(inventory), "guards"),
        _part("pushed", "What is pushed instead of asked for", connections(inventory), "connections"),
        Section("missing", "", "What is missing", tuple(_missing(material))),
    ]
    found = [part for part in parts if part.blocks]
    numbered = tuple(Section(one.id, f"3.{at}", one.title, one.blocks) for at, one in enumerate(found, 1))
    return Section("current", "3", "Current optimization", (), numbered)


def _part(name: str, title: str, table: Table, key: str) -> Section:
    grid = grid_of(table)
    return Section(name, "", title, (grid, view(key)) if grid.rows else ())


def _missing(material: Material) -> Iterator[Block]:
    """Name the kinds of guards that no server call has, then the reads that reach the network on every run."""
    kinds = {guard.kind for guard in material.inventory.guards if guard.endpoints and not guard.dead and _shared(guard)}
    lacking = tuple(Item(words(text)) for kind, text in _MISSING.items() if kind not in kinds)
    if lacking:
        yield Items(lacking, "Nowhere on a server")
    open_reads = list(_uncached(material))
    if open_reads:
        said = f"{plural(len(open_reads), 'read')} of servers and workers that no cache may answer:"
        yield Paragraph(words(said))
        yield Items(tuple(Item(line) for line in open_reads))
    if lacking or open_reads:
        yield Reproduce("callaudit query 'select entry, endpoint, file, line from uncached'")


def _shared(guard: Guard) -> bool:
    if guard.mechanism == LOCK:
        return False  # it limits nothing but how often a thing is done at once
    return guard.kind not in ("cache", "dedup") or guard.store in _SERVER


def _uncached(material: Material) -> Iterator[Line]:
    caching = {guard.id for guard in material.inventory.guards if guard.kind == "cache" and guard.store in _SERVER}
    asked: dict[tuple[str, str, int], dict[str, None]] = {}
    for entry in material.inventory.entries:
        for reach in entry.reaches:
            if (
                reach.method == "GET"
                and reach.origin != "browser"
                and not caching & set(reach.guards)
                and not entry.dead
            ):
                key = (f"GET {reach.path.partition('?')[0]}", reach.site.file, reach.site.line)
                asked.setdefault(key, {})[entry.name] = None
    for (call, file, line), names in sorted(asked.items()):
        yield (Code(call), Words(f", from {plural(len(names), 'entry', 'entries')}: "), Place(file, line))


def strong_points(material: Material) -> Iterator[Line]:
    """Say what the code does well, with its place."""
    for guard in material.inventory.guards:
        if guard.kind == "cache" and guard.store in _SERVER and guard.endpoints and not guard.dead and not guard.why:
            kept = duration_words(guard.ttl_ms) or "a time that is not known"
            yield (
                Code(guard.endpoints[0]),
                Words(f" is kept for {kept} ({guard.store}, {guard.mechanism}): "),
                Place(guard.file, guard.line),
            )
    sockets = [one for one in material.inventory.connections if one.protocol in ("websocket", "sse", "socket.io")]
    hosts = dict.fromkeys(one.url for one in sockets if one.url)
    for url in list(hosts)[:_MOST]:
        places = [one for one in sockets if one.url == url]
        yield (
            Words("data is pushed over "),
            Code(url),
            Words(f" ({plural(len(places), 'place')}): "),
            Place(places[0].file, places[0].line),
        )
    slower = [t for t in material.inventory.triggers if t.reaches_upstream and not t.dead and len(t.intervals) > 1]
    if slower:
        yield (
            Words(f"{plural(len(slower), 'poll asks', 'polls ask')} less often while a condition holds: "),
            Code(slower[0].entry),
            Words(", "),
            Place(slower[0].file, slower[0].line),
        )
    for kind, text in (("dedup", "requests in flight are shared"), ("backoff-429", "the answer 429 is handled")):
        yield from _strong(text, [g for g in material.inventory.guards if g.kind == kind])
    text = "work that goes on is not begun a second time"
    yield from _strong(text, [g for g in material.inventory.guards if g.mechanism == LOCK and g.concurrency])


def _strong(text: str, guards: Sequence[Guard]) -> Iterator[Line]:
    found = [guard for guard in guards if guard.endpoints and not guard.dead]
    if found:
        yield (Words(f"{text} ({plural(len(found), 'place')}): "), Place(found[0].file, found[0].line))
