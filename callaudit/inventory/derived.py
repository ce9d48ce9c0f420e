"""Entries that only the call trees show: loops and timers of a server or worker, handlers of sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import EMIT, Choice, Repeated
from callaudit.flow.requests.sockets import EVENT, NAMESPACE, PROCESS, SIDE, setting
from callaudit.frameworks.model import Entry, is_process
from callaudit.inventory.tree_cost import cost_of
from callaudit.inventory.unlike import unlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Trigger
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.compose import Composer

MOUNTED = frozenset({"hook", "component", "page"})
"""Entries that a browser mounts: their timers are theirs, no entries of their own."""
KINDS = {"timer": "loop", "loop": "loop"}


def _kind(trigger: Trigger) -> str:
    """The kind of entry that a trigger makes; empty for one that makes none."""
    side = setting(trigger, SIDE)
    return "socket" if side and side != PROCESS else KINDS.get(trigger.kind, "")


def derive(interpreter: Interpreter, composer: Composer, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """An entry for each timer, loop and socket handler that something else than a browser's page sets up."""
    bodies: dict[Trigger, list[tuple[Effect, ...]]] = {}
    holders: dict[Trigger, Entry] = {}
    seen: set[int] = set()
    for entry in entries:
        if entry.kind in MOUNTED:
            continue
        for effect in walk_effects(composer.own(entry).effects, seen):
            if isinstance(effect, Repeated) and effect.trigger is not None and _kind(effect.trigger):
                if effect.trigger in entry.triggers:
                    continue  # it has an entry already
                bodies.setdefault(effect.trigger, []).append(effect.body)
                holders.setdefault(effect.trigger, entry)
    found: list[Entry] = []
    places: dict[tuple[str, int, str], list[Trigger]] = {}
    for trigger in sorted(bodies, key=lambda one: (one.file, one.line, one.mechanism, not one.spans)):
        places.setdefault((trigger.file, trigger.line, trigger.mechanism), []).append(trigger)
    for trigger, *others in places.values():
        holder = holders[trigger]
        kind = _kind(trigger)
        name = trigger.mechanism if kind == "socket" else trigger.function
        origin = "worker" if holder.origin == "server" and is_process(holder) else holder.origin
        server = kind == "socket" and setting(trigger, SIDE) == "server"
        method, path = (EMIT, setting(trigger, EVENT)) if server else ("", "")
        space = setting(trigger, NAMESPACE)
        app = holder.app
        entry = Entry(kind, name, trigger.file, trigger.line, origin, app, (), trigger.mechanism, method, path, space)
        effects = _one_of([_all_of(bodies[one]) for one in (trigger, *others)], trigger.line)
        if kind == "socket":
            effects = rebuilt(effects, _without_listeners)
        composer.accept(entry, cost_of(interpreter, effects), effects)
        found.append(entry)
    return tuple(found)


def _all_of(bodies: list[tuple[Effect, ...]]) -> list[Effect]:
    """What a timer does that several entries set up; what both processes found is there once."""
    return [effect for body in (unlike(bodies) if len(bodies) > 1 else bodies) for effect in body]


def _one_of(contexts: list[list[Effect]], line: int) -> tuple[Effect, ...]:
    """What one firing does of a timer that is set up in several contexts: what it does in one of them."""
    # trees share their parts: comparing them would take as long as there are ways through them
    unlike = {tuple(dict.fromkeys(id(effect) for effect in body)): body for body in contexts}
    ways = [tuple({id(effect): effect for effect in body}.values()) for body in unlike.values()]
    if len(ways) == 1:
        return ways[0]
    return (Choice(line, tuple(("it is set up like this", way) for way in ways)),)


def _without_listeners(effect: Effect) -> Effect | None:
    """A listener that is registered is an entry of its own, no part of what registers it."""
    listens = isinstance(effect, Repeated) and effect.trigger is not None and _kind(effect.trigger) == "socket"
    return None if listens else effect
