"""Makes one finding of all that have one cause, so that the list stays short enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from callaudit.rules.identity import endpoint_of
from callaudit.rules.model import Member, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.rules.model import Finding

MOST_RELATED: Final = 20
"""Other places of one cause that a finding lists; `also` counts all of them."""


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of places, those of one rule and cause as one.

    The first of them stands for the others. What a comment silences stands for itself.
    """
    same: dict[tuple[str, ...], list[Finding]] = {}
    for number, one in enumerate(findings):
        alone = one.suppressed or not one.cause
        same.setdefault((one.rule, "", str(number)) if alone else (one.rule, one.cause), []).append(one)
    found = [_together(group) for group in same.values()]
    return tuple(sorted(found, key=lambda one: (one.file, one.line, one.column, one.number, one.message)))


def _together(group: Sequence[Finding]) -> Finding:
    first, *others = group
    members = tuple(Member(Step(one.symbol, one.file, one.line), one.column, endpoint_of(one.facts)) for one in others)
    related = tuple(member.step for member in members[:MOST_RELATED])
    return replace(first, members=members, related=related, also=len(members))
