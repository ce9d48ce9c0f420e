"""Functions that timers start again: polls, or retries that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effect_walks import apart
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Retry, Trigger
from callaudit.flow.gates.gates import repeated
from callaudit.flow.loops.countdown import retries_left
from callaudit.flow.loops.rounds import MOST_ROUNDS
from callaudit.flow.machine.parameters import at_entry
from callaudit.flow.requests.heard import is_heard
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.timers.counted_waits import grown
from callaudit.flow.timers.growing import over_time
from callaudit.flow.timers.rearming import rounds_and_end
from callaudit.flow.timers.rounds_left import rounds_left
from callaudit.flow.values.values import Closure

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.reentries import Later
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.summaries import Summary


def resolve_later(interpreter: Interpreter, closure: Closure, frame: Frame, summary: Summary) -> Summary:
    """Mark the tree of a function that timers start again: as a poll, or as a retry that waits."""
    place = (closure.module, closure.index)
    found = interpreter.reentries.later.pop(place, [])
    rounds, ends = rounds_and_end(summary.effects, place)
    effects = (*rounds, *ends)
    if not rounds or not found:
        return summary.marked(summary.cost, effects)
    steady = [one for one in found if not one.failing]
    name = interpreter.qualified(*place)
    if not steady:
        return _late_retry(interpreter, closure, frame, summary, effects, found)
    rounds, heard = apart(rounds, is_heard)
    if not rounds:
        return summary.marked(summary.cost, effects)
    first = steady[0]
    bounded = rounds_left(interpreter, closure, found, at_entry(interpreter, closure, frame))
    if bounded is not None:
        return _bounded(interpreter, closure, summary, effects, first, bounded)
    known = all(one.spans for one in steady)  # else one way around takes a time that is not known
    spans = dict.fromkeys(span for one in steady if known for span in one.spans)
    trigger = Trigger(
        "timer",
        first.mechanism,
        first.file,
        first.line,
        name,
        over_time(interpreter, tuple(spans), first.wait),
        next((one.why for one in steady if one.why), "") if not spans else "",
        after=True,
    )
    return summary.marked(summary.cost, (*repeated(trigger, first.line, rounds), *heard, *ends))


def _bounded(
    interpreter: Interpreter,
    closure: Closure,
    summary: Summary,
    effects: tuple[Effect, ...],
    first: Later,
    bounded: tuple[int, bool],
) -> Summary:
    """A function that a timer starts again a few times: until it has what it asks for, or in any case."""
    left, early = bounded
    rounds = left + 1
    if not left:
        return summary.marked(summary.cost, effects)
    retries: tuple[Retry, ...] = ()
    if early:
        retries = (_retry(interpreter, closure, first, "an answer", left),)
    whole = Repeated("loop", first.line, 1, rounds, effects, "a counter runs", retries=retries)
    return summary.marked(costs.repeat(summary.cost, 1, rounds), (whole,))


def _late_retry(
    interpreter: Interpreter,
    closure: Closure,
    frame: Frame,
    summary: Summary,
    effects: tuple[Effect, ...],
    found: list[Later],
) -> Summary:
    first = found[0]
    left, why = retries_left(interpreter, closure, at_entry(interpreter, closure, frame))
    setting = first.scope
    if left is None and setting is not None and (setting.module, setting.function) != (closure.module, closure.index):
        sets = Closure(setting.module, setting.function, setting.parent or setting, setting.receiver())
        left, other = retries_left(interpreter, sets, setting)
        why = "" if left is not None else max(why, other, key=len)
    retry = _retry(interpreter, closure, first, "an error", left, why)
    most = float("inf") if left is None else left + 1
    whole = Repeated("loop", first.line, 1, retry.attempts, effects, "it fails", retries=(retry,))
    return summary.marked(costs.repeat(summary.cost, 1, most), (whole,))


def _retry(
    interpreter: Interpreter, closure: Closure, first: Later, event: str, left: int | None, why: str = ""
) -> Retry:
    """The retry of a function that the timer `first` starts again `left` times after an `event`."""
    waits = grown(interpreter, first.wait, left) if first.wait is not None else None
    plain = tuple(span.ms for span in first.spans[:1]) * min(left if left is not None else 1, MOST_ROUNDS)
    delays = waits.delays if waits is not None else plain
    unknown = first.why if waits is None else ""
    return Retry(
        f"{first.mechanism} after {event}",
        first.file,
        first.line,
        interpreter.qualified(closure.module, closure.index),
        None if left is None else left + 1,
        delays,
        "unknown" if unknown else backoff_of(delays, power=waits is not None and waits.power),
        jitter=waits is not None and waits.jitter,
        why="; ".join(part for part in (why, unknown) if part),
        also=(interpreter.function(closure.module, closure.index).line,),
    )
