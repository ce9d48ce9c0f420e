"""Rows about what polls: which polls stand in for a WebSocket, ask for the same on one page, or meet a cache."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from callaudit.inventory.words import NONE, SEVERAL, UNKNOWN
from callaudit.load.conditions import condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.inventory.model import Endpoint, Guard, Inventory, Reach, Trigger
    from callaudit.load.model import Condition

    Row = tuple[int | float | str, ...]

_POLLS = frozenset({"poll", "timer"})
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAMES = re.compile(r"[A-Za-z_$][\w$.]*")


def fallbacks(inventory: Inventory) -> Iterator[Row]:
    """Give the triggers whose condition, or the condition of each interval, is that no WebSocket is up."""
    for number, one in enumerate(inventory.triggers, 1):
        intervals = [item.when for item in one.intervals]
        if _stands_in(one.enabled) or (intervals and all(_stands_in(when) for when in intervals)):
            yield (number,)


def _stands_in(text: str) -> bool:
    found = condition(text, of_interval=True)
    return found is not None and _is_down(found)


def _is_down(found: Condition) -> bool:
    if found.op == "not":
        term = found.parts[0].term
        return term is not None and term.kind == "websocket"
    if found.op == "all":
        return any(_is_down(part) for part in found.parts)
    return found.op == "any" and all(_is_down(part) for part in found.parts)


def twins(inventory: Inventory) -> Iterator[Row]:
    """Give pairs of polls with different keys that ask for the same with the same variables on one page."""
    numbered = [(number, one) for number, one in enumerate(inventory.triggers, 1) if _polls(one)]
    pages = _pages(inventory)
    for (number, one), (other_number, other) in combinations(numbered, 2):
        common = pages.get((one.entry, one.origin), set()) & pages.get((other.entry, other.origin), set())
        if not common or _variables(one) != _variables(other) or one.key == other.key != "":
            continue
        for endpoint in one.endpoints:
            if endpoint in other.endpoints and not _unlike(_operations(one, endpoint), _operations(other, endpoint)):
                request = f"{endpoint.method} {endpoint.host}{endpoint.path or UNKNOWN}"
                yield other_number, number, request, min(common)


def _operations(one: Trigger, endpoint: Endpoint) -> set[str]:
    """Return which operations a poll asks for at an address: several may share it, told apart by the body."""
    where = (endpoint.method, endpoint.host, endpoint.path)
    return {reach.endpoint for reach in one.reaches if (reach.method, reach.host, reach.path) == where}


def _unlike(first: set[str], second: set[str]) -> bool:
    return bool(first) and bool(second) and "" not in first | second and first.isdisjoint(second)


def _polls(one: Trigger) -> bool:
    return one.kind in _POLLS and one.origin == "browser" and not one.dead and bool(one.intervals)


def _pages(inventory: Inventory) -> dict[tuple[str, str], set[str]]:
    """Return where each entry is mounted; a page is mounted on itself."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in inventory.entries:
        mounted = {one.name} if one.kind == "page" else set(one.mounted_on)
        found.setdefault((one.name, one.origin), set()).update(mounted)
    return found


def _variables(one: Trigger) -> frozenset[str]:
    """Return what varies in a key: queries of different accounts are no twins."""
    return frozenset(_NAMES.findall(_QUOTED.sub("", one.key)))


def poll_reaches(inventory: Inventory) -> Iterator[Row]:
    """Give what triggers ask for upstream, where it is sent, and how long a cache of the server answers at least."""
    guards = {one.id: one for one in inventory.guards if one.kind == "cache" and one.store != "browser" and not one.why}
    for number, trigger in enumerate(inventory.triggers, 1):
        found: dict[str, list[Reach]] = {}
        for reach in trigger.reaches:
            found.setdefault(f"{reach.method} {reach.host or UNKNOWN}{reach.path or UNKNOWN}", []).append(reach)
        for request, reaches in sorted(found.items()):
            origins = {one.origin or UNKNOWN for one in reaches}
            times = [_kept(guards[one] for one in reach.guards if one in guards) for reach in reaches]
            numbers = [time for time in times if not isinstance(time, str)]
            kept = NONE if NONE in times else UNKNOWN if UNKNOWN in times else min(numbers)
            yield number, request, origins.pop() if len(origins) == 1 else SEVERAL, kept


def poll_operations(inventory: Inventory) -> Iterator[Row]:
    """Give which endpoints triggers ask for: operations of one address are not one request."""
    for number, trigger in enumerate(inventory.triggers, 1):
        asked = {
            (
                f"{one.method or UNKNOWN} {one.host or UNKNOWN}{one.path or UNKNOWN}",
                one.endpoint or (UNKNOWN if one.provider else NONE),
            )
            for one in trigger.reaches
        }
        for request, endpoint in sorted(asked):
            yield number, request, endpoint


def _kept(caches: Iterable[Guard]) -> float | str:
    times = [_ttl(cache) for cache in caches]
    known = [time for time in times if not isinstance(time, str)]
    return max(known) if known else UNKNOWN if times else NONE


def _ttl(guard: Guard) -> float | str:
    if guard.ttl_ms is None:
        return UNKNOWN
    return min(one.ms for one in guard.ttl_ms) if isinstance(guard.ttl_ms, tuple) else guard.ttl_ms
