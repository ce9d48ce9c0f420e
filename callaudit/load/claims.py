"""Figures of a written audit beside the computed ones: the terms that a figure holds, and those that it leaves out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from callaudit.inventory.model import REPEATING
from callaudit.load.ranges import NOTHING, Range
from callaudit.load.results import ClaimCheck

if TYPE_CHECKING:
    from callaudit.load.model import Stream
    from callaudit.load.scenario import Claim
    from callaudit.load.situation import Situation
    from callaudit.load.totals import Totals

NEAR = 0.005
"""A sum that differs by no more than this part is the claimed figure, as far as it was rounded."""
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
    claims = situation.scenario.claims
    parts = [_check(claim, totals, situation) for claim in claims if claim.about != TOTAL]
    return (*parts, *(_total(claim, totals, situation, parts) for claim in claims if claim.about == TOTAL))


def _check(claim: Claim, totals: Totals, situation: Situation) -> ClaimCheck:
    whole, streams = totals.about(claim.about, lambda stream: _is_about(claim.about, stream), situation)
    terms = _terms(totals, streams, situation)
    counts = _counted(claim.per_second, terms, whole)
    rest = [name for name in sorted(terms, key=lambda name: (-terms[name].expected, name)) if name not in counts]
    left = [_shown(name, terms[name]) for name in rest]
    others = whole.expected - sum(rate.expected for rate in terms.values())
    if others > whole.expected * NEAR:
        left.append(f"others {others:.4g}/s")
    return ClaimCheck(
        about=claim.about,
        claimed=claim.per_second,
        computed=whole,
        text=claim.text,
        place=claim.place,
        counts=tuple(_shown(name, terms[name]) for name in counts),
        leaves_out=tuple(left) if counts else (),
    )


def _total(claim: Claim, totals: Totals, situation: Situation, parts: list[ClaimCheck]) -> ClaimCheck:
    """A total leaves out what its parts leave out, and every kind that it has no part for."""
    whole, _ = totals.about(TOTAL, lambda _: True, situation)
    left = [name for part in parts for name in part.leaves_out]
    for kind in sorted(_GROUPS):
        rate, _ = totals.about(kind, lambda stream, kind=kind: _only(stream, kind, parts), situation)  # type: ignore[misc]
        if rate.high > 0:
            left.append(_shown(_GROUPS[kind], rate))
    return ClaimCheck(
        about=claim.about,
        claimed=claim.per_second,
        computed=whole,
        text=claim.text,
        place=claim.place,
        leaves_out=tuple(left),
    )


def _only(stream: Stream, kind: str, parts: list[ClaimCheck]) -> bool:
    return stream.kind == kind and not any(_is_about(part.about, stream) for part in parts)


def _terms(totals: Totals, streams: list[Stream], situation: Situation) -> dict[str, Range]:
    """The largest streams by what they are called; those of one name are one term."""
    terms: dict[str, Range] = {}
    for stream in streams:
        rate = totals.rate(stream, situation)
        again = stream.kind == "refetch"
        name = f"{stream.endpoint} asked again" if again else f"{stream.entry} {stream.endpoint}"
        terms[name] = terms.get(name, NOTHING) + rate
    return terms


def _is_about(about: str, stream: Stream) -> bool:
    if about == "actions":
        return stream.kind in ("action", "refetch")
    repeats = stream.kind in REPEATING and stream.effect != "write"
    return repeats and (stream.scope == ACCOUNT) == (about == "polls")


def _counted(claimed: Range, terms: dict[str, Range], whole: Range) -> tuple[str, ...]:
    """The terms whose sum is the claimed figure: all, or the smallest set; none where no sum is."""
    if _near(whole.expected, claimed):
        return tuple(terms)
    names = sorted(terms, key=lambda name: (-terms[name].expected, name))
    for size in range(1, len(names)):
        for some in combinations(names, size):
            if _near(sum(terms[name].expected for name in some), claimed):
                return some
    return ()


def _near(value: float, claimed: Range) -> bool:
    return claimed.low * (1 - NEAR) <= value <= claimed.high * (1 + NEAR)


def _shown(name: str, rate: Range) -> str:
    return f"{name} {rate.expected:.4g}/s"
