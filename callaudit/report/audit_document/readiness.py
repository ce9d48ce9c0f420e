"""Scaling readiness: each quota today, in each scenario, and after the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.material import share
from callaudit.report.audit_document.model import Column, Grid, Mark, Paragraph, Reproduce, Section, Words
from callaudit.report.audit_document.quotas import quota_source, used, verdict
from callaudit.report.audit_document.wording import amount, number, span, words

if TYPE_CHECKING:
    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Line


def readiness(material: Material) -> Section:
    """Return the table with a column for each scenario."""
    scenarios = material.scenarios
    names = list(dict.fromkeys(bucket.id for one in scenarios for bucket in one.buckets))
    after = dict(material.load.plan.after) if material.load.plan is not None else {}
    columns = [Column("Measure"), *(Column(f"{one.users:,} users", "number") for one in scenarios)]
    if after:
        columns.append(Column("After the plan", "number"))
    rows: list[tuple[Line, ...]] = []
    for name in names:
        rows += _rows(name, scenarios, after, material)
    head = _head(material)
    if not rows:
        return Section("readiness", "8", "Scaling readiness", (head,))
    grid = Grid("readiness", tuple(columns), tuple(rows))
    return Section("readiness", "8", "Scaling readiness", (head, grid, Reproduce("callaudit load")))


def _head(material: Material) -> Paragraph:
    parts = [max((share(bucket) for bucket in one.buckets), default=0.0) for one in material.scenarios]
    over = [one for one, part in zip(material.scenarios, parts, strict=True) if part > 1]
    if not over:
        return Paragraph((Mark("READY", "good"), Words(" for every scenario, by what is expected.")))
    first = over[0]
    return Paragraph(
        (
            Mark("NOT READY", "bad"),
            Words(
                f" for {first.users:,} users: {amount(parts[0])} times a quota is asked for{_grown(material, parts)}."
            ),
        )
    )


def _grown(material: Material, parts: list[float]) -> str:
    last = material.scenarios[-1]
    return f", {amount(parts[-1])} times at {last.users:,} users" if len(parts) > 1 else ""


def _rows(
    name: str, scenarios: tuple[ScenarioLoad, ...], after: dict[str, float], material: Material
) -> list[tuple[Line, ...]]:
    """Return requests, part of the quota and state of one bucket."""
    found = [next((bucket for bucket in one.buckets if bucket.id == name), None) for one in scenarios]
    first = next(bucket for bucket in found if bucket is not None)
    title = first.title or name
    extra = len(after) > 0
    rates: list[Line] = [words(f"{title}: requests/s"), *(_rate(bucket) for bucket in found)]
    spent: list[Line] = [
        words(f"{title}: {first.unit} of {amount(first.capacity or 0)}"),
        *(_spent(bucket) for bucket in found),
    ]
    states: list[Line] = [words(f"{title}: state"), *(_state(bucket) for bucket in found)]
    users: list[Line] = [words(f"{title}: users that fit"), *(_users(bucket, material) for bucket in found)]
    if extra:
        rates.append(())
        spent.append((number(amount(after[name]), value=after[name]),) if name in after else ())
        plan = material.load.plan
        fits = name in after and first.capacity is not None and after[name] <= first.capacity
        fits = fits or (plan is not None and plan.fits)
        states.append((Mark("fits", "good") if fits else Mark("over the quota", "bad"),) if name in after else ())
        users.append(())
    return [tuple(rates), tuple(spent), tuple(users), tuple(states)]


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
    return (verdict(bucket),) if bucket is not None else ()
