"""Run what a library is handed: functions that it calls at once, later, by a timer, or for each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.gates.gates import repeated
from callaudit.flow.guards.library_guards import under_control
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import is_method, run_callbacks, run_method
from callaudit.flow.machine.per_item import run_per_item
from callaudit.flow.objects.members import member
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.retries.policies import Ran, under_policies
from callaudit.flow.retries.retry_options import run_again
from callaudit.flow.timers.ticking import ticks
from callaudit.flow.timers.timers import run_by_timer, run_later
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.platform_objects import items_of
from callaudit.flow.values.values import Client, Closure, Const, ForeignValue, OneOf, Seq

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Invoke, Library


def invoke(
    frame: Frame,
    here: Application,
    library: Library,
    model: Invoke,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Run the functions that a call hands to a library, or that its client was made with."""
    interpreter = frame.interpreter
    made_with: Sequence[Value] = client.args if client is not None and model.made else args
    callbacks = [argument(interpreter, made_with, arg) for arg in model.callbacks]
    if model.returns == "state":  # what is kept is not called, but a function that makes it
        callbacks = [one for one in callbacks if may_hold(one) and isinstance(forced(one), Closure)]
    inside: list[Effect] = []
    given = (
        args[model.skip :] if model.made else [_given(frame, argument(interpreter, args, arg)) for arg in model.given]
    )
    if model.rest:
        spent = _with_the_rest(frame, here, args, inside)
        tree.extend(under_control(frame, here, library, model, client, inside))
        return spent
    if model.how == "retry":
        return run_again(frame, here, model, callbacks, args, tree)
    if model.how == "timer":
        return run_by_timer(frame, here, model, callbacks, args, tree)
    if model.how == "later":
        return run_later(frame, here, model, callbacks, args, tree)
    if model.how == "items":
        items = items_of(interpreter, args[0]) if args else None
        if items is not None:
            return run_per_item(frame, here, items, callbacks, tree)
    spent = run_callbacks(frame, here, callbacks, inside, model.how, given, awaited=here.awaited)
    again = ticks(interpreter, here, model.depends) if inside and model.depends is not None else None
    if again is not None:
        inside = list(repeated(again, here.expr.line, inside))
    if model.policies:
        inside, spent = under_policies(frame, here, client, Ran(inside, spent))
    tree.extend(under_control(frame, here, library, model, client, inside))
    return spent


def _with_the_rest(frame: Frame, here: Application, args: list[Value], tree: list[Effect]) -> Cost:
    """Run the first function among `args` with what comes after it: `limiter.schedule(load, id)`."""
    from callaudit.flow.machine.apply import applied

    for place, arg in enumerate(args[:2]):
        known = forced(arg) if may_hold(arg) else arg
        if isinstance(known, Seq) and len(known.items) == 2:  # `call([api, api.load], id)`
            known = _of_object(frame, *known.items)
        if is_method(known):
            return run_method(frame, here, known, args[place + 1 :], tree)
        if isinstance(known, Closure):
            return run_callbacks(frame, here, [known], tree, "once", args[place + 1 :], awaited=here.awaited)
        if isinstance(known, (ForeignValue, OneOf)):
            return applied(frame, here, known, args[place + 1 :], tree)
    return costs.NONE


def _of_object(frame: Frame, owner: Value, function: Value) -> Value:
    """A function of an object, which may be told by its name."""
    known = forced(function)
    if isinstance(known, Const) and isinstance(known.value, str):
        return forced(member(frame.interpreter, owner, known.value))
    return known


def _given(frame: Frame, value: Value) -> Value:
    """What a callback is handed: the argument, or what it gives where it is a function."""
    return frame.interpreter.apply(value, []) if isinstance(value, Closure) else value
