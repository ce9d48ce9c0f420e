"""The cost of a part of a call tree, for what is an entry of its own: a timer's work, a socket's handler.

Guards that may answer leave out what is behind them, and so do branches that return early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.emitters import listens_inside
from callaudit.flow.apps.sides import side_of_call
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EMIT, Called, Choice, Guarded, Repeated, Request, Started, parts_of
from callaudit.flow.effects.records import LOCK, ONCE, REST
from callaudit.flow.effects.request_numbers import Own
from callaudit.flow.machine.callbacks import Step
from callaudit.flow.requests.requests import may_stay
from callaudit.inventory.crossings import Side
from callaudit.inventory.measure import always_taken, rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.flow.machine.interpreter import Interpreter

ANSWERING = frozenset({"cache", "dedup"})
"""Guards that may answer in place of what they guard."""


def cost_of(
    interpreter: Interpreter,
    effects: Sequence[Effect],
    *,
    answering: frozenset[str] = ANSWERING,
    without: Callable[[Effect], bool] | None = None,
) -> Cost:
    """How often each request is sent when `effects` happen in the code of their own process.

    Guards of the kinds in `answering` may answer for what is behind them. Parts of which `without` holds cost nothing.
    """
    known: dict[int, Cost] = {}
    waiting = list(effects)
    while waiting:
        effect = waiting[-1]
        if without is not None and without(effect):
            known[id(effect)] = costs.NONE
            waiting.pop()
            continue
        missing = [part for part in parts_of(effect) if id(part) not in known]
        if missing and id(effect) not in known:
            waiting.extend(missing)
            continue
        waiting.pop()
        if id(effect) not in known:
            known[id(effect)] = _cost(interpreter, effect, known, answering)
    return _sum(effects, known)


def _sum(effects: Sequence[Effect], known: dict[int, Cost]) -> Cost:
    total = costs.NONE
    for effect in effects:
        total = costs.add(total, known[id(effect)])
    return total


def _cost(interpreter: Interpreter, effect: Effect, known: dict[int, Cost], answering: frozenset[str]) -> Cost:
    if isinstance(effect, Request):
        return costs.either([_sent(interpreter, one) for one in effect.requests])
    if isinstance(effect, Choice):
        way = costs.either([_sum(way, known) for _, way in effect.ways])
        return way if always_taken(effect) else costs.maybe(way)
    inside = _sum(parts_of(effect), known)
    if isinstance(effect, Started):
        return costs.through(costs.on_side(inside, effect.side), Side(effect.side))
    if isinstance(effect, Called):
        inside = costs.on_side(inside, side_of_call(interpreter, effect))
        step = Step(effect.function, effect.defined_in, effect.defined, effect.file, effect.line)
        return costs.through(inside, step)
    if isinstance(effect, Repeated) and listens_inside(effect):
        return costs.NONE  # it is paid where the event is emitted
    if isinstance(effect, Repeated):
        return costs.repeat(inside, *rounds(effect))
    if isinstance(effect, Guarded) and (effect.guard.kind == REST or effect.guard.part):
        return costs.maybe(inside)
    if isinstance(effect, Guarded) and (effect.guard.kind in answering or (answering and _skips(effect))):
        return costs.maybe(inside)
    return inside


def _skips(effect: Guarded) -> bool:
    """Whether what is guarded may be left out as it goes on, or was done, already."""
    return effect.guard.mechanism in (LOCK, ONCE)


def _sent(interpreter: Interpreter, requested: Requested) -> Cost:
    number = interpreter.request(requested.site, requested.target, requested.options, requested.said)
    if requested.target.method == EMIT:
        return costs.message(number)
    return costs.one(Own(number) if may_stay(requested.target) else number)
