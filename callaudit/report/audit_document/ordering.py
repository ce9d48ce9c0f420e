"""The implementation order: the plan of the solver, the best order of changes, else recommendations by priority."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import (
    Column,
    Grid,
    Item,
    Items,
    Paragraph,
    Reproduce,
    Section,
    SectionLink,
    Words,
)
from callaudit.report.audit_document.recommendations import borne
from callaudit.report.audit_document.recommendations import saved as formula
from callaudit.report.audit_document.wording import hours, number, words
from callaudit.report.load.numbers import saved, who
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_STEPS = (
    Column("Step", "number"),
    Column("Change"),
    Column("Quota"),
    Column("Before", "number"),
    Column("After", "number"),
    Column("Changes by", "number"),
)


def order(material: Material) -> Section:
    """Return the phases: the solver's steps with the expected load after each, else recommendations by priority."""
    blocks = tuple(_steps(material)) or tuple(_phases(material))
    if not blocks:
        blocks = (Paragraph(words("There is nothing to do in any order.")),)
    return Section("order", "7", "Implementation order", blocks)


def _steps(material: Material) -> Iterator[Block]:
    if not material.advice.verdict.known:
        return
    yield from _plan(material)
    for scenario in material.scenarios:
        steps = [one for one in material.load.what_if if one.step and one.scenario == scenario.name]
        rows = tuple(_step(one, material) for one in steps if one.saves)
        if rows:
            title = f"The best order for {who(scenario)}, with what is expected after each step"
            yield Grid(f"order-{scenario.name}", _STEPS, rows, title)
            yield Reproduce(f"callaudit load --scenario {scenario.name} --what-if")


def _plan(material: Material) -> Iterator[Block]:
    plan = material.load.plan
    if plan is None:
        return
    last = material.scenarios[-1]
    users = "all requests" if last.processes else f"{plan.users:,} users"
    if not plan.changes:
        said = f"{users} fit as it is." if plan.fits else f"{users} do not fit, {plan.missing}."
    else:
        fits = "fit" if plan.fits else f"do not fit, {plan.missing}; the most that helps"
        said = f"With {plural(len(plan.changes), 'change')} {users} {fits}:"
    yield Paragraph(words(said))
    if plan.changes:
        yield Items(tuple(Item(words(change)) for change in plan.changes), ordered=True)
    yield Reproduce(f"callaudit load --scenario {material.scenarios[-1].name} --plan {plan.users}")


def _step(one: Saving, material: Material) -> tuple[Line, ...]:
    return (
        (number(str(one.step)),),
        words(one.change),
        words(material.title(one.bucket)),
        borne(one.before, one.share_before),
        borne(one.after, one.share_after),
        (number(saved(one.saves), formula(one), value=one.saves),),
    )


def _phases(material: Material) -> Iterator[Block]:
    """Group recommendations by priority where no plan was computed."""
    for at, (priority, members) in enumerate(groupby(material.advice.remedies, key=lambda one: one.priority), 1):
        items = tuple(
            Item(
                (
                    SectionLink(one.title, one.id),
                    Words(f" ({hours(one.effort.low, one.effort.high)}, {plural(len(one.places), 'place')})"),
                )
            )
            for one in members
        )
        yield Items(items, f"Phase {at}: {priority.lower()} priority", ordered=True)
