"""Calls for which the provider has one that stands for many: proposed where there are several, at its price."""

from __future__ import annotations

from math import inf

import pytest

from callaudit.load.changes import changed
from callaudit.load.model import Batch, Charge
from callaudit.load.proposals import proposals
from callaudit.load.ranges import ONE, Range, exactly
from callaudit.load.scenario import Action
from callaudit.load.what_if import what_if
from tests.load.models import estimated, model, project, scenario, stream

API = "https://api.pacifica.fi/api/v1"
LOOP = """
export async function POST(request) {
  const items = await request.json();
  for (const item of items) {
    await fetch(`%s`, { method: '%s' });
  }
  return Response.json({});
}
"""


def _looped(path: str, method: str = "POST"):  # noqa: ANN202 - the model of a project
    files = {
        "package.json": '{"dependencies": {"next": "15.0.0"}}',
        "app/api/orders/route.ts": LOOP % (f"{API}{path}", method),
    }
    return project(files)


@pytest.mark.parametrize(
    ("path", "method", "use", "most"),
    [
        ("/orders/cancel", "POST", "POST /api/v1/orders/batch", 10),
        ("/info/prices?symbol=${item}", "GET", "GET /api/v1/info/prices", None),
        ("/kline?symbol=${item}", "GET", "GET /api/v1/kline/sparklines", None),
    ],
)
def test_the_profile_says_what_stands_for_many(path: str, method: str, use: str, most: int | None) -> None:
    found = _looped(path, method)
    (one,) = found.streams
    assert one.batch is not None
    assert (one.batch.use, one.batch.most) == (use, most)
    assert [change.title for change in proposals(found) if change.kind == "batch"] == [
        f"ask {use} once for all" if one.endpoint == use else f"ask {use} once, not {one.endpoint} for each"
    ]


@pytest.mark.parametrize("path", ["/positions?account=${item}", "/account?account=${item}"])
def test_accounts_cannot_be_asked_for_at_once(path: str) -> None:
    found = _looped(path, "GET")
    assert [one.batch for one in found.streams] == [None]
    assert not [change for change in proposals(found) if change.kind == "batch"]


def test_one_call_needs_no_batch() -> None:
    found = project({"main.ts": f"setInterval(() => fetch('{API}/info/prices'), 5000);"})
    assert not [change for change in proposals(found) if change.kind == "batch"]


@pytest.mark.parametrize(
    ("most", "calls", "after"),
    [
        (10, Range(0, 3, 25), Range(0, 1, 3)),
        (10, Range(0, 0.5, inf), Range(0, 0.5, inf)),
        (None, Range(2, 5, inf), ONE),
    ],
)
def test_as_few_requests_as_can_stand_for_the_calls(most: int | None, calls: Range, after: Range) -> None:
    many = model(stream(calls=calls, batch=Batch("GET /many", most, (Charge("shared", exactly(4)),))))
    (change,) = [one for one in proposals(many) if one.kind == "batch"]
    now, _ = changed(many, scenario(), change)
    assert now.streams[0].calls == after
    assert now.streams[0].charges == (Charge("shared", exactly(4)),)


def test_the_saving_counts_the_price_of_the_batch() -> None:
    batch = Batch("POST /many", 10, (Charge("shared", exactly(4)),))
    many = model(stream(kind="action", action="POST /a", alternatives=(), pages=(), calls=exactly(8), batch=batch))
    here = estimated(many, scenario(actions=(Action("POST /a", ONE),)))
    (saving,) = [one for one in what_if(many, here.scenario) if one.kind == "batch" and not one.step]
    assert saving.saves == pytest.approx(0.5)


REPLACE = """
export async function PUT(request) {
  await fetch(`%s/orders/cancel`, { method: 'POST' });
  %s await fetch(`%s/orders/create`, { method: 'POST' });
  return Response.json({});
}
"""


def _replaced(before: str = ""):  # noqa: ANN202 - the model of a project
    files = {
        "package.json": '{"dependencies": {"next": "15.0.0"}}',
        "app/api/orders/route.ts": REPLACE % (API, before, API),
    }
    return project(files)


def test_one_request_stands_for_calls_that_follow_each_other() -> None:
    found = _replaced()
    title = "ask POST /api/v1/orders/edit once, not POST /api/v1/orders/cancel and POST /api/v1/orders/create"
    (change,) = [one for one in proposals(found) if one.kind == "batch"]
    assert (change.title, len(change.streams)) == (title, 2)
    now, _ = changed(found, scenario(), change)
    assert {one.endpoint.rpartition("/")[2]: one.calls for one in now.streams} == {
        "cancel": ONE,
        "create": exactly(0),
    }
    sent = next(one for one in now.streams if one.endpoint.endswith("cancel"))
    whole = next(one for one in found.streams if one.endpoint.endswith("cancel")).sequence
    assert whole is not None
    assert (whole.use, sent.charges) == ("POST /api/v1/orders/edit", whole.charges)


@pytest.mark.parametrize("before", ["if (request.ok)", "for (const one of request.orders)"])
def test_calls_that_are_not_sent_equally_often_are_no_such_sequence(before: str) -> None:
    assert not [one for one in proposals(_replaced(before)) if one.in_turn]


def test_one_call_of_a_sequence_is_none() -> None:
    assert not [one for one in proposals(_looped("/orders/cancel")) if one.in_turn]
