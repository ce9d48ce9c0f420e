"""Figures of a written audit beside the computed ones: the terms that a figure holds, and those that it leaves out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from callaudit.load.demand import REPEATING
from callaudit.load.ranges import NOTHING, Range, total
from callaudit.load.results import ClaimCheck

if TYPE_CHECKING:
    from callaudit.load.model import Stream
    from callaudit.load.scenario import Claim
    from callaudit.load.situation import Situation
    from callaudit.load.totals import Totals

NEAR = 0.005
"""A sum that differs by no more than this part is the claimed figure, as far as it was rounded."""
MOST_TERMS = 12
"""Terms of which sums are tried: the largest ones."""
ACCOUNT = "account"
TOTAL = "total"
_GROUPS = {
    "poll": "polls",
    "timer": "timers",
    "loop": "loops",
    "cron": "schedules",
    "load": "page loads",
    "focus": "returns to a tab",
}


def checked(totals: Totals, situation: Situation) -> tuple[ClaimCheck, ...]:
    """Each claim of the scenario, with what the code gives instead."""
    if not situation.scenario.claims:
        return ()
    rates: dict[int, tuple[Stream, Range]] = {}
    for stream, _, part in totals.streams(situation):
        rates[stream.id] = (stream, part.requests)
    known = list(rates.values())
    parts = [_check(claim, known) for claim in situation.scenario.claims if claim.about != TOTAL]
    wholes = [_total(claim, known, parts) for claim in situation.scenario.claims if claim.about == TOTAL]
    return (*parts, *wholes)


def _check(claim: Claim, rates: list[tuple[Stream, Range]]) -> ClaimCheck:
    terms = _terms(claim.about, rates)
    counts = _counted(claim.per_second, terms)
    rest = [name for name in sorted(terms, key=lambda name: (-terms[name].expected, name)) if name not in counts]
    return ClaimCheck(
        about=claim.about,
        claimed=claim.per_second,
        computed=total(terms.values()),
        text=claim.text,
        place=claim.place,
        counts=tuple(_shown(name, terms[name]) for name in counts),
        leaves_out=tuple(_shown(name, terms[name]) for name in rest) if counts else (),
    )


def _total(claim: Claim, rates: list[tuple[Stream, Range]], parts: list[ClaimCheck]) -> ClaimCheck:
    """A total leaves out what its parts leave out, and every kind that it has no part for."""
    others: dict[str, Range] = {}
    for stream, rate in rates:
        if rate.high > 0 and not any(_is_about(part.about, stream) for part in parts):
            name = _GROUPS.get(stream.kind, stream.kind)
            others[name] = others.get(name, NOTHING) + rate
    left = [name for part in parts for name in part.leaves_out]
    return ClaimCheck(
        about=claim.about,
        claimed=claim.per_second,
        computed=total(rate for _, rate in rates),
        text=claim.text,
        place=claim.place,
        leaves_out=(*left, *(_shown(name, others[name]) for name in sorted(others))),
    )


def _terms(about: str, rates: list[tuple[Stream, Range]]) -> dict[str, Range]:
    terms: dict[str, Range] = {}
    for stream, rate in rates:
        if rate.high > 0 and _is_about(about, stream):
            again = stream.kind == "refetch"
            name = f"{stream.endpoint} asked again" if again else f"{stream.entry} {stream.endpoint}"
            terms[name] = terms.get(name, NOTHING) + rate
    return terms


def _is_about(about: str, stream: Stream) -> bool:
    if about == "actions":
        return stream.kind in ("action", "refetch")
    repeats = stream.kind in REPEATING and stream.effect != "write"
    return repeats and (stream.scope == ACCOUNT) == (about == "polls")


def _counted(claimed: Range, terms: dict[str, Range]) -> tuple[str, ...]:
    """The terms whose sum is the claimed figure: all, or the smallest set; none where no sum is."""
    if _near(total(terms.values()).expected, claimed):
        return tuple(terms)
    largest = sorted(terms, key=lambda name: (-terms[name].expected, name))[:MOST_TERMS]
    for size in range(1, len(largest)):
        for some in combinations(largest, size):
            if _near(sum(terms[name].expected for name in some), claimed):
                return some
    return ()


def _near(value: float, claimed: Range) -> bool:
    return claimed.low * (1 - NEAR) <= value <= claimed.high * (1 + NEAR)


def _shown(name: str, rate: Range) -> str:
    return f"{name} {rate.expected:.4g}/s"
