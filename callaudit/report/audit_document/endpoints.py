"""The inventory of the audit: endpoints by group, operations that write, background jobs, what nothing calls."""

from __future__ import annotations

import shlex
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING

from callaudit.load.ranges import Range
from callaudit.report.asides import dead
from callaudit.report.audit_document.model import (
    Code,
    Column,
    Formula,
    Grid,
    Item,
    Items,
    Paragraph,
    Place,
    Reproduce,
    Section,
)
from callaudit.report.audit_document.wording import between, code, grid_of, listed, number, view, words
from callaudit.report.repeats import jobs, polling, retries
from callaudit.report.rows import Callers, Names, rows
from callaudit.report.table import bounds, plural
from callaudit.report.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry
    from callaudit.load.results import ActionCost
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line
    from callaudit.report.rows import Row

_COLUMNS = (
    Column("Entry", "code"),
    Column("Upstream call", "code"),
    Column("How often"),
    Column("Calls per run", "number"),
    Column("Cost per run", "number"),
    Column("Quota"),
    Column("Call site", "code"),
)


def endpoints(material: Material) -> Section:
    """Return the first numbered section."""
    sections = [*_groups(material), *_hosts(material)]
    sections += [
        section for section in (_operations(material), _jobs(material), _often(material), _dead(material)) if section
    ]
    numbered = [_numbered(section, f"1.{at}") for at, section in enumerate(sections, 1)]
    return Section("inventory", "1", "Upstream API inventory", (), tuple(numbered))


def _numbered(section: Section, label: str) -> Section:
    return Section(section.id, label, section.title, section.blocks, section.sections)


def _groups(material: Material) -> Iterator[Section]:
    found = [row for row in rows(material.inventory, material.catalogue) if row.provider]
    callers, named = Callers(material.inventory), Names(material.inventory)
    for (provider, group), members in groupby(found, key=lambda row: (row.provider, row.group)):
        shown = list(members)
        name = material.catalogue.profiles[provider].provider.name
        title = f"{name}: {group.replace('_', ' ') or 'paths that its profile does not know'}"
        table = Grid(f"{provider}-{group or 'other'}", _COLUMNS, tuple(_row(row, callers, named) for row in shown))
        places = sorted({(row.entry.file, row.entry.line) for row in shown})
        files = Items(tuple(Item((Place(file, line),)) for file, line in places), "Files")
        first = shown[0].entry.name
        yield Section(f"group-{provider}-{group or 'other'}", "", title, (table, files, _traced(first)))


def _traced(name: str) -> Block:
    return Reproduce(f"callaudit trace {shlex.quote(name)}")


def _row(row: Row, callers: Callers, named: Names) -> tuple[Line, ...]:
    sites = tuple(Place(file, line) for file, line in row.sites)
    cost = " + ".join(spent_words(str(spent), unit) for (unit, _), spent in row.impact.items())
    calls = f"{bounds(row.min, row.max)} call{'' if row.max == 1 else 's'}"
    formula = Formula(f"{calls} of {row.call}: {cost}" if cost else f"no profile says what {row.call} costs")
    return (
        code(named(row.entry)),
        code(row.call),
        words(callers.trigger(row)),
        (number(bounds(row.min, row.max), *sites),),
        (number(cost or "not known", formula, value=_first(row)),),
        words(" + ".join(who for _, who in row.impact) or "unknown"),
        sites[:1],
    )


def spent_words(amount_: str, unit: str) -> str:
    """Return `1 credit`, `12…36 credits`."""
    return f"{amount_} {unit.removesuffix('s') if amount_ == '1' else unit}"


def _first(row: Row) -> float | None:
    return next((spent.most for spent in row.impact.values() if spent.most is not None), None)


def _hosts(material: Material) -> Iterator[Section]:
    found = tables(material.inventory, material.catalogue, ("hosts",)).tables
    for table in found:
        yield Section("hosts", "", "Hosts without a profile", (grid_of(table), view("hosts")))


def _operations(material: Material) -> Section | None:
    """Return what each action of a user costs, refetches after it included."""
    found = [one for one in material.load.actions if one.calls.max != 0]
    if not found:
        return None
    columns = (
        Column("Action", "code"),
        Column("Calls", "number"),
        Column("Refetches after it", "number"),
        Column("Cost by quota"),
        Column("Where", "code"),
    )
    entries = {entry.name: entry for entry in material.inventory.entries}
    grid = Grid("operations", columns, tuple(_operation(one, entries.get(one.entry), material) for one in found))
    said = Paragraph(words("What one run of each action asks for, every attempt of its loops counted."))
    return Section("operations", "", "Operations", (said, grid, _traced(found[0].entry)))


def _operation(one: ActionCost, entry: Entry | None, material: Material) -> tuple[Line, ...]:
    most = None if one.calls.max is None else int(one.calls.max)
    sites: dict[tuple[str, int], Place] = {}
    for reach in entry.reaches if entry is not None else ():
        sites[reach.site.file, reach.site.line] = Place(reach.site.file, reach.site.line)
    later = one.refetches
    again = between(Range(later.min, later.min, inf if later.max is None else later.max))
    costs = "; ".join(f"{between(spent)} of {material.title(name)}" for name, spent in one.buckets)
    return (
        code(one.entry),
        (number(bounds(int(one.calls.min), most), *sites.values(), value=one.calls.max),),
        (number(again, value=later.max),),
        words(costs or "nothing that a profile knows"),
        (Place(one.file, one.line),),
    )


def _jobs(material: Material) -> Section | None:
    grid = grid_of(jobs(material.inventory))
    if not grid.rows:
        return None
    every = [entry for entry in material.inventory.entries if entry.kind == "job"]
    reaching = [entry for entry in every if entry.reaches]
    if reaching:
        names = [Code(entry.name.rpartition(" ")[2]) for entry in reaching]
        reach = "reaches" if len(reaching) == 1 else "reach"
        said = f"{len(reaching)} of {plural(len(every), 'job')} {reach} upstream, directly or through own routes: "
        text = Paragraph((*words(said), *listed(names)))
    else:
        text = Paragraph(words(f"None of {plural(len(every), 'job')} reaches upstream."))
    return Section("jobs", "", "Background jobs", (text, grid, view("jobs")))


def _often(material: Material) -> Section | None:
    blocks: list[Block] = []
    for table, key in ((polling(material.inventory), "polling"), (retries(material.inventory), "retries")):
        grid = grid_of(table)
        if grid.rows:
            blocks += [grid, view(key)]
    return Section("often", "", "What polls and tries again", tuple(blocks)) if blocks else None


def _dead(material: Material) -> Section | None:
    grid = grid_of(dead(material.inventory))
    if not grid.rows:
        return None
    said = Paragraph(words("They are in the code, and no page, route or job runs them: they count in no total."))
    return Section("dead", "", "Calls that nothing reaches", (said, grid, view("dead")))
