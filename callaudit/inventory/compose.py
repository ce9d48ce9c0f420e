"""What a run of each entry reaches, over the boundaries of the repository's own routes."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.inventory.answers import Answers
from callaudit.inventory.crossings import through_routes
from callaudit.inventory.handed_in import handed
from callaudit.inventory.outside import asked_route
from callaudit.inventory.runs import Run, Runs

if TYPE_CHECKING:
    from collections.abc import Hashable

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.requests.requested import Said
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary

MOST_CROSSINGS = 6
MOST_SAID = 64
"""Different requests for which one route is run apart."""
MOST_IN_VAIN = 12
"""After how many of them that decided nothing a route is not run apart any more."""


class Composer:
    """Runs entries and follows their requests into the routes that answer them."""

    def __init__(self, interpreter: Interpreter, boundary: Boundary) -> None:
        """Compose over `interpreter`'s program."""
        self._in = interpreter
        self._runs = Runs(interpreter, lambda entry, asked: asked_route(boundary, entry, asked) is not None)
        self._special: dict[tuple[int, Hashable], Run] = {}
        self._apart: dict[int, list[bool]] = {}
        """For each route, whether what was said decided something, one by one."""
        self._whole: dict[int, Cost] = {}
        self._busy: list[int] = []
        self.answers = Answers(boundary, self.when_told)

    def own(self, entry: Entry) -> Run:
        """What an entry does in its own process."""
        return self._runs.own(entry)

    def accept(self, entry: Entry, cost: Cost, effects: tuple[Effect, ...]) -> None:
        """Take over what was found elsewhere that `entry` does."""
        self._runs.accept(entry, cost, effects)

    def when_told(self, entry: Entry, said: Said) -> Run:
        """What a route does when a request says this; the general run where that decides nothing."""
        own = self.own(entry)
        if entry.kind == "job":
            return self._handling(own)
        if not own.effects or not entry.starts or not (said.body or said.query or said.whole):
            return own
        key = (id(entry), said.alike())
        run = self._special.get(key)
        if run is None:
            run = own
            before = self._apart.setdefault(id(entry), [])
            starts = handed(self._in, entry, said)
            if starts and len(before) < MOST_SAID and before.count(False) < MOST_IN_VAIN:
                cost, effects = self._runs.started(entry, starts)
                run = own if cost == own.cost else Run(entry, cost, effects)
                before.append(run is not own)
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


def bound(most: float) -> int | None:
    """An upper bound as the contract writes it: absent where data decides."""
    return None if most == inf else int(most)
