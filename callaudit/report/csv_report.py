"""The inventory as one CSV table: upstream calls first, then what else a reader has to know."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from callaudit.inventory.counts import unknown_places
from callaudit.report.escape import csv_cell
from callaudit.report.rows import Callers, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue
    from callaudit.report.rows import Row

COLUMNS: Final = (
    "section",
    "kind",
    "entry",
    "origin",
    "app",
    "trigger",
    "provider",
    "group",
    "host",
    "call",
    "calls_min",
    "calls_max",
    "impact_min",
    "impact_max",
    "unit",
    "quota",
    "file",
    "line",
    "call_file",
    "call_line",
    "note",
)
"""`section` is `upstream`, `connection`, `dead`, `unknown` or `notice`. Empty is what does not apply."""

UNBOUNDED: Final = "unbounded"


def inventory_csv(inventory: Inventory, catalogue: Catalogue) -> str:
    """Return the inventory with one row for each entry and endpoint, call sites added up."""
    callers = Callers(inventory)
    upstream = (_upstream(row, callers.trigger(row)) for row in rows(inventory, catalogue))
    return csv_text(COLUMNS, (_ordered(cells) for cells in (*upstream, *_others(inventory))))


def csv_text(titles: Sequence[str], found: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV: every cell quoted, and none that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(map(csv_cell, titles))
    writer.writerows(map(csv_cell, row) for row in found)
    return text.getvalue()


def _ordered(cells: dict[str, str]) -> list[str]:
    return [cells.get(column, "") for column in COLUMNS]


def _upstream(row: Row, trigger: str) -> dict[str, str]:
    least, most = ["; ".join(bounds) for bounds in zip(*_impact(row), strict=True)] or ("", "")
    file, line = row.sites[0]
    more = f"{len(row.sites)} call sites" if len(row.sites) > 1 else ""
    return {
        "section": "upstream",
        "kind": row.entry.kind,
        "entry": row.entry.name,
        "origin": row.entry.origin,
        "app": row.entry.app,
        "trigger": trigger,
        "provider": row.provider,
        "group": row.group,
        "host": row.host,
        "call": row.call,
        "calls_min": str(row.min),
        "calls_max": UNBOUNDED if row.max is None else str(row.max),
        "impact_min": least,
        "impact_max": most,
        "unit": "; ".join(unit for unit, _ in row.impact),
        "quota": "; ".join(who for _, who in row.impact),
        "file": row.entry.file,
        "line": str(row.entry.line),
        "call_file": file,
        "call_line": str(line),
        "note": more,
    }


def _impact(row: Row) -> list[tuple[str, str]]:
    return [
        (f"{spent.least:g}", UNBOUNDED if spent.most is None else f"{spent.most:g}") for spent in row.impact.values()
    ]


def _others(inventory: Inventory) -> Iterator[dict[str, str]]:
    for opened in inventory.connections:
        place = {"call_file": opened.file, "call_line": str(opened.line)}
        yield {
            "section": "connection",
            "kind": opened.protocol,
            "call": opened.url,
            "note": opened.function,
            **place,
        }
    for call in inventory.calls:
        place = {"call_file": call.file, "call_line": str(call.line), "note": call.function}
        for url in (call.urls or (call,)) if call.dead else ():
            target = {"provider": url.provider, "host": url.host, "call": f"{url.method} {url.path}".strip()}
            yield {"section": "dead", **target, **place}
    for file, line, what, why in unknown_places(inventory):
        yield {"section": "unknown", "call_file": file, "call_line": str(line), "note": f"{what}: {why}"}
    for notice in inventory.notices:
        note = f"{notice.what}: {notice.why}"
        yield {"section": "notice", "file": notice.file, "line": str(notice.line), "note": note}
