"""Rows of the tables that call trees fill: what follows on what, what is in loops, what retries stand around others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.tree_cost import ANSWERING
from callaudit.rules.facts import exclude
from callaudit.rules.inside import inside_tables
from callaudit.rules.occurrences import occurrences
from callaudit.rules.spelling import Spelling
from callaudit.rules.stacks import stacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.audit import Audit
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Endpoint
    from callaudit.rules.occurrences import Occurrence, Spot

    Row = tuple[int | str, ...]

_READS = frozenset({"GET", "HEAD"})
"""What a body says is not known, so only requests without one are taken for the same."""

_MOST_BEFORE = 20
_LIMITS = frozenset({"queue", "limiter"})


def tree_tables(audit: Audit, catalogue: Catalogue) -> dict[str, list[Row]]:
    """Return the rows of `afterwards`, `loops`, `sent_urls`, `stacked`, and of the tables of `inside_tables`."""
    runs = list(occurrences(audit))
    wanted: dict[Spot, set[str]] = {}
    for run in runs:
        for one in run:
            for spot in one.chain:
                wanted.setdefault(spot, set()).add(one.request)
    sequences = _Sequences(catalogue, wanted)
    tables: dict[str, list[Row]] = {
        "afterwards": [row for run in runs for row in sequences.rows(run)],
        "loops": [row for run in runs for one in run for row in _loops(one)],
        "sent_urls": [_sent(one) for run in runs for one in run],
        "stacked": list(stacked(audit)),
        **inside_tables(audit),
    }
    spelling = Spelling(audit.inventory)
    return {table: spelling.rows(table, rows) for table, rows in tables.items()}


class _Sequences:
    """Pairs of requests of one run of which the second would be spared."""

    def __init__(self, catalogue: Catalogue, wanted: dict[Spot, set[str]]) -> None:
        """Judge by the profiles; `wanted` says what is asked for through each line."""
        self._catalogue = catalogue
        self._wanted = wanted
        self._known: dict[tuple[object, ...], Endpoint | None] = {}

    def rows(self, run: Sequence[Occurrence]) -> Iterator[Row]:
        """Give the pairs of one run; of many alike before a request the latest are enough."""
        same: dict[tuple[str, str], list[Occurrence]] = {}
        writes: dict[str, list[Occurrence]] = {}
        reads: dict[str, list[Occurrence]] = {}
        for then in run:
            endpoint = self._endpoint(then)
            url = (then.target.method, then.target.url)
            if endpoint is not None and endpoint.effect == "read":
                for first in writes.get(then.target.host, ())[-_MOST_BEFORE:]:
                    if self._makes_old(first, endpoint):
                        yield from self._pair("read-after-write", first, then, certain=True)
            if then.target.method in _READS and not (then.retried or then.guards & ANSWERING):
                for first in same.get(url, ())[-_MOST_BEFORE:]:
                    if not first.retried:
                        yield from self._pair("again", first, then, certain="{" not in then.target.url)
            same.setdefault(url, []).append(then)
            if endpoint is not None and endpoint.effect == "write":
                for first in reads.get(then.target.host, ())[-_MOST_BEFORE:]:
                    yield from self._pair("write-after-read", first, then, certain=True)
                writes.setdefault(then.target.host, []).append(then)
            elif endpoint is not None:
                reads.setdefault(then.target.host, []).append(then)

    def _pair(self, kind: str, first: Occurrence, then: Occurrence, *, certain: bool) -> Iterator[Row]:
        """Give the pair, at the outermost line that asks for the second alone."""
        start = _parting(first, then)
        if start is not None:
            at = next((s for s in then.chain[start:] if len(self._wanted[s]) == 1), then.chain[-1])
            where = (then.entry, first.request, then.request, at.function, at.file, at.line)
            before = first.chain[start]
            same = kind != "again" or max(first.picked, then.picked) <= start  # else either may ask somebody else
            yield (kind, *where, before.file, before.line, int(then.retried), int(certain and same))

    def _makes_old(self, first: Occurrence, read: Endpoint | None) -> bool:
        profile = self._catalogue.provider_of(first.target.host) if read else None
        write = self._endpoint(first) if profile else None
        return bool(profile and read and write and write.id in {one.id for one in profile.invalidating(read)})

    def _endpoint(self, one: Occurrence) -> Endpoint | None:
        target = one.target
        key = (target.method, target.host, target.path, target.discriminator)
        if key not in self._known:
            self._known[key] = self._catalogue.endpoint(
                target.host, target.method, target.path, dict(target.discriminator)
            )
        return self._known[key]


def _parting(first: Occurrence, then: Occurrence) -> int | None:
    """Return where two chains part, None where one run does not go both ways or a loop or timer lies between.

    It does not where ways or conditions exclude each other, or the function that both are in returns after the first.
    """
    if first.later != then.later or first.loops != then.loops:
        return None
    taken, ways = dict(first.ways), set(then.ways)
    if any(taken.get(choice, way) != way for choice, way in then.ways) or exclude(first.when, then.when):
        return None
    if any(way not in ways and then.chain[: len(chain)] == chain for chain, way in first.left):
        return None
    for place, (one, other) in enumerate(zip(first.chain, then.chain, strict=False)):
        if one != other:
            return place if (one.file, one.function) == (other.file, other.function) else None
    return None


def _sent(one: Occurrence) -> Row:
    url = one.target.url
    return one.entry, one.request, url, int("{" in url), one.site.file, one.site.line


def _behind_host(url: str) -> str:
    """A URL without its host: what only goes to another host each time asks none of them more often."""
    if url.startswith("{"):
        return url.partition("}")[2]
    return url.partition("://")[2].partition("/")[2] if "://" in url else url


def _loops(one: Occurrence) -> Iterator[Row]:
    """Give the innermost loop; what goes over the parts of a larger list runs together only part by part.

    A loop over providers of one interface asks each of them once: it counts as no loop of the request.
    """
    loops = [loop for loop in one.loops if not loop.apart]
    for loop in loops[-1:]:
        inside = next((spot for spot in one.chain if spot.file == loop.file), one.chain[-1])
        yield (
            one.entry,
            one.request,
            loop.over or "unknown",
            int(loop.items),
            int(loop.together and all(outer.items or outer.together for outer in loops[:-1])),
            int(bool(one.guards & _LIMITS)),
            int("cache" in one.guards),
            int("{" in _behind_host(one.target.url) or one.target.method not in _READS),
            int(len(one.later) > loop.depth),
            inside.function,
            loop.file,
            loop.line,
        )
