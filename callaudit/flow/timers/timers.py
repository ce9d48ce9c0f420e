"""Timers: functions that run again and again at an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Span, Trigger
from callaudit.flow.gates.gates import repeated
from callaudit.flow.loops.reentries import Deferral, note_later
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.queries.refreshing import REFRESH, refreshes
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.timers.alarms import alarm_times
from callaudit.flow.timers.next_times import until_next
from callaudit.flow.timers.set_before import set_before
from callaudit.flow.timers.spans import Times, in_turn, times
from callaudit.flow.timers.stopping import stops_itself
from callaudit.flow.values.values import TIME, UNDEFINED, Unknown, Value
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.libraries.model import Arg, Invoke


def run_by_timer(
    frame: Frame, here: Application, model: Invoke, callbacks: list[Value], args: list[Value], tree: list[Effect]
) -> Cost:
    """Run what a timer runs, once, and note how often it does."""
    if stops_itself(frame.interpreter, here, callbacks):
        return run_later(frame, here, model, callbacks, args, tree)
    inside: list[Effect] = []
    spent = run_callbacks(frame, here, callbacks, inside, "once", awaited=here.awaited)
    if inside:
        told = given(args, model.interval)
        if model.interval is not None and model.interval.path:
            told = argument(frame.interpreter, args, model.interval)
        found = alarm_times(frame.interpreter) if model.set_apart else times(frame.interpreter, told, model.unit)
        spans = found.spans
        if not spans and not found.why and model.always:
            spans = (Span(model.always),)
        why = found.why if not spans else ""
        if not spans and not why:
            why = "no interval is given: as often as the platform allows"
        trigger = Trigger(
            "timer",
            REFRESH if refreshes(inside) else model.mechanism,
            here.scope.module,
            here.expr.line,
            frame.interpreter.qualified(here.scope.module, here.scope.function),
            spans,
            why,
            after=model.rests,
        )
        tree.extend(repeated(trigger, here.expr.line, inside))
    return spent


def given(args: list[Value], place: Arg | None) -> Value:
    """The argument at `place` as it is given, its expression still to be seen."""
    if place is None or place.path or not 0 <= place.index < len(args):
        return UNDEFINED
    return args[place.index]


def run_later(
    frame: Frame, here: Application, model: Invoke, callbacks: list[Value], args: list[Value], tree: list[Effect]
) -> Cost:
    """Run what runs once, later; where that starts a running function again, it is a timer of its own."""
    handed = [Unknown("DOMHighResTimeStamp", TIME)] if model.always else []
    found = Times((Span(model.always),), "", off=False) if model.always else None
    wait = given(args, model.interval), model.unit
    return _deferred(frame, here, callbacks, handed, found or wait, model.mechanism or "later", tree)


def run_after_wait(frame: Frame, here: Application, callbacks: list[Value], tree: list[Effect]) -> Cost | None:
    """Run what runs once after a wait that nobody waits for, `sleep(ms).then(f)`; `None` where it is no such thing."""
    owner = here.expr.callee.obj if isinstance(here.expr.callee, Member) else None
    if here.awaited or not isinstance(owner, Call):
        return None
    wait = wait_of(frame.interpreter, owner, here.scope)
    return _deferred(frame, here, callbacks, [], (wait, 1), "sleep+then", tree) if wait is not None else None


def _deferred(
    frame: Frame,
    here: Application,
    callbacks: list[Value],
    handed: Sequence[Value],
    wait: Times | tuple[Value, float],
    mechanism: str,
    tree: list[Effect],
) -> Cost:
    reentries = frame.interpreter.reentries
    told = None if isinstance(wait, Times) else wait[0]
    if not isinstance(wait, Times):
        wait = (set_before(frame.interpreter, wait[0], here.expr), wait[1])
    deferral = Deferral(frozenset(frame.interpreter.open.busy), wait)
    reentries.deferrals.append(deferral)
    try:
        spent = run_callbacks(frame, here, callbacks, tree, "later", handed, awaited=here.awaited)
    finally:
        reentries.deferrals.pop()
    for place in sorted(deferral.hits):
        before = reentries.waits_of(frame.interpreter, place)
        found = wait if isinstance(wait, Times) else times(frame.interpreter, *wait)
        if not found.spans and told is not None:
            found = until_next(frame.interpreter, told) or found
        note_later(
            frame,
            place,
            here.scope.module,
            here.expr.line,
            mechanism,
            in_turn([*before, found]),
            tree,
            None if before else told,
        )
    return spent
