"""What the statements of a loop's round do: which way a test takes, what a handler does, where the round ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.loops.round_expressions import Event, RoundExpressions
from callaudit.flow.loops.round_steps import before_steps
from callaudit.flow.loops.round_ways import Compared, Way, goes_on, wait_once
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.floating import floating
from callaudit.flow.reading.jumps import goes_round
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Unknown
from callaudit.syntax.ir import (
    Block,
    Call,
    Do,
    If,
    Jump,
    Let,
    Loop,
    Name,
    Ret,
    Switch,
    Throw,
    Try,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Case, Stmt

AN_ERROR = "an error is caught"


class Ended(Exception):  # noqa: N818 - no error: the loop has ended
    """The loop, or the function, was left."""


class NextRound(Exception):  # noqa: N818
    """The round was left for the one after it."""


class RoundStatements(RoundExpressions):
    """The statements of the rounds of a loop, taken in order with the values of its counters."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: Calls, *, failing: bool = True) -> None:
        """Begin in a scope inside `scope`; a call at one of the places `calls` fails, or else gives something."""
        super().__init__(interpreter, scope, calls)
        self._failing = failing
        if not failing:
            self._chance = None
        self._aside: list[Event] = []
        """Waits on ways to the next round that may be taken."""
        self._ways = Compared()
        self._loop: Loop | None = None
        self._looking = False
        """Whether a way is looked at that is not taken."""

    def _round(self, body: Sequence[Stmt]) -> None:
        self._begun = len(self._events)
        try:
            self._block(body)
        except NextRound:
            return

    def _block(self, body: Sequence[Stmt]) -> None:
        for number, statement in enumerate(body):
            if isinstance(statement, If):
                rest = body[number + 1 :]
                self._branch(statement, rest)
            else:
                self._statement(statement)

    def _statement(self, statement: Stmt) -> None:
        if isinstance(statement, Let):
            plain = before_steps(self._in, statement)
            stepped = plain is not statement and isinstance(plain.target, Name)
            if stepped and isinstance(plain.target, Name):  # the counter goes on behind it
                self._declare(plain)
                self.scope.vars[plain.target.id] = forced(self.scope.vars[plain.target.id])
            if statement.value is not None:
                self._expression(statement.value)
            if not stepped:
                self._declare(statement)
        elif isinstance(statement, (Do, Ret, Throw)):
            if statement.value is not None:
                self._expression(statement.value)
            if isinstance(statement, Throw):
                raise Ended
            if isinstance(statement, Ret) and not self._makes_call(statement):
                raise Ended
        elif isinstance(statement, Try):
            self._attempt(statement)
        elif isinstance(statement, Block):
            self._block(statement.body)
        elif isinstance(statement, Switch):
            for case in statement.cases:
                self._maybe(case)
        elif isinstance(statement, Loop):
            self._once(statement.body)
        elif isinstance(statement, Jump):
            raise NextRound if self._goes_round(statement) else Ended

    def _branch(self, statement: If, rest: Sequence[Stmt]) -> None:
        """Take a test and what depends on it; `rest` follows it in its block."""
        decided = self._test(statement.test)
        if decided is not None:
            self._block(statement.then if decided else statement.other)
            return
        ways = statement.then, statement.other
        start, begun = dict(self.scope.vars), len(self._events)
        power, self._power = self._power, False
        stays = False
        try:
            if not any(map(goes_on, ways)):
                self._maybe_continue(statement)
                return
            if not (goes_on(rest) or self._has_call(rest)) and not all(map(goes_on, ways)):
                before = len(self._events)
                try:
                    self._maybe_continue(statement)  # else the first round would be the last
                finally:
                    self._aside.extend(event for event in self._events[before:] if not event.call)
            self._both(statement)
            stays = True
        finally:
            if any(map(self._continues, ways)):
                self._or_else(statement, Way(self._events[begun:], self._power), rest, start, stays=stays)
            self._power = self._power or power

    def _both(self, statement: If) -> None:
        """Take both ways of a test; where both wait, a round waits once."""
        taken: list[Way] = []
        self._unsure += 1
        for way in (statement.then, statement.other):
            before = len(self._events)
            power, self._power = self._power, False
            if goes_on(way):
                self._block(way)
                taken.append(Way(self._events[before:], self._power))
                if len(taken) > 1 and all(one.waits for one in taken):
                    self._ways.compare(words(statement.test), *taken)
                    self._events = wait_once(self._events, statement.test, *taken)
            elif self._continues(way):
                self._once(way)
                self._aside.extend(event for event in self._events[before:] if not event.call)
            self._power = self._power or power
        self._unsure -= 1

    def _or_else(
        self, statement: If, first: Way, rest: Sequence[Stmt], start: dict[str, Value], *, stays: bool
    ) -> None:
        """Compare a way that may go on to the next round with `rest`, which is done where it is not taken.

        Where this round `stays` for `rest`, that is what waits.
        """
        if not first.waits or not rest or self._looking:
            return
        before, aside, known, power = len(self._events), len(self._aside), self.scope.vars, self._power
        self.scope.vars, self._power, self._looking = dict(start), False, True
        self._once(rest)
        second = Way(self._events[before:], self._power)
        self._ways.compare(words(statement.test), first, second)
        del self._events[before:], self._aside[aside:]
        if stays and second.waits:
            self._events = [event for event in self._events if event.call or all(event is not e for e in first.events)]
        self.scope.vars, self._power, self._looking = known, power, False

    def _maybe_continue(self, statement: If) -> None:
        """All ways leave: what goes on to the next round is what a failing run does."""
        for way in (statement.then, statement.other):
            if self._continues(way):
                self._block(way)
                return

    def _continues(self, way: Sequence[Stmt]) -> bool:
        """Whether a way goes on to the next round, or may: `if (tries < 3) { …; continue } throw failure`."""
        for statement in way:
            if self._goes_round(statement):
                return True
            if isinstance(statement, If) and (self._continues(statement.then) or self._continues(statement.other)):
                return True
        return False

    def _goes_round(self, jump: Stmt) -> bool:
        return self._loop is not None and goes_round(self._loop, jump)

    def _maybe(self, case: Case) -> None:
        if goes_on(case.body):
            self._block(case.body)

    def _once(self, body: Sequence[Stmt]) -> None:
        """What may happen on the way, but does not decide."""
        try:
            self._block(body)
        except (NextRound, Ended):
            return

    def _attempt(self, statement: Try) -> None:
        if statement.handler is None:
            self._block(statement.body)
        else:
            begun = len(self._events)
            self._unsure += 1  # what follows a call that fails is not done
            try:
                self._block(statement.body)
            except Ended:
                pass
            except NextRound:
                if not self._failing:
                    raise
            finally:
                self._unsure -= 1
            if self._failing and self._has_call(statement.body) and not self._floats(statement.body):
                if statement.param is not None:
                    bind(self._in, statement.param, Unknown("error", given=True), self.scope)
                self._handle(statement.handler, begun)
        self._block(statement.final)

    def _floats(self, body: Sequence[Stmt]) -> bool:
        """Whether no call in `body` fails where a handler hears it."""
        calls = {id(node) for node in walk(tuple(body)) if isinstance(node, Call) and node.place in self._calls}
        return calls <= floating(self._in, self.scope, body)

    def _handle(self, handler: Sequence[Stmt], begun: int) -> None:
        """Take a handler; a wait in it stands for those on ways to the next round, which a failing call never takes."""
        before = len(self._events)
        power, self._power = self._power, False
        try:
            self._block(handler)
        finally:
            caught = Way(self._events[before:], self._power)
            if caught.waits:
                aside = [event for event in self._events[begun:before] if any(event is one for one in self._aside)]
                self._ways.compare(AN_ERROR, Way(aside, power), caught)
                self._events[begun:before] = [
                    event for event in self._events[begun:before] if all(event is not one for one in aside)
                ]
            self._power = self._power or power

    def _makes_call(self, statement: Ret) -> bool:
        return statement.value is not None and self._has_call((statement,))
