"""Streams that follow what users do: the route or mutation that runs, and the queries that it makes ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.causes import of_entry
from callaudit.load.model import Run
from callaudit.load.ranges import Range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Entry, Inventory, Trigger
    from callaudit.load.streams import Streams

MUTATIONS = ("useMutation", "useSWRMutation", "mutation")
ROUTES = ("route", "action")


class Actions:
    """Makes the streams of actions; a scenario says which of them happen, and how often."""

    def __init__(self, inventory: Inventory, streams: Streams) -> None:
        """Add to `streams` what `inventory` knows of actions."""
        self._inventory = inventory
        self._streams = streams
        self.runs: dict[str, Run] = {}
        live = [one for one in inventory.triggers if one.reaches and not one.dead]
        self._refetches = [one for one in live if one.kind == "event" and is_refetch(one)]
        self._events = [one for one in live if one.kind == "event" and not is_refetch(one)]
        self._queries = [one for one in live if one.kind in ("poll", "load", "focus") and one.key]

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """One run of each action, by name."""
        return tuple(self.runs[name] for name in sorted(self.runs))

    def event(self, trigger: Trigger) -> None:
        """The streams of something that a user does: a mutation, a click, a message."""
        if is_refetch(trigger):
            return
        name = action_name(trigger)
        self._runs(name, trigger)
        for reach in trigger.reaches:
            self._streams.add(trigger, reach, "action", action=name)
        if trigger.mechanism in MUTATIONS:
            self._after([trigger], name, 1.0)

    def _runs(self, name: str, trigger: Trigger) -> None:
        most = [reach.max for reach in trigger.reaches]
        bound = None if None in most else sum(value or 0 for value in most)
        least = sum(one.min for one in trigger.reaches)
        route = self._only_route(trigger)
        if route is not None:  # of branches that exclude each other the route counts one
            least = max(least, route.calls_min)
            bound = route.calls_max if bound is None else min(bound, route.calls_max or bound)
        self.runs[name] = Run(name, trigger.file, trigger.line, least, bound)

    def _only_route(self, trigger: Trigger) -> Entry | None:
        """The own route through which all that a trigger reaches is asked."""
        routes = {reach.routes for reach in trigger.reaches}
        if len(routes) != 1 or len(first := next(iter(routes))) != 1:
            return None
        same = (one for one in self._inventory.entries if one.kind == "route" and (one.name, one.file) == first[0])
        return next(same, None)

    def all(self) -> None:
        """The streams of routes and server actions, with what the browser asks again after them."""
        taken: dict[str, Entry] = {}
        for entry in self._inventory.entries:
            if entry.kind in ROUTES and entry.reaches and not entry.dead:
                before = taken.get(entry.name)
                if before is None or self._asked(entry) > self._asked(before):
                    taken[entry.name] = entry
        for entry in self._inventory.entries:
            if entry.kind in ROUTES and entry.reaches and not entry.dead:
                own = taken[entry.name] is entry
                self._route(entry, entry.name if own else f"{entry.name} ({entry.app})")

    def _asked(self, entry: Entry) -> tuple[int, float]:
        """Which route of a name is meant: how many triggers of the browser come through it, and how much it costs."""
        callers = sum(_crosses(one, entry) for one in self._inventory.triggers)
        return callers, float("inf") if entry.calls_max is None else entry.calls_max

    def _route(self, entry: Entry, name: str) -> None:
        self.runs[name] = Run(name, entry.file, entry.line, entry.calls_min, entry.calls_max)
        cause = of_entry(entry, "action", "request", action=name)
        for reach in entry.reaches:
            self._streams.put(reach, cause)
        callers = [one for one in self._events if one.mechanism in MUTATIONS and _crosses(one, entry)]
        if callers:
            self._after(callers, name, 1 / len({(one.file, one.entry) for one in callers}))

    def _after(self, mutations: Iterable[Trigger], name: str, share: float) -> None:
        """What each of the mutations makes ask again, where `share` of the actions come from each."""
        owners = {(one.file, one.entry) for one in mutations}
        for refetch in self._refetches:
            if (refetch.file, refetch.entry) not in owners:
                continue
            delayed = any(setting == "delay_ms" for setting, _ in refetch.settings)
            chance = Range(0, share / 2 if delayed else share, 1)
            enabled = self._enabled(refetch)
            for reach in refetch.reaches:
                self._streams.add(refetch, reach, "refetch", action=name, calls=chance, enabled=enabled)

    def _enabled(self, refetch: Trigger) -> str:
        """The condition of the queries that are asked again: one that does not run is not asked."""
        stem = refetch.key.partition(",")[0].rstrip("]")
        found = {one.enabled for one in self._queries if stem and one.key.startswith(stem)}
        return found.pop() if len(found) == 1 else ""


def _crosses(trigger: Trigger, route: Entry) -> bool:
    """Whether what a trigger asks for is answered by a route: by this one, not one of its name in another app."""
    return any((route.name, route.file) in reach.routes for reach in trigger.reaches)


def is_refetch(trigger: Trigger) -> bool:
    """Whether an event makes queries ask again."""
    return bool(trigger.key) and trigger.mechanism not in MUTATIONS


def action_name(trigger: Trigger) -> str:
    """What a scenario calls an action: the hook or component of a mutation, the handler of a click."""
    if trigger.mechanism in MUTATIONS:
        return trigger.entry
    if trigger.mechanism.endswith("()"):
        return f"{trigger.entry}.{trigger.mechanism[:-2]}"
    return trigger.function if trigger.mechanism.startswith("on") else trigger.mechanism
