"""The audit's arithmetic on the fixture it was written about, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from callaudit.load.builtin import builtin_scenarios
from callaudit.load.ranges import Range, exactly
from tests.load.models import KEY, SERVER, estimated, fightclub, rates

if TYPE_CHECKING:
    from callaudit.load.scenario import Scenario

CONNECTED = {"250": 125, "5000": 1250, "10000": 2500}
TRADES = {"250": 12, "5000": 250, "10000": 500}
POLLED = (
    ("useOpenOrders", "GET /api/v1/orders"),
    ("usePositions", "GET /api/v1/positions"),
)
BUILT_IN = {scenario.name: scenario for scenario in builtin_scenarios()}


def close(value: float, expected: Fraction) -> bool:
    return value == pytest.approx(float(expected), rel=1e-12)


@pytest.fixture(params=sorted(BUILT_IN))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return BUILT_IN[request.param]


@pytest.mark.parametrize(("entry", "endpoint"), POLLED)
def test_each_polled_endpoint_at_15_s_and_at_30_s(scenario: Scenario, entry: str, endpoint: str) -> None:
    rate = rates(fightclub(), scenario)["poll", entry, endpoint]
    users = CONNECTED[scenario.name]
    assert close(rate.expected, Fraction(users, 15))
    assert close(rate.high, Fraction(users, 15))
    assert close(rate.low, Fraction(users, 30))


def test_a_socket_that_is_up_half_of_the_time(scenario: Scenario) -> None:
    half = replace(scenario, websocket_uptime=exactly(0.5))
    rate = rates(fightclub(), half)["poll", "usePositions", "GET /api/v1/positions"]
    assert close(rate.expected, Fraction(CONNECTED[scenario.name]) * (Fraction(1, 15) + Fraction(1, 30)) / 2)


def test_trading_counts_five_calls_a_trade(scenario: Scenario) -> None:
    found = rates(fightclub(), scenario)
    trading = sum(rate.expected for (kind, *_), rate in found.items() if kind == "action")
    assert close(trading, Fraction(TRADES[scenario.name] * 5, 60))


def test_trades_that_are_found_at_once_cost_three_calls(scenario: Scenario) -> None:
    found = rates(fightclub(), replace(scenario, retry_miss=exactly(0)))
    trading = sum(rate.expected for (kind, *_), rate in found.items() if kind == "action")
    assert close(trading, Fraction(TRADES[scenario.name] * 3, 60))


def test_polls_in_all_count_every_endpoint(scenario: Scenario) -> None:
    found = rates(fightclub(), scenario)
    polls = sum(rate.expected for (kind, *_), rate in found.items() if kind == "poll")
    there = 2 * CONNECTED[scenario.name]
    account = Fraction(CONNECTED[scenario.name]) * (Fraction(3, 15) + Fraction(1, 30))
    assert close(polls, account + there * (Fraction(1, 60) + Fraction(1, 30)))


def test_the_report_says_which_terms_the_audit_left_out(scenario: Scenario) -> None:
    claims = {claim.about: claim for claim in estimated(fightclub(), scenario).load().claims}
    polls = claims["polls"]
    assert close(polls.computed.expected, Fraction(CONNECTED[scenario.name]) * Fraction(7, 30))
    assert len(polls.counts) == 1
    assert [line.split()[0] for line in polls.leaves_out] == ["useOpenOrders", "usePositions", "useAccountSettings"]
    assert not claims["actions"].leaves_out
    assert any(line.startswith("page loads") for line in claims["total"].leaves_out)


def test_trades_without_a_key_are_charged_to_the_server_and_polls_to_the_key(scenario: Scenario) -> None:
    buckets = {bucket.id: bucket for bucket in estimated(fightclub(), scenario).load().buckets}
    assert set(buckets) == {KEY, SERVER}
    trades = Fraction(TRADES[scenario.name])
    assert close(buckets[SERVER].requests_per_second.expected, trades * 3 / 60)
    assert close(buckets[SERVER].credits_per_window.expected, trades * 3 * 12)
    assert {one.endpoint for one in buckets[SERVER].contributors} == {"GET /api/v1/trades/history"}


def test_so_many_users_fit_and_one_more_does_not(scenario: Scenario) -> None:
    here = estimated(fightclub(), scenario)
    for bucket in here.load().buckets:
        assert isinstance(bucket.max_users, Range)
        users = int(bucket.max_users.expected)
        for count, fits in ((users, True), (users + 1, False)):
            part = here.totals.bucket(bucket.id, here.everybody.grown(count))
            assert (part.units.expected * 60 <= (bucket.capacity or 0)) is fits


def test_the_bucket_that_fits_fewest_gives_way_first(scenario: Scenario) -> None:
    found = estimated(fightclub(), scenario).load()
    by_id = {bucket.id: bucket.max_users for bucket in found.buckets}
    fewest = [by_id[name].expected for name in found.gives_way if by_id[name]]
    assert fewest == sorted(fewest)
    assert found.gives_way[0] == KEY
