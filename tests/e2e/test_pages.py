"""The fixture's own pages in Chromium: what they ask of the upstream is what callaudit says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.predicted import after, opened, steady
from tests.e2e.visits import CLICKS, Plan, Visit, visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from callaudit.load.model import Model
    from tests.e2e.standin import StandIn

ATTEMPTS = 4
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
def test_requests_while_a_page_is_open(name: str, visits: dict[str, Visit], model: Model) -> None:
    counted, plan = visits[name], PLANS[name]
    requests = whole_rounds(counted) if plan.failing else counted.steady
    assert_agree(requests, steady(model, plan, counted.seconds, counted.latency))


def test_the_hidden_tab_had_asked_before_it_was_hidden(visits: dict[str, Visit]) -> None:
    assert visits["hidden tab"].opened.total() > 0


def test_requests_when_a_page_opens(visits: dict[str, Visit], model: Model) -> None:
    """Of those that no poll asks for again; the prices are asked for once more before the WebSocket is up."""
    counted, plan = visits["SWR, and a mutation with refetches"].opened, PLANS["SWR, and a mutation with refetches"]
    predicted = opened(model, plan)
    for name in ("GET /api/v1/positions", "GET /api/v1/orders"):
        assert counted[name] == predicted[name]
    assert counted["GET /api/v1/info/prices"] == predicted["GET /api/v1/info/prices"] + 1


def test_requests_after_a_mutation(visits: dict[str, Visit], model: Model) -> None:
    name = "SWR, and a mutation with refetches"
    pressed = dict(visits[name].pressed)
    del pressed["GET /api/v1/book"]  # the poll beside it
    assert pressed == after(model, PLANS[name], "CancelAndRead", CLICKS)


def whole_rounds(counted: Visit) -> dict[str, float]:
    """Requests of queries that fail: four at once, then a pause, so that only whole rounds say how many there are."""
    found: dict[str, float] = {}
    for name, moments in counted.moments.items():
        requests = (len(moments) - 1) // ATTEMPTS * ATTEMPTS
        assert requests, f"{name}: not one round"
        found[name] = requests * counted.seconds / (moments[requests] - moments[0])
    return found


def assert_agree(counted: Mapping[str, float], predicted: Mapping[str, float]) -> None:
    """Each endpoint and the sum within 5 %; below twenty requests one more or less is all that a count can tell."""
    for name in {*counted, *predicted}:
        one, other = counted.get(name, 0), predicted.get(name, 0.0)
        assert abs(one - other) <= max(0.05 * other, 1.0), f"{name}: counted {one:.1f}, predicted {other:.1f}"
    both = sum(counted.values()), sum(predicted.values())
    assert abs(both[0] - both[1]) <= 0.05 * both[1], f"all: counted {both[0]:.1f}, predicted {both[1]:.1f}"
