"""Scaling projections: what each quota has to bear in each scenario, with the assumptions and the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.material import share
from callaudit.report.audit_document.model import Column, Grid, Paragraph, Place, Reproduce, Section
from callaudit.report.audit_document.quotas import capacity, contribution_formula, quota_source, used, verdict
from callaudit.report.audit_document.wording import amount, code, number, span, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_MOST = 8
"""Parts of a load that are named for each quota."""


def projections(material: Material) -> Section:
    """Return a section for each scenario."""
    sections = tuple(_scenario(one, f"2.{at}", material) for at, one in enumerate(material.scenarios, 1))
    intro = (
        "Rates follow from the intervals, conditions and caches of the code and from the assumptions of each scenario; "
        "what is expected stands first, the bounds in parentheses."
    )
    blocks = (Paragraph(words(intro)), _assumptions(material), Reproduce("callaudit load --assumptions"))
    return Section("projections", "2", "Scaling projections", blocks, sections)


def _scenario(scenario: ScenarioLoad, label: str, material: Material) -> Section:
    blocks: list[Block] = [_buckets(scenario, material)]
    for bucket in scenario.buckets:
        if bucket.contributors:
            blocks += _parts(bucket, scenario, material)
    blocks.append(Reproduce(f"callaudit load --scenario {scenario.name}"))
    return Section(f"scenario-{scenario.name}", label, f"{scenario.users:,} users", tuple(blocks))


def _assumptions(material: Material) -> Grid:
    """Show every assumption once, with a column for each scenario; what is the same in all of them has one value."""
    names = dict.fromkeys(one.name for one in material.load.assumptions)
    by_name = {name: [one for one in material.load.assumptions if one.name == name] for name in names}
    columns = (
        Column("Assumption", "code"),
        *(Column(f"{one.users:,} users", "number") for one in material.scenarios),
        Column("From"),
    )
    rows = []
    for name, found in by_name.items():
        values = {one.scenario: one.value for one in found}
        cells = [words(values.get(one.name, values.get("", "not used"))) for one in material.scenarios]
        sources = "; ".join(dict.fromkeys(one.source for one in found))
        rows.append((code(name), *cells, words(sources)))
    return Grid("assumptions", columns, tuple(rows), "Assumptions")


def _buckets(scenario: ScenarioLoad, material: Material) -> Grid:
    columns = (
        Column("Quota"),
        Column("Allows", "number"),
        Column("Requests/s", "number"),
        Column("Used in its window", "number"),
        Column("Of the quota", "number"),
        Column("Users that fit", "number"),
        Column("State"),
    )
    order = {name: at for at, name in enumerate(scenario.gives_way)}
    found = sorted(scenario.buckets, key=lambda one: (order.get(one.id, len(order)), one.id))
    rows = tuple(_bucket(one, material) for one in found)
    return Grid(f"quotas-{scenario.name}", columns, rows, "Load by quota, what gives way first in front")


def _bucket(bucket: BucketLoad, material: Material) -> tuple[Line, ...]:
    source = quota_source(bucket, material)
    users = bucket.max_users
    fits = "any number" if users is None else amount(users.expected)
    if users is not None and users.low != users.high:
        fits += f" ({amount(users.low)}…{amount(users.high)})"
    part = share(bucket)
    return (
        words(bucket.title or bucket.id),
        (number(capacity(bucket), source, value=bucket.capacity),),
        (number(span(bucket.requests_per_second), value=bucket.requests_per_second.expected),),
        (used(bucket),),
        (number(f"{amount(100 * part)} %", source, value=part),),
        (number(fits if bucket.capacity is not None else "not known", value=users.expected if users else None),),
        (verdict(bucket),),
    )


def _parts(bucket: BucketLoad, scenario: ScenarioLoad, material: Material) -> Iterator[Block]:
    columns = (
        Column("Entry", "code"),
        Column("Asks", "code"),
        Column("Why"),
        Column("Requests/s", "number"),
        Column(f"{bucket.unit.capitalize()}", "number"),
        Column("Where", "code"),
    )
    rows = tuple(
        (
            code(one.entry),
            code(one.endpoint),
            words(one.kind),
            (number(amount(one.requests_per_second.expected), value=one.requests_per_second.expected),),
            (
                number(
                    span(one.credits_per_window),
                    contribution_formula(one, bucket, material),
                    value=one.credits_per_window.expected,
                ),
            ),
            (Place(one.file, one.line),),
        )
        for one in bucket.contributors[:_MOST]
        if one.credits_per_window.high > 0
    )
    title = f"Largest parts of {bucket.title or bucket.id}"
    yield Grid(f"parts-{scenario.name}-{bucket.id}", columns, rows, title)
