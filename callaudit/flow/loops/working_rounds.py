"""How long a round of a loop waits that goes on whatever its calls give: one time, or one for each way through it.

`if (!job) { await sleep(60_000); continue; }` before `await sleep(5_000)` waits either a minute or five seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.conditions import both, label, together
from callaudit.flow.effects.records import Span
from callaudit.flow.effects.words import words
from callaudit.flow.loops.round_expressions import Event
from callaudit.flow.loops.round_statements import Ended, NextRound
from callaudit.flow.loops.round_ways import Way
from callaudit.flow.loops.rounds import Simulation
from callaudit.flow.timers.spans import whole
from callaudit.syntax.ir import Jump, Loop, Switch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import If, Stmt

MOST_WAYS = 12
SEVERAL = "it is one of several"
MORE = "at least: loops inside wait too"


class Working(Simulation):
    """One round of a loop whose calls give something that does not end it."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: Calls) -> None:
        """Begin in a scope inside `scope`."""
        super().__init__(interpreter, scope, calls, failing=False)
        self._exits: list[tuple[list[Event], str]] = []
        """What is waited for on ways that leave the round before its end, each with its condition."""
        self._stays: list[str] = []
        """What holds where the round is taken to its end."""
        self._inner: list[Event] = []
        """Waits of loops inside, which nobody counts."""
        self._path: list[str] = []
        """The conditions of the ways that are being taken."""

    def waits(self, loop: Loop) -> tuple[tuple[Span, ...], list[Event], str]:
        """The times that a round may wait, all its waits, and why a time is not known."""
        ends, self._loop = True, loop
        try:
            self._block(loop.body)
        except NextRound:
            ends = False
        except Ended:
            ends = not self._exits
        events = [event for event in self._events if not event.call]
        ways = [*self._exits, *([(events, together(self._stays))] if ends else [])][:MOST_WAYS]
        if len(ways) == 1:
            ways = [(ways[0][0], "")]
        everything = [event for waits, _ in ways for event in waits]
        counted = [event for event in everything if all(event is not one for one in self._inner)]
        if self._inner and any(event.ms or event.spans for event in counted):
            ways = [([one for one in waits if one in counted], both(when, MORE)) for waits, when in ways]
            everything = counted
        unknown = next((event.why for event in everything if event.ms is None and not event.spans), "")
        spans = [span for waits, when in ways for span in _together(waits, when)]
        kept = dict.fromkeys(span for span in spans if span.ms > 0)
        return () if unknown else _settled(kept), everything, unknown

    def _branch(self, statement: If, rest: Sequence[Stmt]) -> None:  # noqa: ARG002 - rest follows anyway
        decided = self._test(statement.test)
        if decided is not None:
            self._block(statement.then if decided else statement.other)
            return
        ways = [
            (label(statement.test, taken=True), statement.then),
            (label(statement.test, taken=False), statement.other),
        ]
        self._one_of(ways)

    def _one_of(self, ways: Sequence[tuple[str, Sequence[Stmt]]]) -> None:
        """Take ways of which a round takes one."""
        passed: list[tuple[Way, str]] = []
        left: list[str] = []
        self._unsure += 1
        for when, body in ways:
            before = len(self._events)
            self._path.append(when)
            try:
                self._block(body)
                passed.append((Way(self._events[before:], power=False), when))
            except NextRound:
                waited = [event for event in self._events if not event.call]
                self._exits.append((waited, together(self._path)))
                left.append(when)
                self._forget(before)
            except Ended:
                self._forget(before)
            self._path.pop()
        self._unsure -= 1
        if not passed:
            raise NextRound if left else Ended
        self._stays.extend(when for _, when in passed if left and len(passed) == 1)
        self._wait_for_one(passed)

    def _forget(self, before: int) -> None:
        """Take back the waits from there on."""
        self._events[before:] = [event for event in self._events[before:] if event.call]

    def _wait_for_one(self, ways: Sequence[tuple[Way, str]]) -> None:
        """Replace the waits of ways of which one is taken by one wait that is one of their times."""
        waits = [event for way, _ in ways for event in way.events if not event.call]
        if len(ways) < 2 or not waits or any(event.ms is None for event in waits):
            return
        spans = tuple(Span(whole(sum(ms or 0 for ms in way.waits)), when) for way, when in ways)
        at = next(number for number, event in enumerate(self._events) if event is waits[0])
        alike = len({span.ms for span in spans}) == 1
        one = Event(call=False, line=waits[0].line, ms=spans[0].ms) if alike else None
        one = one or Event(call=False, line=waits[0].line, why=SEVERAL, spans=spans)
        self._events.insert(at, one)
        self._events = [event for event in self._events if all(event is not old for old in waits)]

    def _statement(self, statement: Stmt) -> None:
        if isinstance(statement, Loop):
            exits, stays, self._exits, self._stays = self._exits, self._stays, [], []
            before = len(self._events)
            super()._statement(statement)
            self._exits, self._stays = exits, stays
            self._inner.extend(event for event in self._events[before:] if not event.call)
        elif isinstance(statement, Switch):
            subject = words(statement.value)
            cases = [(f"{subject} === {words(case.test)}" if case.test else "otherwise", case.body)
                     for case in statement.cases if case.body][:MOST_WAYS]  # fmt: skip
            if all(case.test is not None for case in statement.cases):
                cases.append(("otherwise", ()))
            self._one_of([(when, _without_break(body)) for when, body in cases])
        else:
            super()._statement(statement)


def _without_break(body: Sequence[Stmt]) -> Sequence[Stmt]:
    last = body[-1] if body else None
    return body[:-1] if isinstance(last, Jump) and last.kind == "break" else body


def _together(waits: Sequence[Event], when: str) -> list[Span]:
    """What waits after each other come to, for each choice of their times."""
    sums = [(0.0, "")]
    for event in waits:
        times = event.spans if event.ms is None else (Span(event.ms),)
        sums = [(ms + span.ms, both(so_far, span.when)) for ms, so_far in sums for span in times][:MOST_WAYS]
    return [Span(whole(ms), both(when, also)) for ms, also in sums]


def _settled(spans: dict[Span, None]) -> tuple[Span, ...]:
    """One time under several conditions that leave nothing out is one time."""
    alike = len({span.ms for span in spans}) == 1 and len(spans) > 1
    return (Span(next(iter(spans)).ms),) if alike else tuple(spans)
