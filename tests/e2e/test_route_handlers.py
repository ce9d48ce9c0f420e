"""The fixture's route handlers under `next start`: what one request of each asks of the upstream, cached or not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e import site as sites
from tests.e2e.predicted import behind
from tests.e2e.standin import StandIn
from tests.projects import entry

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from callaudit.inventory.model import Inventory
    from callaudit.load.model import Model
    from tests.e2e.site import Site

TIMES = 5
ASKED_EVERY = 0.1
ASKED_FOR = 10.0
READS = {
    "GET /api/account/orders/open": "/api/account/orders/open",
    "GET /api/account/positions": "/api/account/positions",
    "GET /api/account/settings": "/api/account/settings",
    "GET /api/account/summary": "/api/account/summary",
    "GET /api/fights/[id]/orders": "/api/fights/demo/orders",
    "GET /api/fights/[id]/positions": "/api/fights/demo/positions",
    "GET /api/markets": "/api/markets",
    "GET /api/markets/prices": "/api/markets/prices",
    "GET /api/markets/[symbol]/klines": "/api/markets/BTC/klines?start=1",
    "GET /api/markets/[symbol]/orderbook": "/api/markets/BTC/orderbook",
    "GET /api/markets/[symbol]/trades": "/api/markets/BTC/trades",
}
ORDER = {"type": "market", "fightId": None, "order": {"symbol": "BTC", "client_order_id": "1"}}


@pytest.fixture(scope="module")
def upstream() -> Iterator[StandIn]:
    standin = StandIn()
    yield standin
    standin.close()


@pytest.fixture(scope="module")
def running(built: Path, upstream: StandIn) -> Iterator[Site]:
    site = sites.start(built, upstream.port)
    try:
        sites.wait_for([site])
        yield site
    finally:
        sites.stop([site])


@pytest.mark.parametrize("name", READS)
def test_requests_of_a_read(name: str, running: Site, upstream: StandIn, inventory: Inventory) -> None:
    start = time.monotonic()
    for _ in range(TIMES):
        assert running.ask("GET", READS[name]) == 200
    assert upstream.counted(start, time.monotonic()) == bounds(inventory, name, "max", TIMES)


@pytest.mark.parametrize(("fills_after", "bound"), [(1, "min"), (0, "max")])
def test_requests_of_an_order(
    fills_after: int, bound: str, running: Site, upstream: StandIn, inventory: Inventory
) -> None:
    upstream.fills_after = fills_after
    start = time.monotonic()
    assert running.ask("POST", "/api/orders", ORDER) == 200
    counted = upstream.counted(start, time.monotonic())
    predicted = bounds(inventory, "POST /api/orders", bound, 1)
    predicted["POST /api/v1/orders/create_market"] = 1
    predicted.pop("POST /api/v1/orders/create", None)  # the other branch: this order has no price
    assert counted == predicted


def test_requests_behind_a_cache(running: Site, upstream: StandIn, model: Model) -> None:
    start = time.monotonic()
    asked = 0
    while (now := time.monotonic()) < start + ASKED_FOR:
        running.ask("GET", "/api/cached")
        asked += 1
        time.sleep(max(0.0, now + ASKED_EVERY - time.monotonic()))
    counted = upstream.counted(start, start + ASKED_FOR)["GET /api/v1/info/prices"]
    predicted = behind(model, "GET /api/cached", asked / ASKED_FOR, ASKED_FOR)["GET /api/v1/info/prices"]
    assert asked > 5 * counted
    assert abs(counted - predicted) <= 1


def bounds(inventory: Inventory, name: str, bound: str, times: int) -> Counter[str] | dict[str, int]:
    """What the inventory says that so many runs of a route ask of the upstream."""
    reaches = entry(inventory, name, "route").reaches
    return {f"{item.method} {item.path}": times * getattr(item, bound) for item in reaches if getattr(item, bound)}
