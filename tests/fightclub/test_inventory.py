"""The fixture's inventory, held against what was read from its code by hand (fixtures/fightclub/EXPECTED.md)."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from callaudit.audit import audit

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry, Inventory

FIXTURES = Path(__file__).parents[2] / "fixtures"
WRAPPER = ("apps/web/src/lib/server/pacifica.ts", 32)
V1 = "/api/v1"

Bounds = tuple[int, int | None]


@cache
def fightclub() -> Inventory:
    return audit(FIXTURES / "fightclub").inventory


@pytest.fixture(scope="module")
def optimized(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    root = tmp_path_factory.mktemp("optimized") / "app"
    shutil.copytree(FIXTURES / "fightclub", root)
    shutil.copytree(FIXTURES / "fightclub-optimized", root, dirs_exist_ok=True)
    return audit(root).inventory


def entry(inventory: Inventory, name: str) -> Entry:
    return next(item for item in inventory.entries if item.name == name)


def calls(found: Entry) -> dict[str, Bounds]:
    assert all(reach.host == "api.pacifica.fi" for reach in found.reaches)
    return {f"{reach.method} {reach.path.removeprefix(V1)}": (reach.min, reach.max) for reach in found.reaches}


MARKET_DATA = {
    "GET /api/markets": ("apps/web/src/app/api/markets/route.ts", 7, "GET /info"),
    "GET /api/markets/prices": ("apps/web/src/app/api/markets/prices/route.ts", 7, "GET /info/prices"),
    "GET /api/markets/[symbol]/orderbook": ("apps/web/src/app/api/markets/[symbol]/orderbook/route.ts", 4, "GET /book"),
    "GET /api/markets/[symbol]/trades": ("apps/web/src/app/api/markets/[symbol]/trades/route.ts", 4, "GET /trades"),
    "GET /api/markets/[symbol]/klines": ("apps/web/src/app/api/markets/[symbol]/klines/route.ts", 4, "GET /kline"),
}
ACCOUNT_DATA = {
    "GET /api/account/summary": ("apps/web/src/app/api/account/summary/route.ts", 5, "GET /account"),
    "GET /api/account/positions": ("apps/web/src/app/api/account/positions/route.ts", 5, "GET /positions"),
    "GET /api/account/orders/open": ("apps/web/src/app/api/account/orders/open/route.ts", 4, "GET /orders"),
    "GET /api/account/settings": ("apps/web/src/app/api/account/settings/route.ts", 4, "GET /account/settings"),
}


@pytest.mark.parametrize("name", [*MARKET_DATA, *ACCOUNT_DATA])
def test_sections_1_1_and_1_2_one_read_each_through_the_wrapper(name: str) -> None:
    file, line, endpoint = {**MARKET_DATA, **ACCOUNT_DATA}[name]
    found = entry(fightclub(), name)
    assert (found.file, found.line) == (file, line)
    assert calls(found) == {endpoint: (1, 1)}
    assert {(reach.site.file, reach.site.line) for reach in found.reaches} == {WRAPPER}


def test_section_1_2_fights_make_two_reads() -> None:
    assert calls(entry(fightclub(), "GET /api/fights/[id]/positions")) == {
        "GET /positions": (1, 1),
        "GET /info/prices": (1, 1),
    }
    assert calls(entry(fightclub(), "GET /api/fights/[id]/orders")) == {"GET /orders": (1, 1), "GET /positions": (1, 1)}


def test_section_1_3_an_order_makes_three_to_five_calls() -> None:
    found = entry(fightclub(), "POST /api/orders")
    assert calls(found) == {
        "POST /orders/create_market": (0, 1),
        "POST /orders/create": (0, 1),
        "GET /trades/history": (1, 3),
        "GET /positions": (1, 1),
    }
    assert (found.calls_min, found.calls_max) == (3, 5)
    history = next(reach for reach in found.reaches if reach.path.endswith("/trades/history"))
    assert (history.site.file, history.site.line) == ("apps/web/src/app/api/orders/route.ts", 45)


@pytest.mark.parametrize(
    ("name", "endpoint"),
    [
        ("DELETE /api/orders", "POST /orders/cancel_all"),
        ("POST /api/account/leverage", "POST /account/leverage"),
        ("POST /api/account/withdraw", "POST /account/withdraw"),
    ],
)
def test_section_1_3_other_operations_make_one_call(name: str, endpoint: str) -> None:
    assert calls(entry(fightclub(), name)) == {endpoint: (1, 1)}


def test_section_1_4_seven_jobs_none_of_which_reaches_the_exchange() -> None:
    jobs = [item for item in fightclub().entries if item.kind == "job"]
    assert [(job.line, job.reaches) for job in jobs] == [(line, ()) for line in range(21, 28)]
    assert jobs[0].name == "cron '* * * * *' run(\"reconcile-fights\", reconcileFights)"


def test_what_the_audit_leaves_out_is_there_too() -> None:
    assert calls(entry(fightclub(), "joinFight")) == {"GET /account": (1, 1)}
    page = entry(fightclub(), "/markets/[symbol]")
    assert page.origin == "server"
    assert calls(page)["GET /info"] == (1, 1)


def test_a_page_reaches_the_exchange_through_the_own_route() -> None:
    trade = entry(fightclub(), "/trade")
    positions = next(reach for reach in trade.reaches if reach.path.endswith("/orders"))
    assert positions.through == ("GET /api/account/orders/open",)
    assert [step.function for step in positions.via][:2] == ["OpenOrdersPanel", "useOpenOrders"]


POLLS: dict[str, tuple[str, int, dict[str, int], str, tuple[str, ...]]] = {
    "usePositions": (
        "apps/web/src/hooks/usePositions.ts",
        16,
        {"connected": 30_000, "!connected": 15_000},
        "/api/v1/positions",
        ("/", "/trade"),
    ),
    "useOpenOrders": (
        "apps/web/src/hooks/useOpenOrders.ts",
        17,
        {"connected": 30_000, "!connected": 15_000},
        "/api/v1/orders",
        ("/trade",),
    ),
    "useAccountSettings": (
        "apps/web/src/hooks/useAccountSettings.ts",
        15,
        {"": 30_000},
        "/api/v1/account/settings",
        ("/account", "/trade"),
    ),
    "AccountSummary": (
        "apps/web/src/components/AccountSummary.tsx",
        15,
        {"": 15_000},
        "/api/v1/account",
        ("/", "/trade"),
    ),
    "usePrices": (
        "apps/web/src/hooks/usePrices.ts",
        17,
        {"!connected": 30_000},
        "/api/v1/info/prices",
        ("/", "/account", "/fights/[id]", "/lobby", "/markets", "/markets/[symbol]", "/trade"),
    ),
    "useMarkets": ("apps/web/src/hooks/useMarkets.ts", 9, {"": 60_000}, "/api/v1/info", ("/markets", "/trade")),
}
"""What polls, as EXPECTED.md has it: place, intervals by condition, upstream path, pages."""


def test_section_3_1_and_4_1_what_polls() -> None:
    found = {
        one.entry: (
            one.file,
            one.line,
            {span.when: span.ms for span in one.intervals},
            *(end.path for end in one.endpoints),
            one.mounted_on,
        )
        for one in fightclub().triggers
        if one.kind == "poll"
    }
    assert found == POLLS
    assert {one.origin for one in fightclub().triggers if one.kind == "poll"} == {"browser"}


def test_section_1_4_when_the_jobs_run() -> None:
    minutes = [1, 5, 1, 7 * 24 * 60, 5, 15, 15]
    crons = [one for one in fightclub().triggers if one.kind == "cron"]
    assert [one.intervals[0].ms for one in crons] == [count * 60_000 for count in minutes]
    assert not any(one.reaches_upstream for one in crons)


def test_section_1_3_the_retries() -> None:
    assert [(one.function, one.line, one.max_attempts, one.delays_ms) for one in fightclub().retries] == [
        ("findTrade", 44, 3, (1_000, 2_000)),
        ("usePositions", 18, 4, (1_000, 2_000, 4_000)),
    ]
    assert [one.in_request_path for one in fightclub().retries] == [True, False]


def test_what_carries_no_key_is_charged_to_the_server_s_address() -> None:
    buckets = {(reach.path, reach.bucket) for item in fightclub().entries for reach in item.reaches}
    assert {path for path, bucket in buckets if bucket == "pacifica.ip.server"} == {
        "/api/v1/account/withdraw",
        "/api/v1/trades/history",
    }
    assert {bucket for _, bucket in buckets} == {"pacifica.ip.server", "pacifica.api_key"}


def test_nothing_is_unknown_and_every_call_has_an_owner() -> None:
    assert fightclub().unknowns == ()
    assert [call for call in fightclub().calls if call.dead] == []
    sockets = [(item.file, item.line, item.url) for item in fightclub().connections]
    assert sockets == [("apps/web/src/lib/client/socket.ts", 29, "wss://ws.pacifica.fi/ws")]


def test_the_whole_inventory_is_as_it_was_reviewed() -> None:
    """After a change that is right: write the file anew with `callaudit inventory --format json` and read the diff."""
    committed = msgspec.json.decode((FIXTURES / "fightclub.inventory.json").read_bytes())
    actual = msgspec.json.decode(msgspec.json.encode(fightclub()))
    assert actual == committed


def test_after_the_optimization_reads_may_cost_nothing_and_an_order_two(optimized: Inventory) -> None:
    for name, (_, _, endpoint) in {**MARKET_DATA, **ACCOUNT_DATA}.items():
        assert calls(entry(optimized, name)) == {endpoint: (0, 1)}
    order = entry(optimized, "POST /api/orders")
    assert (order.calls_min, order.calls_max) == (1, 2)
    assert "GET /trades/history" not in calls(order)
    assert calls(entry(optimized, "POST /api/account/withdraw")) == {"POST /account/withdraw": (1, 1)}
