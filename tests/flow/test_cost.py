"""The cost algebra against all runs that are possible."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.request_numbers import Own

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost

Run = tuple[int, ...]
"""How often each of three requests is sent."""
Programs = tuple["Cost", frozenset[Run]]

_LEAVES = st.integers(0, 3).map(
    lambda n: (
        (costs.NONE, frozenset({(0, 0, 0)}))
        if n == 3
        else (costs.one(Own(n)), frozenset({tuple(int(n == i) for i in range(3))}))
    )
)


def _plus(first: Run, second: Run) -> Run:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def _sequence(parts: list[Programs]) -> Programs:
    cost, runs = parts[0]
    for more, others in parts[1:]:
        cost, runs = costs.add(cost, more), frozenset(_plus(a, b) for a, b in product(runs, others))
    return cost, runs


def _either(ways: list[Programs]) -> Programs:
    return costs.either([cost for cost, _ in ways]), frozenset().union(*(runs for _, runs in ways))


def _maybe(part: Programs) -> Programs:
    return costs.maybe(part[0]), part[1] | {(0, 0, 0)}


PROGRAMS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(_sequence),
        st.lists(inner, min_size=2, max_size=3).map(_either),
        inner.map(_maybe),
    ),
    max_leaves=6,
)


@given(PROGRAMS)
def test_what_is_counted_together_bounds_every_run(program: Programs) -> None:
    cost, runs = program
    for request in costs.requests(cost):
        assert cost[request][0] <= min(run[request] for run in runs)
        assert max(run[request] for run in runs) <= cost[request][1]
    for group in costs.groups(cost):
        counts = [sum(run[member] for member in group) for run in runs]
        assert cost[group][0] <= min(counts)
        assert max(counts) <= cost[group][1]


def test_requests_that_exclude_each_other_are_counted_together() -> None:
    first, second = (costs.one(Own(number)) for number in (0, 1))
    assert costs.either([first, second])[frozenset({0, 1})][:2] == (1, 1)
    assert costs.add(costs.either([first, second]), first)[frozenset({0, 1})][:2] == (2, 2)
    assert not costs.groups(costs.add(first, second))
