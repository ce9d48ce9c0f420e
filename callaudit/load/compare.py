"""What two revisions ask differently: calls and credits of an action, rates of buckets and pages in each scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.results import Count

if TYPE_CHECKING:
    from callaudit.load.results import ActionCost, BucketLoad, Load, PageCost

SCHEMA = "callaudit/load-diff/1"
SAME = 1e-9
"""Rates and costs that differ by less are the same."""
NONE = Count(0, 0, 0)


class ActionChange(Struct, frozen=True, kw_only=True):
    """An action that calls more or less often in one run, or costs otherwise; zero before it was there."""

    entry: str
    file: str
    line: int
    calls_before: Count
    calls_after: Count
    credits_before: Count
    credits_after: Count


class BucketChange(Struct, frozen=True, kw_only=True):
    """What a bucket has to bear in a scenario, as expected, and how many users fit (None: any number)."""

    scenario: str
    users: int
    bucket: str
    title: str
    unit: str
    per: str
    requests_before: float
    requests_after: float
    credits_before: float
    credits_after: float
    users_before: float | None
    users_after: float | None


class PageChange(Struct, frozen=True, kw_only=True):
    """Polled requests per second of one connected user on a page, as expected in the first scenario."""

    page: str
    bucket: str
    requests_before: float
    requests_after: float


class LoadChange(Struct, frozen=True, kw_only=True):
    """All of it; nothing where two revisions ask the same. `base` is the full name of the one compared with."""

    schema: str
    base: str
    actions: tuple[ActionChange, ...]
    buckets: tuple[BucketChange, ...]
    pages: tuple[PageChange, ...]


def compare(base: str, before: Load, after: Load) -> LoadChange:
    """Say what `after` asks differently from `before`, the estimate of the revision `base` in the same scenarios."""
    return LoadChange(
        schema=SCHEMA,
        base=base,
        actions=_actions(before, after),
        buckets=_buckets(before, after),
        pages=_pages(before, after),
    )


def _actions(before: Load, after: Load) -> tuple[ActionChange, ...]:
    old, new = ({one.entry: one for one in load.actions} for load in (before, after))
    found: list[ActionChange] = []
    for name in sorted({*old, *new}):
        first, last = old.get(name), new.get(name)
        shown = last or first
        if shown is not None and _cost(first) != _cost(last):
            found.append(
                ActionChange(
                    entry=name,
                    file=shown.file,
                    line=shown.line,
                    calls_before=first.calls if first is not None else NONE,
                    calls_after=last.calls if last is not None else NONE,
                    credits_before=first.credits if first is not None else NONE,
                    credits_after=last.credits if last is not None else NONE,
                )
            )
    return tuple(found)


def _cost(action: ActionCost | None) -> tuple[Count, Count]:
    return (action.calls, action.credits) if action is not None else (NONE, NONE)


def _buckets(before: Load, after: Load) -> tuple[BucketChange, ...]:
    old, new = (
        {(scenario.name, one.id): (scenario.users, one) for scenario in load.scenarios for one in scenario.buckets}
        for load in (before, after)
    )
    found: list[BucketChange] = []
    for key in dict.fromkeys((*new, *old)):
        users, shown = new.get(key) or old[key]
        first = old[key][1] if key in old else None
        last = new[key][1] if key in new else None
        requests = [one.requests_per_second.expected if one is not None else 0.0 for one in (first, last)]
        units = [one.credits_per_window.expected if one is not None else 0.0 for one in (first, last)]
        if abs(requests[1] - requests[0]) <= SAME and abs(units[1] - units[0]) <= SAME:
            continue
        fits = [_fits(one) for one in (first, last)]
        found.append(
            BucketChange(
                scenario=key[0],
                users=users,
                bucket=shown.id,
                title=shown.title,
                unit=shown.unit,
                per=shown.per,
                requests_before=requests[0],
                requests_after=requests[1],
                credits_before=units[0],
                credits_after=units[1],
                users_before=fits[0],
                users_after=fits[1],
            )
        )
    return tuple(found)


def _fits(bucket: BucketLoad | None) -> float | None:
    return None if bucket is None or bucket.max_users is None else bucket.max_users.expected


def _pages(before: Load, after: Load) -> tuple[PageChange, ...]:
    old, new = ({(one.page, one.bucket): one for one in _first(load)} for load in (before, after))
    found: list[PageChange] = []
    for page, bucket in sorted({*old, *new}):
        rates = [
            one.requests_per_second.expected if one is not None else 0.0
            for one in (old.get((page, bucket)), new.get((page, bucket)))
        ]
        if abs(rates[1] - rates[0]) > SAME:
            found.append(PageChange(page=page, bucket=bucket, requests_before=rates[0], requests_after=rates[1]))
    return tuple(found)


def _first(load: Load) -> list[PageCost]:
    """The pages of the first scenario: others only differ in what people do."""
    return [one for one in load.pages if one.scenario == load.scenarios[0].name]
