"""The smallest set of changes with which so many users fit: all small sets are tried, then the best order is cut."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from callaudit.load.proposals import proposals
from callaudit.load.results import Left, Plan
from callaudit.load.scenario import resized
from callaudit.load.uses import strain, uses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.changes import Change
    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario
    from callaudit.load.uses import Uses

MOST_TRIED: Final = 3000
"""Sets that are tried before the best order is taken instead; the answer then need not be the smallest."""


def plan(model: Model, scenario: Scenario, users: int) -> Plan:
    """Changes for `users` in a scenario that is resolved, by what is expected. The same for equal input."""
    scenario = resized(scenario, users)
    now = uses(model, scenario)
    if not _over(now):
        return Plan(users=users, changes=(), fits=True, scenario=scenario.name, after=_after(now), left=_left(now))
    changes = [one for one in proposals(model) if one.kind != "queue"]
    useful = [one for one in changes if strain(uses(model, scenario, [one])) < strain(now)]
    best = _with_all(useful)
    whole = uses(model, scenario, best)
    if _over(whole):
        order = _pruned(model, scenario, best, _over(whole))
        return Plan(
            users=users,
            changes=tuple(one.title for one in order),
            fits=False,
            missing=_missing(whole),
            scenario=scenario.name,
            after=_after(whole),
            left=_left(whole),
        )
    found = _smallest(model, scenario, useful) or _pruned(model, scenario, best, frozenset())
    then = uses(model, scenario, found)
    return Plan(
        users=users,
        changes=tuple(one.title for one in found),
        fits=True,
        scenario=scenario.name,
        after=_after(then),
        left=_left(then),
    )


def _smallest(model: Model, scenario: Scenario, changes: Sequence[Change]) -> list[Change]:
    """The first of the smallest sets that suffice, levels of accounts as low as they can be."""
    tried = 0
    for size in range(1, len(changes) + 1):
        for some in combinations(changes, size):
            if _contradicts(some):
                continue
            tried += 1
            if tried > MOST_TRIED:
                return []
            if not _over(uses(model, scenario, some)):
                return list(some)
    return []


def _contradicts(some: Sequence[Change]) -> bool:
    """Two levels of one account, or a loop that is both shortened and taken away."""
    tiers = [one.provider for one in some if one.kind == "tier"]
    loops = [one for one in some if one.kind in ("no-retry", "push")]
    both = any(one.streams & other.streams for one, other in combinations(loops, 2))
    return len(tiers) != len(set(tiers)) or both


def _with_all(changes: Sequence[Change]) -> list[Change]:
    """Everything at once: the highest level of each account, and no loop where it can be taken away."""
    highest = {one.provider: one for one in changes if one.kind == "tier"}
    pushed = frozenset(number for one in changes if one.kind == "push" for number in one.streams)
    return [
        one
        for one in changes
        if (one.kind != "tier" or highest[one.provider] == one)
        and not (one.kind == "no-retry" and one.streams <= pushed)
    ]


def _pruned(model: Model, scenario: Scenario, changes: list[Change], over: frozenset[str]) -> list[Change]:
    """Leave out, from the last on, what is not needed for no other bucket to give way."""
    kept = list(changes)
    for change in reversed(changes):
        fewer = [one for one in kept if one is not change]
        if fewer and _over(uses(model, scenario, fewer)) <= over:
            kept = fewer
    return kept


def _over(found: Uses) -> frozenset[str]:
    return frozenset(name for name, use in found.items() if use.over)


def _missing(found: Uses) -> str:
    over = [(use.bucket.title or name, use.share) for name, use in sorted(found.items()) if use.over]
    short = [f"{title} needs {part:.3g} times what it has" for title, part in over]
    return "even with all changes " + ", ".join(short)


def _after(found: Uses) -> tuple[tuple[str, float], ...]:
    return tuple((name, use.units) for name, use in sorted(found.items()))


def _left(found: Uses) -> tuple[Left, ...]:
    return tuple(Left(name, use.units, use.requests, use.capacity) for name, use in sorted(found.items()))
