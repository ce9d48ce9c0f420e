"""What expressions change where only values are asked for: nothing is sent, but variables and fields are set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.machine.apply import apply
from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.assignments import assign, step
from callaudit.flow.machine.passed_over import note_what_sets
from callaudit.flow.machine.per_item import PER_ITEM
from callaudit.flow.reading.ways_apart import taken_apart
from callaudit.flow.values.choices import decided
from callaudit.flow.values.values import Instance
from callaudit.syntax.ir import (
    Assign,
    Await,
    Call,
    Cond,
    Func,
    Many,
    Member,
    Name,
    Op,
    Un,
)

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Expr


def only_assignments(frame: Frame, expr: Expr) -> None:
    """Where only values are asked for: the assignments of an expression statement."""
    if isinstance(expr, Assign):
        assign(frame, expr, frame.scope)
    elif isinstance(expr, Un):
        step(frame, expr, frame.scope)
    elif isinstance(expr, Many):
        for item in expr.items:
            only_assignments(frame, item)
    elif isinstance(expr, Op) and expr.op in ("&&", "||", "??"):
        _of_logical(frame, expr)
    elif isinstance(expr, Cond):
        holds = decided(frame.interpreter, expr.test, frame.scope)
        if holds is None:
            taken_apart(frame, lambda: only_assignments(frame, expr.then), lambda: only_assignments(frame, expr.other))
        else:
            only_assignments(frame, expr.then if holds else expr.other)
    elif isinstance(expr, Await):
        only_assignments(frame, expr.value)
    elif isinstance(expr, Call) and isinstance(expr.callee, Member) and isinstance(expr.callee.obj, Call):
        only_assignments(frame, expr.callee.obj)
    elif isinstance(expr, Call) and isinstance(expr.callee, Member) and expr.callee.prop in PER_ITEM:
        for arg in expr.args[:1]:
            if isinstance(arg, Func):
                note_what_sets(frame.interpreter, frame.scope.module, arg.index, frame.scope)
    elif isinstance(expr, Call) and _builds(frame, expr):
        if isinstance(expr.callee, Name):
            apply(frame, expr, frame.scope, arguments(frame.interpreter, expr.args, frame.scope), [], awaited=True)
        else:
            frame.interpreter.evaluate(expr, frame.scope)


def _of_logical(frame: Frame, expr: Op) -> None:
    """Those of `a && b`, of which what is behind the first part may be left out."""
    for number, item in enumerate(expr.items):
        before = expr.items[number - 1] if number else None
        holds = decided(frame.interpreter, before, frame.scope) if before is not None and expr.op != "??" else None
        if holds is (expr.op == "||"):
            return
        take = partial(only_assignments, frame, item)
        if before is None or holds is not None:
            take()
        else:
            taken_apart(frame, take, lambda: None)


def only_steps(frame: Frame, expr: Expr) -> None:
    """Where only values are asked for: the steps that an expression takes before what it calls, `again(path, ++n)`."""
    if isinstance(expr, Await):
        only_steps(frame, expr.value)
    elif isinstance(expr, Call):
        for arg in expr.args:
            if isinstance(arg, Un) and not arg.postfix:
                step(frame, arg, frame.scope)


def _builds(frame: Frame, expr: Call) -> bool:
    """Whether a call in a constructor may set fields: `super(…)`, `this.setup(…)`."""
    receiver = frame.scope.receiver()
    if not isinstance(receiver, Instance) or receiver.state != 1:
        return False
    callee = expr.callee
    owner = callee.obj if isinstance(callee, Member) else callee
    return isinstance(owner, Name) and owner.id == ("this" if isinstance(callee, Member) else "super")
