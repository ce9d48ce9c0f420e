"""What a server keeps whole: a page or an answer.

It stands before what the server does for it, not before what the page does in browsers later.

A module with `'use client'` is where the server's part of a page ends:
https://nextjs.org/docs/app/api-reference/directives/use-client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import Called, Guarded, Request
from callaudit.inventory.refreshing import CLIENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Guard
    from callaudit.flow.machine.interpreter import Interpreter


def behind_whole(
    interpreter: Interpreter, guards: Sequence[Guard], cost: Cost, effects: tuple[Effect, ...]
) -> tuple[Cost, tuple[Effect, ...]]:
    """What starts, behind the guards that may answer for it; one that is not certain lowers no bound."""
    if not effects or not guards:
        return cost, effects
    client = [one for one in walk_effects(effects) if is_client(interpreter, one)]
    certain = any(guard.store != "cdn" and not guard.why for guard in guards)
    if not client:
        return (costs.maybe(cost) if certain else cost), _guarded(guards, effects)

    def change(effect: Effect) -> Effect:
        if is_client(interpreter, effect):
            return replace(effect)  # whole, with what is inside
        return _guarded(guards, (effect,))[0] if isinstance(effect, Request) else effect

    kept = rebuilt(effects, change)
    return (_lowered(cost, numbers(interpreter, client)) if certain else cost), kept


def _guarded(guards: Sequence[Guard], effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    for guard in guards:
        effects = (Guarded(guard, effects),)
    return effects


def is_client(interpreter: Interpreter, effect: Effect) -> bool:
    """Whether an effect is of a client component: its code, or a request that stands in its module."""
    if isinstance(effect, Called):
        return _has_directive(interpreter, effect.defined_in)
    return isinstance(effect, Request) and any(_has_directive(interpreter, one.site.file) for one in effect.requests)


def _has_directive(interpreter: Interpreter, module: str) -> bool:
    here = interpreter.program.modules.get(module)
    return here is not None and CLIENT in here.facts.directives


def numbers(interpreter: Interpreter, client: Sequence[Effect]) -> set[int]:
    """The numbers of the requests among effects."""
    return {
        interpreter.request(one.site, one.target, one.options, one.said)
        for effect in walk_effects(client)
        if isinstance(effect, Request)
        for one in effect.requests
    }


def _lowered(cost: Cost, browser: set[int]) -> Cost:
    """`cost` where nothing needs to be sent but what browsers send: the requests with the numbers in `browser`."""
    lower = costs.maybe(cost)
    return {key: bounds if _of_browser(key, browser) else lower.get(key, bounds) for key, bounds in cost.items()}


def _of_browser(key: object, browser: set[int]) -> bool:
    if type(key) is frozenset:
        return any(_of_browser(member, browser) for member in key)
    return (int(key) if isinstance(key, int) else key) in browser and getattr(key, "side", "") != "server"
