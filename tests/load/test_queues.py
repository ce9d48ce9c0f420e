"""Queues and limiters bound what leaves each process: as the inventory says, in the estimate and in a simulation."""

from __future__ import annotations

from math import inf

import pytest

from callaudit.load.model import Cache, Queue
from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import Action
from callaudit.load.simulation import simulate
from tests.load.models import estimated, model, project, scenario, stream
from tests.projects import audited

SERVER = """
import {{ NextResponse }} from "next/server";
{head}
export async function POST() {{
  await {run};
  return NextResponse.json({{}});
}}
"""
CALL = '() => fetch("https://api.x.test/orders", { method: "POST" })'
PACES = {
    "p-queue": ('import PQueue from "p-queue"; const q = new PQueue({ interval: 1000, intervalCap: 5 });', 5.0, None),
    "p-queue, at a time": ('import PQueue from "p-queue"; const q = new PQueue({ concurrency: 2 });', None, 2),
    "p-queue, both": (
        'import PQueue from "p-queue"; const q = new PQueue({ concurrency: 4, interval: 60_000, intervalCap: 30 });',
        0.5,
        4,
    ),
    "bottleneck": ('import Bottleneck from "bottleneck"; const q = new Bottleneck({ minTime: 250 });', 4.0, None),
    "bottleneck, reservoir": (
        (
            'import Bottleneck from "bottleneck"; const q = new Bottleneck({ reservoir: 9, maxConcurrent: 3, '
            "reservoirRefreshAmount: 100, reservoirRefreshInterval: 60 * 1000 });"
        ),
        pytest.approx(100 / 60),
        3,
    ),
    "bottleneck, spent once": (
        'import Bottleneck from "bottleneck"; const q = new Bottleneck({ reservoir: 9 });',
        None,
        None,
    ),
    "no options": ('import PQueue from "p-queue"; const q = new PQueue();', None, None),
    "interval without a cap": ('import PQueue from "p-queue"; const q = new PQueue({ interval: 1000 });', None, None),
    "not known": (
        'import PQueue from "p-queue"; const q = new PQueue({ concurrency: Number(process.env.N) });',
        None,
        None,
    ),
}


def _files(head: str, run: str) -> dict[str, str]:
    return {
        "package.json": '{"dependencies": {"next": "15.0.0"}}',
        "app/api/orders/route.ts": SERVER.format(head=head, run=run),
    }


@pytest.mark.parametrize("name", PACES)
def test_the_inventory_says_how_fast_calls_leave(name: str) -> None:
    head, per_second, concurrency = PACES[name]
    method = "schedule" if "bottleneck" in name else "add"
    guards = [one for one in audited(_files(head, f"q.{method}({CALL})")).guards if one.kind in ("queue", "limiter")]
    assert [(one.per_second, one.concurrency) for one in guards] == [(per_second, concurrency)]


def test_a_stream_has_the_queue_of_its_reach() -> None:
    head, *_ = PACES["p-queue"]
    found = project(_files(head, f"q.add({CALL})"))
    assert [[queue.per_second for queue in one.queues] for one in found.streams] == [[5.0]]
    free = project(_files("", f"({CALL})()"))
    assert [one.queues for one in free.streams] == [()]


def _queue(**fields: object) -> Queue:
    return Queue("q", "queue", "q.ts", 3, **fields)  # type: ignore[arg-type]  # fields by their names


def _posting(*queues: Queue, rate: float, **fields: object):  # noqa: ANN202 - an estimate with its model
    what = model(stream(kind="action", action="POST /a", alternatives=(), pages=(), queues=queues))
    people = scenario(actions=(Action("POST /a", exactly(rate)),), **fields)
    return what, people, estimated(what, people)


@pytest.mark.parametrize(("asked", "leaves"), [(2.0, 2.0), (5.0, 5.0), (20.0, 5.0)])
def test_no_more_leaves_than_the_queue_lets_out(asked: float, leaves: float) -> None:
    what, people, here = _posting(_queue(per_second=5.0), rate=asked)
    bucket = here.load().buckets[0]
    assert bucket.requests_per_second.expected == pytest.approx(leaves)
    assert simulate(what, people).requests_per_second == pytest.approx(leaves, rel=0.06)


def test_each_process_has_a_queue_of_its_own() -> None:
    what, people, here = _posting(_queue(per_second=5.0), rate=20.0, server_instances=3)
    assert here.load().buckets[0].requests_per_second.expected == pytest.approx(15.0)
    assert simulate(what, people).requests_per_second == pytest.approx(15.0, rel=0.05)
    _, _, one = _posting(_queue(per_second=5.0, store="distributed"), rate=20.0, server_instances=3)
    assert one.load().buckets[0].requests_per_second.expected == pytest.approx(5.0)


def test_calls_at_a_time_leave_as_fast_as_they_are_answered() -> None:
    what, people, here = _posting(_queue(concurrency=2), rate=20.0, latency_s=exactly(0.5))
    assert here.load().buckets[0].requests_per_second.expected == pytest.approx(4.0)
    assert simulate(what, people).requests_per_second == pytest.approx(4.0, rel=0.05)
    _, _, quick = _posting(_queue(concurrency=2), rate=20.0)
    assert quick.load().buckets[0].requests_per_second.expected == pytest.approx(20.0)


def test_latency_bounds_what_leaves() -> None:
    _, _, here = _posting(_queue(concurrency=2), rate=20.0, latency_s=Range(0.1, 0.5, 2))
    assert here.load().buckets[0].requests_per_second == Range(1.0, 4.0, 20.0)


def test_a_limiter_drops_what_comes_too_early() -> None:
    what, people, here = _posting(_queue(per_second=1.0, drops=True), rate=1.0)
    assert here.load().buckets[0].requests_per_second.expected == pytest.approx(0.5)
    assert simulate(what, people, seconds=4000).requests_per_second == pytest.approx(0.5, rel=0.06)


def test_streams_share_a_queue() -> None:
    queue = _queue(per_second=3.0)
    two = model(
        stream(kind="action", action="POST /a", alternatives=(), queues=(queue,)),
        stream(1, kind="action", action="POST /b", alternatives=(), queues=(queue,)),
    )
    actions = (Action("POST /a", exactly(8)), Action("POST /b", exactly(4)))
    here = estimated(two, scenario(actions=actions))
    left = here.totals.rates(here.everybody)
    assert (left[0].expected, left[1].expected) == (pytest.approx(2.0), pytest.approx(1.0))


def test_what_a_cache_answers_does_not_wait() -> None:
    kept = Cache("c", "cache", 10, "shared", "process")
    polled = model(stream(caches=(kept,), queues=(_queue(per_second=1.0),)))
    assert estimated(polled, scenario(users=1500)).load().waiting == ()


def test_what_waits_is_named() -> None:
    _, _, here = _posting(_queue(per_second=5.0), rate=20.0)
    (waiting,) = here.load().waiting
    assert (waiting.file, waiting.line, waiting.drops) == ("q.ts", 3, False)
    assert waiting.asks_per_second.expected - waiting.leaves_per_second.expected == pytest.approx(15.0)
    _, _, calm = _posting(_queue(per_second=5.0), rate=4.0)
    assert calm.load().waiting == ()


def test_a_queue_within_the_quota_fits_any_number_of_users() -> None:
    _, _, here = _posting(_queue(per_second=1.0), rate=20.0)
    assert here.load().buckets[0].max_users is None
    _, _, wide = _posting(_queue(per_second=2.0), rate=20.0)
    users = wide.load().buckets[0].max_users
    assert users is not None
    assert users.expected == 8  # 20 a second at 100 users: 8 ask 1.6 a second, and 100 a minute are 1.67


def test_requests_without_end_are_bounded_by_a_queue() -> None:
    endless = model(stream(calls=Range(1, 1, inf), queues=(_queue(per_second=2.0),)))
    assert estimated(endless, scenario()).load().buckets[0].requests_per_second.high == pytest.approx(2.0)
