"""What the entries do in their own processes, each run once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.components.connected import with_actions
from callaudit.flow.components.jsx import lifecycle
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice, Request, Started
from callaudit.flow.machine.callbacks import closures_in
from callaudit.flow.machine.frame import Frame
from callaudit.flow.machine.mishaps import Place, spared
from callaudit.flow.machine.perform import perform
from callaudit.flow.objects.construct import begin_fields
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    ClassValue,
    Closure,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Unknown,
    Value,
)
from callaudit.frameworks.answering import answers_before
from callaudit.frameworks.model import unknown_args
from callaudit.frameworks.response_headers import header_guards
from callaudit.inventory.crossings import Side
from callaudit.inventory.default_fetches import behind_fetches
from callaudit.inventory.forwards import asked_in_general
from callaudit.inventory.handed_out import handed_out
from callaudit.inventory.outside import repeated
from callaudit.inventory.tree_cost import cost_of
from callaudit.inventory.whole_answers import behind_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.flow.effects.records import Guard
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry, Start

NO_PROPS = Record({}, open=True)
HANDLER_DEPTH = 4
"""How deep in the options of a library its callbacks are looked for."""


class Run(Struct, frozen=True, eq=False):
    """What one entry does: costs by request, chains that may cross routes, and the tree of its own code."""

    entry: Entry
    cost: Cost
    effects: tuple[Effect, ...]


def _by_nobody(entry: Entry, requested: Requested) -> bool:
    del entry, requested
    return False


class Runs:
    """Runs entries, without following their requests anywhere."""

    def __init__(self, interpreter: Interpreter, is_answered: Callable[[Entry, Requested], bool] = _by_nobody) -> None:
        """Run entries of `interpreter`'s program; `is_answered` says whether a route answers what a platform asks."""
        self._in = interpreter
        self._is_answered = is_answered
        self._runs: dict[int, Run] = {}

    def own(self, entry: Entry) -> Run:
        """What an entry does in its own process."""
        run = self._runs.get(id(entry))
        if run is None:
            place = Place(entry.file, entry.line, entry.name)
            run = spared(self._in, place, lambda: self._run(entry), Run(entry, costs.NONE, ()))
            self._runs[id(entry)] = run
        return run

    def _run(self, entry: Entry) -> Run:
        if not entry.starts and entry.kind == "script":
            summary = self._in.process(entry.file)
            return Run(entry, costs.settled(summary.cost), summary.effects)
        cost, effects = self.started(entry, entry.starts)
        if entry.kind == "hook":
            actions = handed_out(self._in, entry.starts, effects)
            cost, effects = costs.add(cost, cost_of(self._in, actions)), (*effects, *actions)
        for more, inside in self._from_outside(entry):
            cost, effects = costs.add(cost, more), (*effects, *inside)
        return Run(entry, cost, repeated(entry, effects))

    def _from_outside(self, entry: Entry) -> Iterator[tuple[Cost, tuple[Effect, ...]]]:
        """What a platform does for an entry: it starts modules, and asks own routes."""
        together = (entry.runs,) if entry.kind == "page" else ((module,) for module in entry.runs)
        for modules in together if entry.runs else ():
            summary = self._in.process(*modules)
            yield costs.settled(summary.cost), summary.effects
        asks = entry.asks if entry.forward is None or entry.asks else asked_in_general(entry).asks
        for requested in asks:
            if entry.forward is None and not self._is_answered(entry, requested):
                what = f"{requested.target.method} {requested.target.path}"
                self._in.gap(requested.site.file, requested.site.line, what, "no route of the repository answers it")
                continue
            number = self._in.request(requested.site, requested.target, requested.options)
            yield costs.one(number), (Request((requested,)),)

    def accept(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> None:
        """Take over what another process found that `entry` does."""
        self._runs[id(entry)] = Run(entry, cost, effects)

    def started(self, entry: Entry, starts: Sequence[Start]) -> tuple[Cost, tuple[Effect, ...]]:
        """What `starts` of an entry do; one that cannot be followed must not cost the others their answers."""
        place = Place(entry.file, entry.line, entry.name)
        nothing: tuple[Cost, tuple[Effect, ...]] = (costs.NONE, ())
        return spared(self._in, place, lambda: self._whole(entry, starts), nothing)

    def _whole(self, entry: Entry, starts: Sequence[Start]) -> tuple[Cost, tuple[Effect, ...]]:
        cost, effects = self._starts(entry, starts)
        kept = header_guards(self._in, entry) if effects else ()
        return behind_whole(self._in, kept, costs.settled(cost), effects)

    def _starts(self, entry: Entry, starts: Sequence[Start]) -> tuple[Cost, tuple[Effect, ...]]:
        total: Cost = costs.NONE
        tree: list[Effect] = []
        before: tuple[Guard, ...] = ()
        for number, start in enumerate(starts):
            cost, effects = self._start(forced(start.value), start.args, start.this)
            if start.fetches is not None and effects:
                place = start.value.module if isinstance(start.value, Closure) else entry.file
                cost, effects = behind_fetches(self._in, start.fetches, place, cost, effects)
            if start.origin != "browser":
                cost, effects = behind_whole(self._in, (*start.guards, *before), cost, effects)
            if number < len(starts) - 1:
                before = (*before, *answers_before(self._in, start, entry))
            if start.origin not in ("", entry.origin):
                cost = costs.through(costs.on_side(cost, start.origin), Side(start.origin))
                effects = _elsewhere(self._in, start, entry, effects)
            if effects and start.maybe:
                cost, effects = costs.maybe(cost), (Choice(0, (("something happens", effects),)),)
            total = costs.add(total, cost)
            tree.extend(effects)
        return total, tuple(tree)

    def _start(
        self, value: Value, args: tuple[Value, ...] | None, this: Value | None
    ) -> tuple[Cost, tuple[Effect, ...]]:
        if isinstance(value, Closure):
            given = args if args is not None else unknown_args(self._in, value)
            if given and (args is None or isinstance(given[0], Record)):
                given = (self._connected(value, given[0]), *given[1:])
            summary = self._in.run(value, given, this)
            return summary.cost, summary.effects
        if isinstance(value, ClassValue):
            return self._class(value)
        if isinstance(value, Instance):
            begun: list[Effect] = []
            return begin_fields(Frame(self._in, value.cls.scope, effects=True), value, begun), tuple(begun)
        if isinstance(value, Rendered):
            found: list[Effect] = []
            frame = Frame(self._in, value.scope, effects=True)
            return perform(frame, value.expr, value.scope, found), tuple(found)
        inside: list[Value] = []
        if isinstance(value, OneOf):
            inside = list(value.values)
        elif isinstance(value, ForeignValue):  # a handler or a component that a library wrapped
            inside = [closure for arg in value.args or () for closure in closures_in(arg, HANDLER_DEPTH, wrapped=True)]
            inside += _classes_in(value)
        elif isinstance(value, ModuleValue):
            whole = self._in.export(value.module, "default")
            inside = [whole] if whole is not None else []
        elif isinstance(value, Unknown) and value.receiver is not None:
            inside = [value.receiver]
        known = [one for one in map(forced, inside) if isinstance(one, (Closure, ClassValue, ForeignValue))]
        ran = [self._start(one, args, this) for one in known]
        if isinstance(value, OneOf) and len(ran) > 1:  # one of several functions runs, not one after the other
            ways = tuple(("it is this one of several functions", effects) for _, effects in ran)
            return costs.either([cost for cost, _ in ran]), (Choice(0, ways),) if any(way for _, way in ways) else ()
        total: Cost = costs.NONE
        for cost, _ in ran:
            total = costs.add(total, cost)
        return total, tuple(effect for _, effects in ran for effect in effects)

    def _connected(self, component: Value, props: Value) -> Value:
        """What a component is handed, with what a store that it is connected to adds."""
        known = forced(props)
        more = with_actions(self._in, component, known if isinstance(known, Record) else NO_PROPS)
        return props if more is NO_PROPS else more

    def _class(self, value: ClassValue) -> tuple[Cost, tuple[Effect, ...]]:
        """What a component does that is a class, from its constructor on."""
        if not self._in.classes.draws(value):
            return costs.NONE, ()
        instance = self._in.injection.injected(value)
        props = self._connected(value, UNDEFINED)
        if isinstance(props, Record):
            self._in.classes.initialize(instance)
            instance.fields.setdefault("props", props)
        total: Cost = costs.NONE
        effects: list[Effect] = []
        for closure in lifecycle(self._in, value, instance):
            summary = self._in.run(closure, unknown_args(self._in, closure))
            total = costs.add(total, summary.cost)
            effects += summary.effects
        return total, tuple(effects)


def _elsewhere(interpreter: Interpreter, start: Start, entry: Entry, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What a start does, as what is called on its side."""
    value = forced(start.value)
    name, file, line = entry.name, entry.file, entry.line
    if isinstance(value, Closure):
        name = interpreter.qualified(value.module, value.index)
        file, line = value.module, interpreter.function(value.module, value.index).line
    return (Started(name, entry.file, line, file, line, effects, side=start.origin),) if effects else ()


def _classes_in(value: Value, depth: int = HANDLER_DEPTH) -> list[Value]:
    """The classes that libraries wrapped, one around the other."""
    known = forced(value)
    if isinstance(known, ClassValue):
        return [known]
    if not isinstance(known, ForeignValue) or not depth:
        return []
    return [found for arg in known.args or () for found in _classes_in(arg, depth - 1)]
