"""What two revisions of a repository do differently: which entry asks what, how often in a run, and how often it runs.

Lines and files do not count: a change in one file can add load to an entry in another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import Interval, Record

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry, Inventory


class Calls(Record, frozen=True):
    """How many calls one run makes; `max` is left out where data decides."""

    min: int
    max: int | None = None


class CallChange(Record, frozen=True):
    """An entry asks an endpoint more, less, newly or no more; what there was not, or is not, is left out."""

    kind: str
    entry: str
    endpoint: str
    file: str
    line: int
    before: Calls | None = None
    after: Calls | None = None


class PeriodChange(Record, frozen=True):
    """What repeats calls does so more or less often, newly or no more; empty where there is none."""

    entry: str
    mechanism: str
    file: str
    line: int
    before: tuple[Interval, ...] = ()
    after: tuple[Interval, ...] = ()


class Comparison(Record, frozen=True):
    """All changes in the order of entries. `base` is the full name of the revision that was compared with."""

    base: str
    calls: tuple[CallChange, ...] = ()
    periods: tuple[PeriodChange, ...] = ()


def compare(base: str, before: Inventory, after: Inventory) -> Comparison:
    """Return what `after` asks differently from `before`, which is the inventory of the revision `base`."""
    return Comparison(base, tuple(_calls(before, after)), tuple(_periods(before, after)))


def _calls(before: Inventory, after: Inventory) -> list[CallChange]:
    entries = {(one.kind, one.name): one for one in (*before.entries, *after.entries)}
    old, new = _asked(before), _asked(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            kind, name, endpoint = key
            entry = entries[kind, name]
            found.append(CallChange(kind, name, endpoint, entry.file, entry.line, old.get(key), new.get(key)))
    return found


def _asked(inventory: Inventory) -> dict[tuple[str, str, str], Calls]:
    """Add up the call sites of an endpoint; entries of one name count together."""
    found: dict[tuple[str, str, str], Calls] = {}
    for entry in inventory.entries:
        if not entry.dead:
            for endpoint, calls in _of_entry(entry).items():
                key = (entry.kind, entry.name, endpoint)
                found[key] = _sum(found[key], calls) if key in found else calls
    return found


def _of_entry(entry: Entry) -> dict[str, Calls]:
    found: dict[str, Calls] = {}
    for reach in entry.reaches:
        endpoint = f"{reach.method} {reach.host}{reach.path}"
        calls = Calls(reach.min, reach.max)
        found[endpoint] = _sum(found[endpoint], calls) if endpoint in found else calls
    return found


def _sum(one: Calls, other: Calls) -> Calls:
    most = None if one.max is None or other.max is None else one.max + other.max
    return Calls(one.min + other.min, most)


def _periods(before: Inventory, after: Inventory) -> list[PeriodChange]:
    triggers = {(one.entry, one.mechanism): one for one in (*before.triggers, *after.triggers)}
    old, new = _intervals(before), _intervals(after)
    return [
        PeriodChange(*key, triggers[key].file, triggers[key].line, old.get(key, ()), new.get(key, ()))
        for key in sorted(old.keys() | new.keys())
        if old.get(key, ()) != new.get(key, ())
    ]


def _intervals(inventory: Inventory) -> dict[tuple[str, str], tuple[Interval, ...]]:
    """Return the intervals of what repeats upstream calls, those that are known."""
    found: dict[tuple[str, str], tuple[Interval, ...]] = {}
    for trigger in inventory.triggers:
        if trigger.reaches_upstream and not trigger.dead and trigger.intervals:
            key = (trigger.entry, trigger.mechanism)
            found[key] = tuple(sorted((*found.get(key, ()), *trigger.intervals), key=lambda one: (one.ms, one.when)))
    return found
