"""What a run of each entry reaches, over the boundaries of the repository's own routes."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow import cost as costs
from callaudit.flow.effects import Repeated
from callaudit.flow.requested import Incoming
from callaudit.flow.values import (
    Closure,
    Record,
    forced,
)
from callaudit.frameworks.model import Start, unknown_args
from callaudit.inventory.answers import Answers
from callaudit.inventory.crossings import through_routes
from callaudit.inventory.outside import asked_route
from callaudit.inventory.runs import Run, Runs
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.requested import Body
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary
    from callaudit.syntax.facts import Param

MOST_CROSSINGS = 6
MOST_BODIES = 16
"""Different bodies for which one route is run apart."""


class Composer:
    """Runs entries and follows their requests into the routes that answer them."""

    def __init__(self, interpreter: Interpreter, boundary: Boundary) -> None:
        """Compose over `interpreter`'s program."""
        self._in = interpreter
        self._runs = Runs(interpreter, lambda entry, asked: asked_route(boundary, entry, asked) is not None)
        self._special: dict[tuple[int, Body], Run] = {}
        self._bodies: dict[int, int] = {}
        self._whole: dict[int, Cost] = {}
        self._busy: list[int] = []
        self.answers = Answers(boundary, self.with_body)

    def own(self, entry: Entry) -> Run:
        """What an entry does in its own process."""
        return self._runs.own(entry)

    def accept(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> None:
        """Take over what was found elsewhere that `entry` does."""
        self._runs.accept(entry, cost, effects)

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
                cost, effects = self._runs.started(
                    entry, tuple(_given(self._in, start, body) for start in entry.starts)
                )
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
