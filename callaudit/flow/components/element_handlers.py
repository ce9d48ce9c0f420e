"""Handlers among the attributes of elements: they run when something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.apply import applied
from callaudit.flow.machine.callbacks import Application, at_event, handlers
from callaudit.flow.objects.named_functions import functions_in
from callaudit.flow.reading.event_names import is_event
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure
from callaudit.syntax.ir import (
    Call,
    Prop,
    Spread,
)

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.timers.pipes import Perform


def perform_attribute(frame: Frame, attr: Prop, scope: Scope, tree: list[Effect], perform: Perform) -> Cost:
    """What an attribute's value does: what a library makes of a function runs at the event, as the function does.

    `onSubmit={handleSubmit(save)}`
    """
    if type(attr.value) is not Call or not is_event(attr.key):
        return perform(frame, attr.value, scope, tree)
    inside: list[Effect] = []
    spent = perform(frame, attr.value, scope, inside)
    if not inside:
        return spent
    place = (scope.module, attr.line or attr.value.line, frame.interpreter.qualified(scope.module, scope.function))
    return at_event(str(attr.key), place, inside, spent, tree)


def perform_handler(frame: Frame, attr: Prop, scope: Scope, tree: list[Effect]) -> Cost:
    """What a function that an attribute is given does when something happens."""
    known = forced(frame.interpreter.evaluate(attr.value, scope))
    if isinstance(known, Closure):
        return handlers(frame, [known], scope, tree, str(attr.key))
    return (
        _at_event(frame, attr, known, scope, tree) if isinstance(known, Client) and is_event(attr.key) else costs.NONE
    )


def _at_event(frame: Frame, handler: Prop, client: Client, scope: Scope, tree: list[Effect]) -> Cost:
    """A handler that is a client which is called itself: `<button onClick={load}>` of a bound function."""
    interpreter = frame.interpreter
    place = ("handler of an element", id(handler))
    here = Application(interpreter.found_once(place, lambda: Call(handler.value, (), handler.line, 1)), scope, True)
    inside: list[Effect] = []
    spent = applied(frame, here, client, [], inside)
    function = interpreter.qualified(scope.module, scope.function)
    at = scope.module, handler.line, function
    return at_event(str(handler.key), at, inside, spent, tree) if inside else costs.NONE


def perform_spread(frame: Frame, spread: Spread, scope: Scope, tree: list[Effect]) -> Cost:
    """The handlers among the attributes that an element is given as one object: `<button {...handlers}>`."""
    total = costs.NONE
    for name, closure in functions_in(frame.interpreter.lazy(spread.value, scope), 1):
        if is_event(name):
            total = costs.add(total, handlers(frame, [closure], scope, tree, name))
    return total
