"""Events of emitters inside a process: what an emission runs, and what runs that nothing here is seen to emit."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.apps.emitters import listens_inside
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EMIT, EVENT_INSIDE, Choice, Repeated, Request, parts_of
from callaudit.flow.requests.sockets import EVENT, NAMESPACE, UNNAMED, setting
from callaudit.frameworks.model import HANDLER, Entry
from callaudit.inventory.tree_cost import cost_of
from callaudit.libraries.registry import libraries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect, Site
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.compose import Composer

Key = tuple[str, str]
"""An emitter and an event: the emitter is empty where it is not known."""
_NONE: frozenset[int] = frozenset()


class Listener(Struct, frozen=True, eq=False):
    """What waits for an event of an emitter."""

    emitter: str
    event: str
    name: str
    file: str
    line: int
    app: str
    body: tuple[Effect, ...]

    def hears(self, key: Key) -> bool:
        """Whether it runs when the event `key` is emitted, as far as is known."""
        emitter, event = key
        return (self.emitter == emitter or not (self.emitter and emitter)) and (
            self.event == event or UNNAMED in (self.event, event) or _fits(self.event, event)
        )


TARGET = "EventTarget"
"""The class of the platform whose objects are emitters: nobody imports it."""


def events_answered(interpreter: Interpreter, composer: Composer, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """An entry, which is listed nowhere, for each event that is emitted and listened for.

    What listens for an event that nothing is seen to emit may run all the same: it counts for who registers it.
    """
    packages = _emitters()
    modules = interpreter.program.modules.values()
    if not any(item.source in packages for module in modules for item in module.facts.imports) and not any(
        TARGET in module.functions[0].refs for module in modules
    ):
        return ()
    found = _Found()
    held = [(entry, found.inside(composer.own(entry).effects, entry)) for entry in entries if entry.kind != HANDLER]
    for entry in entries:
        if entry.kind == HANDLER:
            effects = composer.own(entry).effects
            found.inside(effects, entry)
            event = entry.path.removeprefix(EVENT_INSIDE)
            one = Listener(entry.namespace, event, entry.name, entry.file, entry.line, entry.app, effects)
            found.listeners.append(one)
    heard: set[int] = set()
    answered: list[Entry] = []
    for key in sorted(found.emitted):
        numbers = [number for number, one in enumerate(found.listeners) if one.hears(key)]
        heard.update(numbers)
        if numbers and key[1] == UNNAMED:
            site, why = found.emitted[key], "the name of the event is not known: every listener of the emitter may run"
            interpreter.gap(site.file, site.line, "emit", why)
        if numbers:
            answered.append(_answer(interpreter, composer, key, [found.listeners[number] for number in numbers]))
    for entry, registered in held:
        run, more = composer.own(entry), costs.NONE
        for number in sorted(registered - heard):
            more = costs.add(more, costs.maybe(cost_of(interpreter, found.listeners[number].body)))
        if more:
            composer.accept(entry, costs.add(run.cost, more), run.effects)
    return tuple(answered)


class _Found:
    """What trees hold that share their parts; each part is read once."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.emitted: dict[Key, Site] = {}
        self._known: dict[int, frozenset[int]] = {}

    def inside(self, effects: Sequence[Effect], entry: Entry) -> frozenset[int]:
        """The numbers of the listeners that a tree of `entry` registers; what it emits is noted."""
        waiting = list(effects)
        begun: set[int] = set()
        while waiting:
            effect = waiting[-1]
            parts = parts_of(effect)
            missing = [part for part in parts if id(part) not in self._known]
            if missing and id(effect) not in begun:
                begun.add(id(effect))
                waiting.extend(missing)
                continue
            waiting.pop()
            if id(effect) not in self._known:
                self._known[id(effect)] = self._of(effect, entry)
        return _NONE.union(*(self._known[id(effect)] for effect in effects))

    def _of(self, effect: Effect, entry: Entry) -> frozenset[int]:
        if isinstance(effect, Request):
            for requested in effect.requests:
                if requested.target.method == EMIT and requested.target.path.startswith(EVENT_INSIDE):
                    emitter = dict(requested.target.discriminator).get(NAMESPACE, "")
                    key = emitter, requested.target.path.removeprefix(EVENT_INSIDE)
                    first = self.emitted.setdefault(key, requested.site)
                    if (requested.site.file, requested.site.line) < (first.file, first.line):
                        self.emitted[key] = requested.site
            return _NONE
        known = _NONE.union(*(self._known.get(id(part), _NONE) for part in parts_of(effect)))
        if isinstance(effect, Repeated) and listens_inside(effect) and effect.trigger is not None:
            trigger = effect.trigger
            what = setting(trigger, NAMESPACE), setting(trigger, EVENT), trigger.mechanism
            self.listeners.append(Listener(*what, trigger.file, trigger.line, entry.app, effect.body))
            return known | {len(self.listeners) - 1}
        return known


def _answer(interpreter: Interpreter, composer: Composer, key: Key, listeners: Sequence[Listener]) -> Entry:
    """What runs when an event is emitted: all that surely listens for it, and what else may."""
    emitter, event = key
    tree: list[Effect] = []
    others: dict[str, list[Effect]] = {}
    for one in _unlike(listeners):
        if one.emitter == emitter and one.event == event and event != UNNAMED:
            tree.extend(one.body)
        else:
            others.setdefault(one.event, []).extend(one.body)
    if others:
        ways = tuple((f"the event is '{name}'", tuple(effects)) for name, effects in others.items())
        tree.append(Choice(0, ways))
    first = listeners[0]
    name = f"on('{event if event != UNNAMED else first.event}')"
    place = first.file, first.line
    entry = Entry(HANDLER, name, *place, "", first.app, (), "events", EMIT, EVENT_INSIDE + event, emitter)
    composer.accept(entry, cost_of(interpreter, tree), tuple(tree))
    return entry


def _unlike(listeners: Sequence[Listener]) -> list[Listener]:
    """The listeners, those once that several entries register at one place with the same effects."""
    unlike = {(one.file, one.line, one.emitter, one.event, tuple(map(id, one.body))): one for one in listeners}
    return list(unlike.values())


@cache
def _emitters() -> frozenset[str]:
    return frozenset(
        package
        for package, tables in libraries().items()
        if any(
            getattr(model, "inside", False)
            for table in tables
            for of in table.clients.values()
            for model in of.values()
        )
    )


@cache
def _fits(pattern: str, event: str) -> bool:
    """Whether an event fits a name with wildcards: `*` is one part between dots, `**` any number; alone, it is all."""
    if "*" not in pattern:
        return False
    if pattern in ("*", "**"):
        return True
    parts = re.escape(pattern).replace(r"\*\*", ".*").replace(r"\*", r"[^.]*")
    return re.fullmatch(parts, event) is not None
