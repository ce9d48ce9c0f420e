"""Loops: a body taken once, its cost multiplied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.alone import decided_by
from callaudit.flow.binding import bind
from callaudit.flow.branches import effects_of, one_of, scoped
from callaudit.flow.callbacks import add_rounds
from callaudit.flow.effects import Repeated
from callaudit.flow.emitters import listens_inside
from callaudit.flow.fallbacks import fallbacks_of
from callaudit.flow.gates import repeated as gated
from callaudit.flow.guards import behind_misses
from callaudit.flow.loops import iterations
from callaudit.flow.observables import ticks_of
from callaudit.flow.outcome import Outcome, repeated, ways_of
from callaudit.flow.per_item import MOST_FUNCTIONS, kept_or_not, named_item
from callaudit.flow.records import Trigger
from callaudit.flow.relevant import matters
from callaudit.flow.retrying import retry_of, retry_over, trigger_of
from callaudit.flow.round_values import in_any_round
from callaudit.flow.scope import Round
from callaudit.flow.sizes import SIZES
from callaudit.flow.values import Const, Seq, Unknown, forced, listed
from callaudit.flow.variables import merged
from callaudit.flow.ways_out import THROWS
from callaudit.syntax.ir import Await, Block, Index, Let, Member, Name, Op
from callaudit.syntax.typescript.modules import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.frame import Frame
    from callaudit.flow.loops import Count
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
    places = _places(frame, statement, count)
    if places:
        return _unrolled(frame, statement, Name(count.variable), places, spent, tree)
    start = dict(frame.scope.vars)
    if statement.target is not None and 0 < len(count.items) <= _most(frame, count.items):
        begun = len(tree)
        lacking = count.least < len(count.items)
        outcome = _unrolled(frame, statement, statement.target, count.items, spent, tree, lacking=lacking)
        retry = retry_over(frame, statement, tree[begun:], count.items, start)
        if retry is None and len(tree) > begun:
            retry = fallbacks_of(frame, statement, len(count.items))
        if retry is not None:
            tree[begun:] = [Repeated("loop", statement.line, 1, 1, tuple(tree[begun:]), retries=(retry,))]
        return outcome
    _begin(frame, statement, count)
    test = effects_of(frame, statement.test, inside)
    frame.end = ""
    frame.loops += 1
    outcome = _for_one(frame, statement, count, inside)
    update = effects_of(frame, statement.update, inside)
    frame.end = ""
    frame.loops -= 1
    frame.scope.vars = merged(start, [start, frame.scope.vars])
    if all(listens_inside(effect) for effect in inside):  # nothing, or `while (true) { yield take("start"); … }`
        tree.extend(inside)
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
    if retry is not None:  # it ends with the first attempt that goes well
        least, most = min(least, 1), retry.attempts if most is None else most
    retries = (retry,) if retry is not None else ()
    kind = "timer" if trigger is not None else count.kind
    together = count.kind != "forever" and not any(isinstance(node, Await) for node in walk(statement.body))
    whole = Repeated(kind, statement.line, least, most, tuple(inside), count.over, trigger, retries, together)
    mark = len(tree)
    add_rounds(whole, acted, tree)
    behind_misses(frame, _walked(statement), mark, tree, statement.line)
    return repeated(spent, test, update, outcome, least, most, tested=statement.kind != "do")


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


def _most(frame: Frame, items: tuple[Value, ...]) -> int:
    """How many items are taken one by one: more where they hold functions that the body may call or mount."""
    holds = MOST_UNROLLED < len(items) <= MOST_FUNCTIONS and matters(frame.interpreter, Seq(items))
    return MOST_FUNCTIONS if holds else MOST_UNROLLED


def _places(frame: Frame, statement: Loop, count: Count) -> tuple[Value, ...]:
    """The values of a counter that takes functions out of a written list, one after the other; else nothing."""
    if not count.variable or count.least != count.most or not 0 < count.least <= MOST_UNROLLED:
        return ()
    for node in walk(statement.body):
        if isinstance(node, Index) and isinstance(node.key, Name) and node.key.id == count.variable:
            held = forced(frame.interpreter.evaluate(node.obj, frame.scope))
            known = isinstance(held, Seq) and not held.open and len(held.items) == count.least
            if known and matters(frame.interpreter, held):
                return tuple(Const(number) for number in range(count.least))
    return ()


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


def _for_one(frame: Frame, statement: Loop, count: Count, tree: list[Effect]) -> Outcome:
    """The body for any item; objects are taken each by itself, as what one of them holds belongs to it."""
    if not count.apart or statement.target is None or not frame.effects:
        return scoped(frame, Block(statement.body), tree)
    target = statement.target

    ways = [
        (named_item(frame, item), partial(_round, frame, statement, target, (number, item)))
        for number, item in enumerate(count.apart)
    ]
    begun = len(tree)
    outcome = one_of(frame, ways, statement.line, tree, costs.NONE)
    items = [(label, id(item) in count.alone) for (label, _), item in zip(ways, count.apart, strict=True)]
    decided_by(tree, begun, items, (frame.scope.module, statement.line))
    return outcome


def _round(frame: Frame, statement: Loop, target: Expr, item: tuple[int, Value], tree: list[Effect]) -> Outcome:
    """The body for one item, in a context of its own: functions and objects made in it are not those of another."""
    number, value = item
    around = frame.scope
    before, around.mark = around.mark, (around.mark, statement.line, number)
    scope = frame.scope = Round(around, _declared(statement, target))
    bind(frame.interpreter, target, value, scope)
    try:
        return scoped(frame, Block(statement.body), tree, scope.keep)
    finally:
        scope.close()
        frame.scope, around.mark = around, before


def _declared(statement: Loop, target: Expr) -> frozenset[str]:
    """The names that each round of a loop has for itself."""
    lets = (node for node in walk(statement.body) if isinstance(node, Let))
    return frozenset([*bound_names(target), *(name for let in lets for name in bound_names(let.target))])


def _unrolled(
    frame: Frame,
    statement: Loop,
    target: Expr,
    items: tuple[Value, ...],
    spent: Cost,
    tree: list[Effect],
    *,
    lacking: bool = False,
) -> Outcome:
    """A loop over known items: the body is taken once for each, so that each call is seen with its own values.

    With `lacking` any of them may not be in the list any more.
    """
    through: Cost | None = spent
    returns: list[Cost] = []
    throws: list[Cost] = []
    left: list[Cost] = []
    name = target.id if isinstance(target, Name) else "item"
    for numbered in enumerate(listed(items, name)):
        if through is None:
            break
        inside: list[Effect] = []
        outcome = _round(frame, statement, target, numbered, inside)
        kept_or_not(lacking, costs.NONE, statement.line, inside, tree)
        for ways, ended in ((returns, outcome.returns), (throws, outcome.throws), (left, outcome.breaks)):
            if ended is not None:
                ways.append(costs.add(through, ended))
        ends = [way for way in (outcome.through, outcome.breaks) if way is not None]
        ends += [costs.NONE] if lacking else []
        through = costs.add(through, costs.either(ends)) if ends else None
    passed = [*left, *([through] if through is not None else [])]
    return Outcome(*(costs.either(ways) if ways else None for ways in (passed, returns, throws)))
