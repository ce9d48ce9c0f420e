"""Claims about how many calls one run of something makes, and whether every run makes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, close, quoted
from callaudit.verify.handlers import entries_in
from callaudit.verify.model import Claim, Evidence, evidence_of
from callaudit.verify.retries import words_of
from callaudit.verify.spoken import kept_of
from callaudit.verify.words import name_words, singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry, Reach
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement, Verdict

_UPTO = re.compile(
    r"\b(?:each|every|one|a|per)\s+(\w+)\b[^.;|]{0,30}?\b(up to|at most"
    r"|max(?:imum)?(?: of)?|exactly)\s+(\d+)"
    r"\s+(?:\w+\s+){0,3}?(?:calls?|requests?)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"^\W*(\d+)\s+([a-z][a-z /-]*?)\s*(?:\([^)]*\))?\W*$", re.IGNORECASE)
_PART_END = re.compile(
    r"\b(retr(?:y|ies)|attempts?|fetch(?:es)?|calls?|requests?|lookups?|reads?|polls?)\b.*$", re.IGNORECASE
)
_TRIES = re.compile(r"\bretr(?:y|ies)\b", re.IGNORECASE)
_EVERY_REQUEST = re.compile(
    r"\b(?:every|each|all)\s+(?:\w+\s+){0,2}requests?"
    r"\s*(?:hits?|calls?|goes? to|go to|reach(?:es)?|=|asks?|results? in|triggers?)\b",
    re.IGNORECASE,
)


def cost_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check numbers of calls, and words like `every`."""
    if statement.block.kind == "code" or not asserts(statement):
        return
    yield from _bounds(statement, ground)
    yield from _parts(statement, ground)
    yield from _every_request(statement, ground)


def _bounds(statement: Statement, ground: Ground) -> Iterator[Claim]:
    found = _UPTO.search(statement.text)
    subject = next(iter(close(statement, lambda text: entries_in(text, ground))), None) if found else None
    if not found or not subject:
        return
    name, entries = subject
    said = int(found[3])
    claim = f"{name} makes {found[2].lower()} {said} calls per {found[1].lower()}"
    most = [entry.calls_max for entry in entries]
    reaching = [entry for entry in entries if entry.reaches]
    if said in most:
        place = next(entry for entry in entries if entry.calls_max == said)
        yield Claim(statement.line, "cost", claim, "confirmed", "it does", (Evidence(place.file, place.line),))
    elif None in most or not reaching:
        yield Claim(statement.line, "cost", claim, "unchecked", "data decides how many, or none is known")
    else:
        worst = max(reaching, key=lambda entry: entry.calls_max or 0)
        found_words = f"{worst.name} makes up to {worst.calls_max}: {_summed(worst)}"
        places = [Evidence(worst.file, worst.line), *(Evidence(r.site.file, r.site.line) for r in worst.reaches)]
        yield Claim(statement.line, "cost", claim, "contradicted", found_words, tuple(dict.fromkeys(places))[:4])


def _summed(entry: Entry) -> str:
    total: dict[str, int] = {}
    for reach in entry.reaches:
        total[f"{reach.method} {_short(reach)}"] = total.get(f"{reach.method} {_short(reach)}", 0) + (reach.max or 0)
    text = ", ".join(f"{count} × {name}" for name, count in total.items())
    return text if sum(total.values()) == entry.calls_max else f"{text}, of which some exclude others"


def _short(reach: Reach) -> str:
    return reach.path.partition("?")[0]


def _parts(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check an item like `3 trade history retries` below `each order = up to 5 calls`."""
    if statement.block.kind != "item" or not statement.block.lead:
        return
    part = _PART.match(statement.text)
    if not part or not re.search(r"\b(calls?|requests?)\b", statement.block.lead[0], re.IGNORECASE):
        return
    wanted = {singular(word) for word in name_words(_PART_END.sub("", part[2]))}
    subject = next(iter(close(statement, lambda text: entries_in(text, ground))), None)
    if not wanted or not subject:
        return
    name, entries = subject
    reaches = [r for e in entries for r in e.reaches if wanted <= words_of(r.path)]
    if not reaches or any(reach.max is None for reach in reaches):
        return
    said, most = int(part[1]), sum(reach.max or 0 for reach in reaches)
    allowed = (said, said + 1) if _TRIES.search(part[2]) else (said,)
    claim = f"{name} makes {quoted(part[0].strip())}"
    places = tuple(dict.fromkeys(Evidence(r.site.file, r.site.line) for r in reaches))[:3]
    found = f"up to {most} × {reaches[0].method} {_short(reaches[0])}"
    verdict: Verdict = "confirmed" if most in allowed else "contradicted"
    yield Claim(statement.line, "cost", claim, verdict, found, places)


def _every_request(statement: Statement, ground: Ground) -> Iterator[Claim]:
    if not _EVERY_REQUEST.search(statement.text):
        return
    routes = [e for e in ground.inventory.entries if e.kind == "route" and not e.dead]
    silent = [entry for entry in routes if not entry.reaches]
    kept = {guard.id: max(kept_of([guard]), default=0) for guard in ground.server_caches()}
    cached = [entry for entry in routes if entry.reaches and _cached(entry, kept)]
    # The one that keeps answers longest is the plainest example.
    cached.sort(key=lambda entry: -max(kept.get(guard, 0) for reach in entry.reaches for guard in reach.guards))
    claim = f"every request goes upstream: {quoted(statement.text)}"
    if not routes:
        return
    if not silent and not cached:
        yield Claim(statement.line, "cost", claim, "confirmed", f"each of {len(routes)} routes does")
        return
    found = f"{len(silent)} of {len(routes)} routes call nothing upstream"
    if cached:
        found += f", and {cached[0].name} answers from a cache"
    places = evidence_of([*cached[:1], *silent[:2]])
    yield Claim(statement.line, "cost", claim, "contradicted", found, places)


def _cached(entry: Entry, kept: dict[str, float]) -> bool:
    return all(any(kept.get(guard) for guard in reach.guards) for reach in entry.reaches)
