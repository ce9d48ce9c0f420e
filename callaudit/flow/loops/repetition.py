"""Loops: a body taken once, its cost multiplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.emitters import listens_inside
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Trigger
from callaudit.flow.gates.gates import repeated as gated
from callaudit.flow.guards.guards import behind_misses
from callaudit.flow.lists.sizes import SIZES
from callaudit.flow.loops.iterables import begin_iterating
from callaudit.flow.loops.loops import iterations
from callaudit.flow.loops.round_values import in_any_round
from callaudit.flow.loops.unrolling import for_any, most_unrolled, over_items, places_of, unrolled
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.branches import effects_of
from callaudit.flow.machine.callbacks import add_rounds
from callaudit.flow.machine.outcome import Outcome, repeated, ways_of
from callaudit.flow.machine.variables import merged
from callaudit.flow.reading.ways_out import THROWS
from callaudit.flow.retries.fallbacks import fallbacks_of
from callaudit.flow.retries.retrying import retry_of, trigger_of
from callaudit.flow.timers.observables import ticks_of
from callaudit.flow.values.values import Unknown
from callaudit.syntax.ir import Await, Member, Name, Op
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Retry
    from callaudit.flow.loops.loops import Count
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Loop


def loop(frame: Frame, statement: Loop, tree: list[Effect]) -> Outcome:
    """Add what a loop does to `tree`; how its rounds end, and what they cost."""
    spent = costs.NONE
    inside: list[Effect] = []
    label = statement.label
    for item in statement.init:
        spent = costs.add(spent, frame.block((item,), tree).through or costs.NONE)
    if statement.source is not None:
        spent = costs.add(spent, effects_of(frame, statement.source, tree))
        if frame.end == THROWS:
            return Outcome(None, throws=spent)
    once, asked = begin_iterating(frame, statement, tree, inside)
    spent = costs.add(spent, once)
    count = iterations(frame.interpreter, statement, frame.scope)
    places = places_of(frame, statement, count)
    if places:
        return unrolled(frame, statement, Name(count.variable), places, spent, tree)
    start = dict(frame.scope.vars)
    if statement.target is not None and 0 < len(count.items) <= most_unrolled(frame, count.items):
        return over_items(frame, statement, statement.target, count, spent, start, tree)
    _begin(frame, statement, count)
    test = costs.add(asked, effects_of(frame, statement.test, inside))
    frame.end = ""
    frame.loops += 1
    outcome = for_any(frame, statement, count, inside)
    update = effects_of(frame, statement.update, inside)
    frame.end = ""
    frame.loops -= 1
    frame.scope.vars = merged(start, [start, frame.scope.vars])
    if all(listens_inside(effect) for effect in inside):  # nothing, or `while (true) { yield take("start"); … }`
        tree.extend(inside)
        return repeated(spent, test, update, outcome, (count.least, count.most), label=label)
    tested = statement.kind != "do"
    retry, trigger = _why(frame, statement, count, inside, start)
    if trigger is not None and trigger.spans:
        tree.extend(gated(trigger, statement.line, inside))  # one round is one firing
        return repeated(spent, test, update, outcome, (1, 1), label=label, tested=tested)
    least, most = count.least, count.most
    if retry is not None:  # it ends with the first attempt that goes well
        least, most = min(least, 1), retry.attempts if most is None else most
    retries = (retry,) if retry is not None else ()
    kind = "timer" if trigger is not None else count.kind
    together = count.kind != "forever" and not any(isinstance(node, Await) for node in walk(statement.body))
    whole = Repeated(kind, statement.line, least, most, tuple(inside), count.over, trigger, retries, together)
    mark = len(tree)
    add_rounds(whole, costs.either([way for way in ways_of(outcome) if way is not None]), tree)
    behind_misses(frame, _walked(statement), mark, tree, statement.line)
    return repeated(spent, test, update, outcome, (least, most), label=label, tested=tested)


def _why(
    frame: Frame, statement: Loop, count: Count, inside: list[Effect], start: dict[str, Value]
) -> tuple[Retry | None, Trigger | None]:
    """Why a loop goes round: because something failed, or because a time has gone by; else for its data."""
    ticking = _ticking(frame, statement, statement.source) if statement.source is not None else None
    if ticking is not None:
        return None, ticking
    retry = retry_of(frame, statement, inside, start, count.most) if count.kind != "items" else None
    retry = retry or fallbacks_of(frame, statement, count.most)
    return retry, trigger_of(frame, statement, inside) if retry is None and count.most is None else None


def _begin(frame: Frame, statement: Loop, count: Count) -> None:
    """Let variables be what they are in any round."""
    if statement.target is not None:
        bind(frame.interpreter, statement.target, count.item, frame.scope)
    elif count.variable:
        frame.scope.vars[count.variable] = Unknown(count.variable, "it counts the loop")  # and may be zero
    in_any_round(frame, statement, count.variable)


def _walked(statement: Loop) -> Expr | None:
    """The list that a loop is over, or goes on with while it has items left: `i < ids.length`, `ids.length > 0`."""
    if statement.source is not None:
        return statement.source if statement.kind == "of" else None
    test = statement.test
    for size in test.items if isinstance(test, Op) and len(test.items) == 2 else (test,):
        if isinstance(size, Member) and size.prop in SIZES:
            return size.obj
    return None


def _ticking(frame: Frame, statement: Loop, source: Expr) -> Trigger | None:
    """The timer that a loop is over values that come by themselves: `for await (const _ of setInterval(1000))`."""
    ticks = ticks_of(frame.interpreter, frame.interpreter.evaluate(source, frame.scope))
    if ticks is None:
        return None
    scope = frame.scope
    function = frame.interpreter.qualified(scope.module, scope.function)
    found = ticks.times
    why = "" if found.spans else found.why or "no interval is given"
    return Trigger("timer", ticks.mechanism, scope.module, statement.line, function, found.spans, why)
