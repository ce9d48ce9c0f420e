"""Who calls one upstream endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.impact import Prices
from callaudit.report.rows import entry_order
from callaudit.report.table import Column, Document, Table, bounds, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.inventory.model import Entry, Inventory, Reach
    from callaudit.providers.match import Catalogue

    Asked = tuple[Entry, Reach]


def asked(inventory: Inventory, name: str) -> list[Asked]:
    """Return every reach of an endpoint: `GET /api/v1/positions`, or with its host before the path."""
    found = [(entry, reach) for entry in inventory.entries for reach in entry.reaches if name in names(reach)]
    return sorted(found, key=lambda item: (bool(item[1].through), entry_order(item[0])))


def names(reach: Reach) -> tuple[str, ...]:
    """Return what an endpoint may be called."""
    short, long = f"{reach.method} {reach.path}", f"{reach.method} {reach.host}{reach.path}"
    return (reach.endpoint, short, long) if reach.endpoint else (short, long)


def callers_document(name: str, found: Sequence[Asked], inventory: Inventory, catalogue: Catalogue) -> Document:
    """Return the report of one endpoint: who calls it, how often, and how they get there."""
    prices = Prices(catalogue)
    headers: dict[tuple[str, int], set[str]] = {}
    for call in inventory.calls:
        named = headers.setdefault((call.file, call.line), set())
        named.update(value for option, value in call.options if option == "header")
    rows = []
    for entry, reach in found:
        origin = "server" if reach.through else entry.origin
        impact = prices.of_reach(reach, headers.get((reach.site.file, reach.site.line), ()), origin)
        rows.append(
            (
                entry.name if entry.kind == "route" else f"{entry.kind} {entry.name}",
                bounds(reach.min, reach.max),
                " + ".join(map(str, impact.values())) or "?",
                " + ".join(who for _, who in impact) or "unknown",
                _way(reach),
                place(entry.file, entry.line),
            )
        )
    sites = sorted({(reach.site.file, reach.site.line) for _, reach in found})
    unit = next((unit for entry, reach in found for unit in _units(reach, catalogue)), "Impact")
    columns = (
        Column("Entry"),
        Column("Calls per run", "number", short="Calls"),
        Column(f"{unit} per run", "number", short=unit),
        Column("Quota", "words"),
        Column("By way of"),
        Column("Files", aside=True),
    )
    return Document(
        name,
        (*_facts(found[0][1], catalogue), *(f"sent at {place(file, line)}" for file, line in sites)),
        (Table("callers", "Who calls it", columns, tuple(rows)),),
    )


def _facts(reach: Reach, catalogue: Catalogue) -> tuple[str, ...]:
    profile = catalogue.profiles.get(reach.provider)
    facts = next((item for item in profile.endpoints if item.id == reach.endpoint), None) if profile else None
    if profile is None or facts is None:
        return (reach.host or "unknown host",)
    scope = {"shared": "same for all users", "account": "per account", "object": "per object"}[facts.scope]
    return profile.provider.name, facts.group.replace("_", " "), facts.effect, scope


def _units(reach: Reach, catalogue: Catalogue) -> list[str]:
    profile = catalogue.profiles.get(reach.provider)
    return [bucket.unit.capitalize() for bucket in profile.buckets] if profile else []


def _way(reach: Reach) -> str:
    """Return the last own route on the way, or else the functions."""
    if reach.through:
        return " ".join(f"⇒ {route}" for route in reach.through)
    return " → ".join(step.function for step in reach.via) or "directly"
