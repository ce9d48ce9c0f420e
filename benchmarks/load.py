"""What the load estimate costs: 10,000 streams in 20 scenarios, with caches too, without analysis and what-if.

python benchmarks/load.py [TRIGGERS] [SCENARIOS] [RUNS]
"""

from __future__ import annotations

import statistics
import sys
import time

from msgspec.structs import replace

from callaudit.load.builtin import builtin_scenarios
from callaudit.load.conditions import condition
from callaudit.load.estimate import estimate
from callaudit.load.model import Alternative, Bucket, Cache, Charge, Model, Place, Stream
from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import Visit
from callaudit.load.simulation import simulate
from callaudit.load.totals import Totals

PAGES = tuple(f"/page/{number}" for number in range(40))
BUCKETS = tuple(
    Bucket(id=name, provider="p", unit="credits", per="visitor" if name == "ip" else "all", capacity=300, window_s=60)
    for name in ("key", "server", "ip")
)
SOCKET = (
    Alternative(30, condition("connected", of_interval=True)),
    Alternative(15, condition("!connected", of_interval=True)),
)
CACHE = Cache("c", "cache", 5, "shared", "process")
OWN = Cache("o", "cache", 20, "per-key", "distributed")


def main(triggers: int = 10_000, scenarios: int = 20, runs: int = 3) -> None:
    """Print medians of estimates without and with caches on the way, and of one simulation."""
    streams = tuple(_stream(number) for number in range(triggers))
    free = Model(tuple(replace(one, caches=()) for one in streams), BUCKETS, PAGES)
    print(f"processor time, median of {runs} runs")
    print(f"{triggers:,} streams, {scenarios} scenarios: {_took(free, scenarios, runs):.3f} s")
    kept = Model(streams, BUCKETS, PAGES)
    print(f"the same, every tenth behind a cache: {_took(kept, scenarios, runs):.3f} s")
    own = Model(tuple(replace(one, caches=(OWN,)) if one.caches else one for one in streams), BUCKETS, PAGES)
    print(f"the same, a cache for each account: {_took(own, scenarios, runs):.3f} s")
    start = time.perf_counter()
    run = simulate(replace(free, streams=free.streams[:60]), replace(_scenario(0), users=250), seconds=600)
    took = time.perf_counter() - start
    sent = run.requests_per_second * run.seconds
    print(f"simulation of {run.users} users for {run.seconds:.0f} s, {sent:,.0f} requests: {took:.3f} s")


def _took(model: Model, scenarios: int, runs: int) -> float:
    """Seconds of processor time for all scenarios, the adding up of the model included."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        totals = Totals(model)
        for number in range(scenarios):
            estimate(totals, _scenario(number))
        found.append(time.process_time() - start)
    return statistics.median(found)


def _stream(number: int) -> Stream:
    """Polls, loads, actions and schedules in turn, with conditions, caches and charges of all kinds."""
    kind = ("poll", "poll", "load", "action", "timer")[number % 5]
    return Stream(
        id=number,
        kind=kind,  # type: ignore[arg-type]  # one of five literals
        entry=f"use{number}",
        function="",
        file=f"src/{number}.ts",
        line=number,
        mechanism="refetchInterval",
        holder="server" if kind == "timer" else "user",
        pages=() if kind in ("timer", "action") else (PAGES[number % len(PAGES)],),
        origin="server",
        provider="p",
        endpoint=f"GET /{number % 50}",
        method="GET",
        host="h",
        path=f"/{number % 50}",
        site=Place(f"src/{number}.ts", 1),
        charges=(Charge(("key", "server", "ip")[number % 3], Range(1, 2, 3 + number % 9)),),
        alternatives=SOCKET if number % 2 else (Alternative(5 + number % 60),),
        after_run=True,
        when=condition("account !== null") if number % 3 == 0 else None,
        action=f"POST /{number % 30}" if kind == "action" else "",
        retry_attempts=3 if number % 7 == 0 else 1,
        fresh_s=exactly(10 if number % 4 == 0 else 0),
        caches=(CACHE,) if number % 10 == 0 else (),
    )


def _scenario(number: int):  # noqa: ANN202 - the record's own type
    base = builtin_scenarios()[number % 3]
    visits = tuple(Visit(page, 1 / len(PAGES)) for page in PAGES)
    users = 250 * (number + 1)
    return replace(base, name=str(number), users=users, pages=visits, websocket_uptime=Range(0, 0.9, 1), claims=())


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:]))
