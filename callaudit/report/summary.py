"""The first impression: a repository's calls in a few lines, and what to run next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from callaudit.report.counts import counts
from callaudit.report.escape import visible
from callaudit.report.table import plural
from callaudit.report.text import console_for, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue
    from callaudit.report.counts import Counts
    from callaudit.report.table import Screen

_QUESTION = "select * from endpoints"
_MANY = {"loop": "loops", "cli": "commands"}


def summary_text(inventory: Inventory, catalogue: Catalogue, screen: Screen, *, name: str, path: str) -> str:
    """Return the summary of the repository called `name`, which was analyzed as `path`."""
    console = console_for(screen)
    count = counts(inventory)
    facts = [f"{plural(count.files, 'file')}, {plural(count.apps, 'app')}", *_hosts(count, catalogue)]
    console.print(Text.assemble((visible(name), "bold"), " · ", " · ".join(facts)), soft_wrap=True)
    console.print()
    cells = [*_cells(count)]
    columns = 2 if screen.width >= 2 * max(len(cell) for cell in cells) + 4 else 1
    left = max(len(cell) for cell in cells[::columns]) + 4
    for place in range(0, len(cells), columns):
        row = cells[place : place + columns]
        console.print(Text("  " + "".join(cell.ljust(left) for cell in row)), soft_wrap=True)
    console.print()
    for command in _next(inventory, path):
        console.print(Text("  " + visible(command), style="cyan"), soft_wrap=True)
    return written(console)


def _hosts(count: Counts, catalogue: Catalogue) -> Iterator[str]:
    """Name the providers with their hosts, and count the hosts of nobody known."""
    known: dict[str, list[str]] = {}
    for host in count.hosts:
        profile = catalogue.provider_of(host) if host else None
        if profile is not None:
            known.setdefault(profile.provider.name, []).append(host)
    for name, hosts in known.items():
        yield f"{name} ({', '.join(map(visible, hosts))})"
    others = len(count.hosts) - sum(map(len, known.values()))
    if others:
        yield plural(others, "other host" if known else "host")
    if not count.hosts:
        yield "nothing upstream"


def _cells(count: Counts) -> Iterator[str]:
    for kind in sorted(count.kinds, key=lambda kind: (kind.name != "route", kind.name)):
        if kind.reaching == kind.all:
            reach = "reaches upstream" if kind.all == 1 else "all reach upstream"
        else:
            reach = f"{kind.reaching or 'none'} {'reaches' if kind.reaching == 1 else 'reach'} upstream"
        yield f"{plural(kind.all, kind.name, _MANY.get(kind.name, ''))}, {reach}"
    yield f"{plural(count.sites, 'call site')} → {plural(count.endpoints, 'endpoint')}"
    if count.dead:
        yield f"{plural(count.dead, 'more call site')} that nothing reaches"
    if count.connections:
        yield f"{plural(count.connections, 'connection')} held open"
    yield f"{count.unknown} unknown"
    if count.partly or count.skipped:
        yield f"{plural(count.partly, 'file')} partly analyzed, {count.skipped} skipped"


def _next(inventory: Inventory, path: str) -> Iterator[str]:
    """Name commands that show more; the trace is that of the entry that asks most."""
    where = "" if path == "." else f" {shlex.quote(path)}"
    yield f"callaudit inventory{where}"
    yield f"callaudit check{where}"
    routes = [entry for entry in inventory.entries if entry.reaches and entry.kind == "route"]
    entries = routes or [entry for entry in inventory.entries if entry.reaches]
    if entries:
        most = max(entries, key=lambda entry: (len(entry.reaches), entry.calls_max or 0, entry.name))
        yield f"callaudit trace {shlex.quote(most.name)}{where}"
    yield f"callaudit query {shlex.quote(_QUESTION)}{where}"
