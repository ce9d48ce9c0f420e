"""Current optimization: what is cached, pushed, stored and deduplicated, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.inventory.times import duration_words
from callaudit.report.asides import connections
from callaudit.report.audit_document.model import Code, Item, Items, Paragraph, Reproduce, Section, Words
from callaudit.report.audit_document.wording import at, grid_of, view, words
from callaudit.report.repeats import caches, guards
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.model import Strength
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line
    from callaudit.report.table import Table

_MISSING: Final = {
    "cache": "no cache on a server stands before an upstream call",
    "dedup": "no request in flight is shared",
    "queue": "no queue orders upstream calls",
    "limiter": "nothing limits how fast calls are sent",
    "timeout": "no call ends after a time",
    "backoff-429": "no answer 429 is handled",
    "metrics": "no call is counted or measured",
}


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
    numbered = tuple(Section(one.id, f"3.{place}", one.title, one.blocks) for place, one in enumerate(found, 1))
    return Section("current", "3", "Current optimization", (), numbered)


def _part(name: str, title: str, table: Table, key: str) -> Section:
    grid = grid_of(table)
    return Section(name, "", title, (grid, view(key)) if grid.rows else ())


def _missing(material: Material) -> Iterator[Block]:
    """Name the kinds of guards that no server call has, then the reads that reach the network on every run."""
    lacking = tuple(Item(words(_MISSING[kind])) for kind in material.advice.lacking)
    if lacking:
        yield Items(lacking, "Nowhere on a server")
    reads = material.advice.uncached
    if reads:
        yield Paragraph(words(f"{plural(len(reads), 'read')} of servers and workers that no cache may answer:"))
        yield Items(
            tuple(
                Item(
                    (Code(one.call), Words(f", from {plural(one.entries, 'entry', 'entries')}: "), at(one.spot)),
                )
                for one in reads
            )
        )
    if lacking or reads:
        yield Reproduce("callaudit query 'select entry, endpoint, file, line from uncached'")


def strong_points(material: Material) -> Iterator[Line]:
    """Say what the code does well, with its place."""
    for one in material.advice.strengths:
        yield (*_strong(one), at(one.spot))


def _strong(one: Strength) -> Line:
    places = f"({plural(one.count, 'place')}): "
    if one.kind == "cache" and one.guard is not None:
        kept = f"kept for {duration_words(one.guard.ttl_ms)} ({one.guard.store}, {one.guard.mechanism}): "
        more = plural(one.count - 1, "more endpoint")
        return (Code(one.what), Words(f" is {kept}" if one.count == 1 else f" and {more} are {kept}"))
    if one.kind == "push":
        # The address of an own server is a default for development.
        return (
            Words("an own server pushes data, " if one.own else "data is pushed over "),
            Code(one.what),
            Words(f" {places}"),
        )
    if one.kind == "slower":
        said = f"{plural(one.count, 'poll asks', 'polls ask')} less often while a condition holds: "
        return (Words(said), Code(one.what), Words(", "))
    if one.kind == "dedup":
        where = "on a server" if one.what == "server" else "in the browser"
        return words(f"requests in flight are shared {where} {places}")
    if one.kind == "lock":
        return words(f"work that goes on is not begun a second time {places}")
    return words(f"the answer 429 is handled {places}")
