"""Rates of hand-made streams in scenarios: who is counted, what caches let through, what bounds hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from callaudit.load.conditions import condition
from callaudit.load.model import Alternative, Cache, Charge, Stream
from callaudit.load.ranges import NOTHING, ONE, Range, exactly
from callaudit.load.scenario import Action, Visit
from tests.load.models import acting, estimated, model, rates, scenario, stream

SHARES = st.floats(0, 1)


def only(of: Stream, **fields: object) -> Range:
    """The rate of one stream in a scenario of 100 users."""
    found = rates(model(of), scenario(**fields))  # type: ignore[arg-type]
    return next(iter(found.values()))


def test_everybody_on_the_page_polls() -> None:
    assert only(stream()).expected == pytest.approx(100 / 15)
    assert only(stream(), pages=(Visit("/a", 0.25),)).expected == pytest.approx(25 / 15)
    assert only(stream(pages=("/a", "/b")), pages=(Visit("/a", 0.25), Visit("/b", 0.5))).expected == pytest.approx(5)
    assert only(stream(), pages=(Visit("/b", 1.0),)).expected == 0


def test_only_the_connected_poll_what_asks_for_an_account() -> None:
    asks = stream(when=condition("!!token"))
    assert only(asks, share_connected=exactly(0.5)).expected == pytest.approx(50 / 15)


def test_a_condition_that_is_not_known_bounds_a_rate() -> None:
    rate = only(stream(when=condition("fightId")))
    assert (rate.low, rate.expected, rate.high) == (0, pytest.approx(50 / 15), pytest.approx(100 / 15))
    said = only(stream(when=condition("fightId")), conditions=(("fightId", exactly(0.2)),))
    assert said.low == said.high == pytest.approx(20 / 15)


def test_latency_counts_where_the_timer_waits() -> None:
    assert only(stream(after_run=True), latency_s=exactly(5)).expected == pytest.approx(5)
    assert only(stream(), latency_s=exactly(5)).expected == pytest.approx(100 / 15)


def test_hidden_tabs() -> None:
    assert only(stream(), focus_share=exactly(0.5), tabs=exactly(3)).expected == pytest.approx(50 / 15)
    there = only(stream(background=True), focus_share=exactly(0.5), tabs=exactly(3))
    assert there.expected == pytest.approx(300 / 15)


def test_instances_multiply_what_processes_do() -> None:
    timer = stream(kind="timer", holder="server", pages=())
    assert only(timer, server_instances=3).expected == pytest.approx(3 / 15)
    assert only(replace(timer, holder="worker"), server_instances=3).expected == pytest.approx(1 / 15)
    assert only(replace(timer, holder="once"), server_instances=3).expected == pytest.approx(1 / 15)


def test_loads_follow_the_dwell_and_spare_what_is_fresh() -> None:
    load = stream(kind="load", alternatives=())
    assert only(load, dwell_s=exactly(50)).expected == pytest.approx(2)
    assert only(replace(load, fresh_s=exactly(50)), dwell_s=exactly(50)).expected == pytest.approx(1)


def test_actions_are_those_of_the_scenario() -> None:
    act = stream(kind="action", action="POST /x", pages=(), alternatives=(), retry_attempts=3)
    assert only(act).expected == 0
    assert only(act, actions=acting("POST /x", 60)).expected == pytest.approx(1)
    assert only(act, actions=acting("POST /x", 60), retry_miss=exactly(1)).expected == pytest.approx(3)
    each = (Action("POST /x", exactly(0.5), per_user=True),)
    assert only(act, actions=each).expected == pytest.approx(50)


def test_returns_to_a_tab_ask_again() -> None:
    focus = stream(kind="focus", alternatives=())
    assert only(focus).expected == 0
    assert only(focus, returns_per_hour=exactly(36)).expected == pytest.approx(1)


SHARED = Cache("c", "cache", 5.0, "shared", "process")


def test_a_shared_cache_asks_once_in_its_time_for_all() -> None:
    assert only(stream(caches=(SHARED,))).expected == pytest.approx(1 / (5 + 15 / 100))
    many = only(stream(caches=(SHARED,)), server_instances=4)
    assert many.expected == pytest.approx(4 / (5 + 15 / 25))
    far = replace(SHARED, store="distributed")
    assert only(stream(caches=(far,)), server_instances=4).expected == pytest.approx(1 / (5 + 15 / 100))


def test_a_cache_for_each_account_is_never_hit_by_slower_polls() -> None:
    own = replace(SHARED, scope="per-key")
    assert only(stream(caches=(own,))).expected == pytest.approx(100 / 15)
    fast = stream(caches=(own,), alternatives=(Alternative(3.0),))
    assert only(fast).expected == pytest.approx(100 / 6)


def test_a_worker_that_asks_without_end_is_bounded_by_its_cache() -> None:
    tick = stream(
        kind="timer",
        holder="worker",
        pages=(),
        alternatives=(Alternative(1.0),),
        calls=Range(0, 1, float("inf")),
        caches=(replace(SHARED, ttl_s=2.0),),
    )
    rate = only(tick)
    assert (rate.low, rate.expected, rate.high) == (0, 0.5, 0.5)


def test_a_cache_whose_time_is_not_known_may_keep_all_or_nothing() -> None:
    rate = only(stream(caches=(replace(SHARED, ttl_s=None),)))
    assert (rate.low, rate.high) == (0, pytest.approx(100 / 15))


def test_a_visitor_is_judged_alone_and_a_shared_quota_for_all() -> None:
    own = stream(origin="browser", charges=(Charge("visitor", exactly(3)),))
    found = {one.id: one for one in estimated(model(own, visitor=100.0), scenario(5000)).load().buckets}
    assert found["visitor"].credits_per_window.expected == pytest.approx(3 * 4)
    assert found["visitor"].max_users is None
    dear = replace(own, charges=(Charge("visitor", exactly(30)),))
    found = {one.id: one for one in estimated(model(dear, visitor=100.0), scenario(5000)).load().buckets}
    assert found["visitor"].max_users == NOTHING


def test_one_call_is_charged_to_every_bucket() -> None:
    both = stream(charges=(Charge("shared", ONE), Charge("other", exactly(2))))
    found = {one.id: one for one in estimated(model(both, other=10.0), scenario(15)).load().buckets}
    assert found["shared"].credits_per_window.expected == pytest.approx(60)
    assert found["other"].credits_per_window.expected == pytest.approx(120)


def test_a_burst_loads_every_page_once() -> None:
    load = stream(kind="load", alternatives=(), when=condition("!!token"))
    found = estimated(model(load), scenario(100, share_connected=exactly(0.5))).load().buckets[0]
    assert found.burst == 50


@given(SHARES, SHARES, SHARES, st.floats(0, 10))
def test_what_is_expected_lies_between_the_bounds(up: float, connected: float, focus: float, latency: float) -> None:
    poll = stream(
        when=condition("!!token && x"),
        alternatives=(
            Alternative(30.0, condition("connected", of_interval=True)),
            Alternative(15.0, condition("!connected", of_interval=True)),
        ),
        after_run=True,
    )
    rate = only(
        poll,
        websocket_uptime=Range(0, up, 1),
        share_connected=Range(0, connected, 1),
        focus_share=Range(0, focus, 1),
        latency_s=Range(0, latency, 10),
    )
    assert 0 <= rate.low <= rate.expected <= rate.high <= 100 / 15 * (1 + 1e-9)


@given(st.integers(1, 50), st.integers(1, 50))
def test_more_users_never_ask_less(users: int, more: int) -> None:
    streams = [stream(0), stream(1, caches=(SHARED,)), stream(2, kind="load", alternatives=())]
    few, many = (estimated(model(*streams), scenario(count)).load().buckets[0] for count in (users, users + more))
    assert few.credits_per_window.expected <= many.credits_per_window.expected


def test_many_streams_add_up_to_what_each_of_them_asks() -> None:
    streams = [
        stream(number, alternatives=(Alternative(number + 1.0),), charges=(Charge("shared", exactly(number)),))
        for number in range(40)
    ]
    here = estimated(model(*streams), scenario(10))
    units = sum(10 / (number + 1) * number for number in range(40))
    assert here.totals.bucket("shared", here.everybody).units.expected == pytest.approx(units)
    top = here.load().buckets[0].contributors
    assert [one.entry for one in top] == [f"use{number}" for number in range(39, 29, -1)]
