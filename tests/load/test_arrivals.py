"""What a load test has to send: each own route as often as the scenario's users ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.load.arrivals import Arrivals, arrivals
from callaudit.load.ranges import exactly
from callaudit.load.resolve import resolved
from callaudit.load.scenario import Action, Scenario, Visit
from callaudit.load.streams import model_of
from callaudit.load.totals import Totals
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from tests.projects import audited

if TYPE_CHECKING:
    from callaudit.load.model import Model

APP = {
    "package.json": '{"dependencies": {"next": "15.0.0", "@tanstack/react-query": "5.0.0"}}',
    "app/api/prices/[symbol]/route.ts": """
        export async function GET(request, { params }) {
          await fetch('https://api.pacifica.fi/api/v1/info')
          return Response.json(await fetch('https://api.pacifica.fi/api/v1/info/prices'))
        }
    """,
    "app/api/orders/route.ts": """
        export async function POST() {
          for (let attempt = 0; attempt < 3; attempt++) {
            const answer = await fetch('https://api.pacifica.fi/api/v1/trades/history')
            if (answer.ok) break
          }
        }
    """,
    "app/trade/page.tsx": """
        'use client'
        import { useQuery } from '@tanstack/react-query'
        export default function Page({ symbol }) {
          useQuery({ queryKey: ['p'], queryFn: () => fetch(`/api/prices/${symbol}`), refetchInterval: 10_000 })
          useQuery({
            queryKey: ['d'],
            queryFn: () => fetch('https://api.pacifica.fi/api/v1/account'),
            refetchInterval: 5_000,
          })
          return null
        }
    """,
}


@pytest.fixture(scope="module")
def model() -> Model:
    return model_of(audited(APP), Catalogue(builtin_profiles()))


def found(model: Model, **more: object) -> Arrivals:
    actions = (Action("POST /api/orders", exactly(2)),)
    known = {"dwell_s": exactly(float("inf")), "pages": (Visit("/trade", 1.0),), "actions": actions, **more}
    return arrivals(model, resolved(Scenario(name="s", users=100, **known), Totals(model)))  # type: ignore[arg-type]


def rates(what: Arrivals) -> dict[str, float]:
    return {f"{one.method} {one.path}": one.per_second for one in what.arrivals}


def test_a_route_is_asked_once_however_many_calls_it_makes(model: Model) -> None:
    assert rates(found(model)) == pytest.approx({"GET /api/prices/{symbol}": 10, "POST /api/orders": 2})


def test_page_loads_come_on_top(model: Model) -> None:
    assert rates(found(model, dwell_s=exactly(50)))["GET /api/prices/{symbol}"] == pytest.approx(12)


def test_attempts_of_a_route_are_no_requests_to_it(model: Model) -> None:
    assert rates(found(model, retry_miss=exactly(1)))["POST /api/orders"] == pytest.approx(2)


def test_nobody_on_the_page_asks_for_nothing(model: Model) -> None:
    elsewhere = found(model, pages=(Visit("/lobby", 1.0),))
    assert rates(elsewhere) == {"POST /api/orders": 2}


def test_what_browsers_ask_elsewhere_is_named_and_not_sent(model: Model) -> None:
    (bypass,) = found(model).bypasses
    assert (bypass.host, bypass.per_second) == ("api.pacifica.fi", pytest.approx(20))
    assert found(model).upstream == ("api.pacifica.fi",)


def test_places_are_named(model: Model) -> None:
    by_path = {one.path: one for one in found(model).arrivals}
    assert [(one.file, one.line) for one in by_path["/api/prices/{symbol}"].reasons] == [("app/trade/page.tsx", 4)]
    assert by_path["/api/prices/{symbol}"].reads
    assert not by_path["/api/orders"].reads
