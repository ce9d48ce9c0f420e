"""What each change saves alone, and one after the other in the best order, computed by the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.load.proposals import proposals
from callaudit.load.reasons import reason
from callaudit.load.results import Saving
from callaudit.load.uses import strain, uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.load.changes import Change
    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario
    from callaudit.load.uses import Uses

TINY: Final = 1e-9
CLAIMED: Final = {
    "cache": "80-90 %",
    "dedup": "90 % in bursts",
    "no-retry": "66 %",
    "push": "100 %",
    "websocket-only": "50 %",
}
"""What the audit whose scenarios come built in promises of each kind of change (its 5.1 to 5.7)."""


def what_if(model: Model, scenario: Scenario) -> tuple[Saving, ...]:
    """Savings in a scenario that is resolved: of each change alone for each bucket, then of the best order."""
    changes = proposals(model)
    now = uses(model, scenario)
    alone = {change: uses(model, scenario, [change]) for change in changes}
    shown = _lowest_tiers(changes, alone)
    found = [one for change in shown for one in _savings(change, now, alone[change], model, scenario)]
    helping = [change for change in shown if strain(alone[change]) < strain(now)]
    return (*found, *_in_order(model, scenario, helping, now))


def _lowest_tiers(changes: Sequence[Change], alone: dict[Change, Uses]) -> list[Change]:
    """All changes, but of the levels of an account only the lowest that suffices, or the highest."""
    tiers = [change for change in changes if change.kind == "tier"]
    kept: dict[str, Change] = {}
    for change in tiers:
        before = kept.get(change.provider)
        fits = before is not None and not any(use.over for use in alone[before].values() if use.bucket.tiers)
        if not fits:
            kept[change.provider] = change
    return [change for change in changes if change.kind != "tier" or kept.get(change.provider) == change]


def _savings(
    change: Change, before: Uses, after: Uses, model: Model, scenario: Scenario, step: int = 0
) -> Iterator[Saving]:
    claimed = CLAIMED.get(change.kind, "") if scenario.claims else ""
    for name in sorted({*before, *after}):
        old, share = (before[name].units, before[name].share) if name in before else (0.0, 0.0)
        new, rest = (after[name].units, after[name].share) if name in after else (0.0, 0.0)
        saves = 1 - new / old if old else 0.0
        if change.kind == "tier" and name in before and name in after:
            saves = 1 - rest / share if share else 0.0
        saves = 0.0 if abs(saves) < TINY else saves
        if not old and not new:
            continue
        yield Saving(
            change=change.title,
            bucket=name,
            before=old,
            after=new,
            saves=saves,
            why=reason(change, name, saves, model, scenario),
            scenario=scenario.name,
            step=step,
            kind=change.kind,
            claimed=claimed,
            share_before=share,
            share_after=rest,
        )


def _in_order(model: Model, scenario: Scenario, changes: list[Change], now: Uses) -> Iterator[Saving]:
    """Take the change that relieves the fullest bucket most, then the next, until nothing helps or all buckets fit."""
    tiers = [change for change in proposals(model) if change.kind == "tier"]
    taken: list[Change] = []
    for step, change in enumerate(_with_low_tiers(_greedy(model, scenario, changes, now), tiers, model, scenario), 1):
        taken.append(change)
        after = uses(model, scenario, taken)
        yield from _savings(change, now, after, model, scenario, step)
        now = after


def _greedy(model: Model, scenario: Scenario, changes: list[Change], now: Uses) -> list[Change]:
    taken: list[Change] = []
    while changes and any(use.over for use in now.values()):
        tried = [(strain(uses(model, scenario, [*taken, change])), number) for number, change in enumerate(changes)]
        best, number = min(tried)
        if best >= strain(now):
            break
        taken.append(changes.pop(number))
        now = uses(model, scenario, taken)
    return taken


def _with_low_tiers(taken: list[Change], tiers: list[Change], model: Model, scenario: Scenario) -> list[Change]:
    """Take the lowest level of each account that suffices after all the others: a step may ask for more than that."""
    over = {name for name, use in uses(model, scenario, taken).items() if use.over}
    for at, change in enumerate(taken):
        for lower in (one for one in tiers if change.kind == "tier" and one.provider == change.provider):
            tried = [*taken[:at], lower, *taken[at + 1 :]]
            if {name for name, use in uses(model, scenario, tried).items() if use.over} <= over:
                taken = tried
                break
    return taken
