"""What two revisions ask differently."""

from __future__ import annotations

from msgspec.structs import replace

from callaudit.load.answer import load
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.compare import compare
from callaudit.load.model import Run
from callaudit.load.ranges import exactly
from callaudit.report.load.change import change_markdown, change_text
from tests.load.models import KEY, fightclub

SCENARIOS = builtin_scenarios()[1:2]


def test_equal_revisions_ask_the_same() -> None:
    now = load(fightclub(), SCENARIOS)
    change = compare("f" * 40, now, now)
    assert (change.actions, change.buckets, change.pages) == ((), (), ())
    assert change_text(change, "main") == "against main (ffffffffffff)\n  it asks the same\n"
    assert "It asks the same." in change_markdown(change, "main")


def test_a_branch_that_asks_twice_says_what_it_adds() -> None:
    before = fightclub()
    streams = tuple(
        replace(one, calls=exactly(2)) if one.endpoint == "GET /api/v1/positions" else one for one in before.streams
    )
    runs = tuple(
        Run(one.name, one.file, one.line, one.min + 1, 9) if one.name == "POST /api/orders" else one
        for one in before.runs
    )
    after = replace(before, streams=streams, runs=runs)
    change = compare("f" * 40, load(before, SCENARIOS), load(after, SCENARIOS))
    orders = next(one for one in change.actions if one.entry == "POST /api/orders")
    assert (orders.calls_before.max, orders.calls_after.max) == (5, 9)
    key = next(one for one in change.buckets if one.bucket == KEY)
    assert key.requests_after > key.requests_before
    assert key.users_after is not None
    assert key.users_before is not None
    assert key.users_after < key.users_before
    text = change_text(change, "main")
    assert "  POST /api/orders: 5 → 9 calls, +4 credits a run (apps/web/src/app/api/orders/route.ts:8)" in text
    assert "requests/s" in text
    assert "at 5,000 users" in text
    assert "- POST /api/orders: 5 → 9 calls" in change_markdown(change, "main")
