"""Assumptions, unknowns, coverage and sources: what a reader needs to judge the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.counts import counts
from callaudit.report.asides import notices, unknown
from callaudit.report.audit_document.model import (
    Code,
    Column,
    Fact,
    Facts,
    Grid,
    Item,
    Items,
    Number,
    Paragraph,
    Place,
    Reproduce,
    Section,
    Source,
    Words,
)
from callaudit.report.audit_document.wording import grid_of, listed, view, words
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block


def coverage(material: Material) -> Section:
    """Return the section about what was read, and what could not be known."""
    return Section("coverage", "12", "Assumptions, unknowns, coverage and sources", tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    count = counts(material.inventory)
    yield Facts(
        (
            Fact("Read", (Number(plural(count.files, "file"), value=count.files),)),
            Fact("Partly read", (Number(plural(count.partly, "file"), value=count.partly),)),
            Fact("Left out", (Number(plural(count.skipped, "file"), value=count.skipped),)),
            Fact("Hosts", listed(Code(host) for host in count.hosts if host) or words("none")),
        )
    )
    for table, key in ((unknown(material.inventory), "unknowns"), (notices(material.inventory), "notices")):
        grid = grid_of(table)
        if grid.rows:
            yield grid
            yield view(key)
        elif key == "unknowns":
            yield Paragraph(words("Every call that runs could be resolved."))
            yield view(key)
    yield from _gaps(material)
    yield from _sources(material)
    for one in material.checked.incomplete:
        yield Paragraph(words(f"A rule has no whole answer: {one}"))


def _gaps(material: Material) -> Iterator[Block]:
    rows = tuple(
        ((Place(gap.file, gap.line),), words(gap.what), words(gap.why)) for gap in dict.fromkeys(material.load.gaps)
    )
    if rows:
        columns = (Column("Where", "code"), Column("What"), Column("How it was taken"))
        yield Grid("gaps", columns, rows, "What the estimate took on an assumption")
        yield Reproduce("callaudit load --assumptions")


def _sources(material: Material) -> Iterator[Block]:
    """List what the provider's figures rest on."""
    for profile in material.providers:
        items = [
            Item((Source(name, source.url or ""), Words(f": {source.note}" if source.note else "")))
            for name, source in profile.sources.items()
        ]
        title = f"Sources of {profile.provider.name}'s limits and costs, read {profile.provider.retrieved}"
        yield Items(tuple(items), title)
