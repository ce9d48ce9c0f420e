"""Recommendations from findings and the model's answers, their summary, and the order to do them in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import (
    Code,
    Column,
    Fact,
    Facts,
    Formula,
    Grid,
    Item,
    Items,
    Mark,
    Paragraph,
    Place,
    Reproduce,
    Section,
    SectionLink,
    Snippet,
    Words,
)
from callaudit.report.audit_document.remedies import remedies
from callaudit.report.audit_document.wording import amount, code, number, words
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Inline, Level, Line
    from callaudit.report.audit_document.remedies import Remedy

_LEVELS: dict[str, Level] = {"HIGH": "bad", "MEDIUM": "warning", "LOW": "note"}
_MOST_PLACES = 12


def recommendations(material: Material) -> Section:
    """Return one section for each rule that found something."""
    found = remedies(material)
    sections = tuple(_section(one, f"5.{at}") for at, one in enumerate(found, 1))
    intro: tuple[Block, ...] = ()
    if not sections:
        intro = (Paragraph(words("The rules that ran found nothing to change.")), Reproduce("callaudit check"))
    return Section("recommendations", "5", "Recommendations", intro, sections)


def _section(one: Remedy, label: str) -> Section:
    blocks: list[Block] = [
        Facts(
            (
                Fact("Priority", (Mark(one.priority, _LEVELS[one.priority]),)),
                Fact("Finding", words(one.findings[0].message)),
                Fact("Impact", _impact(one.savings)),
                Fact("Effort", (number(one.effort, Formula(one.basis)),)),
                Fact("Behaviour", words(one.behaviour)),
            )
        ),
        Paragraph(words(" ".join(one.rule.docs.why.split()))),
    ]
    for language, text in one.strategy():
        blocks.append(Snippet("Strategy", text, language) if language else Paragraph(_marked(text)))
    places = [Item((Place(f.file, f.line), Words(f": {f.message}"))) for f in one.findings[:_MOST_PLACES]]
    if len(one.findings) > _MOST_PLACES:
        places.append(Item(words(f"and {len(one.findings) - _MOST_PLACES} more")))
    blocks.append(Items(tuple(places), "Files to change"))
    blocks.append(Reproduce(f"callaudit check --select {one.rule.id}"))
    return Section(one.id, label, one.rule.title, tuple(blocks))


def _marked(text: str) -> Line:
    """Turn what stands in backticks into code."""
    parts = text.split("`")
    line: list[Inline] = [Code(part) if at % 2 else Words(part) for at, part in enumerate(parts) if part]
    return tuple(line)


def _impact(savings: tuple[Saving, ...]) -> Line:
    """Say what the model saves in each quota, or why it saves nothing."""
    best: dict[str, Saving] = {}
    for one in savings:
        if not one.step and (one.bucket not in best or one.saves > best[one.bucket].saves):
            best[one.bucket] = one
    line: list[Inline] = []
    for one in best.values():
        formula = Formula(f"{amount(one.before)} → {amount(one.after)} in its window; {one.why or one.change}")
        part = one.saves / one.before if one.before else 0.0
        line += [Words(", ")] if line else []
        line += [number(f"-{amount(100 * part)} %", formula, value=part), Words(f" of {one.bucket}")]
        if one.why:
            line.append(Words(f" ({one.why})"))
    return tuple(line) or words("not computed: the model has no change for it")


def summary_table(material: Material) -> Section:
    """Return all recommendations in one table."""
    columns = (
        Column("Priority"),
        Column("What"),
        Column("Places", "number"),
        Column("Impact"),
        Column("Effort"),
        Column("Behaviour"),
    )
    rows = tuple(
        (
            (Mark(one.priority, _LEVELS[one.priority]),),
            (SectionLink(one.rule.title, one.id),),
            (number(str(len(one.findings)), *(Place(f.file, f.line) for f in one.findings[:3])),),
            _impact(one.savings),
            (number(one.effort, Formula(one.basis)),),
            words(one.behaviour),
        )
        for one in remedies(material)
    )
    blocks: tuple[Block, ...] = (Grid("recommendations", columns, rows), Reproduce("callaudit check")) if rows else ()
    if not rows:
        blocks = (Paragraph(words("There is nothing to sum up: no rule found anything.")),)
    return Section("overview", "6", "Summary of recommendations", blocks)


def order(material: Material) -> Section:
    """Return the phases: the solver's steps with the expected load after each, else recommendations by priority."""
    blocks = tuple(_steps(material)) or tuple(_phases(material))
    if not blocks:
        blocks = (Paragraph(words("There is nothing to do in any order.")),)
    return Section("order", "7", "Implementation order", blocks)


def _steps(material: Material) -> Iterator[Block]:
    plan = material.load.plan
    if plan is not None:
        fits = "fit" if plan.fits else f"do not fit: {plan.missing}"
        said = f"With {plural(len(plan.changes), 'change')} {plan.users:,} users {fits}."
        yield Paragraph(words(said))
        yield Items(tuple(Item(words(change)) for change in plan.changes), ordered=True)
        yield Reproduce(f"callaudit load --plan {plan.users}")
    steps = sorted(
        (one for one in material.load.what_if if one.step), key=lambda one: (one.scenario, one.step, one.bucket)
    )
    for scenario, members in groupby(steps, key=lambda one: one.scenario):
        columns = (
            Column("Step", "number"), Column("Change"), Column("Quota", "code"), Column("Before", "number"),
            Column("After", "number"), Column("Why"),
        )  # fmt: skip
        rows = tuple(_step(one) for one in members)
        yield Grid(
            f"order-{scenario or 'all'}", columns, rows, f"The best order for {scenario} users" if scenario else ""
        )
        yield Reproduce(f"callaudit load --scenario {scenario}" if scenario else "callaudit load")


def _step(one: Saving) -> tuple[Line, ...]:
    return (
        (number(str(one.step)),),
        words(one.change),
        code(one.bucket),
        (number(amount(one.before), value=one.before),),
        (number(amount(one.after), value=one.after),),
        words(one.why),
    )


def _phases(material: Material) -> Iterator[Block]:
    """Group recommendations by priority where no plan was computed."""
    for at, (priority, members) in enumerate(groupby(remedies(material), key=lambda one: one.priority), 1):
        items = tuple(
            Item((SectionLink(one.rule.title, one.id), Words(f" ({one.effort}, {plural(len(one.findings), 'place')})")))
            for one in members
        )
        yield Items(items, f"Phase {at}: {priority.lower()} priority", ordered=True)
