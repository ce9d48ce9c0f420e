"""Models of load with streams of every kind, made from a seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from callaudit.load.model import Alternative, Batch, Bucket, Cache, Charge, Condition, Model, Place, Run, Stream, Term
from callaudit.load.queues import Queue
from callaudit.load.ranges import NOTHING, ONE, Range, exactly
from callaudit.load.restarts import Restart
from callaudit.load.scenario import Action, Scenario, Visit

if TYPE_CHECKING:
    from callaudit.load.model import Holder

PAGES = ("/a", "/b")
BUCKETS = (
    Bucket(id="p.key", provider="p", unit="credits", per="all", capacity=300, window_s=60, tiers=(("big", 3000.0),)),
    Bucket(id="p.ip.server", provider="p", unit="credits", per="all", capacity=100, window_s=60),
    Bucket(id="p.ip.visitor", provider="p", unit="credits", per="visitor", capacity=40, window_s=60),
    Bucket(id="p.slots", provider="p", unit="concurrent", per="all", capacity=5, window_s=None, concurrent=True),
    Bucket(id="x.test.server", provider="", unit="requests", per="all", capacity=None, window_s=60),
)
_QUEUES = (
    Queue("q1", "queue", "q.ts", 1, concurrency=2, per_second=0.5),
    Queue("q2", "queue", "q.ts", 2, concurrency=1, store="browser"),
    Queue("q3", "limiter", "q.ts", 3, per_second=2.0, store="distributed", drops=True),
)
_TERMS = (
    Term("websocket", "isLive"),
    Term("account", "wallet"),
    Term("failure", "failed"),
    Term("unknown", "a"),
    Term("unknown", "b"),
)
_HOLDERS: tuple[Holder, ...] = ("user", "user", "user", "server", "worker", "once")


def model(seed: int) -> Model:
    """Streams that differ in everything that a formula reads."""
    random = Random(seed)  # noqa: S311 - nothing secret
    streams = tuple(_stream(random, number) for number in range(random.randint(1, 9)))
    runs = (Run("act", "a.ts", 1, 0, random.choice((None, 1, 2, 5))),)
    return Model(streams, BUCKETS, PAGES, runs)


def scenario(seed: int) -> Scenario:
    """People and servers of every kind."""
    random = Random(seed)  # noqa: S311 - nothing secret
    return Scenario(
        name="any",
        users=random.choice((1, 40, 2000)),
        share_concurrent=_share(random),
        share_connected=_share(random),
        websocket_uptime=_share(random),
        focus_share=_share(random),
        tabs=random.choice((ONE, Range(1, 2, 4))),
        returns_per_hour=random.choice((NOTHING, exactly(6), Range(0, 4, 20))),
        dwell_s=random.choice((exactly(600), Range(30, 90, 300))),
        actions=(
            Action("act", random.choice((exactly(0.2), Range(0, 0.1, 3)))),
            Action("act", exactly(0.01), per_user=True),
        ),
        pages=(Visit("/a", 0.7), Visit("/b", 0.5, random.choice((None, 20.0)))),
        server_instances=random.choice((1, 3)),
        worker_instances=random.choice((1, 2)),
        server_ips=random.choice((1, 1, 2)),
        latency_s=random.choice((NOTHING, exactly(0.3), Range(0.1, 0.4, 2))),
        retry_miss=_share(random),
        failure=random.choice((NOTHING, Range(0, 0.1, 1))),
        tiers=random.choice(((), (("p", "big"),))),
        keys_set=random.random() < 0.8,
        conditions=random.choice(((), (("wallet", exactly(0.9)), ("a", Range(0, 0.2, 0.4))))),
        unknown_condition=_share(random),
    )


def _stream(random: Random, number: int) -> Stream:
    kind = random.choice(("poll", "poll", "cron", "timer", "loop", "load", "focus", "action", "refetch", "event"))
    caches = tuple(_cache(random, name) for name in random.sample(("c1", "c2"), random.choice((0, 0, 1, 2))))
    optional: dict[str, Any] = {
        "when": random.choice((None, _condition(random))),
        "alternatives": tuple(_alternative(random) for _ in range(random.randint(1, 3))),
        "caches": caches,
        "queues": tuple(
            _QUEUES[number] for number in random.sample(range(len(_QUEUES)), random.choice((0, 0, 0, 1, 2)))
        ),
        "calls": random.choice((ONE, Range(0, 0.5, 1), Range(1, 2, float("inf")), exactly(3))),
        "fresh_s": random.choice((NOTHING, exactly(10), Range(5, 10, 60))),
        "without_key": random.choice(((), (Charge("p.ip.server", ONE),))),
    }
    return Stream(
        id=number,
        kind=kind,
        entry=f"e{number}",
        function="f",
        file="a.ts",
        line=1,
        mechanism="m",
        holder=random.choice(_HOLDERS),
        pages=random.choice(((), ("/a",), PAGES)),
        origin=random.choice(("browser", "server", "worker")),
        provider="p",
        endpoint=random.choice(("GET /one", "GET /two")),
        method="GET",
        host="x.test",
        path="/one",
        site=Place("a.ts", 2),
        charges=tuple(Charge(one.id, random.choice((ONE, Range(1, 3, 12)))) for one in random.sample(BUCKETS, 2)),
        scope=random.choice(("shared", "account", "unknown")),
        effect=random.choice(("read", "read", "write")),
        after_run=random.random() < 0.5,
        background=random.random() < 0.5,
        action=random.choice(("act", "act", "other")),
        retry_attempts=random.choice((1, 1, 3)),
        failure_attempts=random.choice((1, 4)),
        failure_delays_s=random.choice(((), (1.0, 2.0))),
        restarts=random.choice(((), (), (Restart("act", Range(0, 0.5, 1)), Restart("act", ONE)))),
        channel=random.choice(("", "prices")),
        batch=random.choice((None, Batch("GET /all", random.choice((None, 2)), (Charge("p.key", exactly(4)),)))),
        **random.choice(({}, {"key_header": "X-KEY", "with_key": (Charge("p.key", ONE),)})),
        **optional,
    )


def _alternative(random: Random) -> Alternative:
    return Alternative(random.choice((3.0, 15.0, 30.0)), random.choice((None, _condition(random))))


def _condition(random: Random, depth: int = 2) -> Condition:
    operator = random.choice(("term", "not", "any", "all")) if depth else "term"
    if operator == "term":
        return Condition("term", term=random.choice(_TERMS))
    count = 1 if operator == "not" else 2
    return Condition(operator, tuple(_condition(random, depth - 1) for _ in range(count)))


def _cache(random: Random, name: str) -> Cache:
    return Cache(
        name,
        random.choice(("cache", "dedup")),
        random.choice((None, 2.0, 20.0)),
        random.choice(("shared", "per-key", "unknown")),
        random.choice(("process", "distributed", "browser")),
        certain=random.random() < 0.7,
    )


def _share(random: Random) -> Range:
    return random.choice((NOTHING, ONE, exactly(0.5), Range(0, 0.3, 1)))
