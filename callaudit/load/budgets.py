"""Budgets of the configuration: what a bucket, a page or an action may use, and where an estimate is over it."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.load.results import ActionCost, BucketLoad, Load, PageCost, ScenarioLoad


ANY = "any"
WORDS = {
    "max_share": ("use of the limit", "%"),
    "max_requests_per_second": ("rate", "requests/s"),
    "max_calls": ("one run", "calls"),
    "min_users": ("users that fit", "users"),
}
"""What each limit counts, in words, and its unit; a limit of credits has the unit of its bucket."""


class Budget(Struct, frozen=True):
    """Limits of one thing: `about` is `bucket`, `page` or `action`; no `scenario` means every one that is estimated.

    `limits` are names of settings with values, `lines` where each is written in `file`.
    """

    name: str
    about: str
    scenario: str
    limits: tuple[tuple[str, float], ...]
    file: str = ""
    lines: tuple[tuple[str, int], ...] = ()


class Breach(Struct, frozen=True, kw_only=True):
    """A budget that is exceeded by what is expected: the limit, the value, and what to change.

    `limit` is the name of the setting, `what` says in words what it counts. `entry`, `file` and `line` are the largest
    contributor; `budget_file` and `budget_line` the budget itself. What an action costs is the same in any scenario.
    """

    budget: str
    scenario: str
    limit: str
    what: str
    max: float
    value: float
    unit: str
    file: str
    line: int
    change: str
    entry: str = ""
    budget_file: str = ""
    budget_line: int = 0


def named_actions(budgets: Iterable[Budget]) -> tuple[str, ...]:
    """The actions that have a budget."""
    return tuple(budget.name for budget in budgets if budget.about == "action")


def breaches(load: Load, budgets: Iterable[Budget]) -> tuple[Breach, ...]:
    """Every budget that is not kept, by what is expected, in the order of budgets."""
    return tuple(one for budget in budgets for one in _of(budget, load))


def _of(budget: Budget, load: Load) -> Iterator[Breach]:
    for scenario in load.scenarios:
        if budget.scenario in ("", scenario.name) and budget.about == "bucket":
            yield from _of_bucket(budget, scenario, load)
    for page in load.pages:
        if budget.about == "page" and page.page == budget.name and budget.scenario in ("", page.scenario):
            yield from _of_page(budget, page, load)
    for action in load.actions:
        if budget.about == "action" and action.entry == budget.name:
            yield from _of_action(budget, action)


def _of_bucket(budget: Budget, scenario: ScenarioLoad, load: Load) -> Iterator[Breach]:
    bucket = next((one for one in scenario.buckets if one.id == budget.name), None)
    if bucket is None:
        return
    for limit, most in budget.limits:
        value = _value(bucket, limit)
        over = value < most if limit == "min_users" else value > most
        if over:
            yield _breach(_broken(budget, limit, most, value, bucket.unit), scenario.name, bucket, load)


def _value(bucket: BucketLoad, limit: str) -> float:
    if limit == "max_share":
        return bucket.credits_per_window.expected / bucket.capacity if bucket.capacity else 0.0
    if limit == "max_requests_per_second":
        return bucket.requests_per_second.expected
    if limit == "max_credits":
        return bucket.credits_per_window.expected
    return inf if bucket.max_users is None else bucket.max_users.expected


def _breach(facts: dict[str, Any], scenario: str, bucket: BucketLoad, load: Load) -> Breach:
    """A breach at what asks most of a bucket, with the change that saves most there."""
    first = bucket.contributors[0] if bucket.contributors else None
    best = [one for one in load.what_if if one.bucket == bucket.id and one.scenario in ("", scenario) and not one.step]
    change = max(best, key=lambda one: one.saves, default=None)
    return Breach(
        **facts,
        scenario=scenario,
        file=first.file if first is not None else facts["budget_file"],
        line=first.line if first is not None else facts["budget_line"],
        change=change.change if change is not None and change.saves > 0 else "",
        entry=first.entry if first is not None else "",
    )


def _of_page(budget: Budget, page: PageCost, load: Load) -> Iterator[Breach]:
    for limit, most in budget.limits:
        value = page.per_minute.expected if limit == "max_credits" else page.requests_per_second.expected
        if value > most:
            here = (each for each in load.scenarios if each.name == page.scenario)
            bucket = next((one for each in here for one in each.buckets if one.id == page.bucket), None)
            if bucket is not None:
                facts = _broken(budget, limit, most, value, f"{bucket.unit} a minute")
                yield _breach(facts, page.scenario, bucket, load)


def _of_action(budget: Budget, action: ActionCost) -> Iterator[Breach]:
    for limit, most in budget.limits:
        counted = action.calls if limit == "max_calls" else action.credits
        value = inf if counted.max is None else counted.max
        if value > most:
            yield Breach(
                **_broken(budget, limit, most, value, "credits"),
                scenario=ANY,
                file=action.file,
                line=action.line,
                change="",
                entry=action.entry,
            )


def _broken(budget: Budget, limit: str, most: float, value: float, unit: str) -> dict[str, Any]:
    """What every breach says of its budget, in words, shares as percent."""
    what, own = WORDS.get(limit, ("cost", unit))
    scale = 100 if limit == "max_share" else 1
    return {
        "budget": budget.name,
        "limit": limit,
        "what": what,
        "max": _rounded(most * scale),
        "value": _rounded(value * scale),
        "unit": own,
        "budget_file": budget.file,
        "budget_line": dict(budget.lines).get(limit, 1),
    }


def _rounded(value: float) -> float:
    """A value as people read it: whole from 100 on, else with three digits after the point."""
    return value if value == inf else round(value) if value >= 100 else round(value, 3)
