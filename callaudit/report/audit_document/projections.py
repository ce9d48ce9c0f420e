"""Scaling projections: what each quota has to bear in each scenario, with the assumptions and the arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Column, Grid, Paragraph, Place, Reproduce, Section, Words
from callaudit.report.audit_document.quotas import (
    capacity,
    contribution_formula,
    quota_source,
    scenario_title,
    used,
    verdict,
)
from callaudit.report.audit_document.wording import amount, code, entry_words, number, span, words
from callaudit.report.load.numbers import percent, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_MOST = 8
"""Parts of a load that are named for each quota."""


def projections(material: Material) -> Section:
    """Return a section for each scenario."""
    sections = tuple(_scenario(group, f"2.{at}", material) for at, group in enumerate(material.groups, 1))
    intro = (
        "Rates follow from the intervals, conditions and caches of the code and from the assumptions of each scenario; "
        "what is expected stands first, the bounds in parentheses."
    )
    blocks = (Paragraph(words(intro)), _assumptions(material), Reproduce("callaudit load --assumptions"))
    return Section("projections", "2", "Scaling projections", blocks, sections)


def _scenario(group: tuple[ScenarioLoad, ...], label: str, material: Material) -> Section:
    scenario = group[0]
    blocks: list[Block] = []
    if len(group) > 1:
        said = "Nothing that is asked for depends on how many users there are: these scenarios have the same load."
        blocks.append(Paragraph(words(said)))
    blocks.append(_buckets(scenario, material))
    for bucket in scenario.buckets:
        if bucket.contributors:
            blocks += _parts(bucket, scenario, material)
    blocks.append(Reproduce(f"callaudit load --scenario {scenario.name}"))
    return Section(f"scenario-{scenario.name}", label, scenario_title(group), tuple(blocks))


def _assumptions(material: Material) -> Grid:
    """Show every assumption once, with a column for each scenario; what is the same in all of them has one value."""
    names = dict.fromkeys(one.name for one in material.load.assumptions)
    by_name = {name: [one for one in material.load.assumptions if one.name == name] for name in names}
    columns = (
        Column("Assumption", "code"),
        *(Column(who(one), "number") for one in material.scenarios),
        Column("From"),
    )
    rows = []
    for name, found in by_name.items():
        values = {one.scenario: one.value for one in found}
        cells = [words(values.get(one.name, values.get("", "not used"))) for one in material.scenarios]
        rows.append((code(name), *cells, words(_sources([one.source for one in found]))))
    return Grid("assumptions", columns, tuple(rows), "Assumptions")


def _sources(found: list[str]) -> str:
    """Join where values come from; what differs only by the name of a scenario that comes built in is said once."""
    return "; ".join(
        dict.fromkeys(re.sub(r"^built-in scenario \S+?(?=,|$)", "built-in scenarios", one) for one in found)
    )


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
    return (
        words(bucket.title or bucket.id),
        (number(capacity(bucket), source, value=bucket.capacity),),
        (number(span(bucket.requests_per_second), value=bucket.requests_per_second.expected),),
        (used(bucket),),
        (number(percent(bucket.share), source, value=bucket.share) if bucket.capacity else Words("not known"),),
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
            code(entry_words(one.entry, material.inventory)),
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
