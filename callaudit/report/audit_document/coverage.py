"""Assumptions, unknowns, coverage and sources: what a reader needs to judge the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Column, Fact, Facts, Grid, Number, Place, Reproduce, Section, Words
from callaudit.report.counts import counts, unknown_places
from callaudit.report.table import plural

if TYPE_CHECKING:
    from callaudit.report.audit_document.material import Material


def coverage(material: Material) -> Section:
    """Return the section about what was read, and what could not be known."""
    count = counts(material.inventory)
    read = Facts(
        (
            Fact("Read", (Number(plural(count.files, "file"), value=count.files),)),
            Fact("Partly read", (Number(plural(count.partly, "file"), value=count.partly),)),
            Fact("Left out", (Number(plural(count.skipped, "file"), value=count.skipped),)),
        )
    )
    unknown = tuple(
        ((Place(file, line),), (Words(what),), (Words(why),))
        for file, line, what, why in unknown_places(material.inventory)
    )
    columns = (Column("Where", "code"), Column("Not known"), Column("Why"))
    blocks = (
        read,
        Grid("unknowns", columns, unknown),
        Reproduce(f"callaudit inventory {material.path} --view unknowns"),
    )
    return Section("coverage", "13", "Assumptions, unknowns, coverage and sources", blocks)
