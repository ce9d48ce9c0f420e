"""Turns an inventory into tables: the one place that decides what a report of it shows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from callaudit.inventory.counts import counts
from callaudit.report.asides import connections, dead, notices, unknown
from callaudit.report.impact import payer
from callaudit.report.repeats import caches, guards, jobs, pages, polling, retries
from callaudit.report.rows import Callers, Names, entry_order, rows
from callaudit.report.table import Column, Document, Table, bounds, place, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue
    from callaudit.report.rows import Row

_FILES = Column("Files", aside=True)
_NONE: Final = {
    "endpoints": "No calls of a provider with a profile",
    "hosts": "No calls of a host without a profile",
    "through": "Nothing reaches upstream through own routes",
    "polling": "Nothing polls",
    "jobs": "No jobs",
    "pages": "No pages",
    "retries": "Nothing tries again",
    "caches": "No caches and no shared requests",
    "guards": "No guards: no timeout, queue, limit, 429 handling or metric",
    "connections": "No connections that are held open",
    "dead": "No dead calls: something runs every call site",
    "unknowns": "No unknowns: every call that runs could be resolved",
    "notices": "No notices",
}
"""What is said of a view without rows."""


def tables(inventory: Inventory, catalogue: Catalogue, views: Collection[str] = ()) -> Document:
    """Return the report of an inventory without empty tables; `views` are keys of the tables to return."""
    found = rows(inventory, catalogue)
    callers = Callers(inventory)
    named = Names(inventory)
    every = [
        *_providers(found, catalogue, callers, named),
        _hosts(found, callers, named),
        _through(inventory, named),
        polling(inventory),
        jobs(inventory),
        pages(inventory),
        retries(inventory),
        caches(inventory),
        guards(inventory),
        connections(inventory),
        dead(inventory),
        unknown(inventory),
        notices(inventory),
    ]
    if views:
        quotas = _quotas(found, catalogue) if "endpoints" in views else ()
        return _viewed(every, views, tuple(quotas))
    shown = tuple(table for table in every if table.rows)
    notes = (*_silent(inventory), *_quotas(found, catalogue))
    return Document("Upstream API inventory", facts(inventory), shown, notes)


def _viewed(every: list[Table], views: Collection[str], notes: tuple[str, ...]) -> Document:
    """Return the tables that were asked for, and a sentence for each that has no rows."""
    shown = tuple(table for table in every if table.rows and table.key in views)
    found = {table.key for table in shown}
    empty = tuple(f"{_NONE[key]}." for key in dict.fromkeys(views) if key not in found)
    return Document("", (), shown, (*empty, *(notes if "endpoints" in found else ())))


def facts(inventory: Inventory) -> tuple[str, ...]:
    """Return the inventory in a few sentences of a few words."""
    count = counts(inventory)
    routes = count.kind("route")
    said = [
        plural(count.files, "file"),
        f"{plural(routes.all, 'route')}, {routes.reaching} reach upstream",
        f"{plural(count.sites, 'call site')} → {plural(count.endpoints, 'endpoint')}",
        f"{count.unknown} unknown",
    ]
    if count.partly:
        said.append(f"{plural(count.partly, 'file')} partly analyzed")
    if count.skipped:
        said.append(f"{plural(count.skipped, 'file')} skipped")
    return tuple(said)


# --- what is called ------------------------------------------------------------------------------


def _providers(found: list[Row], catalogue: Catalogue, callers: Callers, named: Names) -> Iterator[Table]:
    known = [row for row in found if row.provider]
    for (provider, group), members in groupby(known, key=lambda row: (row.provider, row.group)):
        name = catalogue.profiles[provider].provider.name
        hosts = sorted({row.host for row in known if row.provider == provider})
        shown = list(members)
        unit = _unit(shown)
        yield Table(
            key="endpoints",
            title=group.replace("_", " ").capitalize() if group else "Not in the profile",
            chapter=f"{name} ({', '.join(hosts)})",
            note="" if group else "The provider's profile does not know these paths.",
            columns=(
                Column("Entry", merged=True),
                Column("Upstream call"),
                Column("Calls per run", "number", short="Calls"),
                Column(f"{unit} per run", "number", short=unit),
                Column("Quota", "words"),
                Column("Trigger", "words", merged=True),
                _FILES,
            ),
            rows=tuple(_row(row, catalogue, callers, named) for row in shown),
        )


def _row(row: Row, catalogue: Catalogue, callers: Callers, named: Names) -> tuple[str, ...]:
    return (
        named(row.entry),
        row.call,
        bounds(row.min, row.max),
        " + ".join(str(spent) for spent in row.impact.values()) or "?",
        " + ".join(who for _, who in row.impact) or _hint(row, catalogue),
        callers.trigger(row),
        place(row.entry.file, row.entry.line),
    )


def _unit(found: list[Row]) -> str:
    """Name the unit of a provider's quota; two units in one table have one name for both."""
    units = {unit for row in found for unit, _ in row.impact}
    return units.pop().capitalize() if len(units) == 1 else "Impact"


def _hint(row: Row, catalogue: Catalogue) -> str:
    if row.endpoint:
        return "unknown"
    method, _, path = row.call.partition(" ")
    near = catalogue.nearest_endpoint(row.host, method, path)
    return f"unknown (did you mean {near}?)" if near else "unknown"


def _hosts(found: list[Row], callers: Callers, named: Names) -> Table:
    members = sorted((row for row in found if not row.provider), key=lambda row: (row.host, row.call))
    return Table(
        key="hosts",
        title="Hosts without a profile",
        columns=(
            Column("Host", merged=True),
            Column("Call"),
            Column("Entry"),
            Column("Calls per run", "number", short="Calls"),
            Column("Trigger", "words"),
            _FILES,
        ),
        rows=tuple(
            (
                row.host or "unknown",
                row.call,
                named(row.entry),
                bounds(row.min, row.max),
                callers.trigger(row),
                place(row.entry.file, row.entry.line),
            )
            for row in members
        ),
    )


def _through(inventory: Inventory, named: Names) -> Table:
    asking = [entry for entry in inventory.entries if any(reach.through for reach in entry.reaches)]
    asking.sort(key=entry_order)
    return Table(
        key="through",
        title="What reaches upstream through own routes",
        columns=(
            Column("Entry"),
            Column("Origin", "words"),
            Column("Own routes", "number"),
            Column("Endpoints", "number"),
            Column("Calls per run", "number", short="Calls"),
            _FILES,
        ),
        rows=tuple(
            (
                named(entry),
                entry.origin,
                str(len({route for reach in entry.reaches for route in reach.through})),
                str(len({(reach.host, reach.method, reach.endpoint or reach.path) for reach in entry.reaches})),
                bounds(entry.calls_min, entry.calls_max),
                place(entry.file, entry.line),
            )
            for entry in asking
        ),
    )


def _silent(inventory: Inventory) -> tuple[str, ...]:
    routes = counts(inventory).kind("route")
    silent = routes.all - routes.reaching
    return (f"{plural(silent, 'route')} {'reaches' if silent == 1 else 'reach'} nothing upstream.",) if silent else ()


def _quotas(found: list[Row], catalogue: Catalogue) -> Iterator[str]:
    """Say what the impact is to be held against."""
    for provider in dict.fromkeys(row.provider for row in found if row.provider):
        profile = catalogue.profiles[provider]
        charged = {payer for row in found if row.provider == provider for payer in row.impact}
        for bucket in profile.buckets:
            possible = {payer(bucket, origin) for origin in ("browser", "server")}
            payers = [f"each {who}" for unit, who in sorted(charged) if unit == bucket.unit and who in possible]
            if payers and bucket.capacity.value is not None and bucket.window.seconds is not None:
                limit = f"{bucket.capacity.value:g} {bucket.unit} in {bucket.window.seconds:g} s"
                yield f"{profile.provider.name} allows {' and '.join(payers)} {limit}."
