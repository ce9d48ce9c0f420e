"""What entries ask upstream, as rows: one for an entry and an endpoint, call sites added up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.inventory.model import REPEATING
from callaudit.inventory.times import interval_words
from callaudit.report.impact import Impact, Prices, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry, Interval, Inventory, Reach, Trigger
    from callaudit.providers.match import Catalogue

_KINDS = ("route", "action", "page", "component", "hook", "job", "loop", "socket", "script", "cli")

_STARTED = {
    "action": "user action",
    "page": "page load",
    "component": "when shown",
    "hook": "when mounted",
    "job": "schedule",
    "loop": "all the time",
    "socket": "message",
    "script": "by hand",
    "cli": "by hand",
}


class Row(Struct, frozen=True):
    """The calls of one endpoint that one entry makes itself, without those of own routes that it asks."""

    entry: Entry
    host: str
    provider: str
    endpoint: str
    group: str
    call: str
    min: int
    max: int | None
    impact: Impact
    sites: tuple[tuple[str, int], ...]
    asked: tuple[tuple[str, str, str], ...]
    """Host, method and path of each request."""


def rows(inventory: Inventory, catalogue: Catalogue) -> list[Row]:
    """Return the rows of all entries, in the order of the profiles' endpoints, then of entries."""
    prices = Prices(catalogue)
    headers: dict[tuple[str, int], set[str]] = {}
    for call in inventory.calls:
        names = headers.setdefault((call.file, call.line), set())
        names.update(value for name, value in call.options if name == "header")
    found: list[Row] = []
    for entry in inventory.entries:
        alike: dict[tuple[str, str], list[Reach]] = {}
        for reach in entry.reaches:
            if not reach.through:
                alike.setdefault((reach.host, reach.endpoint or f"{reach.method} {reach.path}"), []).append(reach)
        for (_, asked), reaches in alike.items():
            impact: Impact = {}
            for reach in reaches:
                site = reach.site.file, reach.site.line
                _add(impact, prices.of_reach(reach, headers.get(site, ()), reach.origin or entry.origin))
            found.append(_row(entry, asked, reaches, impact, catalogue))
    return sorted(found, key=lambda row: _order(row, catalogue))


def _row(entry: Entry, call: str, reaches: list[Reach], impact: Impact, catalogue: Catalogue) -> Row:
    first = reaches[0]
    profile = catalogue.profiles.get(first.provider)
    facts = next((item for item in profile.endpoints if item.id == first.endpoint), None) if profile else None
    most = [reach.max for reach in reaches if reach.max is not None]
    return Row(
        entry=entry,
        host=first.host,
        provider=first.provider,
        endpoint=first.endpoint,
        group=facts.group if facts is not None else "",
        call=call,
        min=sum(reach.min for reach in reaches),
        max=sum(most) if len(most) == len(reaches) else None,
        impact=impact,
        sites=tuple(sorted({(reach.site.file, reach.site.line) for reach in reaches})),
        asked=tuple(sorted({(reach.host, reach.method, reach.path) for reach in reaches})),
    )


def _add(total: Impact, more: Impact) -> None:
    for payer, spent in more.items():
        total[payer] = total.get(payer, Range(0, 0)) + spent


def _order(row: Row, catalogue: Catalogue) -> tuple[str, int, tuple[int, str, str, str, int], str]:
    profile = catalogue.profiles.get(row.provider)
    groups = list(dict.fromkeys(item.group for item in profile.endpoints)) if profile else []
    group = groups.index(row.group) if row.group in groups else len(groups)
    return row.provider or "~", group, entry_order(row.entry), row.call


def entry_order(entry: Entry) -> tuple[int, str, str, str, int]:
    """Sort key of entries: by kind, and routes by their path before their method."""
    kind = _KINDS.index(entry.kind) if entry.kind in _KINDS else len(_KINDS)
    method, _, path = entry.name.partition(" ")
    name = f"{path} {method}" if entry.kind == "route" else entry.name
    return kind, name, entry.app, entry.file, entry.line


class Callers:
    """Who asks for each of the repository's own routes."""

    def __init__(self, inventory: Inventory) -> None:
        """Index the entries of `inventory` by the routes that they reach upstream through."""
        self._askers: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        self._intervals: dict[str, list[Interval]] = {}
        self._asking: dict[tuple[str, str, str], list[Trigger]] = {}
        self._at: dict[tuple[str, int], list[Interval]] = {}
        for one in inventory.triggers:
            for asked in one.endpoints:
                self._asking.setdefault((asked.host, asked.method, asked.path), []).append(one)
            if one.kind in REPEATING and one.reaches_upstream:
                self._intervals.setdefault(one.entry, []).extend(one.intervals)
                self._at.setdefault((one.file, one.line), []).extend(one.intervals)
        alive = [call for call in inventory.calls if not call.dead]
        self._asked = {route for call in alive for route in call.routes()}
        for entry in inventory.entries:
            for route in self._crossed(entry):
                self._askers.setdefault(route, {})[entry.kind, entry.name] = None

    def trigger(self, row: Row) -> str:
        """Say what starts the calls of a row, as far as the inventory knows."""
        entry = row.entry
        if entry.kind == "route":
            return self._from(entry)
        # A loop is its own trigger; others of its name, in the same function, are other loops.
        own = self._at.get((entry.file, entry.line), ()) if entry.kind in ("loop", "job") else ()
        # what a component polls is not what it asks for when somebody clicks
        asking = [one for asked in row.asked for one in self._asking.get(asked, ())]
        polled = [one for one in asking if one.entry == entry.name and one.kind in REPEATING]
        every = interval_words(dict.fromkeys(own or [time for one in polled for time in one.intervals]))
        if every and entry.kind not in ("hook", "component"):
            return f"every {every}"
        return _started(row, asking) + (f", every {every}" if every else "")

    def _from(self, entry: Entry) -> str:
        """Say who asks for a route."""
        askers: dict[str, list[str]] = {}
        for kind, name in self._askers.get((entry.name, entry.file), ()):
            askers.setdefault(kind, []).append(name)
        if not askers:
            return "asked by own code" if (entry.name, entry.file) in self._asked else "no caller found"
        return ", ".join(self._some(kind, names) for kind, names in sorted(askers.items()))

    def _some(self, kind: str, names: list[str]) -> str:
        if len(names) > 1:
            return f"{len(names)} {kind}s"
        every = interval_words(dict.fromkeys(self._intervals.get(names[0], ())))
        return f"{kind} {names[0]}" + (f", every {every}" if every else "")

    def _crossed(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Name and file of each own route that an entry comes through; apps may serve the same path."""
        for reach in entry.reaches:
            shown = [(step.function.removeprefix("→ "), step.file) for step in reach.via if step.function[:1] == "→"]
            yield from shown
            yield from sorted(set(reach.routes).difference(shown))


def _started(row: Row, asking: list[Trigger]) -> str:
    """What starts an entry; `asking` are the triggers, of any entry, that ask for what the row holds."""
    entry = row.entry
    said = _STARTED.get(entry.kind, entry.kind)
    if entry.kind == "page":
        loaded = any((one.host, one.method, one.path) in row.asked for one in entry.loads)
        return said if loaded else _by_events([one for one in asking if one.is_on(entry)]) or said
    if entry.kind in ("component", "hook") and not row.min:
        how = _by_events([one for one in asking if one.entry == entry.name])
        return f"{said} or {how}" if how else said
    return said


def _by_events(triggers: list[Trigger]) -> str:
    """What does it where events alone do; nothing where something fires by itself."""
    if not triggers or any(one.kind != "event" for one in triggers):
        return ""
    by_user = all(one.mechanism[:2] == "on" and one.mechanism[2:3].isupper() for one in triggers)
    return _STARTED["action"] if by_user else "on an event"


class Names:
    """Names of entries, with their app where two apps have one of the same name."""

    def __init__(self, inventory: Inventory) -> None:
        """Count the names of `inventory`."""
        self._seen = Counter((entry.kind, entry.name) for entry in inventory.entries)

    def __call__(self, entry: Entry) -> str:
        """Return `page /trade`, `GET /api/orders (apps/web)`."""
        name = entry.name if entry.kind == "route" else f"{entry.kind} {entry.name}"
        return f"{name} ({entry.app})" if self._seen[entry.kind, entry.name] > 1 and entry.app else name
