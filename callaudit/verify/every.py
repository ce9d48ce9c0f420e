"""Claims that every run makes a call: `after every order`, `+3 lookups per trade`, `50 orders a minute = 50 reads`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from callaudit.verify.asserted import asserts, close, quoted
from callaudit.verify.expressions import amount, other_things, things
from callaudit.verify.handlers import entries_in
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.retries import words_of
from callaudit.verify.words import name_words, singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry, Reach
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_EVERY = re.compile(
    r"\b(?:after|on|for|with|upon)\s+(?:every|each)\s+(?P<first>[\w-]+)(?P<plain>\s*[,:]\s*|\s+"
    r"(?=(?:we|you|they|it|the|an?|is|are|fetch|read|get|call|ask|load|request|quer|poll)))?\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
"""`plain` is what tells that the first word is the thing that is done, and no adjective before it."""
_ANY = frozenset({"new", "single", "individual", "api", "user", "backend", "server", "incoming", "other"})
"""Words before what is done that leave nothing of it out; `market` before `order` does."""
_FETCHES = re.compile(r"\b(fetch\w*|gets?|calls?|requests?|reads?|asks?|quer(?:y|ies)|polls?|loads?)\b", re.IGNORECASE)
_CALLED = frozenset(
    {"retry", "attempt", "call", "request", "lookup", "fetch", "fetche", "read", "check", "poll", "query", "get"}
) | frozenset({"for", "of", "the", "to", "api", "upstream", "sequential", "additional", "extra", "more", "endpoint"})
"""Words around the name of an endpoint that leave nothing of it out."""
_PER = re.compile(r"\b(?:per|each|every|any|always)\b", re.IGNORECASE)
_ADDED = re.compile(
    r"^\W*\d+\s*[×x]?\s+(?P<what>[a-z][a-z /-]*?)\W*$|^\W*always\s+(?P<also>[a-z][a-z /-]*?)\W*$",
    re.IGNORECASE,
)
_SOMETIMES = re.compile(
    r"\b(?:if|when|only|unless|up to|at most|max\w*|may|sometimes|until|while|optional\w*|conditional\w*|or)\b",
    re.IGNORECASE,
)


def every_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that a call is made in every run, where a statement says so."""
    if not asserts(statement) or statement.block.kind == "code":
        return
    checks = (_added,) if statement.block.kind == "row" else (_after_every, _equated)
    same: dict[tuple[int, str], list[Claim]] = {}
    for claim in (claim for check in checks for claim in check(statement, ground)):
        same.setdefault((claim.line, claim.claim), []).append(claim)
    for claims in same.values():
        if len({claim.verdict for claim in claims}) == 1:
            yield claims[0]
        else:  # routes of two apps, or of two copies of one
            found = "it holds for one route of this name, and not for another"
            places = tuple(place for claim in claims for place in claim.evidence)
            yield structs.replace(claims[0], verdict="unchecked", found=found, evidence=places[:4])


def _after_every(statement: Statement, ground: Ground) -> Iterator[Claim]:
    found = _EVERY.search(statement.text)
    if not found or not _FETCHES.search(statement.text) or _SOMETIMES.search(statement.text[: found.start("rest")]):
        return
    plain = found["plain"] or found["first"].lower() in _ANY
    said = {singular(word) for word in name_words(found["rest"])}
    for entry in _subjects(statement, ground):
        for reach in entry.reaches:
            words = words_of(reach.path)
            if words and words <= said:
                claim = f"{entry.name} always makes {_name(reach)}: {quoted(statement.text)}"
                judged = _judged(statement, claim, entry, [reach], ground)
                yield from (one for one in judged if plain or one.verdict == "confirmed")


def _equated(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check a line like `50 orders/min = 50 balance reads/min`: so many calls for each run, and in each."""
    for at, line in enumerate(statement.text.split("\n")):
        sides = [amount(side) for side in re.split(r"(?<![<>=!:])=(?![=>])", line)]
        for left, right in pairwise(sides):
            if left is None or right is None or left.operands + right.operands != 2 or not other_things(left, right):
                continue
            wanted = things(right)
            if len(things(left) - _ANY) != 1:
                continue
            share = right.low / left.low if left.low and left.low == left.high and right.low == right.high else 0
            for entry in _subjects(statement, ground):
                reaches = _meant(wanted, entry)
                if reaches and share == 1:
                    claim = f"{entry.name} makes {_name(reaches[0])} in every run: {left.text} = {right.text}"
                    yield from _judged(statement, claim, entry, reaches, ground, statement.line + at)


def _added(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check a row that adds calls to each run of its route: `POST /orders | per order | + 3 history lookups`."""
    cells = statement.block.cells
    subjects = entries_in(statement.text, ground)
    if not subjects or not any(_PER.search(cell) and len(cell) < 40 for cell in cells):
        return
    for cell in cells:
        found = _ADDED.match(cell)
        if not found or _SOMETIMES.search(cell):
            continue
        wanted = {singular(word) for word in name_words(found["what"] or found["also"])}
        for entry in subjects[0][1]:
            reaches = _meant(wanted, entry)
            # Attempts end early: that a run may do without is what a row about them says anyway.
            if reaches and not any(reach.min for reach in reaches):
                claim = f"{entry.name} makes {_name(reaches[0])} in every run: {cell.strip(' *')}"
                yield from _without(statement.line, claim, entry, reaches, ground)


def _subjects(statement: Statement, ground: Ground) -> list[Entry]:
    found = close(statement, lambda text: entries_in(text, ground))
    return found[0][1] if found else []


def _meant(wanted: set[str], entry: Entry) -> list[Reach]:
    """Return the calls of an entry that words mean, where they say no more than that it is a call of this endpoint."""
    found = [reach for reach in entry.reaches if words_of(reach.path) and words_of(reach.path) <= wanted]
    rest = wanted - {word for reach in found for word in words_of(reach.path)} - _CALLED
    return [] if rest or len({(reach.method, reach.path) for reach in found}) > 1 else found


def _judged(
    statement: Statement, claim: str, entry: Entry, reaches: list[Reach], ground: Ground, line: int = 0
) -> Iterator[Claim]:
    """Say whether every run of an entry makes one of some calls."""
    at = line or statement.line
    if any(reach.min >= 1 for reach in reaches):
        places = tuple(Evidence(reach.site.file, reach.site.line) for reach in reaches[:1])
        yield Claim(at, "cost", claim, "confirmed", "every run does", places)
        return
    without = list(_without(at, claim, entry, reaches, ground))
    if without:
        yield from without
    elif entry.calls_min >= 1:
        others = f"{entry.calls_min} call at least, but not this one in every run: it is behind a condition"
        places = tuple(dict.fromkeys(_way(reach, entry) for reach in reaches))[:2]
        yield Claim(at, "cost", claim, "contradicted", others, places)


def _without(line: int, claim: str, entry: Entry, reaches: list[Reach], ground: Ground) -> Iterator[Claim]:
    """Name callers of a route for whom it never makes these calls, though it makes others."""
    ends = {(reach.method, reach.path) for reach in reaches}
    for other in ground.inventory.entries:
        through = [reach for reach in other.reaches if reach.routes == ((entry.name, entry.file),)]
        if other.dead or not through or ends & {(reach.method, reach.path) for reach in other.reaches}:
            continue
        made = ", ".join(dict.fromkeys(_name(reach) for reach in through))
        found = f"not for {other.name}, whose requests lead to {made} only"
        places = tuple(dict.fromkeys([Evidence(other.file, other.line), *(_way(reach, entry) for reach in reaches)]))[
            :3
        ]
        yield Claim(line, "cost", claim, "contradicted", found, places)
        return


def _way(reach: Reach, entry: Entry) -> Evidence:
    """Return the last line of the handler's file on the way to a call: its conditions are around it."""
    file, place = entry.file, Evidence(reach.site.file, reach.site.line)
    for step in reach.via:
        if file == entry.file and step.called_at:
            place = Evidence(file, step.called_at)
        file = step.file
    return place


def _name(reach: Reach) -> str:
    return f"{reach.method} {reach.path.partition('?')[0]}"
