"""What a run of each entry reaches, over the boundaries of the repository's own routes."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow import cost as costs
from callaudit.flow.activation import Frame
from callaudit.flow.callbacks import Step, closures_in
from callaudit.flow.effects import Choice, Repeated, Request
from callaudit.flow.perform import perform
from callaudit.flow.requested import Incoming
from callaudit.flow.values import (
    ClassValue,
    Closure,
    ForeignValue,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Unknown,
    Value,
    forced,
)
from callaudit.frameworks.answering import answers_before
from callaudit.frameworks.model import FORWARD, Start, unknown_args
from callaudit.frameworks.response_headers import header_guards
from callaudit.inventory.answers import Answers
from callaudit.inventory.crossings import Crossing, through_routes
from callaudit.inventory.handed_out import handed_out
from callaudit.inventory.outside import asked_route, repeated
from callaudit.inventory.tree_cost import cost_of
from callaudit.inventory.whole_answers import behind_whole
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Guard
    from callaudit.flow.requested import Body
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary
    from callaudit.syntax.facts import Param

MOST_CROSSINGS = 6
MOST_BODIES = 16
"""Different bodies for which one route is run apart."""
HANDLER_DEPTH = 4
"""How deep in the options of a library its callbacks are looked for."""


class Side(Struct, frozen=True):
    """The first step of a chain of a page, of which a part runs on the server and a part in the browser."""

    origin: str


class Run(Struct, frozen=True, eq=False):
    """What one entry does: costs by request, chains that may cross routes, and the tree of its own code."""

    entry: Entry
    cost: Cost
    effects: tuple[Effect, ...]


class Composer:
    """Runs entries and follows their requests into the routes that answer them."""

    def __init__(self, interpreter: Interpreter, boundary: Boundary) -> None:
        """Compose over `interpreter`'s program."""
        self._in = interpreter
        self._boundary = boundary
        self._runs: dict[int, Run] = {}
        self._special: dict[tuple[int, Body], Run] = {}
        self._bodies: dict[int, int] = {}
        self._whole: dict[int, Cost] = {}
        self._busy: list[int] = []
        self.answers = Answers(boundary, self.with_body)

    def own(self, entry: Entry) -> Run:
        """What an entry does in its own process."""
        run = self._runs.get(id(entry))
        if run is None:
            if not entry.starts and entry.kind == "script":
                summary = self._in.process(entry.file)
                run = Run(entry, costs.settled(summary.cost), summary.effects)
            else:
                cost, effects = self._guarded(entry)
                if entry.kind == "hook":
                    actions = handed_out(self._in, entry.starts, effects)
                    cost, effects = costs.add(cost, cost_of(self._in, actions)), (*effects, *actions)
                for more, inside in self._from_outside(entry):
                    cost, effects = costs.add(cost, more), (*effects, *inside)
                run = Run(entry, cost, repeated(entry, effects))
            self._runs[id(entry)] = run
        return run

    def _from_outside(self, entry: Entry) -> Iterator[tuple[Cost, tuple[Effect, ...]]]:
        """What a platform does for an entry: it starts modules, and asks own routes."""
        together = (entry.runs,) if entry.kind == "page" else ((module,) for module in entry.runs)
        for modules in together if entry.runs else ():
            summary = self._in.process(*modules)
            yield costs.settled(summary.cost), summary.effects
        for requested in entry.asks:
            if entry.kind != FORWARD and asked_route(self._boundary, entry, requested) is None:
                what = f"{requested.target.method} {requested.target.path}"
                self._in.gap(requested.site.file, requested.site.line, what, "no route of the repository answers it")
                continue
            number = self._in.request(requested.site, requested.target, requested.options)
            yield costs.one(number), (Request((requested,)),)

    def accept(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> None:
        """Take over what another process found that `entry` does."""
        self._runs[id(entry)] = Run(entry, cost, effects)

    def _guarded(self, entry: Entry, starts: Sequence[Start] | None = None) -> tuple[Cost, tuple[Effect, ...]]:
        """One entry that is nested beyond all bounds must not cost the others their answers."""
        try:
            cost, effects = self._starts(entry, entry.starts if starts is None else starts)
            kept = header_guards(self._in, entry) if effects else ()
            return behind_whole(self._in, kept, costs.settled(cost), effects)
        except RecursionError:
            self._in.recover()
            self._in.gap(entry.file, entry.line, entry.name, "the code is nested too deeply to be followed")
            return costs.NONE, ()

    def _starts(self, entry: Entry, starts: Sequence[Start]) -> tuple[Cost, tuple[Effect, ...]]:
        total: Cost = costs.NONE
        tree: list[Effect] = []
        before: tuple[Guard, ...] = ()
        for number, start in enumerate(starts):
            cost, effects = self._start(forced(start.value), start.args, start.this)
            if start.origin != "browser":
                cost, effects = behind_whole(self._in, (*start.guards, *before), cost, effects)
            if number < len(starts) - 1:
                before = (*before, *answers_before(self._in, start, entry))
            if cost and start.origin:
                cost = costs.through(cost, Side(start.origin))
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
            summary = self._in.run(value, given, this)
            return summary.cost, summary.effects
        if isinstance(value, ClassValue):
            return self._class(value)
        if isinstance(value, Rendered):
            found: list[Effect] = []
            frame = Frame(self._in, value.scope, effects=True)
            return perform(frame, value.expr, value.scope, found), tuple(found)
        inside: Sequence[Value] = ()
        if isinstance(value, OneOf):
            inside = value.values
        elif isinstance(value, ForeignValue):  # a handler that a library wrapped
            inside = [closure for arg in value.args or () for closure in closures_in(arg, HANDLER_DEPTH, wrapped=True)]
        elif isinstance(value, ModuleValue):
            whole = self._in.export(value.module, "default")
            inside = (whole,) if whole is not None else ()
        elif isinstance(value, Unknown) and value.receiver is not None:
            inside = (value.receiver,)
        known = [one for one in map(forced, inside) if isinstance(one, (Closure, ForeignValue))]
        ran = [self._start(one, args, this) for one in known]
        if isinstance(value, OneOf) and len(ran) > 1:  # one of several functions runs, not one after the other
            ways = tuple(("it is this one of several functions", effects) for _, effects in ran)
            return costs.either([cost for cost, _ in ran]), (Choice(0, ways),) if any(way for _, way in ways) else ()
        total: Cost = costs.NONE
        for cost, _ in ran:
            total = costs.add(total, cost)
        return total, tuple(effect for _, effects in ran for effect in effects)

    def _class(self, value: ClassValue) -> tuple[Cost, tuple[Effect, ...]]:
        render = self._in.classes.method(value, "render", static=False)
        if render is None:
            return costs.NONE, ()
        instance = self._in.injection.injected(value)
        summary = self._in.run(Closure(value.module, render, value.scope, instance), [])
        return summary.cost, summary.effects

    def with_body(self, entry: Entry, body: Body) -> Run:
        """What a route does when it is sent a body with these properties; the general run where they decide nothing."""
        own = self.own(entry)
        if entry.kind == "job":
            return self._handling(own)
        if not body or not own.effects or not entry.starts:
            return own
        key = (id(entry), body)
        run = self._special.get(key)
        if run is None:
            run = own
            if self._bodies.setdefault(id(entry), 0) < MOST_BODIES:
                self._bodies[id(entry)] += 1
                cost, effects = self._guarded(entry, tuple(_given(self._in, start, body) for start in entry.starts))
                run = own if cost == own.cost else Run(entry, cost, effects)
            self._special[key] = run
        return run

    def _handling(self, run: Run) -> Run:
        """What a job does when something is put into its queue: once, and apart from the schedules that repeat it."""
        key = (id(run.entry), ())
        if key not in self._special:
            effects = run.effects
            for trigger in run.entry.triggers:
                if len(effects) == 1 and isinstance(effects[0], Repeated) and effects[0].trigger == trigger:
                    effects = effects[0].body
            self._special[key] = Run(run.entry, run.cost, effects)
        return self._special[key]

    def whole(self, entry: Entry) -> Cost:
        """What an entry costs with all that the routes do which it calls."""
        return self._whole_run(self.own(entry))

    def part(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> Cost:
        """What a part of an entry's code costs with all that the routes do which it calls."""
        return self._through_routes(Run(entry, cost, effects))

    def _whole_run(self, run: Run) -> Cost:
        number = id(run)
        known = self._whole.get(number)
        if known is not None:
            return known
        entry = id(run.entry)
        if entry in self._busy or len(self._busy) >= MOST_CROSSINGS:
            return costs.NONE
        self._busy.append(entry)
        try:
            total = self._through_routes(run)
        finally:
            self._busy.pop()
        if not self._busy:
            self._whole[number] = total
        return total

    def _through_routes(self, run: Run) -> Cost:
        return through_routes(run, self._in.requests, self.answers, self._whole_run)


def _given(interpreter: Interpreter, start: Start, body: Body) -> Start:
    """A start whose handler is handed a request with `body`: as its first argument, or where it asks for the body."""
    value = forced(start.value)
    if not isinstance(value, Closure):
        return start
    request = Incoming(body)
    args = list(start.args if start.args is not None else unknown_args(interpreter, value))
    params = interpreter.function(value.module, value.index).params
    asked = [number for number, param in enumerate(params) if _asks_for_body(param)]
    for number in asked:
        args[number] = request.body
    if not asked and args and not isinstance(forced(args[0]), Record):
        args[0] = request
    return replace(start, args=tuple(args))


def _asks_for_body(param: Param) -> bool:
    """Whether a parameter is decorated to be handed the whole body: Nest's `@Body()`."""
    return any(isinstance(one.callee, Name) and one.callee.id == "Body" and not one.args for one in param.decorators)


def bound(most: float) -> int | None:
    """An upper bound as the contract writes it: absent where data decides."""
    return None if most == inf else int(most)


__all__ = ["Composer", "Crossing", "Run", "Side", "Step", "bound"]
