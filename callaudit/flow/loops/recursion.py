"""Functions that start themselves again: from a timer (a poll, or a later retry), or by a call (recursion)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effect_walks import rebuilt
from callaudit.flow.effects.effects import Again, Repeated
from callaudit.flow.effects.records import Retry, Span, Trigger
from callaudit.flow.gates.gates import repeated
from callaudit.flow.loops.countdown import retries_left
from callaudit.flow.loops.emptying import empties
from callaudit.flow.loops.level_tests import goes_on_anyway
from callaudit.flow.loops.levels import Levels
from callaudit.flow.loops.pages import asks_for_more
from callaudit.flow.loops.recursive_calls import (
    after_a_try,
    asking_levels,
    asks_by_number,
    at_events,
    by_elements,
    called_through,
    calls_of,
    handed_down,
    is_call_of,
    same_requests,
)
from callaudit.flow.machine.decorating import stands_for_method
from callaudit.flow.machine.parameters import at_entry
from callaudit.flow.reading.calls_apart import calls_behind
from callaudit.flow.reading.counting import counted_on
from callaudit.flow.retries.retrying import call_lines, retry_from
from callaudit.flow.timers.rearming import rounds_and_end
from callaudit.flow.timers.restarting import resolve_later
from callaudit.syntax.ir import Call
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.reentries import Place
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.summaries import Summary
    from callaudit.flow.values.values import Closure


def resolve(interpreter: Interpreter, closure: Closure, frame: Frame, summary: Summary, *, cut: bool) -> Summary:
    """Mark the tree of a function that has run, if it starts itself again; `cut` where its levels were not all run."""
    place = (closure.module, closure.index)
    around = (closure.module, closure.scope.function)
    if around != place and closure.scope.parent is not None and interpreter.reentries.runs_itself(around):
        return _left(interpreter, place, summary, frozenset({around}))  # its levels are those of what it stands in
    if summary.levels > 1 and stands_for_method(closure):
        return _left(interpreter, place, summary, frozenset(interpreter.open.busy))  # and here those of the method
    if summary.levels > 1 and (first := _begun_by(interpreter, place, summary)):
        return _left(interpreter, place, summary, first)  # and here those of the function that called it first
    marked: Summary | None = None
    if summary.levels > 1 and summary.effects and frame.effects:
        marked = _recursion(interpreter, closure, frame, summary, cut=cut)
    if marked is None:
        marked = _cut(interpreter, closure, frame, summary) if cut and summary.cost else summary
    if place in interpreter.reentries.later and frame.effects:
        marked = resolve_later(interpreter, closure, frame, marked)
    return marked


def _left(interpreter: Interpreter, place: Place, summary: Summary, others: frozenset[Place]) -> Summary:
    interpreter.reentries.leave_to(place, others)
    return summary


def _begun_by(interpreter: Interpreter, place: Place, summary: Summary) -> frozenset[Place]:
    """The functions that called this one, that it calls, and whose levels are run as well: they call each other."""
    if interpreter.function(*place).decorators:
        return frozenset()  # what stands for it calls it
    return frozenset(
        other
        for other in interpreter.open.busy
        if other != place
        and interpreter.reentries.runs_itself(other)
        and calls_of(summary.effects, other[0], interpreter.function(*other).line)
    )


def _cut(interpreter: Interpreter, closure: Closure, frame: Frame, summary: Summary) -> Summary:
    """A function that goes on from level to level, of which not all were run: as often as its counter lets it."""
    function = interpreter.function(closure.module, closure.index)
    if len(calls_of(summary.effects, closure.module, function.line)) == 1:
        left, _ = retries_left(interpreter, closure, at_entry(interpreter, closure, frame))
        if left is not None and left + 1 >= summary.levels:
            rounds = -(-(left + 1) // summary.levels)
            effects = (Repeated("loop", function.line, 1, rounds, summary.effects),) if rounds > 1 else summary.effects
            return summary.marked(_of_levels(summary.cost, summary.levels, left + 1), effects)
    return summary.marked(costs.unbounded(summary.cost), summary.effects)


def _recursion(
    interpreter: Interpreter, closure: Closure, frame: Frame, summary: Summary, *, cut: bool
) -> Summary | None:
    """A function that calls itself to try again, or to go on after a wait; `None` for one that goes through data."""
    place = (closure.module, closure.index)
    failed = interpreter.reentries.failed(place)
    function = interpreter.function(*place)
    again = calls_of(summary.effects, closure.module, function.line)
    if not cut and handed_down(interpreter, summary.effects, again, place):
        return None  # what it is handed uses it once more for something else: `each(rows, (row) => each(row, send))`
    if not failed and by_elements(interpreter, summary.effects, place):
        return None
    if empties(interpreter, *place):
        return None
    eventual = {id(call) for call in at_events(summary.effects)}
    if not again or all(id(call) in eventual for call in again):
        return None  # something has to happen before each level
    if not (failed or (same_requests(summary.effects, again[0]) and after_a_try(summary.effects, again[0]))):
        return None
    if not failed and goes_on_anyway(interpreter, place, summary.effects, again[0]):
        return None
    if not failed and asks_by_number(summary.effects, again[0], counted_on(interpreter, place)):
        return None
    lines = called_through(summary.effects, again, closure.module) if function.decorators else frozenset()
    lines = lines or frozenset(call.line for call in again if call.file == closure.module)
    tried = call_lines(summary.effects, closure.module)
    begin = at_entry(interpreter, closure, frame)
    itself = {one.place: 0 for one in walk(function.body) if isinstance(one, Call) and one.line in lines}
    calls = {**itself, **calls_behind(summary.effects, closure.module, function.body)}
    found = Levels(interpreter, begin, closure, lines, calls).all(function)
    retry = retry_from(frame, found, min(lines, default=function.line), "recursion", "")
    left, why = (
        retries_left(interpreter, closure, at_entry(interpreter, closure, frame))
        if cut
        else (asking_levels(summary.effects, closure.module, function.line) - 1, "")
    )
    if left is None and not failed and asks_for_more(interpreter, place, lines, tried - lines):
        return None
    if left is None and not failed and retry is not None and any(retry.delays) and not why.startswith("its bound"):
        return summary.marked(_of_one_level(summary), _paced(interpreter, place, summary, retry))
    attempts = None if left is None else left + 1
    if retry is None or retry.attempts is None or (retry.attempts != attempts and not cut):
        retry = _by_levels(interpreter, closure, retry, min(lines, default=function.line), attempts, why)
    retry = _named(retry, interpreter.qualified(*place), function.line)
    cost = summary.cost
    if cut:
        cost = costs.unbounded(cost) if retry.attempts is None else _of_levels(cost, summary.levels, retry.attempts)
    # the tree holds the levels that were run: what it leaves out is a loop around them
    rounds = 1 if not cut else None if retry.attempts is None else max(-(-retry.attempts // summary.levels), 1)
    return summary.marked(cost, (Repeated("loop", retry.line, 1, rounds, summary.effects, retries=(retry,)),))


def _of_levels(cost: Cost, levels: int, attempts: int) -> Cost:
    """The cost of all levels, of which `levels` were run."""
    return {
        request: (least, most if most == float("inf") else most / levels * attempts, chain)
        for request, (least, most, chain) in cost.items()
    }


def _by_levels(
    interpreter: Interpreter, closure: Closure, retry: Retry | None, line: int, attempts: int | None, why: str
) -> Retry:
    """A retry of which the rounds could not be followed, but the levels could."""
    delays = retry.delays if retry is not None else ()
    return Retry(
        "recursion",
        closure.module,
        line,
        interpreter.qualified(closure.module, closure.index),
        attempts,
        delays[: attempts - 1] if attempts is not None else delays,
        retry.backoff if retry is not None else "unknown",
        jitter=retry.jitter if retry is not None else False,
        why=why,
    )


def _paced(interpreter: Interpreter, place: Place, summary: Summary, retry: Retry) -> tuple[Effect, ...]:
    """A function that waits and then begins anew without end: a timer."""
    name = interpreter.qualified(*place)
    trigger = Trigger(
        "loop", "recursion+sleep", place[0], retry.line, name, tuple(Span(ms) for ms in retry.delays[:1]), after=True
    )
    line = interpreter.function(*place).line
    marked = rebuilt(
        summary.effects,
        lambda effect: Again(*place, retry.line) if is_call_of(effect, place[0], line) else effect,
    )
    rounds, ends = rounds_and_end(marked, place)
    return (*repeated(trigger, retry.line, rounds), *ends)


def _of_one_level(summary: Summary) -> Cost:
    return {
        request: (least // summary.levels, most if most == float("inf") else -(-most // summary.levels), chain)
        for request, (least, most, chain) in summary.cost.items()
    }


def _named(retry: Retry, function: str, line: int) -> Retry:
    return replace(retry, function=function, also=tuple(sorted({*retry.also, line})))
