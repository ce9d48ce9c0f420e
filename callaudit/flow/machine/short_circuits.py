"""Expressions of which a part may be left out: `a && b`, `a ? b : c`, `a ??= b`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.effects.words import words
from callaudit.flow.guards.guards import guarded_by
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.reading.ways_apart import taken_apart
from callaudit.flow.reading.ways_out import THROWS
from callaudit.flow.values.choices import decided
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Undefined

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.timers.pipes import Perform
    from callaudit.syntax.ir import (
        Assign,
        Cond,
        Expr,
        Op,
    )

LOGICAL = ("&&", "||", "??")


def perform_logical(frame: Frame, expr: Op, scope: Scope, tree: list[Effect], perform: Perform) -> Cost:
    """`a && b`: what is behind the first part may be left out, or is, where the part is known."""
    total = perform(frame, expr.items[0], scope, tree)
    if frame.end == THROWS:
        return total
    decides: Expr | None = None
    asked = 0
    for place, item in enumerate(expr.items[1:], 1):
        if is_silent(frame.interpreter, item):
            continue
        answers = [decided(frame.interpreter, one, scope) for one in expr.items[asked:place] if expr.op != "??"]
        if (expr.op == "||") in answers:
            break  # the rest is not evaluated
        open_ = [one for one, answer in zip(expr.items[asked:place], answers, strict=False) if answer is None]
        decides = expr.items[place - 1] if expr.op == "??" else open_[-1] if open_ else decides
        asked = place
        inside: list[Effect] = []
        take = partial(perform, frame, item, scope, inside)
        spent = take() if decides is None else taken_apart(frame, take, lambda: costs.NONE)[0]
        end, frame.end = frame.end, ""
        if not inside and not spent:
            continue
        if decides is not None:
            spent = costs.maybe(spent)
            guarded = guarded_by(frame, decides, inside, holds=expr.op != "&&")
            tree.append(Choice(0, ((words(decides), tuple(guarded)),)))
        else:
            tree.extend(inside)
            frame.end = end
        total = costs.add(total, spent)
    return total


def perform_either(frame: Frame, expr: Cond, scope: Scope, tree: list[Effect], perform: Perform) -> Cost:
    """`a ? b : c`: one of both, the one that is taken where that is known."""
    spent = perform(frame, expr.test, scope, tree)
    then: list[Effect] = []
    other: list[Effect] = []
    if frame.end == THROWS or (is_silent(frame.interpreter, expr.then) and is_silent(frame.interpreter, expr.other)):
        return spent
    holds = decided(frame.interpreter, expr.test, scope)
    if holds is not None:
        return costs.add(spent, perform(frame, expr.then if holds else expr.other, scope, tree))
    ends: list[str] = []

    def way(part: Expr, inside: list[Effect]) -> Cost:
        spent = perform(frame, part, scope, inside)
        ends.append(frame.end)
        frame.end = ""
        return spent

    first, second = taken_apart(frame, lambda: way(expr.then, then), lambda: way(expr.other, other))
    frame.end = ends[0] if ends[0] == ends[1] else ""
    if not first and not second and not then and not other:
        return spent
    if not then or not other:
        then = guarded_by(frame, expr.test, then, holds=False)
        other = guarded_by(frame, expr.test, other, holds=True)
    ways = tuple((label, tuple(way)) for label, way in ((words(expr.test), then), ("otherwise", other)) if way)
    tree.append(Choice(0, ways))
    return costs.add(spent, costs.either([first, second]))


def perform_assigned(frame: Frame, expr: Assign, scope: Scope, tree: list[Effect], perform: Perform) -> Cost:
    """`x ??= value`: the value is needed only where x does not have one."""
    inside: list[Effect] = []
    spent = perform(frame, expr.value, scope, inside)
    frame.end = ""
    if not inside:
        return spent
    before = forced(frame.interpreter.evaluate(expr.target, scope))
    if isinstance(before, Undefined) and expr.op != "&&=":
        tree.extend(inside)
        return spent
    if expr.op != "&&=":
        inside = guarded_by(frame, expr.target, inside, holds=True, line=expr.line)
    tree.append(Choice(0, ((words(expr.target), tuple(inside)),)))
    return costs.maybe(spent)
