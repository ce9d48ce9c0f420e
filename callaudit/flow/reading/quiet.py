"""Whether a function does nothing to the network, whatever it is given: such a one needs no run for each context.

Most of what is logged, checked and formatted on the way is quiet. To know it, a function is probed: run with arguments
of which nothing is known. A function that does something in the first of its contexts needs no probe, and none that
sets what is not its own is run for an answer: what it sets is to be seen in each of its contexts, or in none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.reentries import Reentries
from callaudit.flow.machine import activation
from callaudit.flow.machine.passed_over import changes_others
from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import CYCLES
from callaudit.flow.values.values import Instance

if TYPE_CHECKING:
    from typing import Any

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.summaries import Summary
    from callaudit.flow.values.values import Closure, Value

Place = tuple[object, ...]


class Quiet:
    """What is known of the functions of a program, by where they stand and what they are methods of."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Know nothing yet."""
        self._in = interpreter
        self._known: dict[Place, bool] = {}
        self._probing: set[tuple[str, int]] = set()
        self._ran: set[Place] = set()
        """Functions that did nothing in the contexts in which they were run."""
        self._changing: dict[tuple[str, int], bool] = {}
        self._alike: dict[object, object] = {}
        """What tells an object from others of its class, by where it was made."""

    def holds(self, closure: Closure, this: Value | None) -> bool:
        """Whether a function does nothing to the network whatever plain values it is given."""
        function = (closure.module, closure.index)
        if function in self._probing or self._is_inside_probed(closure):
            return False  # a recursive call decides nothing, on whatever object: each level would run it twice
        place = self._place(closure, this)
        known = self._known.get(place)
        if known is None:
            self._known[place] = False  # a recursive call decides nothing
            self._probing.add(function)
            try:
                summary, registers = self._probe(closure, this)
            finally:
                self._probing.discard(function)
            known = self._known[place] = not summary.effects and not registers
        return known

    def spares(self, closure: Closure, this: Value | None) -> bool:
        """Whether a function need not be run in one more context, as it is quiet."""
        if (closure.this or this) is None and not self._in.function(closure.module, closure.index).params:
            return False  # it has one context only, which is run anyway
        place = self._place(closure, this)
        if place not in self._known and place not in self._ran and not self._changes(closure):
            return False  # the first of its contexts says as much
        return self.holds(closure, this)

    def note(self, closure: Closure, this: Value | None, summary: Summary) -> None:
        """Note what a function did that was run because nothing was known of it."""
        place = self._place(closure, this)
        if summary.effects:
            self._known[place] = False
        else:
            self._ran.add(place)

    def _is_inside_probed(self, closure: Closure) -> bool:
        """A part of what is probed already needs none: two runs for each level of a recursion would double."""
        return (closure.module, closure.scope.function) in self._in.summaries.running

    def _changes(self, closure: Closure) -> bool:
        """Whether the code of a function sets what is not its own: fields are filled when somebody asks for one."""
        place = (closure.module, closure.index)
        known = self._changing.get(place)
        if known is None:
            made = {"this"} if self._in.function(*place).cls >= 0 else set[str]()
            known = self._changing[place] = changes_others(self._in.nodes(*place), made)
        return known

    def _place(self, closure: Closure, this: Value | None) -> Place:
        return (closure.module, closure.index, closure.scope.mark, self._kind_of(closure.this or this))

    def _kind_of(self, receiver: Value | None) -> object:
        """Objects of one class that were made of plain values behave alike."""
        if not isinstance(receiver, Instance):
            return id(receiver)
        known = self._alike.get(receiver.place)
        if known is None:
            cycles = CYCLES[0]
            told = any(matters(self._in, arg) for arg in receiver.args or ())
            known = receiver.place if told else (receiver.cls.module, receiver.cls.index)
            if CYCLES[0] == cycles:
                self._alike[receiver.place] = known
        return known

    def _probe(self, closure: Closure, this: Value | None) -> tuple[Summary, bool]:
        """Run a function whatever is running now, which must not decide what holds for every context.

        The second answer is whether it registers handlers or jobs; those that it did are forgotten.

        Where it runs what is running already, what came upon that on the way is forgotten: it was seen from elsewhere.
        """
        inside, summaries, noted = self._in, self._in.summaries, self._in.noted
        outside = inside.open, inside.reentries
        around = summaries.running, summaries.leans, summaries.met
        summaries.running, summaries.leans, summaries.met = (
            frozenset(inside.open.busy) | summaries.running,
            set(),
            False,
        )
        inside.open, inside.reentries = inside.open.apart(), Reentries()
        began = len(summaries)
        tables: tuple[dict[Any, Any], ...] = (noted.registrations, noted.schedules, noted.repeating)
        held = [len(table) for table in tables]
        outer, inside.probed = inside.probed, unknown_arguments(inside, closure)
        summary = activation.run(inside, closure, inside.probed, this, effects=True)
        inside.probed = outer
        registers = held != [len(table) for table in tables]
        if registers:  # for each caller what it registers differs: `paths.forEach((path) => app.get(path, handler))`
            for table, count in zip(tables, held, strict=True):
                for one in list(table)[count:]:
                    del table[one]
        inside.open, inside.reentries = outside
        if summaries.met or registers:
            summaries.forget(began, leaning=not registers)
        summaries.running, summaries.leans = around[:2]
        summaries.met = summaries.met or around[2]
        return summary, registers
