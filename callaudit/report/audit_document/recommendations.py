"""Recommendations from findings and the model's answers, their summary, and the order to do them in."""

from __future__ import annotations

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
    Reproduce,
    Section,
    SectionLink,
    Snippet,
    Words,
)
from callaudit.report.audit_document.remedies import remedies
from callaudit.report.audit_document.strategies import strategy
from callaudit.report.audit_document.wording import amount, code, number, words

if TYPE_CHECKING:
    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Inline, Level, Line
    from callaudit.report.audit_document.remedies import Remedy

_LEVELS: dict[str, Level] = {"HIGH": "bad", "MEDIUM": "warning", "LOW": "note"}
_MOST_PLACES = 12


def recommendations(material: Material) -> Section:
    """Return one section for each rule that found something."""
    found = remedies(material)
    sections = tuple(_section(one, f"5.{at}", material) for at, one in enumerate(found, 1))
    intro: tuple[Block, ...] = ()
    if not sections:
        intro = (Paragraph(words("The rules that ran found nothing to change.")), Reproduce("callaudit check"))
    idle = _idle(material, len(sections) + 1)
    return Section("recommendations", "5", "Recommendations", intro, (*sections, *idle))


def _idle(material: Material, at: int) -> tuple[Section, ...]:
    """List what is often recommended and saves nothing here, and why."""
    known: dict[str, list[Saving]] = {}
    for one in material.load.what_if:
        if not one.step and one.scenario == material.smallest.name:
            known.setdefault(one.change, []).append(one)
    rows = tuple(
        (words(change), words("; ".join(dict.fromkeys(one.why for one in found if one.why)) or "nothing changes"))
        for change, found in known.items()
        if max(one.saves for one in found) <= 0
    )
    if not rows:
        return ()
    grid = Grid("idle", (Column("Change"), Column("Why it saves nothing here")), rows)
    return (Section("idle", f"5.{at}", "What would save nothing", (grid, Reproduce("callaudit load --what-if"))),)


def _section(one: Remedy, label: str, material: Material) -> Section:
    finding = words(one.findings[0].message) if one.findings else words("none of a rule; the model asks about it")
    blocks: list[Block] = [
        Facts(
            (
                Fact("Priority", (Mark(one.priority, _LEVELS[one.priority]),)),
                Fact("Finding", finding),
                Fact("Impact", _impact(one)),
                Fact("Effort", (number(one.effort, Formula(one.basis)),)),
                Fact("Behaviour", words(one.behaviour)),
            )
        ),
    ]
    blocks += [Paragraph(_marked(" ".join(rule.docs.why.split()))) for rule in one.rules]
    for language, text in one.advice():
        blocks.append(Snippet("Strategy", text, language) if language else Paragraph(_marked(text)))
    if one.changes:
        blocks.append(_effects(one))
        blocks += [Snippet(title, text) for title, text in _code(one, material)]
    places = [Item((place,)) for place in one.places[:_MOST_PLACES]]
    if len(one.places) > _MOST_PLACES:
        places.append(Item(words(f"and {len(one.places) - _MOST_PLACES} more")))
    if places:
        blocks.append(Items(tuple(places), "Files to change"))
    blocks += [Reproduce(f"callaudit check --select {rule.id}") for rule in one.rules] or [
        Reproduce("callaudit load --what-if")
    ]
    return Section(one.id, label, one.title, tuple(blocks))


def _code(one: Remedy, material: Material) -> list[tuple[str, str]]:
    """Return code for the change that saves most."""
    best = max(one.savings, key=lambda saving: saving.saves, default=None)
    change = next((change for change in one.changes if best is not None and change.title == best.change), None)
    return list(strategy(change or one.changes[0], material))


def _effects(one: Remedy) -> Grid:
    """Show what each change saves in each quota that it changes."""
    columns = (
        Column("Change"),
        Column("Quota", "code"),
        Column("Before", "number"),
        Column("After", "number"),
        Column("Saves", "number"),
    )
    titles = {change.title for change in one.changes}
    rows = tuple(
        (
            words(saving.change),
            code(saving.bucket),
            borne(saving.before, saving.share_before),
            borne(saving.after, saving.share_after),
            (number(f"{amount(100 * saving.saves)} %", saved(saving), value=saving.saves),),
        )
        for saving in one.savings
        if saving.change in titles and saving.saves
    )
    return Grid(f"effect-{one.id}", columns, rows, "What the model computes")


def borne(units: float, share: float) -> Line:
    """Return what a quota bears and the part of it that this is: a larger quota bears the same with less."""
    return (number(f"{amount(units)} ({amount(100 * share)} %)" if share else amount(units), value=units),)


def saved(saving: Saving) -> Formula:
    if saving.kind == "tier":
        shares = f"{amount(100 * saving.share_after)} % of the larger quota, not {amount(100 * saving.share_before)} %"
        return Formula(f"the same {amount(saving.before)} in its window are {shares}: {saving.change}")
    why = f" ({saving.why})" if saving.why else ""
    return Formula(f"1 - {amount(saving.after)} / {amount(saving.before)} in its window{why}")


def _marked(text: str) -> Line:
    """Turn what stands in backticks into code."""
    parts = text.split("`")
    line: list[Inline] = [Code(part) if at % 2 else Words(part) for at, part in enumerate(parts) if part]
    return tuple(line)


def _impact(one: Remedy) -> Line:
    """Say what the best change of this kind saves in each quota, or why it saves nothing."""
    best: dict[str, Saving] = {}
    for saving in one.savings:
        if saving.bucket not in best or saving.saves > best[saving.bucket].saves:
            best[saving.bucket] = saving
    line: list[Inline] = []
    for saving in best.values():
        if saving.saves:
            sign = "-" if saving.saves > 0 else "+"
            line += [Words(", ")] if line else []
            line += [
                number(f"{sign}{amount(abs(100 * saving.saves))} %", saved(saving), value=saving.saves),
                Words(f" of {saving.bucket}"),
            ]
    if line:
        return tuple(line)
    why = next((saving.why for saving in best.values() if saving.why), "")
    return words(f"none: {why}" if why else "no change of load that the model knows")


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
            (SectionLink(one.title, one.id),),
            (number(str(len(one.places)), *one.places[:3]),),
            _impact(one),
            (number(one.effort, Formula(one.basis)),),
            words(one.behaviour),
        )
        for one in remedies(material)
    )
    blocks: tuple[Block, ...] = (Grid("recommendations", columns, rows), Reproduce("callaudit check")) if rows else ()
    if not rows:
        blocks = (Paragraph(words("There is nothing to sum up: no rule found anything.")),)
    return Section("overview", "6", "Summary of recommendations", blocks)
