"""Loops: a body taken once, its cost multiplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.branches import effects_of, scoped
from callaudit.flow.callbacks import add_rounds
from callaudit.flow.effects import Repeated
from callaudit.flow.fallbacks import fallbacks_of
from callaudit.flow.gates import repeated as gated
from callaudit.flow.loops import iterations
from callaudit.flow.observables import ticks_of
from callaudit.flow.outcome import Outcome, repeated, ways_of
from callaudit.flow.records import Trigger
from callaudit.flow.retrying import retry_of, trigger_of
from callaudit.flow.values import Unknown, listed
from callaudit.flow.variables import bind, merged
from callaudit.flow.ways_out import THROWS
from callaudit.syntax.ir import Block, Name

if TYPE_CHECKING:
    from callaudit.flow.activation import Frame
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Expr, Loop


MOST_UNROLLED = 12
"""Items of a list that is written down for which the body is taken one by one."""


def loop(frame: Frame, statement: Loop, tree: list[Effect]) -> Outcome:
    spent = costs.NONE
    inside: list[Effect] = []
    for item in statement.init:
        spent = costs.add(spent, frame.block((item,), tree).through or costs.NONE)
    if statement.source is not None:
        spent = costs.add(spent, effects_of(frame, statement.source, tree))
        if frame.end == THROWS:
            return Outcome(None, throws=spent)
    count = iterations(frame.interpreter, statement, frame.scope)
    if statement.target is not None and 0 < len(count.items) <= MOST_UNROLLED:
        each: list[Effect] = []
        outcome = _unrolled(frame, statement, count.items, spent, each)
        fallback = fallbacks_of(frame, statement, len(count.items)) if each else None
        tree.extend([Repeated("loop", statement.line, 1, 1, tuple(each), retries=(fallback,))] if fallback else each)
        return outcome
    start = dict(frame.scope.vars)
    if statement.target is not None:
        bind(frame.interpreter, statement.target, count.item, frame.scope)
    elif count.variable:
        frame.scope.vars[count.variable] = Unknown(count.variable, "it counts the loop")  # and may be zero
    test = effects_of(frame, statement.test, inside)
    frame.end = ""
    frame.loops += 1
    outcome = scoped(frame, Block(statement.body), inside)
    update = effects_of(frame, statement.update, inside)
    frame.end = ""
    frame.loops -= 1
    frame.scope.vars = merged(start, [start, frame.scope.vars])
    if not inside:
        return repeated(spent, test, update, outcome, count.least, count.most)
    least, most = count.least, count.most
    acted = costs.either([way for way in ways_of(outcome) if way is not None])
    retry = retry_of(frame, statement, inside, start) if count.kind != "items" else None
    retry = retry or fallbacks_of(frame, statement, most)
    trigger = trigger_of(frame, statement, inside) if retry is None and most is None else None
    ticking = _ticking(frame, statement, statement.source) if statement.source is not None else None
    retry, trigger = (None, ticking) if ticking is not None else (retry, trigger)
    if trigger is not None and trigger.spans:
        tree.extend(gated(trigger, statement.line, inside))  # one round is one firing
        return repeated(spent, test, update, outcome, 1, 1, tested=statement.kind != "do")
    if retry is not None and most is None:
        most = retry.attempts
    retries = (retry,) if retry is not None else ()
    kind = "timer" if trigger is not None else count.kind
    add_rounds(Repeated(kind, statement.line, least, most, tuple(inside), count.over, trigger, retries), acted, tree)
    return repeated(spent, test, update, outcome, least, most, tested=statement.kind != "do")


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


def _unrolled(frame: Frame, statement: Loop, items: tuple[Value, ...], spent: Cost, tree: list[Effect]) -> Outcome:
    """A loop over known items: the body is taken once for each, so that each call is seen with its own values."""
    through: Cost | None = spent
    returns: list[Cost] = []
    throws: list[Cost] = []
    left: list[Cost] = []
    name = statement.target.id if isinstance(statement.target, Name) else "item"
    for item in listed(items, name):
        if through is None:
            break
        if statement.target is not None:
            bind(frame.interpreter, statement.target, item, frame.scope)
        outcome = scoped(frame, Block(statement.body), tree)
        for ways, ended in ((returns, outcome.returns), (throws, outcome.throws), (left, outcome.breaks)):
            if ended is not None:
                ways.append(costs.add(through, ended))
        ends = [way for way in (outcome.through, outcome.breaks) if way is not None]
        through = costs.add(through, costs.either(ends)) if ends else None
    passed = [*left, *([through] if through is not None else [])]
    return Outcome(*(costs.either(ways) if ways else None for ways in (passed, returns, throws)))
