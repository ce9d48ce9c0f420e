"""Finds the entries and the endpoints that a person means by a name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.audit import Audit
    from callaudit.inventory.model import Entry
    from callaudit.inventory.runs import Run
    from callaudit.report.callers import Asked

_MOST_NEAR: Final = 4


class Found(Struct, frozen=True):
    """What a name means: entries, and the reaches of an endpoint called `endpoint`."""

    runs: tuple[Run, ...]
    endpoint: str
    asked: tuple[Asked, ...]


def find(result: Audit, name: str) -> Found:
    """Return what `name` means: a route, the name or file of an entry, or an endpoint.

    Upper and lower case do not matter, nor does the method where a path alone is given. A path with values
    in it is the route that answers it. Fails with the nearest names where nothing is called so.
    """
    from callaudit.report.callers import asked, names

    wanted = " ".join(name.split())
    runs = _entries(result, wanted)
    endpoints = {called for entry in result.inventory.entries for reach in entry.reaches for called in names(reach)}
    endpoint = next((called for called in sorted(endpoints) if _same(called, wanted)), "")
    if not runs and not endpoint:
        everything = {run.entry.name for run in result.runs} | endpoints
        near = _near(wanted, everything)
        raise Failed("unknown-name", name=name, near=" or ".join(repr(one) for one in near))
    return Found(runs, endpoint, tuple(asked(result.inventory, endpoint)) if endpoint else ())


def _near(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold the word, routes and short ones first; else those that are written almost like it."""
    word = wanted.lower()
    holding = [one for one in names if word and word in one.lower()]
    holding.sort(key=lambda one: ("/" not in one, len(one), one))
    return holding[:_MOST_NEAR] or get_close_matches(wanted, sorted(names), 2, 0.5)


def of_run(result: Audit, run: Run) -> Entry | None:
    """Return what the inventory says of the entry of `run`."""
    entry = run.entry
    return next(
        (
            item
            for item in result.inventory.entries
            if (item.kind, item.name, item.file, item.line) == (entry.kind, entry.name, entry.file, entry.line)
        ),
        None,
    )


def _entries(result: Audit, wanted: str) -> tuple[Run, ...]:
    found = [
        run
        for run in result.runs
        if _same(run.entry.name, wanted)
        or _same(f"{run.entry.kind} {run.entry.name}", wanted)
        or run.entry.file == wanted
    ]
    if not found and wanted.startswith("/"):
        found = [run for run in result.runs if run.entry.path.lower() == wanted.lower()]
    if not found and " /" in wanted:
        found = _answering(result, wanted)
    return tuple(found)


def _answering(result: Audit, wanted: str) -> list[Run]:
    """Return the routes that answer a request as it is sent: `GET /api/fights/17/orders`."""
    from callaudit.flow.effects.effects import Target

    method, _, path = wanted.partition(" ")
    target = Target(method.upper(), path, "", path)
    apps = sorted({run.entry.app for run in result.runs})
    found = (result.answers.route(target, app) for app in apps)
    routes = {id(route) for route in found if route is not None}
    return [run for run in result.runs if id(run.entry) in routes]


def _same(called: str, wanted: str) -> bool:
    return called.lower() == wanted.lower()
