"""The fixture's own pages in Chromium: what they ask of the upstream is what callaudit says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.predicted import steady
from tests.e2e.visits import CLICKS, Plan, Visit, visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from callaudit.inventory.model import Inventory
    from tests.e2e.standin import StandIn

PLANS = {
    "WebSocket up": Plan("/trade"),
    "WebSocket down": Plan("/trade", connected=False),
    "hidden tab": Plan("/trade", connected=False, hidden=True),
    "failing upstream": Plan("/trade", connected=False, failing=True),
    "two components on one key": Plan("/markets", connected=False),
    "SWR, and a mutation with refetches": Plan("/more", press="Cancel and read"),
}


@pytest.fixture(scope="module")
def visits(built: Path, sockets: StandIn) -> dict[str, Visit]:
    return visit(built, PLANS, sockets)


@pytest.mark.parametrize("name", PLANS)
def test_requests_while_a_page_is_open(name: str, visits: dict[str, Visit], inventory: Inventory) -> None:
    counted = visits[name]
    assert_agree(counted.steady, steady(inventory, PLANS[name], counted.seconds, counted.latency))


def test_the_hidden_tab_had_asked_before_it_was_hidden(visits: dict[str, Visit]) -> None:
    assert visits["hidden tab"].opened.total() > 0


def test_requests_after_a_mutation(visits: dict[str, Visit]) -> None:
    pressed = visits["SWR, and a mutation with refetches"].pressed
    del pressed["GET /api/v1/book"]
    assert pressed == {
        "POST /api/v1/orders/cancel_all": CLICKS,
        "GET /api/v1/positions": 2 * CLICKS,
        "GET /api/v1/orders": CLICKS,
        "GET /api/v1/info/prices": CLICKS,
    }


def assert_agree(counted: Mapping[str, int], predicted: Mapping[str, float]) -> None:
    """Each endpoint and the sum within 5 %; below twenty requests one more or less is all that a count can tell."""
    for name in {*counted, *predicted}:
        one, other = counted.get(name, 0), predicted.get(name, 0.0)
        assert abs(one - other) <= max(0.05 * other, 1.0), f"{name}: counted {one}, predicted {other:.1f}"
    both = sum(counted.values()), sum(predicted.values())
    assert abs(both[0] - both[1]) <= 0.05 * both[1], f"all: counted {both[0]}, predicted {both[1]:.1f}"
