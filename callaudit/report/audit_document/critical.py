"""Critical files: where calls are made and started, ranked by what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Column, Grid, Mark, Place, Reproduce, Section, Words
from callaudit.report.audit_document.wording import amount, number, words
from callaudit.report.table import plural

if TYPE_CHECKING:
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Line

_MOST = 30


class _File:
    """What is known of one file."""

    def __init__(self) -> None:
        self.sites: set[int] = set()
        self.entries: set[str] = set()
        self.findings = 0
        self.part = 0.0


def critical(material: Material) -> Section:
    """Return the files that call upstream or start calls, the heaviest first."""
    files = _collected(material)
    weighty = [name for name, one in files.items() if one.part or one.findings or one.sites]
    ranked = sorted(weighty, key=lambda name: (-files[name].part, -files[name].findings, -len(files[name].sites), name))
    columns = (
        Column("File", "code"), Column("Lines", "number"), Column("Call sites", "number"), Column("Entries", "number"),
        Column("Findings", "number"), Column("Part of a quota", "number"),
    )  # fmt: skip
    rows = tuple(_row(name, files[name], material) for name in ranked[:_MOST])
    rest = len(files) - min(len(ranked), _MOST)
    title = f"Files with load, findings or call sites; {plural(rest, 'more file')} only start calls" if rest else ""
    blocks = (
        Grid("files", columns, rows, title),
        Reproduce("callaudit query 'select file, count(*) from calls group by file'"),
    )
    return Section("files", "9", "Critical files", blocks if rows else ())


def _collected(material: Material) -> dict[str, _File]:
    files: dict[str, _File] = {}
    for entry in material.inventory.entries:
        for reach in entry.reaches if not entry.dead else ():
            files.setdefault(reach.site.file, _File()).sites.add(reach.site.line)
            files.setdefault(entry.file, _File()).entries.add(f"{entry.kind} {entry.name}")
    for finding in material.checked.findings:
        if finding.counts and finding.file in files:
            files[finding.file].findings += 1
    for bucket in material.smallest.buckets:
        for one in bucket.contributors:
            if bucket.capacity:
                found = files.setdefault(one.file, _File())
                found.part = max(found.part, 0.0) + one.credits_per_window.expected / bucket.capacity
    return files


def _row(name: str, found: _File, material: Material) -> tuple[Line, ...]:
    lines = len(material.lines(name))
    sites = tuple(Place(name, line) for line in sorted(found.sites)[:3])
    heavy: Line = (number(f"{amount(100 * found.part)} %", value=found.part),)
    if found.part > 1:
        heavy = (*heavy, Words(" "), Mark("CRITICAL", "bad"))
    return (
        (Place(name),),
        (number(f"{lines:,}", Place(name), value=lines),),
        (number(str(len(found.sites)), *sites),),
        (number(str(len(found.entries))),),
        (number(str(found.findings)),),
        heavy if found.part else words("none"),
    )
