"""Costs over the boundaries of the repository's own routes: what a route asks for stands for the request to it.

Requests of which only one is sent (`flow/effects/cost.py` counts them together) bring what their routes ask for once.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.cost import TOTAL
from callaudit.flow.effects.effects import EMIT
from callaudit.frameworks.model import FORWARD, HANDLER
from callaudit.inventory.measure import ZERO, sequence, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Requested
    from callaudit.inventory.answers import Answers
    from callaudit.inventory.measure import Bounds
    from callaudit.inventory.runs import Run


class Crossing(Struct, frozen=True):
    """A step of a chain that leaves one process for another: the route that answers, or what forwards to another.

    `own` holds for a route, which has an answer of its own.
    """

    route: str
    file: str
    line: int
    origin: str
    own: bool = True


class Side(Struct, frozen=True):
    """The first step of a chain of a page, of which a part runs on the server and a part in the browser."""

    origin: str


def through_routes(run: Run, requests: Sequence[Requested], answers: Answers, whole: Callable[[Run], Cost]) -> Cost:
    """What `run` costs with all that the routes do which it calls; `whole` is what a run costs in all."""
    total: Cost = {}
    beyond: dict[int, Cost] = {}
    for request in costs.requests(run.cost):
        least, most, chain = run.cost[request]
        requested = requests[request]
        answer = answers.answer(requested, run.entry.app)
        if answer is None or answer.entry is run.entry:
            if requested.target.method == EMIT:
                beyond[request] = costs.NONE  # nobody listens
                continue
            beyond[request] = {request: (1, 1, ()), TOTAL: (1, 1, ())}
            total = costs.add(total, {request: (least, most, chain)})
            continue
        route = answer.entry
        beyond[request] = costs.on_side(whole(answer), route.origin)
        crossing = (
            *chain,
            Crossing(route.name, route.file, route.line, route.origin, route.kind not in (FORWARD, HANDLER)),
        )
        for inner, (low, high, rest) in costs.repeat(beyond[request], least, most).items():
            if isinstance(inner, int):
                total = costs.add(total, {inner: (low, high, (*crossing, *rest))})
    if not total:
        return total
    for inner, (least, most, chain) in total.items():
        total[inner] = (*_together(run.cost, beyond, inner, (least, most)), chain)
    least, most = _in_all(run.cost, beyond, requests)
    total[TOTAL] = (least, max(most, least), ())
    return total


def _together(cost: Cost, beyond: dict[int, Cost], inner: int, apart: Bounds) -> Bounds:
    """How often `inner` is asked for, where some requests that lead to it are counted together; else as `apart`."""
    for group in costs.groups(cost):
        if sum(inner in beyond[member] for member in group) < 2:
            continue
        alone = _alone(cost, beyond, group, inner)
        low, high = _of_group(cost, beyond, group, inner)
        apart = (apart[0] - alone[0] + low, apart[1] if alone[1] == inf else apart[1] - alone[1] + high)
    return apart


def _alone(cost: Cost, beyond: dict[int, Cost], members: Iterable[int], key: object) -> Bounds:
    """How many `key` there are behind several requests, each counted alone."""
    return sequence(times(_bounds(cost, member), _bounds(beyond[member], key)) for member in members)


def _of_group(cost: Cost, beyond: dict[int, Cost], group: frozenset[int], key: object) -> Bounds:
    """How many `key` there are behind requests that are counted together: both ways to count bound it."""
    least, most = _alone(cost, beyond, group, key)
    each = [_bounds(beyond[member], key) for member in group]
    low, high = times(_bounds(cost, group), (min(low for low, _ in each), max(high for _, high in each)))
    return max(least, low), min(most, high)


def _in_all(cost: Cost, beyond: dict[int, Cost], requests: Sequence[Requested]) -> Bounds:
    """How many requests leave the repository; a request to an own route is none of them."""
    least, most = _bounds(cost, TOTAL)
    left = set(beyond)
    parts: list[tuple[Bounds, Bounds]] = []
    for group in sorted(costs.groups(cost), key=len, reverse=True):
        if group <= left:
            left -= group
            parts.append((_bounds(cost, group), _of_group(cost, beyond, group, TOTAL)))
    for member in sorted(left):
        message = requests[member].target.method == EMIT
        parts.append((ZERO if message else _bounds(cost, member), _alone(cost, beyond, [member], TOTAL)))
    for sent, inside in parts:
        least = max(least - sent[0], 0) + inside[0]
        most = inf if inf in (most, sent[1], inside[1]) else most - sent[1] + inside[1]
    return least, most


def _bounds(cost: Cost, key: object) -> Bounds:
    found = cost.get(key)
    return (found[0], found[1]) if found is not None else ZERO
