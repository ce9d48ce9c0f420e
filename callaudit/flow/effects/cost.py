"""Cost algebra: how often one run makes each request, as bounds.

A cost maps a request to (least, most, chain): counts in one run, `most` infinite where it depends on data, and one
chain of calls that leads there. A sequence adds, a branch takes the lowest and the highest, a loop multiplies.

Requests that exclude each other may be answered by own routes that ask for the same: their bounds alone, 0 to 1 each,
would add up to 2. A cost therefore counts such requests together as well, under the set of them.

What a user does to one of many rows of a list happens once, not once for each row. A cost therefore keeps such requests
apart, under `ACTED`, until it is `settled`: loops do not multiply them.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from callaudit.flow.effects.request_numbers import is_own
from callaudit.flow.effects.request_numbers import on_side as key_on_side
from callaudit.flow.effects.request_numbers import renumbered as key_renumbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Chain = tuple[Any, ...]
Bounds = tuple[float, float, Chain]
Cost = dict[Any, Bounds]

TOTAL = "total"
"""The key under which the number of requests of any kind is counted."""

GROUPED = "grouped"
"""The key of a cost that counts any requests together."""
ACTED = "acted"
"""The key of the cost of what a user's doing starts, which is kept in the place of a chain."""
MOST_GROUPS = 4
MOST_MEMBERS = 8
"""Requests that are counted together; more of them are counted apart alone."""

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
    if ACTED in first or ACTED in second:
        (one, by_one), (other, by_other) = _apart(first), _apart(second)
        return _with(add(one, other), add(by_one, by_other))
    total = dict(first)
    for request, (least, most, chain) in second.items():
        before = total.get(request)
        total[request] = (before[0] + least, before[1] + most, before[2]) if before else (least, most, chain)
    if GROUPED in total:
        for group in groups(total):
            counts = _together(first, group), _together(second, group)
            total[group] = (counts[0][0] + counts[1][0], counts[0][1] + counts[1][1], ())
    return total


def either(costs: Iterable[Cost]) -> Cost:
    """The cost of one of several ways."""
    ways = list(costs)
    if len(ways) == 1:
        return ways[0]
    if any(ACTED in way for way in ways):
        parts = [_apart(way) for way in ways]
        return _with(either(plain for plain, _ in parts), either(acts for _, acts in parts))
    total: Cost = {}
    owned: set[int] = set()
    for way in ways:
        for request, (_, most, chain) in way.items():
            before = total.get(request)
            if is_own(request):
                owned.add(request)
            if before is None:
                least = min(other[request][0] if request in other else 0 for other in ways)
                total[request] = (least, most, chain)
            elif most > before[1]:
                total[request] = (before[0], most, before[2])
    if GROUPED in total or len(owned) > 1:
        _group(total, ways, frozenset(owned))
    return total


def acted(cost: Cost) -> Cost:
    """`cost` as that of what a user's doing may start."""
    return _with(NONE, settled(maybe(cost)))


def acts(cost: Cost) -> Cost:
    """The part of `cost` that a user's doing starts."""
    return _apart(cost)[1]


def settled(cost: Cost) -> Cost:
    """`cost` with what a user's doing starts among the rest: no loop is to come."""
    if ACTED not in cost:
        return cost
    return add(*_apart(cost))


def _apart(cost: Cost) -> tuple[Cost, Cost]:
    """What happens by itself, and what a user's doing starts."""
    if ACTED not in cost:
        return cost, NONE
    return {request: bounds for request, bounds in cost.items() if request != ACTED}, cost[ACTED][2][0]


def _with(plain: Cost, by_user: Cost) -> Cost:
    return {**plain, ACTED: (0, 0, (by_user,))} if by_user else plain


def requests(cost: Cost) -> list[int]:
    """The numbers of the requests that `cost` counts."""
    return [request for request in cost if isinstance(request, int)]


def renumbered(cost: Cost, numbers: Sequence[int]) -> Cost:
    """`cost` with the number at each request's place in `numbers` for its own."""
    return {_renumbered(key, numbers): bounds for key, bounds in cost.items()}


def _renumbered(key: Any, numbers: Sequence[int]) -> Any:
    if type(key) is frozenset:
        return frozenset(_renumbered(member, numbers) for member in key)
    return key_renumbered(key, numbers[key]) if isinstance(key, int) else key


def groups(cost: Cost) -> list[frozenset[int]]:
    """The sets of requests that `cost` counts together."""
    return [request for request in cost if type(request) is frozenset] if GROUPED in cost else []


def _group(total: Cost, ways: Sequence[Cost], owned: frozenset[int]) -> None:
    """Count requests together that are not on all of several ways, and those that were before."""
    found = groups(total)
    apart = any(request not in way for way in ways for request in owned)
    if apart and 1 < len(owned) <= MOST_MEMBERS and len(found) < MOST_GROUPS:
        found.append(owned)
        total[GROUPED] = (0, 0, ())
    for group in found:
        counts = [_together(way, group) for way in ways]
        total[group] = (min(least for least, _ in counts), max(most for _, most in counts), ())


def _together(cost: Cost, group: frozenset[int]) -> tuple[float, float]:
    """How many requests of a group there are in all."""
    known = cost.get(group)
    if known is not None:
        return known[0], known[1]
    apart = [cost[request] for request in group if request in cost]
    return sum(least for least, _, _ in apart), sum(most for _, most, _ in apart)


def worsened(cost: Cost, throws: Cost) -> Cost:
    """`cost` where a run may also end as `throws`: what is possible grows, what is needed stays."""
    if ACTED in cost or ACTED in throws:
        (one, by_one), (other, by_other) = _apart(cost), _apart(throws)
        return _with(worsened(one, other), worsened(by_one, by_other))
    total = dict(cost)
    for request, (_, most, chain) in throws.items():
        before = total.get(request)
        if before is None:
            total[request] = (0, most, chain)
        elif most > before[1]:
            total[request] = (before[0], most, before[2])
    for group in groups(total):
        least, most = _together(cost, group)
        total[group] = (least, max(most, _together(throws, group)[1]), ())
    return total


def repeat(cost: Cost, least: float, most: float) -> Cost:
    """The cost of `least` to `most` runs of what costs `cost`; what a user does to one of them happens once."""
    if not cost or (least == 1 and most == 1):
        return cost
    if ACTED in cost:
        plain, by_user = _apart(cost)
        return _with(repeat(plain, least, most), by_user if most else NONE)
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
    if ACTED in cost:
        plain, by_user = _apart(cost)
        return _with(through(plain, step), through(by_user, step))
    return {
        request: (least, most, (step, *chain)) if request != TOTAL else (least, most, ())
        for request, (least, most, chain) in cost.items()
    }


def on_side(cost: Cost, side: str) -> Cost:
    """`cost` of what runs on `side`: its requests are told from the same ones that are sent elsewhere."""
    if not side or not cost:
        return cost
    if ACTED in cost:
        plain, by_user = _apart(cost)
        return _with(on_side(plain, side), on_side(by_user, side))
    total: Cost = {}
    for request, (least, most, chain) in cost.items():
        key = key_on_side(request, side)
        before = total.get(key)  # code of that side, called by code of no side
        total[key] = (least, most, chain) if before is None else (before[0] + least, before[1] + most, before[2])
    return total
