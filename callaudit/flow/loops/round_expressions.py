"""What the expressions of a loop's round do: waits, calls that are repeated, counters that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.effects.words import words
from callaudit.flow.loops.round_clock import limit_of
from callaudit.flow.loops.round_defaults import told_by_default
from callaudit.flow.loops.round_steps import before_steps
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.variables import declare
from callaudit.flow.retries.wait_growth import growth_of
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.timers.pacing import is_paced
from callaudit.flow.timers.spans import number_of, times
from callaudit.flow.values.chance import assumed
from callaudit.flow.values.choices import decided
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const, Unknown
from callaudit.syntax.ir import Assign, Await, Call, Cond, Do, Lit, Name, Op, Typed, Un
from callaudit.syntax.operators import COMPARISONS
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from callaudit.flow.effects.records import Span
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Let, Stmt

MIDDLE = 0.5
"""What a random number is taken to be where jitter is added: the middle of its range."""


class Event(Struct, frozen=True):
    """A call at `line`, or a wait of so many milliseconds (`None` where `why` says why that is not known)."""

    call: bool
    line: int
    ms: float | None = None
    why: str = ""
    spans: tuple[Span, ...] = ()
    """Where it is one of several times: each, with its condition."""
    paced: bool = False
    """Whether it is for what is left of a period."""
    statement: int = 0
    """The number of a call's statement among those of its line."""


class RoundExpressions:
    """The variables of the round that is taken, and what its expressions were seen to do."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: Calls) -> None:
        """Work in a scope inside `scope`; a call at one of the places `calls` is one that is repeated."""
        self._in = interpreter
        self._calls = calls
        self.scope = Scope(scope.module, scope, function=scope.function)
        self.scope.mark = ("rounds", scope.mark, id(self))
        self._events: list[Event] = []
        self._jitter = False
        self._power = False
        self._open = ""
        """The first test that is not known and compares numbers."""
        self._unsure = 0
        """Branches that are open of which both ways are taken."""
        self._chance: float | None = MIDDLE
        """What random numbers are taken to be; `None` where a wait with one is what it is at least."""
        self._begun = 0
        """How many events there were before this round."""
        self._inside: frozenset[str] = frozenset()
        """The variables that each round declares anew."""
        self._handed: frozenset[str] = frozenset()
        """The variables that are handed to calls, as waits are: of others a test may ask."""
        self._limit = 0.0
        """Milliseconds after which a test of the clock ends the loop, or gives something else."""
        self._tested: frozenset[str] = frozenset()
        """The variables that the loop's own test asks for."""

    def _expression(self, expr: Expr) -> None:
        if isinstance(expr, (Await, Typed)):
            self._expression(expr.value)
            return
        chosen = self._chosen(expr)
        if chosen is not None:
            for part in chosen:
                self._expression(part)
            return
        later: list[Un] = []
        for node in _in_order(expr):
            if isinstance(node, Call):
                self._call(before_steps(self._in, node))
            elif isinstance(node, Assign):
                self._assign(node)
            elif isinstance(node, Un) and node.op in ("++", "--"):
                later.append(node) if node.postfix else self._step(node)
        for node in later:
            self._step(node)

    def _chosen(self, expr: Expr) -> tuple[Expr, ...] | None:
        """What is evaluated of a choice that is decided: `n > 1 ? again(n - 1) : fail()`, `left > 0 && again()`."""
        if isinstance(expr, Cond):
            holds = self._test(expr.test)
            return None if holds is None else (expr.then if holds else expr.other,)
        if isinstance(expr, Op) and expr.op in ("&&", "||") and len(expr.items) == 2:
            holds = self._test(expr.items[0])
            if holds is not None:
                return (expr.items[1],) if holds == (expr.op == "&&") else ()
        return None

    def _call(self, call: Call) -> None:
        with assumed(self._in, self._chance):
            wait = wait_of(self._in, call, self.scope)
            known = forced(wait) if wait is not None else UNDEFINED
        if wait is None:
            self._no_wait(call)
            return
        jitter, power = growth_of(self._in, call, wait, self.scope)
        self._jitter, self._power = self._jitter or jitter, self._power or power
        ms = number_of(known)
        if ms is not None:
            self._events.append(Event(call=False, line=call.line, ms=ms))
            return
        found = times(self._in, wait)
        why = known.why if isinstance(known, Unknown) and known.why else "it is computed"
        paced = is_paced(self._in, wait)
        self._events.append(Event(call=False, line=call.line, why=why, spans=found.spans, paced=paced))

    def _no_wait(self, call: Call) -> None:
        """Note a call that is repeated, once a round."""
        statement = self._calls.get(call.place)
        if statement is None:
            return
        last = self._events[-1] if len(self._events) > self._begun else None
        if last is None or not last.call or (last.line, last.statement) != (call.line, statement):
            self._events.append(Event(call=True, line=call.line, statement=statement))

    def _assign(self, node: Assign) -> None:
        if isinstance(node.target, Name) and node.target.id in self.scope.vars:
            if self._unsure and node.target.id in self._tested and isinstance(node.value, Lit):
                return  # a flag that ends the loop: a failing round does not set it
            self._power = self._power or node.op == "*="
            with self._by_chance(node.target):
                self.scope.vars[node.target.id] = forced(self._in.evaluate(node, self.scope))

    def _by_chance(self, target: Expr) -> AbstractContextManager[None]:
        """Take random numbers for the middle of their range in what is handed to a call: a wait may be."""
        is_handed = isinstance(target, Name) and target.id in self._handed
        return assumed(self._in, self._chance if is_handed else None)

    def _step(self, node: Un) -> None:
        if isinstance(node.value, Name) and node.value.id in self.scope.vars:
            before = number_of(self.scope.vars[node.value.id])
            by = 1 if node.op == "++" else -1
            after: Value = Const(before + by) if before is not None else Unknown(node.value.id, "it counts", given=True)
            self.scope.vars[node.value.id] = after

    def _declare(self, let: Let) -> None:
        if let.value is None:
            bind(self._in, let.target, UNDEFINED, self.scope)
        elif self._has_call((Do(let.value, let.line),)):
            bind(self._in, let.target, Unknown("result", "what the call gives"), self.scope)
        else:
            with self._by_chance(let.target):
                declare(self._in, let, self.scope)

    def _test(self, test: Expr) -> bool | None:
        """Whether a test holds; `None` where that is not known, or depends on what a call gave."""
        steps = [node for node in walk((test,)) if isinstance(node, Un) and node.op in ("++", "--")]
        for one in steps:
            if not one.postfix:
                self._step(one)
        for node in _in_order(test):
            if isinstance(node, Call):
                self._call(node)
        answer = self._answer(_plain(test))
        for one in steps:
            if one.postfix:
                self._step(one)
        if answer is None and not self._open and isinstance(test, Op) and test.op in COMPARISONS:
            self._open = words(test)
        return answer

    def _answer(self, test: Expr) -> bool | None:
        """What a test gives, as far as its parts decide; a part may ask how long the loop has gone on."""
        if isinstance(test, Op) and test.op in ("&&", "||"):
            answers = [self._answer(item) for item in test.items]
            decisive = test.op == "||"
            return decisive if decisive in answers else None if None in answers else not decisive
        if isinstance(test, Un) and test.op == "!":
            answer = self._answer(test.value)
            return None if answer is None else not answer
        limit = limit_of(self._in, test, self.scope, self._inside)
        if limit is None:
            answer = decided(self._in, test, self.scope)
            return answer if answer is not None else told_by_default(self._in, test, self.scope)
        self._limit = limit.ms
        waits = [event.ms for event in self._events if not event.call]
        known = [ms for ms in waits if ms is not None]
        return limit.after(sum(known)) if len(known) == len(waits) else None

    def _has_call(self, body: Sequence[Stmt]) -> bool:
        return any(isinstance(node, Call) and node.place in self._calls for node in walk(tuple(body)))


def _in_order(expr: Expr) -> list[object]:
    """Nodes in the order in which they are evaluated, roughly: inner calls before outer ones."""
    return list(reversed([node for node in walk((expr,)) if isinstance(node, (Call, Assign, Un))]))


def _plain(test: Expr) -> Expr:
    """A test without its steps: `++n < 3` as `n < 3`."""
    if isinstance(test, Un):
        return test.value if test.op in ("++", "--") else replace(test, value=_plain(test.value))
    if isinstance(test, Op):
        return replace(test, items=tuple(_plain(item) for item in test.items))
    return _plain(test.value) if isinstance(test, Await) else test
