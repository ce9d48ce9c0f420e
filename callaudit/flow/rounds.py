"""What the rounds of a loop do whose calls keep failing: how many there are, and how long each waits.

The statements are taken round by round with the values of their counters, assuming that each call fails, or gives
what does not end the loop. Nothing is sent: only waits, counters and the tests that depend on them are looked at.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.binding import bind
from callaudit.flow.conditions import label
from callaudit.flow.floating import floating
from callaudit.flow.join import key
from callaudit.flow.records import Span
from callaudit.flow.round_expressions import Event, RoundExpressions
from callaudit.flow.round_steps import before_steps
from callaudit.flow.spans import whole
from callaudit.flow.values import Unknown, forced
from callaudit.flow.words import words
from callaudit.syntax.ir import (
    Assign,
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
    Un,
)
from callaudit.syntax.typescript.modules import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Case, Expr, Stmt

MOST_ROUNDS = 40
AN_ERROR = "an error is caught"


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


class Way(Struct):
    """What one way to the next round does, and whether a power goes into a wait of it."""

    events: list[Event]
    power: bool

    @property
    def waits(self) -> list[float | None]:
        """How long it waits."""
        return [event.ms for event in self.events if not event.call]


class Ended(Exception):  # noqa: N818 - no error: the loop has ended
    """The loop, or the function, was left."""


class NextRound(Exception):  # noqa: N818
    """The round was left for the one after it."""


class Simulation(RoundExpressions):
    """One loop, taken round by round."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: frozenset[int], *, failing: bool = True) -> None:
        """Begin in a scope inside `scope`; a call at one of the lines `calls` fails, or else gives something."""
        super().__init__(interpreter, scope, calls)
        self._failing = failing
        if not failing:
            self._chance = None
        self._changing: frozenset[str] = frozenset()
        """The variables that a round may set."""
        self._aside: list[Event] = []
        """Waits on ways to the next round that may be taken."""
        self._unlike = ""
        """The first test of which the ways wait unlike."""
        self._alike = True
        self._looking = False
        """Whether a way is looked at that is not taken."""

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
        lets = (node for node in walk(statement.body) if isinstance(node, Let))
        self._inside = frozenset(name for let in lets for name in bound_names(let.target))
        parts = (*statement.body, *(part for part in (statement.update, statement.test) if part is not None))
        self._changing = frozenset(name for name in map(_assigned_name, walk(parts)) if name)
        for name in self._changing:
            if name in start:
                self.scope.vars[name] = start[name]
        if statement.test is not None:
            self._tested = frozenset(node.id for node in walk((statement.test,)) if isinstance(node, Name))

    def _state(self) -> Hashable:
        """The variables that rounds change, as they are now."""
        return tuple((name, key(self.scope.vars[name])) for name in self._changing if name in self.scope.vars)

    def _found(self, *, ended: bool) -> Rounds:
        waits = {event.ms for event in self._events if not event.call}
        even = next(iter(waits)) if len(waits) == 1 else None
        total = ceil(self._limit / even) if self._limit and even and not ended else None
        return Rounds(self._events, ended, self._jitter, self._power, total, self._open, self._unlike, self._alike)

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
            raise NextRound if statement.kind == "continue" else Ended

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
            if not any(map(_goes_on, ways)):
                self._maybe_continue(statement)
                return
            if not (_goes_on(rest) or self._has_call(rest)) and not all(map(_goes_on, ways)):
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
            if _goes_on(way):
                self._block(way)
                taken.append(Way(self._events[before:], self._power))
                if len(taken) > 1 and all(one.waits for one in taken):
                    self._compare(words(statement.test), *taken)
                    self._wait_once(statement.test, *taken)
            elif self._continues(way):
                self._once(way)
                self._aside.extend(event for event in self._events[before:] if not event.call)
            self._power = self._power or power
        self._unsure -= 1

    def _wait_once(self, test: Expr, first: Way, second: Way) -> None:
        """Replace the waits of two ways, of which one is taken, by one wait of either time."""
        waits = [event for event in (*first.events, *second.events) if not event.call]
        if first.waits == second.waits:
            waits = [event for event in second.events if not event.call]
        elif None not in (*first.waits, *second.waits):
            totals = ((sum(filter(None, way.waits)), way is first) for way in (first, second))
            spans = tuple(Span(whole(ms), label(test, taken=taken)) for ms, taken in totals)
            at = self._events.index(waits[0])
            self._events.insert(at, Event(call=False, line=waits[0].line, why="it is one of two", spans=spans))
        self._events = [event for event in self._events if all(event is not one for one in waits)]

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
        self._compare(words(statement.test), first, second)
        del self._events[before:], self._aside[aside:]
        if stays and second.waits:
            self._events = [event for event in self._events if event.call or all(event is not e for e in first.events)]
        self.scope.vars, self._power, self._looking = known, power, False

    def _compare(self, test: str, first: Way, second: Way) -> None:
        """Note that two ways to the next round wait unlike, and whether both grow by a power."""
        if first.waits and second.waits and first.waits != second.waits:
            self._unlike = self._unlike or test
            self._alike = self._alike and first.power and second.power

    def _maybe_continue(self, statement: If) -> None:
        """All ways leave: what goes on to the next round is what a failing run does."""
        for way in (statement.then, statement.other):
            if self._continues(way):
                self._block(way)
                return

    def _continues(self, way: Sequence[Stmt]) -> bool:
        """Whether a way goes on to the next round."""
        last = way[-1] if way else None
        return isinstance(last, Jump) and last.kind == "continue"

    def _maybe(self, case: Case) -> None:
        if _goes_on(case.body):
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
        calls = {id(node) for node in walk(tuple(body)) if isinstance(node, Call) and node.line in self._calls}
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
                self._compare(AN_ERROR, Way(aside, power), caught)
                self._events[begun:before] = [
                    event for event in self._events[begun:before] if all(event is not one for one in aside)
                ]
            self._power = self._power or power

    def _makes_call(self, statement: Ret) -> bool:
        return statement.value is not None and self._has_call((statement,))


def _assigned_name(node: object) -> str:
    target = node.target if isinstance(node, Assign) else node.value if isinstance(node, Un) else None
    if isinstance(node, Un) and node.op not in ("++", "--"):
        return ""
    return target.id if isinstance(target, Name) else ""


def _goes_on(body: Sequence[Stmt]) -> bool:
    """Whether statements may be passed to what follows them."""
    for statement in body:
        if isinstance(statement, (Ret, Throw, Jump)):
            return False
        if isinstance(statement, Block) and not _goes_on(statement.body):
            return False
        both = isinstance(statement, If) and bool(statement.other)
        if both and not _goes_on(statement.then) and not _goes_on(statement.other):  # type: ignore[union-attr]
            return False
    return True
