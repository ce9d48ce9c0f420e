"""The first impression: a repository's calls in a few lines, and what to run next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.text import Text

from callaudit.advice.ranking import ranked
from callaudit.inventory.counts import counts
from callaudit.report.called import called
from callaudit.report.escape import visible
from callaudit.report.table import place, plural
from callaudit.report.text import console_for, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.counts import Counts
    from callaudit.inventory.model import Inventory
    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.providers.match import Catalogue
    from callaudit.report.table import Screen
    from callaudit.rules.model import Finding

_MANY = {"loop": "loops", "cli": "commands"}
_MOST_LIMITS = 2
_MOST_FINDINGS = 3
_MARKS = {"error": ("✗", "bold red"), "warning": ("!", "yellow"), "note": ("·", "dim")}


def summary_text(
    inventory: Inventory,
    catalogue: Catalogue,
    screen: Screen,
    *,
    name: str,
    path: str,
    scenario: ScenarioLoad | None = None,
    findings: Sequence[Finding] = (),
) -> str:
    """Return the summary of the repository called `name`, which was analyzed as `path`.

    `scenario` says what gives way first, `findings` what is worst.
    """
    console = console_for(screen)
    count = counts(inventory)
    facts = [f"{plural(count.files, 'file')}, {plural(count.apps, 'app')}", *called(count, catalogue)]
    console.print(Text.assemble((visible(name), "bold"), " · ", " · ".join(facts)), soft_wrap=True)
    console.print()
    for row in _grid([*_cells(count), *_repeating(inventory)], screen.width):
        console.print(Text(row), soft_wrap=True)
    if not count.sites:
        console.print(Text("  looked for requests of fetch, axios and other clients; nothing that runs sends any"))
    for line in (*_limits(scenario, screen.width), *_worst(findings, scenario, screen.width)):
        console.print(line, soft_wrap=True)
    console.print()
    for command in _next(inventory, path, limited=scenario is not None and bool(scenario.gives_way)):
        console.print(Text("  " + visible(command), style="cyan"), soft_wrap=True)
    return written(console)


def _grid(cells: list[str], width: int) -> Iterator[str]:
    """Put cells into as many columns as fit, at most three."""
    for columns in (3, 2, 1):
        wide = [max(map(len, cells[column::columns]), default=0) for column in range(columns)]
        if columns == 1 or sum(wide) + 4 * (columns - 1) + 2 <= width:
            for at in range(0, len(cells), columns):
                row = cells[at : at + columns]
                yield "  " + "    ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=False)).rstrip()
            return


def _repeating(inventory: Inventory) -> Iterator[str]:
    polls = [one for one in inventory.triggers if one.kind in ("poll", "timer", "loop") and one.reaches_upstream]
    alive = [one for one in polls if not one.dead]
    if polls:
        idle = f", {len(polls) - len(alive)} never mounted" if len(polls) > len(alive) else ""
        yield f"{plural(len(alive), 'place polls', 'places poll')}{idle}"
    loops = [one for one in inventory.retries if one.mechanism in ("loop", "recursion") and one.endpoints]
    if loops:
        yield plural(len(loops), "retry loop")


def _limits(scenario: ScenarioLoad | None, width: int) -> Iterator[Text]:
    """Say which quotas give way, with how many users, and what asks most of each."""
    by_id = {one.id: one for one in scenario.buckets} if scenario is not None else {}
    shown = [by_id[name] for name in scenario.gives_way[:_MOST_LIMITS]] if scenario is not None else []
    if not shown:
        return
    # One provider is named in the first line already.
    only = len({one.provider for one in by_id.values()}) == 1
    names = [(one.title.partition(", ")[2] if only else "") or one.title or one.id for one in shown]
    titles = [f"{name}, {_quota(one)}" for name, one in zip(names, shown, strict=True)]
    apart = scenario is not None and scenario.processes
    users = [f"at {one.max_users.expected:,.0f} users" if one.max_users and not apart else "" for one in shown]
    yield Text()
    for at, one in enumerate(shown):
        first = one.contributors[0] if one.contributors else None
        label = "gives way first" if not at else "then"
        line = f"  {label:<15}   {titles[at]:<{max(map(len, titles))}}   {users[at]:<{max(map(len, users))}}"
        asks = f"   {first.entry} {first.endpoint}" if first is not None else ""
        text = Text(visible(line.rstrip()))
        if len(line + asks) <= width:
            text = Text(visible(line)).append(visible(asks), style="dim")
        yield text
    if scenario is not None and not apart:
        yield Text(f"  {'':<15}   users as scenario {visible(scenario.name)} of callaudit load assumes", style="dim")


def _quota(bucket: BucketLoad) -> str:
    window = {1.0: "s", 60.0: "min", 3600.0: "h", 86400.0: "day"}.get(bucket.window_seconds or 0, "")
    per = f"/{window}" if window else f" in {bucket.window_seconds or 0:g} s"
    return f"{bucket.capacity or 0:,.0f} {bucket.unit}{per}"


def _worst(findings: Sequence[Finding], scenario: ScenarioLoad | None, width: int) -> Iterator[Text]:
    """Name the worst findings, one of each rule, with their places: what uses up a quota, and of that the severest."""
    first = [some[0] for some in ranked(findings, scenario)]
    if first:
        yield Text()
    for at, one in enumerate(first[:_MOST_FINDINGS]):
        mark, style = _MARKS[one.severity]
        where = visible(place(one.file, one.line))
        said = visible(one.message)
        room = width - 11
        head = Text.assemble(f"  {'worst' if not at else '':<5}  ", (mark, style), " ")
        if len(said) + len(where) + 2 <= room:
            yield head.append(f"{said}  ").append(where, style="dim")
        else:
            yield head.append(said if len(said) <= room else said[: room - 1] + "…")
            yield Text(" " * 11 + where, style="dim")


def _cells(count: Counts) -> Iterator[str]:
    for kind in sorted(count.kinds, key=lambda kind: (kind.name != "route", kind.name)):
        if kind.reaching == kind.all:
            reach = "reaches upstream" if kind.all == 1 else "all reach upstream"
            if kind.name == "hook":
                # Hooks are listed only where they reach: that all of them do says nothing.
                yield f"{plural(kind.all, 'hook')} {reach.removeprefix('all ')}"
                continue
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


def _next(inventory: Inventory, path: str, *, limited: bool) -> Iterator[str]:
    """Name commands that show more; the trace is that of the entry that asks most."""
    where = "" if path == "." else f" {shlex.quote(path)}"
    commands = ["check", *(["load"] if limited else []), "inventory"]
    routes = [entry for entry in inventory.entries if entry.reaches and entry.kind == "route"]
    entries = routes or [entry for entry in inventory.entries if entry.reaches]
    if entries:
        most = max(entries, key=lambda entry: (len(entry.reaches), entry.calls_max or 0, entry.name))
        commands.append(f"trace {shlex.quote(most.name)}")
    commands.append("report")
    for command in commands:
        tail = " -o AUDIT.md" if command == "report" else ""
        yield f"callaudit {command}{where}{tail}"
