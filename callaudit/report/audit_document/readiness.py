"""Scaling readiness: each quota today, in each scenario, and after the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Column, Grid, Mark, Paragraph, Reproduce, Section, Words
from callaudit.report.audit_document.quotas import quota_source, scenario_title, used, window
from callaudit.report.audit_document.quotas import verdict as verdict_mark
from callaudit.report.audit_document.wording import amount, number, span, unjudged, words
from callaudit.report.load.numbers import at_load, who

if TYPE_CHECKING:
    from callaudit.load.results import BucketLoad, Left
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Line


def readiness(material: Material) -> Section:
    """Return the table with a column for each scenario, or for several that have the same load."""
    names = list(dict.fromkeys(bucket.id for one in material.scenarios for bucket in one.buckets))
    plan = material.load.plan
    after = {one.bucket: one for one in plan.left} if plan is not None and material.advice.verdict.known else {}
    columns = [Column("Measure"), *(Column(scenario_title(group), "number") for group in material.groups)]
    if after:
        columns.append(Column("After the plan", "number"))
    rows: list[tuple[Line, ...]] = []
    for name in names:
        rows += _rows(name, after, material)
    head = _head(material)
    if not rows:
        return Section("readiness", "8", "Scaling readiness", (head,))
    grid = Grid("readiness", tuple(columns), tuple(rows))
    return Section("readiness", "8", "Scaling readiness", (head, grid, Reproduce("callaudit load")))


def _head(material: Material) -> Paragraph:
    verdict = material.advice.verdict
    if not verdict.known:
        below = "; below is what they are asked for" if verdict.asked else ""
        return Paragraph((Mark("NOT KNOWN", "note"), Words(f": {unjudged(verdict)}{below}.")))
    if verdict.over is None:
        return Paragraph((Mark("READY", "good"), Words(" for every scenario, by what is expected.")))
    most = max(share for share in verdict.shares if share > 1)
    first = next(share for share in verdict.shares if share > 1)
    last = material.scenarios[-1]
    grown = f", {amount(most)} times {at_load(last)}" if most > first and most == verdict.shares[-1] else ""
    said = f" for {who(verdict.over)}: {amount(first)} times a quota is asked for{grown}."
    return Paragraph((Mark("NOT READY", "bad"), Words(said)))


def _rows(name: str, after: dict[str, Left], material: Material) -> list[tuple[Line, ...]]:
    """Return requests, part of the quota, users that fit, and state of one bucket."""
    found = [next((bucket for bucket in group[0].buckets if bucket.id == name), None) for group in material.groups]
    first = next(bucket for bucket in found if bucket is not None)
    title = first.title or name
    limit = f" of {amount(first.capacity)}" if first.capacity else f" in {window(first)}"
    rates: list[Line] = [words(f"{title}: requests/s"), *map(_rate, found)]
    spent: list[Line] = [words(f"{title}: {first.unit}{limit}"), *map(_spent, found)]
    users: list[Line] = [words(f"{title}: users that fit"), *(_users(bucket, material) for bucket in found)]
    states: list[Line] = [words(f"{title}: state"), *map(_state, found)]
    if after:
        left = after.get(name)
        rates.append(_line(amount(left.requests_per_second)) if left else words("none"))
        spent.append(_line(_of(left, first)) if left else words("none"))
        users.append(())
        states.append((_then(left),))
    rows = [tuple(rates), tuple(spent), tuple(users), tuple(states)]
    return rows if first.capacity else rows[:2]


def _line(text: str) -> Line:
    return (number(text),)


def _of(left: Left, bucket: BucketLoad) -> str:
    """Say how much is left, and of how much where the plan widens the quota."""
    wider = left.capacity is not None and left.capacity != bucket.capacity
    return f"{amount(left.units)} of {amount(left.capacity or 0)}" if wider else amount(left.units)


def _then(left: Left | None) -> Mark:
    over = left is not None and left.capacity is not None and left.units > left.capacity
    return Mark("over the quota", "bad") if over else Mark("fits", "good")


def _rate(bucket: BucketLoad | None) -> Line:
    if bucket is None:
        return words("none")
    return (number(span(bucket.requests_per_second), value=bucket.requests_per_second.expected),)


def _spent(bucket: BucketLoad | None) -> Line:
    return words("none") if bucket is None else (used(bucket),)


def _users(bucket: BucketLoad | None, material: Material) -> Line:
    if bucket is None or bucket.capacity is None:
        return words("not known")
    if bucket.max_users is None:
        return words("any number")
    users = bucket.max_users
    return (number(amount(users.expected), quota_source(bucket, material), value=users.expected),)


def _state(bucket: BucketLoad | None) -> Line:
    return (verdict_mark(bucket),) if bucket is not None else ()
