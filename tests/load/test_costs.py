"""What one connected user's minute on a page costs, and one action."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from callaudit.load.assumptions import assumptions
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.conditions import condition
from callaudit.load.costs import action_costs, page_costs
from callaudit.load.model import Alternative, Charge, Run
from callaudit.load.ranges import ONE, Range, exactly
from callaudit.load.resolve import resolved
from callaudit.load.totals import Totals
from tests.load.models import certain, estimated, fightclub, model, scenario, stream

OWN = (Charge("visitor", ONE),)
EITHER = (
    Alternative(30.0, condition("wsConnected", of_interval=True)),
    Alternative(15.0, condition("!wsConnected", of_interval=True)),
)


def six_polls() -> list[object]:
    """One poll of 15 s, two of 30 s, and three that are slower while a WebSocket is up; all by the browser."""
    slots = [(Alternative(15.0),), (Alternative(30.0),), (Alternative(30.0),), EITHER, EITHER, EITHER]
    return [
        stream(number, origin="browser", charges=OWN, when=condition("!!publicKey"), alternatives=slot)
        for number, slot in enumerate(slots)
    ]


@pytest.mark.parametrize(("up", "expected"), [(0, 1 / 3), (1, 7 / 30)])
def test_one_user_on_a_page_with_and_without_a_socket(up: float, expected: float) -> None:
    of = model(*six_polls(), visitor=100.0)  # type: ignore[arg-type]
    found = page_costs(of, scenario(125, share_connected=exactly(0.5), websocket_uptime=exactly(up)))
    assert [(one.page, one.bucket) for one in found] == [("/a", "visitor")]
    assert found[0].requests_per_second.expected == pytest.approx(expected, rel=1e-12)
    assert found[0].per_minute.expected == pytest.approx(60 * expected)


def test_what_only_some_users_do_is_between_bounds_and_exact_where_a_scenario_says() -> None:
    fight = [
        stream(
            number, when=condition("!!token && !!fightId"), alternatives=(Alternative(seconds),), calls=exactly(calls)
        )
        for number, (seconds, calls) in enumerate([(5.0, 2), (3.0, 2), (15.0, 1)])
    ]
    (unsaid,) = page_costs(model(*fight), scenario())
    assert (unsaid.requests_per_second.low, unsaid.requests_per_second.high) == (0, pytest.approx(17 / 15))
    (said,) = page_costs(model(*fight), certain(scenario(), conditions=(("fightId", ONE),)))
    assert said.requests_per_second.low == said.requests_per_second.high == pytest.approx(17 / 15)


def test_an_action_costs_its_calls_and_what_is_asked_again() -> None:
    order = builtin_scenarios()[0]
    found = {one.entry: one for one in action_costs(fightclub(), resolved(order, Totals(fightclub())))}
    trade = found["POST /api/orders"]
    assert (trade.calls.min, trade.calls.max, trade.calls.expected) == (3, 5, 5)
    assert dict(trade.buckets)["pacifica.ip.server"] == Range(3, 36, 36)
    assert found["DELETE /api/orders"].calls.max == 1
    assert "GET /api/account/positions" not in found


def test_every_assumption_says_where_it_comes_from() -> None:
    found = assumptions(resolved(builtin_scenarios()[1], Totals(fightclub())), fightclub())
    by_name = {one.name: one for one in found}
    assert by_name["users"].source == "built-in scenario 5000"
    assert by_name["websocket_uptime"].value == "0 (0…1)"
    assert by_name["focus_share"].source == "default"
    assert by_name["actions.POST /api/orders"].value == "250/min"
    assert by_name["pages./trade"].source == "default: the page that polls most, for everybody"
    assert by_name["conditions.connected"].value == "a WebSocket is up"
    assert by_name['conditions.open === "book"'].source.startswith("not known; apps/web/src/components/MarketDepth.tsx")
    assert all(one.source for one in found)


def test_what_only_reads_costs_what_somebody_asks_for() -> None:
    name = "GET /api/account/positions"
    what = estimated(fightclub(), builtin_scenarios()[0]).scenario
    assert name not in {one.entry for one in action_costs(fightclub(), what)}
    found = {one.entry: one.calls for one in action_costs(fightclub(), what, [name])}
    assert (found[name].min, found[name].max) == (1, 1)


def test_a_route_that_several_call_is_asked_again_by_one_of_them_at_a_time() -> None:
    after = {"kind": "refetch", "action": "POST /x", "alternatives": (), "calls": Range(0, 0.5, 1)}
    own = {"kind": "action", "action": "POST /x", "effect": "write", "alternatives": ()}
    streams = [
        stream(0, **own),
        stream(1, entry="useBuy", **after),
        stream(2, entry="useBuy", **after),
        stream(3, entry="useSell", **after),
    ]
    runs = (Run("POST /x", "a.ts", 1, 1, 1),)
    (found,) = action_costs(replace(model(*streams), runs=runs), scenario())
    assert (found.refetches.min, found.refetches.max, found.refetches.expected) == (0, 2, 1.5)
    assert found.credits.max == 3
