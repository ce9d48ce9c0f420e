"""Critical files: where calls are made and started, ranked by the load that starts in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.model import Column, Grid, Mark, Place, Reproduce, Section, Words
from callaudit.report.audit_document.wording import number, words
from callaudit.report.load.numbers import percent
from callaudit.report.table import plural

if TYPE_CHECKING:
    from callaudit.advice.model import Weight
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Line

_MOST = 30
_COLUMNS = (
    Column("File", "code"),
    Column("Lines", "number"),
    Column("Call sites", "number"),
    Column("Entries", "number"),
    Column("Findings", "number"),
)
_SHARE = Column("Of a quota, by what starts here", "number")


def critical(material: Material) -> Section:
    """Return the files that call upstream or start calls, the heaviest first."""
    found, known = material.advice.files, material.advice.verdict.known
    columns = (*_COLUMNS, _SHARE) if known else _COLUMNS
    rows = tuple(_row(one, material)[: len(columns)] for one in found[:_MOST])
    more = max(len(found) - _MOST, 0)
    said = [f"{plural(more, 'more file')} with call sites"] if more else []
    if material.advice.idle_files:
        said.append(f"{plural(material.advice.idle_files, 'more file')} only start calls")
    what = "Files with load, findings or call sites" if known else "Files with findings or call sites"
    title = f"{what}; {', '.join(said)}" if said else what
    blocks = (
        Grid("files", columns, rows, title),
        Reproduce("callaudit query 'select file, count(*) from calls group by file'"),
    )
    return Section("files", "9", "Critical files", blocks if rows else ())


def _row(one: Weight, material: Material) -> tuple[Line, ...]:
    lines = len(material.lines(one.file))
    sites = tuple(Place(one.file, line) for line in one.sites[:3])
    heavy: Line = (number(percent(one.share), value=one.share),)
    if one.share > 1:
        heavy = (*heavy, Words(" "), Mark("CRITICAL", "bad"))
    return (
        (Place(one.file),),
        (number(f"{lines:,}", Place(one.file), value=lines),),
        (number(str(len(one.sites)), *sites),),
        (number(str(one.entries)),),
        (number(str(one.findings)),),
        heavy if one.share else words("none"),
    )
