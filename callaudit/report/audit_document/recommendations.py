"""Recommendations from findings and the model's answers, their summary, and the order to do them in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from callaudit.report.audit_document.model import (
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
from callaudit.report.audit_document.wording import amount, at, code_or_words, hours, number, words
from callaudit.report.load.numbers import percent, who
from callaudit.report.load.numbers import saved as saved_words
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.model import Priority, Remedy
    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Inline, Level, Line

_LEVELS: Final[dict[Priority, Level]] = {"HIGH": "bad", "MEDIUM": "warning", "LOW": "note"}
_MOST_PLACES: Final = 12
_ELSEWHERE: Final = ("its requests are charged", "this quota has no levels")
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)


def recommendations(material: Material) -> Section:
    """Return one section for each thing to do."""
    found = material.advice.remedies
    sections = tuple(_section(one, f"5.{place}", material) for place, one in enumerate(found, 1))
    intro: tuple[Block, ...] = ()
    if not sections:
        intro = (Paragraph(words("The rules that ran found nothing to change.")), Reproduce("callaudit check"))
    idle = _idle(material, len(sections) + 1)
    return Section("recommendations", "5", "Recommendations", intro, (*sections, *idle))


def _idle(material: Material, place: int) -> tuple[Section, ...]:
    """List what is often recommended and saves nothing here, and why."""
    known: dict[str, list[Saving]] = {}
    for one in material.load.what_if:
        if not one.step and one.scenario == material.smallest.name:
            known.setdefault(one.change, []).append(one)
    rows = tuple(
        (words(change), words(_why_not(found)))
        for change, found in known.items()
        if max(one.saves for one in found) <= 0
    )
    if not rows:
        return ()
    grid = Grid("idle", (Column("Change"), Column("Why it saves nothing here")), rows)
    return (Section("idle", f"5.{place}", "What would save nothing", (grid, Reproduce("callaudit load --what-if"))),)


def _why_not(found: list[Saving]) -> str:
    """Join the reasons; where requests are charged instead is said where there is no other."""
    reasons = list(dict.fromkeys(one.why for one in found if one.why))
    telling = [why for why in reasons if not why.startswith(_ELSEWHERE)]
    return "; ".join(telling or reasons) or "nothing changes"


def _section(one: Remedy, label: str, material: Material) -> Section:
    blocks: list[Block] = [
        Facts(
            (
                Fact("Priority", (Mark(one.priority, _LEVELS[one.priority]),)),
                Fact("Finding", _finding(one)),
                Fact("Impact", _impact(one, material)),
                Fact("Effort", _effort(one)),
                Fact("Behaviour", words(one.behaviour)),
            )
        ),
    ]
    blocks += [Paragraph(tuple(code_or_words(" ".join(rule.docs.why.split())))) for rule in one.rules]
    blocks += _strategies(one)
    if one.changes:
        blocks.append(_effects(one, material))
        blocks += [Snippet(title, text) for title, text in one.code]
    places = [Item((at(place),)) for place in one.places[:_MOST_PLACES]]
    if len(one.places) > _MOST_PLACES:
        places.append(Item(words(f"and {len(one.places) - _MOST_PLACES} more")))
    if places:
        blocks.append(Items(tuple(places), "Files to change"))
    blocks += [Reproduce(f"callaudit check --select {rule.id}") for rule in one.rules] or [
        Reproduce("callaudit load --what-if")
    ]
    return Section(one.id, label, one.title, tuple(blocks))


def _finding(one: Remedy) -> Line:
    if not one.findings:
        return words("no rule asks for it: it follows from the load alone")
    more = f" (and {plural(len(one.findings) - 1, 'more finding')})" if len(one.findings) > 1 else ""
    return words(f"{one.findings[0].message}{more}")


def _effort(one: Remedy) -> Line:
    """Give a range of hours, with what it is computed from."""
    effort = one.effort
    where = f"{plural(len(one.places), 'place')} in {plural(len(one.files), 'file')}"
    each = f", {effort.each[0]}-{effort.each[1]} min for each of {where}" if effort.each[1] else ""
    basis = f"{effort.start[0]}-{effort.start[1]} min to begin with{each}: {effort.about}"
    return (number(hours(effort.low, effort.high), Formula(basis)),)


def _strategies(one: Remedy) -> Iterator[Block]:
    """Split the advice of rules into paragraphs and code."""
    for rule in one.rules:
        title = f"Strategy, {rule.title[:1].lower()}{rule.title[1:]}" if len(one.rules) > 1 else "Strategy"
        text, end = rule.docs.fix, 0
        for found in _FENCE.finditer(text):
            yield from _paragraphs(text[end : found.start()])
            yield Snippet(title, found[2].rstrip(), found[1] or "ts")
            end = found.end()
        yield from _paragraphs(text[end:])


def _paragraphs(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield Paragraph(tuple(code_or_words(" ".join(part.split()))))


def _effects(one: Remedy, material: Material) -> Grid:
    """Show what each change saves in each quota that it changes."""
    columns = (
        Column("Change"),
        Column("Quota"),
        Column("Before", "number"),
        Column("After", "number"),
        Column("Changes by", "number"),
    )
    rows = tuple(
        (
            words(saving.change),
            words(material.title(saving.bucket)),
            borne(saving.before, saving.share_before),
            borne(saving.after, saving.share_after),
            (number(saved_words(saving.saves), saved(saving), value=saving.saves),),
        )
        for saving in one.savings
        if saving.change in one.changes and saving.saves
    )
    return Grid(f"effect-{one.id}", columns, rows, f"What the model computes for {who(material.smallest)}")


def borne(units: float, share: float) -> Line:
    """Return what a quota bears and the part of it that this is: a larger quota bears the same with less."""
    return (number(f"{amount(units)} ({percent(share)})" if share else amount(units), value=units),)


def saved(saving: Saving) -> Formula:
    if saving.kind == "tier":
        shares = f"{percent(saving.share_after)} of the larger quota, not {percent(saving.share_before)}"
        return Formula(f"the same {amount(saving.before)} in its window are {shares}: {saving.change}")
    why = f" ({saving.why})" if saving.why else ""
    return Formula(f"{amount(saving.after)} / {amount(saving.before)} - 1 in its window{why}")


def _impact(one: Remedy, material: Material) -> Line:
    """Say what the best change of this kind saves in each quota, or why it saves nothing."""
    best: dict[str, Saving] = {}
    for saving in one.savings:
        if saving.bucket not in best or saving.saves > best[saving.bucket].saves:
            best[saving.bucket] = saving
    line: list[Inline] = []
    for saving in best.values():
        if saving.saves:
            line += [Words("; ")] if line else []
            said = saved_words(saving.saves)
            if saving.kind == "tier":
                said = f"{percent(saving.share_before)} → {percent(saving.share_after)}"
            line += [number(said, saved(saving), value=saving.saves), Words(f" of {material.title(saving.bucket)}")]
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
            (number(str(len(one.places)), *map(at, one.places[:3])),),
            _impact(one, material),
            _effort(one),
            words(one.behaviour),
        )
        for one in material.advice.remedies
    )
    blocks: tuple[Block, ...] = (Grid("recommendations", columns, rows), Reproduce("callaudit check")) if rows else ()
    if not rows:
        blocks = (Paragraph(words("There is nothing to sum up: no rule found anything.")),)
    return Section("overview", "6", "Summary of recommendations", blocks)
