"""Which loops send the same request again, and which go on from item to item or from page to page.

A loop is a retry where it ends when the call succeeds (or gives what was waited for) and else makes the same call
again: an error is caught and the next round begins, or the call's arguments do not change from round to round.
A loop that nothing ends but a flag, and that waits, is a timer in other words.
"""

from __future__ import annotations

from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called, Request
from callaudit.flow.effects.records import Retry, Trigger
from callaudit.flow.effects.words import words
from callaudit.flow.loops.awaited_content import waits_for_content
from callaudit.flow.loops.endless_loops import is_endless
from callaudit.flow.loops.loop_ends import is_retry
from callaudit.flow.loops.round_changes import mentioned_in_calls, names
from callaudit.flow.loops.round_counters import uncounted
from callaudit.flow.loops.round_values import moved_by_itself
from callaudit.flow.loops.rounds import Simulation
from callaudit.flow.loops.working_rounds import Working
from callaudit.flow.reading.calls_apart import calls_behind
from callaudit.flow.retries.waits import wait_of
from callaudit.syntax.ir import (
    Assign,
    Call,
    Let,
    Lit,
    Loop,
    Throw,
    Try,
)
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.rounds import Rounds
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Node


ALIKE = 0.25
"""How far apart the factors of delays may be that grow exponentially, by a table that rounds them."""
MOST_CUT = 2
"""Factors of which none is thought to be cut by the longest delay."""


def retry_of(
    frame: Frame, loop: Loop, inside: Sequence[Effect], start: dict[str, Value], most: int | None
) -> Retry | None:
    """The retry that a loop over no data is, which a counter ends after `most` rounds; `None` where it is none."""
    calls = calls_behind(inside, frame.scope.module, (loop,))
    if not calls or not is_retry(frame, loop, calls):
        return None
    found = Simulation(frame.interpreter, frame.scope, calls).loop(loop, start)
    if not found.ended and found.total is None:  # more rounds than were taken
        found.total = most
    apart = uncounted(loop) if most is None and found.ended else ""
    if apart:
        found.ended, found.open = False, apart
    retry = retry_from(frame, found, loop.line, "loop", words(loop.test) if loop.test is not None else "")
    return _of_loop(frame, retry, loop, calls)


def retry_over(
    frame: Frame, loop: Loop, inside: Sequence[Effect], items: Sequence[Value], start: dict[str, Value]
) -> Retry | None:
    """The retry that a loop over known items is which are no data of its calls: `for (const ms of DELAYS)`."""
    calls = calls_behind(inside, frame.scope.module, (loop,))
    if not calls or loop.target is None or not is_retry(frame, loop, calls):
        return None
    given = set(bound_names(loop.target))
    nodes = walk(loop.body)
    for _ in range(4):  # and what is made of an item
        given.update(
            name
            for node in nodes
            if isinstance(node, (Let, Assign)) and node.value is not None and names(node.value) & given
            for name in bound_names(node.target)
        )
    if mentioned_in_calls(loop.body, calls) & given:
        return None
    found = Simulation(frame.interpreter, frame.scope, calls).items(loop, items, start)
    return _of_loop(frame, retry_from(frame, found, loop.line, "loop", ""), loop, calls)


def _of_loop(frame: Frame, retry: Retry | None, loop: Loop, calls: Calls) -> Retry | None:
    if retry is None:
        return None
    there, silent = waits_for_content(loop, calls), _gives_up_silently(frame, loop, calls)
    return replace(retry, until_there=there, silent=silent) if there or silent else retry


def _gives_up_silently(frame: Frame, loop: Loop, calls: Calls) -> bool:
    """Whether a failure of the calls in a loop is caught in it, and nothing in its function throws."""
    caught = {
        inner.place
        for node in walk(loop.body)
        if isinstance(node, Try) and node.handler is not None
        for inner in walk(node.body)
        if isinstance(inner, Call) and inner.place in calls
    }
    nodes = frame.interpreter.nodes(frame.scope.module, frame.scope.function)
    asked = {node.place for node in walk(loop.body) if isinstance(node, Call) and node.place in calls}
    return asked <= caught and not any(isinstance(node, Throw) or _rejects(node) for node in nodes)


def _rejects(node: Node) -> bool:
    """Whether a promise is made to fail: `Promise.reject(error)`, `reject(error)`."""
    callee = node.callee if isinstance(node, Call) else None
    return getattr(callee, "prop", "") == "reject" or getattr(callee, "id", "") == "reject"


def retry_from(frame: Frame, found: Rounds, line: int, mechanism: str, test: str) -> Retry | None:
    """The record of the rounds that were found; `None` where there is no second one."""
    delays, before, why = delays_of(found)
    first = next(((event.line, event.statement) for event in found.events if event.call), None)
    attempts = sum(1 for event in found.events if event.call and (event.line, event.statement) == first)
    if found.ended and attempts < 2:
        return None
    ends = found.ended or found.total is not None
    attempts = found.total if found.total is not None else attempts
    reason = "" if ends else f"its bound is not known: {found.open}" if found.open else "nothing bounds it"
    return Retry(
        mechanism=mechanism,
        file=frame.scope.module,
        line=line,
        function=frame.interpreter.qualified(frame.scope.module, frame.scope.function),
        attempts=attempts if ends else None,
        delays=delays if ends else delays[:3],
        backoff=_growth(found, delays, why),
        jitter=found.jitter,
        before=before,
        stop=test,
        why="; ".join(part for part in (reason, why) if part),
        also=tuple(sorted({event.line for event in found.events if not event.call})),
    )


def _growth(found: Rounds, delays: Sequence[float], why: str) -> str:
    """How the waits of rounds grow, where all ways to the next round do so alike."""
    if found.unlike:
        return "exponential" if found.alike else "unknown"
    if not why:
        return backoff_of(delays, power=found.power)
    by_condition: dict[str, list[float]] = {}
    for span in (span for event in found.events for span in event.spans if span.when):
        by_condition.setdefault(span.when, []).append(span.ms)
    growths = {backoff_of(waits, power=found.power) for waits in by_condition.values()}
    return "exponential" if found.power and len(growths) < 2 else "unknown"


def delays_of(found: Rounds) -> tuple[tuple[float, ...], bool, str]:
    """The waits between attempts, whether one stands before the first, and what is not known of them."""
    events = found.events
    why = next((event.why or "it is computed" for event in events if not event.call and event.ms is None), "")
    if why:
        return (), False, f"a delay is not known: {why}"
    if found.unlike:
        return (), False, f"its delays depend on {found.unlike}"
    before = bool(events) and not events[0].call
    delays: list[float] = []
    waiting: float | None = None
    calls = 0
    for event in events:
        if event.call:
            if waiting is not None and (before or calls):
                delays.append(waiting)
            calls, waiting = calls + 1, None
        else:
            waiting = (waiting or 0) + (event.ms or 0)
    return tuple(map(_plain, delays)), before, ""


def _plain(ms: float) -> float:
    """Milliseconds without what counting with fractions adds to them: 110 and not 110.00000000000001."""
    ms = round(ms, 6)
    return int(ms) if ms == int(ms) else ms


def backoff_of(delays: Sequence[float], *, power: bool = False) -> str:
    """How delays grow; `power` where they are computed with one, which two delays alone do not show."""
    if not delays or not any(delays):
        return "none"
    if len(delays) == 1 or len(set(delays)) == 1:
        return "fixed"
    if power:
        return "exponential"
    steps = {round(second - first, 6) for first, second in pairwise(delays)}
    if len(steps) == 1:
        return "linear"
    return "exponential" if _by_a_factor(delays) else "unknown"


def _by_a_factor(delays: Sequence[float]) -> bool:
    """Whether each delay is so many times the one before, until they reach the longest: steps of a table are not."""
    if not all(delays):
        return False
    factors = [second / first for first, second in pairwise(delays)]
    while factors and factors[-1] == 1:
        factors.pop()
    if len(factors) > MOST_CUT and 1 < factors[-1] < factors[0]:
        factors.pop()  # the longest cuts the last step
    alike = all(isclose(one, factors[0], rel_tol=ALIKE) for one in factors)
    return alike and len(factors) > 1 and factors[0] > 1


def trigger_of(frame: Frame, loop: Loop, inside: Sequence[Effect]) -> Trigger | None:
    """The timer that a loop is which only a flag ends; `None` for one that its work ends."""
    counts = loop.update is not None and loop.test is not None
    if loop.kind not in ("while", "do", "for") or counts or not is_endless(frame, loop):
        return None
    calls = calls_behind(inside, frame.scope.module, (loop,))
    spans, waits, unknown = Working(frame.interpreter, frame.scope, calls).waits(loop)
    moving = frozenset() if any(event.paced for event in waits) else moved_by_itself(loop)
    if spans and moving and any(names(call) & moving for call in _waiting(frame, loop)):
        spans, unknown = (), "it changes from round to round"
    why = (
        ""
        if spans
        else f"its wait is not known: {unknown}"
        if waits
        else "it does not wait: as fast as its work allows"
    )
    return Trigger(
        kind="loop",
        mechanism="while+sleep" if waits else "while",
        file=frame.scope.module,
        line=loop.line,
        function=frame.interpreter.qualified(frame.scope.module, frame.scope.function),
        spans=spans,
        why=why,
        after=not any(event.paced for event in waits),
        enabled=words(loop.test) if loop.test is not None and not isinstance(loop.test, Lit) else "",
    )


def _waiting(frame: Frame, loop: Loop) -> Iterator[Call]:
    """The calls of a loop that wait."""
    for node in walk(loop.body):
        if isinstance(node, Call) and wait_of(frame.interpreter, node, frame.scope) is not None:
            yield node


def call_lines(effects: Iterable[Effect], module: str) -> frozenset[int]:
    """The lines of the calls in `module` that `effects` come from."""
    found: set[int] = set()
    for effect in walk_effects(effects, enter=lambda one: not isinstance(one, Called)):
        if isinstance(effect, Called) and effect.file == module:
            found.add(effect.line)
        elif isinstance(effect, Request):
            found.update(one.site.line for one in effect.requests if one.site.file == module)
    return frozenset(found)
