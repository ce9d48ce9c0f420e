"""Cost algebra: how often one run makes each request, as bounds.

A cost maps a request to (least, most, chain): counts in one run, `most` infinite where it depends on data, and one
chain of calls that leads there. A sequence adds, a branch takes the lowest and the highest, a loop multiplies.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Chain = tuple[Any, ...]
Bounds = tuple[float, float, Chain]
Cost = dict[Any, Bounds]

TOTAL = "total"
"""The key under which the number of requests of any kind is counted."""

NONE: Cost = {}


def one(request: Any) -> Cost:
    """Exactly one `request`."""
    return {request: (1, 1, ()), TOTAL: (1, 1, ())}


def message(request: Any) -> Cost:
    """One message to another process of the repository, which is no request itself."""
    return {request: (1, 1, ())}


def add(first: Cost, second: Cost) -> Cost:
    """The cost of both, one after the other."""
    if not first:
        return second
    if not second:
        return first
    total = dict(first)
    for request, (least, most, chain) in second.items():
        before = total.get(request)
        total[request] = (before[0] + least, before[1] + most, before[2]) if before else (least, most, chain)
    return total


def either(costs: Iterable[Cost]) -> Cost:
    """The cost of one of several ways."""
    ways = list(costs)
    if len(ways) == 1:
        return ways[0]
    total: Cost = {}
    for way in ways:
        for request, (_, most, chain) in way.items():
            before = total.get(request)
            if before is None:
                least = min(other[request][0] if request in other else 0 for other in ways)
                total[request] = (least, most, chain)
            elif most > before[1]:
                total[request] = (before[0], most, before[2])
    return total


def repeat(cost: Cost, least: float, most: float) -> Cost:
    """The cost of `least` to `most` runs of what costs `cost`."""
    if not cost or (least == 1 and most == 1):
        return cost
    return {
        request: (low * least if low else 0, high * most if high and most else 0, chain)
        for request, (low, high, chain) in cost.items()
    }


def maybe(cost: Cost) -> Cost:
    """The cost of what may run or not."""
    return repeat(cost, 0, 1)


def unbounded(cost: Cost) -> Cost:
    """The cost of what runs nobody knows how often, at least once."""
    return repeat(cost, 1, inf)


def through(cost: Cost, step: Any) -> Cost:
    """`cost` seen from the caller: each chain begins with `step`."""
    return {
        request: (least, most, (step, *chain)) if request != TOTAL else (least, most, ())
        for request, (least, most, chain) in cost.items()
    }
