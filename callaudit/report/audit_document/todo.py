"""Action items as boxes to tick, and risks with what to do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.material import share
from callaudit.report.audit_document.model import (
    Fact,
    Facts,
    Item,
    Items,
    Place,
    Section,
    SectionLink,
    Words,
)
from callaudit.report.audit_document.quotas import capacity
from callaudit.report.audit_document.remedies import remedies
from callaudit.report.audit_document.wording import amount, words
from callaudit.report.counts import counts, unknown_places
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_MOST = 10


def action_items(material: Material) -> Section:
    """Return what is to be done, decided and found out."""
    blocks: list[Block] = []
    for priority, title in (("HIGH", "Now"), ("MEDIUM", "Next"), ("LOW", "Later")):
        items = tuple(
            Item(
                (SectionLink(one.title, one.id), Words(f" ({one.effort})")),
                tuple(Item((place,), open=True) for place in one.places[:_MOST]),
                open=True,
            )
            for one in remedies(material)
            if one.priority == priority
        )
        if items:
            blocks.append(Items(items, title))
    decisions = tuple(Item(line, open=True) for line in _decisions(material))
    if decisions:
        blocks.append(Items(decisions, "Decide and find out"))
    return Section("actions", "10", "Action items", tuple(blocks))


def _decisions(material: Material) -> Iterator[Line]:
    for bucket in material.scenarios[-1].buckets:
        if bucket.capacity and share(bucket) > 1:
            said = f"{bucket.title}: {capacity(bucket)} are used {amount(share(bucket))} times"
            yield words(f"{said} at {material.scenarios[-1].users:,} users: cut the load, or ask for a higher quota")
    for file, line, what, _ in unknown_places(material.inventory)[:_MOST]:
        yield (Words(f"say what the analysis cannot know ({what}): "), Place(file, line))
    seen: set[tuple[str, int]] = set()
    for gap in material.load.gaps:
        if (gap.file, gap.line) not in seen and len(seen) < _MOST:
            seen.add((gap.file, gap.line))
            yield (Words(f"settle an assumption of the estimate, {gap.what}: {gap.why}: "), Place(gap.file, gap.line))


def risks(material: Material) -> Section:
    """Return what may go wrong with the estimate and with the changes."""
    sections = tuple(
        Section(f"risk-{at}", f"11.{at}", title, (Facts((Fact("Risk", risk), Fact("Mitigation", words(mitigation)))),))
        for at, (title, risk, mitigation) in enumerate(_risks(material), 1)
    )
    return Section("risks", "11", "Risks and mitigations", (), sections)


def _risks(material: Material) -> Iterator[tuple[str, Line, str]]:
    count = counts(material.inventory)
    if count.unknown or count.partly or count.skipped:
        parts = (plural(count.unknown, "call"), plural(count.partly, "file"), count.skipped)
        said = "{} not resolved, {} partly read, {} left out".format(*parts)
        yield (
            "Unread code",
            words(f"{said}: totals may be higher"),
            "annotate the calls; callaudit inventory --view unknowns",
        )
    local = [
        g for g in material.inventory.guards if g.kind in ("cache", "dedup") and g.store == "process" and not g.dead
    ]
    if local:
        risk: Line = (
            Words(f"{plural(len(local), 'cache')} kept in one process, as "),
            Place(local[0].file, local[0].line),
        )
        yield (
            "Several instances",
            (*risk, Words(": each instance asks by itself")),
            "keep answers where all instances find them, or count with server_instances in the scenario",
        )
    if any(bucket.burst > (bucket.capacity or float("inf")) for bucket in material.smallest.buckets):
        worst = max(material.smallest.buckets, key=lambda one: one.burst / (one.capacity or float("inf")))
        said = f"when everybody reconnects, {amount(worst.burst)} {worst.unit} of {worst.title} are asked for at once"
        yield (
            "Bursts",
            words(f"{said}; the quota is {capacity(worst)}"),
            "spread reconnects by chance, and queue what is not urgent",
        )
    for profile in material.providers:
        for conflict in profile.conflicts[:3]:
            values = " or ".join(str(one.value) for one in conflict.values)
            yield (
                f"{profile.provider.name}: sources disagree",
                words(f"{conflict.field} is {values}; this document uses {conflict.use}"),
                "measure it with the response headers of the provider before relying on it",
            )
        if profile.on_exceed is not None and profile.on_exceed.status:
            handled = any(guard.kind == "backoff-429" and not guard.dead for guard in material.inventory.guards)
            status = ", ".join(map(str, profile.on_exceed.status))
            said = "some code handles it" if handled else "no code handles it"
            yield (
                f"{profile.provider.name}: over the quota",
                words(f"calls are answered with {status}; {said}"),
                "stop asking until the window is over; trying again at once spends more",
            )
