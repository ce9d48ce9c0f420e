"""The simulation of a scenario agrees with the closed form on steady rates, and says what that cannot."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callaudit.load.conditions import condition
from callaudit.load.model import Alternative, Bucket, Cache, Charge, Model, Place, Stream
from callaudit.load.queues import Queue
from callaudit.load.ranges import exactly
from callaudit.load.restarts import Restart
from callaudit.load.scenario import Action, Scenario, Visit
from callaudit.load.simulation import simulate
from callaudit.load.situation import Situation
from callaudit.load.totals import Totals

AGREES = 0.03
SHARED = Bucket(id="key", provider="p", unit="credits", per="all", capacity=None, window_s=60)
USERS = 600


def stream(number: int = 0, **fields: Any) -> Stream:
    """A poll on /trade, one request a time, every 15 s after the answer."""
    given_fields: dict[str, Any] = {
        "id": number, "kind": "poll", "entry": f"use{number}", "function": "", "file": "a.ts", "line": number,
        "mechanism": "refetchInterval", "holder": "user", "pages": ("/trade",), "origin": "server", "provider": "p",
        "endpoint": f"GET /{number}", "method": "GET", "host": "h", "path": f"/{number}", "site": Place("b.ts", 1),
        "charges": (Charge("key", exactly(2)),), "alternatives": (Alternative(15),), "after_run": True,
    }  # fmt: skip
    return Stream(**{**given_fields, **fields})


def model(*streams: Stream, bucket: Bucket = SHARED) -> Model:
    return Model(streams, (bucket,), ("/trade", "/lobby"))


def scenario(**fields: Any) -> Scenario:
    known: dict[str, Any] = {
        "name": "s", "users": USERS, "pages": (Visit("/trade", 1.0),), "websocket_uptime": exactly(0),
        "retry_miss": exactly(0), "latency_s": exactly(0.2),
    }  # fmt: skip
    return Scenario(**{**known, **fields})


def agree(streams: tuple[Stream, ...], assumed: Scenario, seconds: float = 600) -> None:
    """Rates of requests and units within 3 % of the closed form."""
    what = model(*streams)
    closed = Totals(what).bucket("key", Situation(assumed))
    run = simulate(what, assumed, seconds=seconds).buckets[0]
    assert closed.requests.expected > 0
    assert run.requests_per_second == pytest.approx(closed.requests.expected, rel=AGREES)
    assert run.units_per_second == pytest.approx(closed.units.expected, rel=AGREES)


SOCKET = (
    Alternative(30, condition("connected", of_interval=True)),
    Alternative(15, condition("!connected", of_interval=True)),
)
DAILY = {"kind": "action", "action": "POST /orders", "alternatives": (), "pages": ()}
ORDERS = (Action("POST /orders", exactly(6)),)
SHARED_CACHE = Cache("c", "cache", 5, "shared", "distributed")
GRID: dict[str, tuple[tuple[Stream, ...], Scenario]] = {
    "a poll whose interval begins with the answer": ((stream(),), scenario(latency_s=exactly(3))),
    "a timer that goes on": ((stream(after_run=False, background=True),), scenario(latency_s=exactly(3))),
    "several endpoints of one poll": ((stream(), stream(1, entry="use0", line=0)), scenario()),
    "a poll with an account only": (
        (stream(when=condition("account !== null")),),
        scenario(share_connected=exactly(0.3)),
    ),
    "a poll that actions put off": (
        (
            stream(restarts=(Restart("POST /orders", exactly(1)),)),
            stream(1, **DAILY),
        ),
        scenario(actions=(Action("POST /orders", exactly(0.05), per_user=True),), latency_s=exactly(1)),
    ),
    "a poll that is put off now and then": (
        (
            stream(restarts=(Restart("POST /orders", exactly(0.5)), Restart("other", exactly(1)))),
            stream(1, **DAILY, calls=exactly(1)),
        ),
        scenario(actions=(Action("POST /orders", exactly(30)),)),
    ),
    "intervals by the WebSocket": ((stream(alternatives=SOCKET),), scenario(websocket_uptime=exactly(0.7))),
    "off while the WebSocket is up": ((stream(alternatives=SOCKET[1:]),), scenario(websocket_uptime=exactly(0.9))),
    "hidden tabs pause": ((stream(),), scenario(focus_share=exactly(0.4))),
    "hidden tabs go on": ((stream(background=True),), scenario(focus_share=exactly(0.4), tabs=exactly(1.5))),
    "pages": ((stream(), stream(1, pages=("/lobby",))), scenario(pages=(Visit("/trade", 0.8), Visit("/lobby", 0.2)))),
    "half of the users are there": ((stream(),), scenario(share_concurrent=exactly(0.5))),
    "page loads": ((stream(kind="load", alternatives=()),), scenario(dwell_s=exactly(60))),
    "page loads that find fresh answers": (
        (stream(kind="load", alternatives=(), fresh_s=exactly(30)),),
        scenario(dwell_s=exactly(30)),
    ),
    "returns to a tab": (
        (stream(kind="focus", alternatives=(), mechanism="focus"),),
        scenario(returns_per_hour=exactly(60)),
    ),
    "a server's own timer": (
        (stream(holder="server", pages=(), alternatives=(Alternative(1),)),),
        scenario(server_instances=3),
    ),
    "one timer for all": (
        (stream(holder="once", pages=(), alternatives=(Alternative(1),)),),
        scenario(server_instances=3),
    ),
    "actions": ((stream(**DAILY, calls=exactly(2)),), scenario(actions=ORDERS)),
    "actions of each user": (
        (stream(**DAILY),),
        scenario(actions=(Action("POST /orders", exactly(0.02), per_user=True),)),
    ),
    "a loop that waits for the fill": (
        (stream(**DAILY, retry_attempts=3),),
        scenario(actions=ORDERS, retry_miss=exactly(0.5)),
    ),
    "attempts after failures": ((stream(**DAILY, failure_attempts=4),), scenario(actions=ORDERS, failure=exactly(0.3))),
    "a poll that fails": (
        (stream(failure_attempts=4, failure_delays_s=(1.0, 2.0, 4.0)),),
        scenario(failure=exactly(1)),
    ),
    "a poll that fails at times": (
        (stream(failure_attempts=4, failure_delays_s=(1.0, 2.0, 4.0)),),
        scenario(failure=exactly(0.4)),
    ),
    "calls that a condition decides": ((stream(calls=exactly(0.5)),), scenario()),
    "a cache for all users": ((stream(caches=(SHARED_CACHE,)),), scenario(users=60)),
    "a cache in each process": (
        (stream(caches=(Cache("c", "cache", 5, "shared", "process"),)),),
        scenario(users=60, server_instances=3),
    ),
    "a library that asks for each key once in a while": (
        (
            stream(caches=(Cache("c", "dedup", 2, "shared", "browser"),)),
            stream(
                1,
                kind="load",
                endpoint="GET /0",
                alternatives=(),
                caches=(Cache("c", "dedup", 2, "shared", "browser"),),
            ),
        ),
        scenario(users=200),
    ),
    "a cache for each account, shorter than the poll": (
        (stream(caches=(Cache("c", "cache", 5, "per-key", "distributed"),)),),
        scenario(share_connected=exactly(1)),
    ),
    "a cache for each account, longer than the poll": (
        (stream(after_run=False, caches=(Cache("c", "cache", 40, "per-key", "distributed"),)),),
        scenario(share_connected=exactly(1)),
    ),
}


@pytest.mark.parametrize("name", GRID)
def test_steady_rates_agree(name: str) -> None:
    streams, assumed = GRID[name]
    few = streams[0].caches or streams[0].kind == "action" or streams[0].holder != "user"
    agree(streams, assumed, 4000 if few else 1500)


@settings(max_examples=12)
@given(
    interval=st.sampled_from([3.0, 15.0, 30.0]),
    latency=st.sampled_from([0.0, 0.2, 1.0]),
    uptime=st.sampled_from([0.0, 0.5, 1.0]),
    connected=st.sampled_from([0.25, 1.0]),
    focus=st.sampled_from([0.5, 1.0]),
    after_run=st.booleans(),
)
def test_steady_rates_agree_in_any_surroundings(
    interval: float, latency: float, uptime: float, connected: float, focus: float, after_run: bool
) -> None:
    polls = (
        stream(alternatives=(Alternative(interval),), after_run=after_run, when=condition("account !== null")),
        stream(1, alternatives=SOCKET, after_run=after_run),
        stream(2, kind="load", alternatives=(), fresh_s=exactly(interval)),
    )
    agree(
        polls,
        scenario(
            users=240,
            latency_s=exactly(latency),
            websocket_uptime=exactly(uptime),
            share_connected=exactly(connected),
            focus_share=exactly(focus),
        ),
        900,
    )


@pytest.mark.parametrize("focus", [0.1, 0.25, 0.5, 0.8])
@pytest.mark.parametrize(("interval", "latency"), [(30.0, 1.0), (15.0, 1.0), (30.0, 0.2), (32.333, 0.0)])
def test_a_poll_does_not_lock_with_the_times_that_its_tab_is_seen(
    interval: float, latency: float, focus: float
) -> None:
    poll = stream(alternatives=(Alternative(interval),))
    agree((poll,), scenario(users=240, latency_s=exactly(latency), focus_share=exactly(focus)), 1800)


def test_short_looks_leave_no_bias() -> None:
    """Half a latency is won in each look, in whatever share of time: several seeds, so that chance is small."""
    poll = stream(alternatives=(Alternative(15),))
    assumed = scenario(users=240, latency_s=exactly(1), focus_share=exactly(0.1))
    closed = Totals(model(poll)).bucket("key", Situation(assumed)).requests.expected
    runs = [simulate(model(poll), assumed, seed=seed, seconds=1800).buckets[0] for seed in range(1, 9)]
    assert sum(run.requests_per_second for run in runs) / len(runs) == pytest.approx(closed, rel=0.015)


def test_a_quota_refuses_what_does_not_fit() -> None:
    small = Bucket(id="key", provider="p", unit="credits", per="all", capacity=300, window_s=60)
    run = simulate(model(stream(), bucket=small), scenario(users=150)).buckets[0]
    # 150 users every 15.2 s, 2 credits each: 1,184 credits a minute, of which 300 are there.
    assert run.refused_per_minute == pytest.approx((1184 - 300) / 2, rel=0.05)
    assert run.fullest_window == 300


def test_a_quota_that_is_not_known_refuses_nothing() -> None:
    assert simulate(model(stream()), scenario()).buckets[0].refused_per_minute == 0


def test_each_visitor_has_a_quota_of_their_own() -> None:
    own = Bucket(id="key", provider="p", unit="credits", per="visitor", capacity=9, window_s=60)
    busy, calm = stream(alternatives=(Alternative(10),), after_run=False), stream(alternatives=(Alternative(30),))
    refused = simulate(model(busy, bucket=own), scenario(users=20)).buckets[0]
    assert refused.refused_payers == 20
    assert refused.fullest_window <= 9
    assert simulate(model(calm, bucket=own), scenario(users=20)).buckets[0].refused_payers == 0


def test_addresses_of_servers_share_the_load() -> None:
    small = Bucket(id="p.ip.server", provider="p", unit="credits", per="all", capacity=600, window_s=60)
    what = model(stream(charges=(Charge("p.ip.server", exactly(2)),)), bucket=small)
    assert simulate(what, scenario(users=150)).buckets[0].refused_per_minute > 200
    assert simulate(what, scenario(users=150, server_ips=4)).buckets[0].refused_per_minute == 0


def test_the_tier_of_the_scenario_decides() -> None:
    tiers = Bucket(
        id="key", provider="p", unit="credits", per="all", capacity=300, window_s=60, tiers=(("big", 3000.0),)
    )
    what = model(stream(), bucket=tiers)
    assert simulate(what, scenario(users=150)).buckets[0].capacity == 300
    assert simulate(what, scenario(users=150, tiers=(("p", "big"),))).buckets[0].refused_per_minute == 0


def test_a_queue_makes_requests_wait() -> None:
    queued = stream(**DAILY, queues=(Queue("q", "queue", "a.ts", 1, per_second=10.0),))
    slow = simulate(model(queued), scenario(actions=(Action("POST /orders", exactly(9)),)))
    quick = simulate(model(queued), scenario(actions=(Action("POST /orders", exactly(1)),)))
    # An M/D/1 queue that is 90 % busy keeps a request waiting 0.45 s on average, one that is 10 % busy 0.006 s.
    assert slow.queue_p95_s is not None
    assert quick.queue_p95_s is not None
    assert 0.8 < slow.queue_p95_s < 2.5
    assert quick.queue_p95_s < 0.1


def test_without_a_queue_nothing_waits() -> None:
    assert simulate(model(stream()), scenario(users=10)).queue_p95_s is None


def test_everybody_opens_the_page_at_once() -> None:
    loads = (stream(kind="load", alternatives=()), stream(1))
    assert simulate(model(*loads), scenario(users=100), seconds=60).opening == 100


def test_equal_seeds_give_equal_runs_and_others_do_not() -> None:
    what, assumed = model(stream(calls=exactly(0.5))), scenario(users=50)
    assert simulate(what, assumed, seed=3, seconds=100) == simulate(what, assumed, seed=3, seconds=100)
    assert simulate(what, assumed, seed=3, seconds=100).streams != simulate(what, assumed, seed=4, seconds=100).streams


def test_nobody_asks_for_nothing() -> None:
    run = simulate(model(stream()), scenario(users=0), seconds=60)
    assert (run.users, run.requests_per_second) == (0, 0)


def test_simpy_is_imported_by_a_run_only() -> None:
    code = "import sys, callaudit.load.simulation; sys.exit('simpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
