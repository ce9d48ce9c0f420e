"""Loops: a body taken once, its cost multiplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.branches import effects_of, scoped
from callaudit.flow.effects import Repeated
from callaudit.flow.loops import iterations
from callaudit.flow.outcome import repeated
from callaudit.flow.values import Unknown
from callaudit.flow.variables import bind, merged
from callaudit.syntax.ir import Block

if TYPE_CHECKING:
    from callaudit.flow.activation import Frame
    from callaudit.flow.effects import Effect
    from callaudit.flow.outcome import Outcome
    from callaudit.syntax.ir import Loop


def loop(frame: Frame, statement: Loop, tree: list[Effect]) -> Outcome:
    spent = costs.NONE
    inside: list[Effect] = []
    for item in statement.init:
        spent = costs.add(spent, frame.block((item,), tree).through or costs.NONE)
    if statement.source is not None:
        spent = costs.add(spent, effects_of(frame, statement.source, tree))
    count = iterations(frame.interpreter, statement, frame.scope)
    start = dict(frame.scope.vars)
    if statement.target is not None:
        bind(frame.interpreter, statement.target, count.item, frame.scope)
    elif count.variable:
        frame.scope.vars[count.variable] = Unknown(count.variable, "it counts the loop", given=True)
    test = effects_of(frame, statement.test, inside)
    outcome = scoped(frame, Block(statement.body), inside)
    update = effects_of(frame, statement.update, inside)
    frame.scope.vars = merged(start, [start, frame.scope.vars])
    if inside:
        shown = None if count.most is None else count.most
        tree.append(Repeated(count.kind, statement.line, count.least, shown, tuple(inside), count.over))
    return repeated(spent, test, update, outcome, count.least, count.most)
