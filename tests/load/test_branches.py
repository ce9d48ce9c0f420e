"""Of branches that exclude each other the dearest way counts, not all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from callaudit.load.branches import dearest_way
from callaudit.load.costs import action_costs
from callaudit.load.model import Charge, Model, Run
from callaudit.load.ranges import ONE, Range, exactly
from callaudit.load.scenario import Action
from tests.load.models import KEY, SERVER, estimated, model, project, scenario, stream

MAYBE = Range(0, 0.5, 1)
ROUTE = """
export async function POST(request) {
  const { type } = await request.json();
  if (type === 'MARKET') {
    await fetch('https://api.pacifica.fi/api/v1/orders/create_market', { method: 'POST' });
  } else {
    await fetch('https://api.pacifica.fi/api/v1/orders/create', { method: 'POST' });
  }
  return Response.json({});
}
"""


def _either(*costs: int, most: int | None, **fields: object) -> Model:
    streams = [
        stream(
            number,
            kind="action",
            action="POST /a",
            alternatives=(),
            pages=(),
            calls=MAYBE,
            charges=(Charge("shared", exactly(cost)),),
            **fields,
        )
        for number, cost in enumerate(costs)
    ]
    return replace(model(*streams), runs=(Run("POST /a", "a.ts", 1, 1, most),))


def _load(of: Model):  # noqa: ANN202 - the record's own type
    return estimated(of, scenario(actions=(Action("POST /a", ONE),))).load().buckets[0]


def test_the_dearest_branch_is_the_highest() -> None:
    found = _load(_either(1, 12, most=1))
    assert found.requests_per_second == Range(0, 1, 1)
    assert found.credits_per_window.high == pytest.approx(12 * 60)


def test_without_a_bound_all_branches_count() -> None:
    found = _load(_either(1, 12, most=None))
    assert found.requests_per_second.high == 2
    assert found.credits_per_window.high == pytest.approx(13 * 60)


def test_calls_to_several_quotas_stay_apart() -> None:
    both = _either(1, 12, most=1)
    other = replace(both.streams[0], charges=(Charge("other", ONE),))
    found = _load(replace(both, streams=(other, both.streams[1])))
    assert found.credits_per_window.high == pytest.approx(12 * 60)


def test_what_is_expected_is_never_above_the_highest() -> None:
    found = _load(_either(2, 2, 2, 2, most=1))
    assert found.requests_per_second.expected == 2
    assert found.requests_per_second.high == 2


def test_attempts_are_calls_of_a_run() -> None:
    looped = _either(1, 12, most=3, retry_attempts=3)
    here = estimated(looped, scenario(actions=(Action("POST /a", ONE),), retry_miss=exactly(1)))
    assert here.load().buckets[0].credits_per_window.high == pytest.approx(36 * 60)


def test_a_route_that_sends_one_of_two_orders() -> None:
    found = project({"package.json": '{"dependencies": {"next": "15.0.0"}}', "app/api/orders/route.ts": ROUTE})
    what = scenario(actions=(Action("POST /api/orders", ONE),))
    load = estimated(found, what).load()
    (bucket,) = [one for one in load.buckets if one.id in (KEY, SERVER)]
    assert bucket.requests_per_second.high == 1
    (cost,) = action_costs(found, what)
    assert (cost.calls.min, cost.calls.max, cost.credits.max) == (1, 1, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20)), max_size=6), st.integers(0, 30))
def test_the_dearest_way_is_no_dearer_than_all_and_no_cheaper_than_the_first(
    ways: list[tuple[int, int]], most: int
) -> None:
    found = dearest_way(ways, most)
    assert found <= sum(many * price for many, price in ways)
    assert all(found >= min(many, most) * price for many, price in ways)
