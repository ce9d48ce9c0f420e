"""What a run of each entry reaches, over the boundaries of the repository's own routes."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow import cost as costs
from callaudit.flow.callbacks import Step, closures_in
from callaudit.flow.cost import TOTAL
from callaudit.flow.effects import Request
from callaudit.flow.values import (
    ClassValue,
    Closure,
    ForeignValue,
    ModuleValue,
    OneOf,
    Unknown,
    Value,
    forced,
)
from callaudit.frameworks.model import unknown_args
from callaudit.inventory.outside import asked_route, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.frameworks.model import Entry, Start
    from callaudit.inventory.boundary import Boundary

MOST_CROSSINGS = 6
HANDLER_DEPTH = 4
"""How deep in the options of a library its callbacks are looked for."""


class Crossing(Struct, frozen=True):
    """A step of a chain that leaves one process for another: the route that answers."""

    route: str
    file: str
    line: int


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
        self._whole: dict[int, Cost] = {}
        self._busy: list[int] = []

    def own(self, entry: Entry) -> Run:
        """What an entry does in its own process."""
        run = self._runs.get(id(entry))
        if run is None:
            if entry.kind == "script":
                summary = self._in.process(entry.file)
                run = Run(entry, summary.cost, summary.effects)
            else:
                cost, effects = self._guarded(entry)
                for more, inside in self._from_outside(entry):
                    cost, effects = costs.add(cost, more), (*effects, *inside)
                run = Run(entry, cost, repeated(entry, effects))
            self._runs[id(entry)] = run
        return run

    def _from_outside(self, entry: Entry) -> Iterator[tuple[Cost, tuple[Effect, ...]]]:
        """What a platform does for an entry: it starts modules, and asks own routes."""
        for module in entry.runs:
            summary = self._in.process(module)
            yield summary.cost, summary.effects
        for requested in entry.asks:
            if asked_route(self._boundary, entry, requested) is None:
                what = f"{requested.target.method} {requested.target.path}"
                self._in.gap(requested.site.file, requested.site.line, what, "no route of the repository answers it")
                continue
            number = self._in.request(requested.site, requested.target, requested.options)
            yield costs.one(number), (Request((requested,)),)

    def accept(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> None:
        """Take over what another process found that `entry` does."""
        self._runs[id(entry)] = Run(entry, cost, effects)

    def _guarded(self, entry: Entry) -> tuple[Cost, tuple[Effect, ...]]:
        """One entry that is nested beyond all bounds must not cost the others their answers."""
        try:
            return self._starts(entry.starts)
        except RecursionError:
            self._in.recover()
            self._in.gap(entry.file, entry.line, entry.name, "the code is nested too deeply to be followed")
            return costs.NONE, ()

    def _starts(self, starts: Sequence[Start]) -> tuple[Cost, tuple[Effect, ...]]:
        total: Cost = costs.NONE
        tree: list[Effect] = []
        for start in starts:
            cost, effects = self._start(forced(start.value), start.args, start.this)
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
        total: Cost = costs.NONE
        tree: list[Effect] = []
        for item in inside:
            known = forced(item)
            if isinstance(known, (Closure, ForeignValue)):
                cost, effects = self._start(known, args, this)
                total = costs.add(total, cost)
                tree.extend(effects)
        return total, tuple(tree)

    def _class(self, value: ClassValue) -> tuple[Cost, tuple[Effect, ...]]:
        render = self._in.classes.method(value, "render", static=False)
        if render is None:
            return costs.NONE, ()
        instance = self._in.injection.injected(value)
        summary = self._in.run(Closure(value.module, render, value.scope, instance), [])
        return summary.cost, summary.effects

    def whole(self, entry: Entry) -> Cost:
        """What an entry costs with all that the routes do which it calls."""
        number = id(entry)
        known = self._whole.get(number)
        if known is not None:
            return known
        if number in self._busy or len(self._busy) >= MOST_CROSSINGS:
            return costs.NONE
        self._busy.append(number)
        try:
            total = self._through_routes(entry, self.own(entry).cost)
        finally:
            self._busy.pop()
        if not self._busy:
            self._whole[number] = total
        return total

    def _through_routes(self, entry: Entry, own: Cost) -> Cost:
        total: Cost = {}
        lowest, highest, _ = own.get(TOTAL, (0, 0, ()))
        for request, (least, most, chain) in own.items():
            if request == TOTAL:
                continue
            route = self._boundary.route(self._in.requests[request].target, entry.app)
            if route is None or route is entry:
                total = costs.add(total, {request: (least, most, chain)})
                continue
            beyond = costs.repeat(self.whole(route), least, most)
            crossing = (*chain, Crossing(route.name, route.file, route.line))
            inside = beyond.get(TOTAL, (0, 0, ()))
            # what leaves the repository counts, not the request to the own route
            lowest = max(lowest - least, 0) + inside[0]
            highest = inf if inf in (highest, most, inside[1]) else highest - most + inside[1]
            for inner, (low, high, rest) in beyond.items():
                if inner != TOTAL:
                    total = costs.add(total, {inner: (low, high, (*crossing, *rest))})
        if total:
            total[TOTAL] = (lowest, max(highest, lowest), ())
        return total


def bound(most: float) -> int | None:
    """An upper bound as the contract writes it: absent where data decides."""
    return None if most == inf else int(most)


__all__ = ["Composer", "Crossing", "Run", "Step", "bound"]
