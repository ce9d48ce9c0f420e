"""Action items as boxes to tick, and risks with what to do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import PRIORITIES
from callaudit.inventory.counts import counts
from callaudit.report.audit_document.model import (
    Fact,
    Facts,
    Item,
    Items,
    Section,
    SectionLink,
    Words,
)
from callaudit.report.audit_document.quotas import capacity
from callaudit.report.audit_document.wording import amount, at, hours, words
from callaudit.report.load.numbers import at_load
from callaudit.report.table import plural

if TYPE_CHECKING:
    from callaudit.advice.model import Question, Risk
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_MOST: Final = 10
_WHEN: Final = dict(zip(PRIORITIES, ("Now", "Next", "Later"), strict=True))


def action_items(material: Material) -> Section:
    """Return what is to be done, decided and found out."""
    blocks: list[Block] = []
    for priority, title in _WHEN.items():
        items = tuple(
            Item(
                (SectionLink(one.title, one.id), Words(f" ({hours(one.effort.low, one.effort.high)})")),
                tuple(Item((at(place),), open=True) for place in one.places[:_MOST]),
                open=True,
            )
            for one in material.advice.remedies
            if one.priority == priority
        )
        if items:
            blocks.append(Items(items, title))
    decisions = tuple(Item(_question(one, material), open=True) for one in material.advice.questions)
    if decisions:
        blocks.append(Items(decisions, "Decide and find out"))
    return Section("actions", "10", "Action items", tuple(blocks))


def _question(one: Question, material: Material) -> Line:
    if one.bucket is not None:
        most = at_load(material.scenarios[-1])
        said = f"{one.bucket.title}: {capacity(one.bucket)} are used {amount(one.bucket.share)} times {most}"
        return words(f"{said}: cut the load, or ask for a higher quota")
    if one.kind == "host":
        return words(f"find out what {one.what} allows: no profile says so, so nothing here is held against its limits")
    if one.kind == "unknown":
        return (Words(f"say what the analysis cannot know ({one.what}): "), at(one.spot))
    return (Words(f"settle an assumption of the estimate, {one.what}: {one.why}: "), at(one.spot))


def risks(material: Material) -> Section:
    """Return what may go wrong with the estimate and with the changes."""
    sections = []
    for place, one in enumerate(material.advice.risks, 1):
        title, risk, mitigation = _risk(one, material)
        facts = Facts((Fact("Risk", risk), Fact("Mitigation", words(mitigation))))
        sections.append(Section(f"risk-{place}", f"11.{place}", title, (facts,)))
    return Section("risks", "11", "Risks and mitigations", (), tuple(sections))


def _risk(one: Risk, material: Material) -> tuple[str, Line, str]:
    """Return title, risk and mitigation."""
    if one.kind == "unread":
        return (
            "Unread code",
            words(f"{_unread(material)}: totals may be higher"),
            "annotate the calls; callaudit inventory --view unknowns --view notices",
        )
    if one.kind == "instances":
        return (
            "Several instances",
            (
                Words(f"{plural(len(one.spots), 'cache')} kept in one process, as "),
                at(one.spots[0]),
                Words(": each instance asks by itself"),
            ),
            "keep answers where all instances find them, or count with server_instances in the scenario",
        )
    if one.kind == "conflict" and one.conflict is not None:
        *some, last = one.values
        said = f"{', '.join(some)} or {last}" if some else last
        return (
            f"{one.provider}: {one.conflict.field}",
            words(f"sources disagree whether it is {said}; this document uses {one.conflict.use}"),
            "measure it with the response headers of the provider before relying on it",
        )
    if one.bucket is not None:
        asked = f"{amount(one.bucket.burst)} {one.bucket.unit} of {one.bucket.title} are asked for at once"
        return (
            "Bursts",
            words(f"when everybody reconnects, {asked}; the quota is {capacity(one.bucket)}"),
            "spread reconnects by chance, and queue what is not urgent",
        )
    statuses = ", ".join(map(str, one.statuses))
    handled = "some code handles it" if one.handled else "no code handles it"
    return (
        f"{one.provider}: over the quota",
        words(f"calls are answered with {statuses}; {handled}"),
        "stop asking until the window is over; trying again at once spends more",
    )


def _unread(material: Material) -> str:
    count = counts(material.inventory)
    parts = [
        (count.unknown, f"{plural(count.unknown, 'call')} not resolved"),
        (count.partly, f"{plural(count.partly, 'file')} partly read"),
        (count.skipped, f"{plural(count.skipped, 'file')} left out"),
    ]
    return ", ".join(text for number, text in parts if number)
