"""Requests of `fetch` whose answers a server keeps without being told to: those that say nothing of a cache.

What an entry's server keeps, and up to which line of its function, `Fetches` of the entry's start says.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.cost import TOTAL
from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import Called, Choice, Guarded, Repeated, Request, parts_of
from callaudit.flow.effects.records import Guard
from callaudit.inventory.whole_answers import is_client, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Fetches

MECHANISM = "fetch, by default"
KEPT = "kept until it is revalidated"
_CREDENTIALS = frozenset({"authorization", "cookie"})
"""Headers with which nothing is kept where the server has asked for something else before that it does not keep."""
PERHAPS = "kept by default: only where nothing before it reads the request"


def behind_fetches(
    interpreter: Interpreter, fetches: Fetches, module: str, cost: Cost, effects: tuple[Effect, ...]
) -> tuple[Cost, tuple[Effect, ...]]:
    """What a start does, each fetch that says nothing behind what its server keeps of it."""
    found: list[Effect] = []
    for effect in effects:
        line = _line_of(effect, module)
        if fetches.until and (line > fetches.until or (fetches.at_once and line == fetches.until)):
            found.append(effect)
            continue
        sure = fetches.certain and (not fetches.perhaps_until or 0 < line < fetches.perhaps_until)
        found.extend(rebuilt((effect,), partial(_kept, interpreter, KEPT if sure else PERHAPS)))
    sure_ones, others = _apart(found)
    return _lowered(cost, numbers(interpreter, sure_ones) - numbers(interpreter, others)), tuple(found)


def _kept(interpreter: Interpreter, why: str, effect: Effect) -> Effect:
    if is_client(interpreter, effect):
        return replace(effect)  # another object: it is left as it is, with what is inside
    if not isinstance(effect, Request) or not all(_says_nothing(one) for one in effect.requests):
        return effect
    site, target = effect.requests[0].site, effect.requests[0].target
    if any(name.lower() in _CREDENTIALS for one in effect.requests for _, name in one.options):
        why = PERHAPS
    fixed = len(effect.requests) == 1 and not any(mark in target.url for mark in "{?")
    scope = "shared" if fixed else "per-key"
    guard = Guard("cache", MECHANISM, site.file, site.line, site.function, (), scope, "process", "URL", why)
    return Guarded(guard, (effect,))


def _says_nothing(one: Requested) -> bool:
    told = {name for name, _ in one.options}
    return one.site.client == "web" and one.target.method == "GET" and not told & {"cache", "next.revalidate"}


def _apart(effects: Sequence[Effect]) -> tuple[list[Effect], list[Effect]]:
    """The requests that are surely kept, and the others."""
    sure: list[Effect] = []
    others: list[Effect] = []
    for one in walk_effects(effects, enter=lambda effect: not _is_sure(effect)):
        if _is_sure(one):
            sure.extend(parts_of(one))
        elif isinstance(one, Request):
            others.append(one)
    return sure, others


def _is_sure(effect: Effect) -> bool:
    return isinstance(effect, Guarded) and effect.guard.mechanism == MECHANISM and effect.guard.why == KEPT


def _lowered(cost: Cost, kept: set[int]) -> Cost:
    """`cost` where nothing needs to be sent of the requests with the numbers in `kept`."""
    if not kept:
        return cost
    lower = {key: bounds for key, bounds in costs.maybe(cost).items() if key in kept or _all_in(key, kept)}
    saved = sum(cost[key][0] for key in lower)
    least, most, chain = cost.get(TOTAL, (0, 0, ()))
    total = {TOTAL: (max(0, least - saved), most, chain)} if TOTAL in cost else {}
    return {**cost, **lower, **total}


def _all_in(key: object, kept: set[int]) -> bool:
    return isinstance(key, frozenset) and kept.issuperset(key)


def _line_of(effect: Effect, module: str) -> int:
    """The line of the start's function in which an effect happens."""
    if isinstance(effect, Request):
        site = effect.requests[0].site
        return site.line if site.file == module else 0
    if isinstance(effect, (Called, Repeated)):
        return effect.line
    if isinstance(effect, Choice) and effect.line:
        return effect.line
    return next((line for part in parts_of(effect) if (line := _line_of(part, module))), 0)
