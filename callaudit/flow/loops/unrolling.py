"""Loops over items that are known: the body is taken once for each, in a round of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.lists.alone import decided_by
from callaudit.flow.lists.written_tables import is_table
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.branches import one_of, scoped
from callaudit.flow.machine.outcome import Outcome, joined, of_loop
from callaudit.flow.machine.per_item import MOST_FUNCTIONS, kept_or_not, named_item
from callaudit.flow.machine.scope import Round
from callaudit.flow.reading.relevant import matters
from callaudit.flow.retries.fallbacks import fallbacks_of
from callaudit.flow.retries.retrying import retry_over
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.listed import listed
from callaudit.flow.values.values import Const, Seq
from callaudit.syntax.ir import Block, Index, Let, Name
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.loops import Count
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.outcome import Jumps
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Loop

MOST_UNROLLED = 12
"""Items of a list that is written down for which the body is taken one by one."""


def over_items(
    frame: Frame,
    statement: Loop,
    target: Expr,
    count: Count,
    spent: Cost,
    start: dict[str, Value],
    tree: list[Effect],
) -> Outcome:
    """A loop over a list that is written down, item by item: it may try one after the other until one answers."""
    begun = len(tree)
    lacking = count.least < len(count.items)
    outcome = unrolled(frame, statement, target, count.items, spent, tree, lacking=lacking)
    retry = retry_over(frame, statement, tree[begun:], count.items, start)
    if retry is None and len(tree) > begun:
        retry = fallbacks_of(frame, statement, len(count.items))
    if retry is not None:
        tree[begun:] = [Repeated("loop", statement.line, 1, 1, tuple(tree[begun:]), retries=(retry,))]
    return outcome


def most_unrolled(frame: Frame, items: tuple[Value, ...]) -> int:
    """How many items are taken one by one: more where they hold functions that the body may call, or are a table."""
    if len(items) > MOST_UNROLLED and is_table(items):
        return len(items)
    holds = MOST_UNROLLED < len(items) <= MOST_FUNCTIONS and matters(frame.interpreter, Seq(items))
    return MOST_FUNCTIONS if holds else MOST_UNROLLED


def places_of(frame: Frame, statement: Loop, count: Count) -> tuple[Value, ...]:
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


def for_any(frame: Frame, statement: Loop, count: Count, tree: list[Effect]) -> Outcome:
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
    scope = frame.scope = Round(around, _declared(frame, statement, target))
    bind(frame.interpreter, target, value, scope)
    try:
        return scoped(frame, Block(statement.body), tree, scope.keep)
    finally:
        scope.close()
        frame.scope, around.mark = around, before


def _declared(frame: Frame, statement: Loop, target: Expr) -> frozenset[str]:
    """The names that each round of a loop has for itself."""

    def found() -> frozenset[str]:
        lets = (node for node in walk(statement.body) if isinstance(node, Let))
        return frozenset([*bound_names(target), *(name for let in lets for name in bound_names(let.target))])

    return frame.interpreter.found_once(("declared in rounds", statement, target), found)


def unrolled(
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
    jumps: list[tuple[Cost, Jumps]] = []
    name = target.id if isinstance(target, Name) else "item"
    for numbered in enumerate(listed(items, name)):
        if through is None:
            break
        inside: list[Effect] = []
        outcome = _round(frame, statement, target, numbered, inside)
        kept_or_not(lacking, costs.NONE, statement.line, inside, tree)
        going, leaving, others = of_loop(outcome, statement.label)
        for ways, found in ((returns, [outcome.returns]), (throws, [outcome.throws]), (left, leaving)):
            ways.extend(costs.add(through, ended) for ended in found if ended is not None)
        jumps.append((through, others))
        ends = [*going, costs.NONE] if lacking else going
        through = costs.add(through, costs.either(ends)) if ends else None
    passed = [*left, *([through] if through is not None else [])]
    gone, returned, thrown = (costs.either(ways) if ways else None for ways in (passed, returns, throws))
    return Outcome(gone, returned, thrown, None, joined(jumps))
