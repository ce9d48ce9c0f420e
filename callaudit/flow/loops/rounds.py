"""What the rounds of a loop do whose calls keep failing: how many there are, and how long each waits.

The statements are taken round by round with the values of their counters, assuming that each call fails, or gives
what does not end the loop. Nothing is sent: only waits, counters and the tests that depend on them are looked at.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.loops.round_statements import Ended, RoundStatements
from callaudit.flow.machine.binding import bind
from callaudit.flow.values.value_keys import key
from callaudit.syntax.ir import (
    Assign,
    Call,
    Func,
    Let,
    Loop,
    Name,
    Un,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from callaudit.flow.loops.round_expressions import Event
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.flow.values.values import Value

MOST_ROUNDS = 40


class Rounds(Struct):
    """What was found: calls and waits in order; `ended` where the loop was seen to end."""

    events: list[Event]
    ended: bool
    jitter: bool
    power: bool
    """Whether a power, or a product with itself, goes into a wait."""
    total: int | None = None
    """How often it goes round, where a test of the clock ends it after more rounds than were taken."""
    open: str = ""
    """The test that is not known, where one decides about the end."""
    unlike: str = ""
    """What decides which of several ways to the next round is taken, where those wait unlike."""
    alike: bool = True
    """Whether such ways all grow by a power."""


class Simulation(RoundStatements):
    """One loop, taken round by round."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: Calls, *, failing: bool = True) -> None:
        """Begin in a scope inside `scope`; a call at one of the places `calls` fails, or else gives something."""
        super().__init__(interpreter, scope, calls, failing=failing)
        self._changing: frozenset[str] = frozenset()
        """The variables that a round may set."""

    def items(self, statement: Loop, items: Sequence[Value], start: dict[str, Value]) -> Rounds:
        """Take a loop over `items` that are known, one round for each; it begins with the variables `start`."""
        self._begin_with(statement, start)
        try:
            for item in items[:MOST_ROUNDS]:
                if statement.target is not None:
                    bind(self._in, statement.target, item, self.scope)
                self._round(statement.body)
        except Ended:
            pass
        return self._found(ended=True)

    def loop(self, statement: Loop, start: dict[str, Value]) -> Rounds:
        """Take a loop that begins with the variables `start`."""
        self._begin_with(statement, start)
        for let in statement.init:
            if isinstance(let, Let):
                self._declare(let)
        ended = False
        state: Hashable = None
        try:
            for number in range(MOST_ROUNDS):
                begun = len(self._events)
                tested = statement.kind != "do" or number
                if statement.test is not None and tested and self._test(statement.test) is False:
                    ended = True
                    break
                self._round(statement.body)
                if statement.update is not None:
                    self._expression(statement.update)
                before, state = state, self._state()
                if before == state and not self._limit:  # each round that follows does what this one did
                    self._events += self._events[begun:] * (MOST_ROUNDS - 1 - number)
                    break
        except Ended:
            ended = True
        return self._found(ended=ended)

    def _begin_with(self, statement: Loop, start: dict[str, Value]) -> None:
        """Give the variables that the rounds of a loop change the values that they have before it."""
        self._loop = statement
        lets = (node for node in walk(statement.body) if isinstance(node, Let))
        self._inside = frozenset(name for let in lets for name in bound_names(let.target))
        self._handed = frozenset(self._names_handed(statement))
        parts = (*statement.body, *(part for part in (statement.update, statement.test) if part is not None))
        self._changing = frozenset(name for name in map(_assigned_name, walk(parts)) if name)
        for name in self._changing:
            if name in start:
                self.scope.vars[name] = start[name]
        if statement.test is not None:
            self._tested = frozenset(node.id for node in walk((statement.test,)) if isinstance(node, Name))

    def _names_handed(self, statement: Loop) -> Iterator[str]:
        """The variables that calls in a loop are handed, those in functions that they are handed included."""
        for call in (node for node in walk(statement.body) if isinstance(node, Call)):
            for arg in call.args:
                if isinstance(arg, Name):
                    yield arg.id
                elif isinstance(arg, Func):
                    yield from self._in.function(self.scope.module, arg.index).refs

    def _state(self) -> Hashable:
        """The variables that rounds change, as they are now."""
        return tuple((name, key(self.scope.vars[name])) for name in self._changing if name in self.scope.vars)

    def _found(self, *, ended: bool) -> Rounds:
        waits = {event.ms for event in self._events if not event.call}
        even = next(iter(waits)) if len(waits) == 1 else None
        total = ceil(self._limit / even) if self._limit and even and not ended else None
        return Rounds(
            self._events, ended, self._jitter, self._power, total, self._open, self._ways.unlike, self._ways.alike
        )


def _assigned_name(node: object) -> str:
    target = node.target if isinstance(node, Assign) else node.value if isinstance(node, Un) else None
    if isinstance(node, Un) and node.op not in ("++", "--"):
        return ""
    return target.id if isinstance(target, Name) else ""
