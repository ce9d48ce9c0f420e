"""Changes: what they save alone and together, why some save nothing, and the smallest set that suffices."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callaudit.load.builtin import builtin_scenarios
from callaudit.load.changes import changed
from callaudit.load.model import Alternative, Charge, Model
from callaudit.load.plan import plan
from callaudit.load.proposals import proposals
from callaudit.load.ranges import exactly
from callaudit.load.resolve import resolved
from callaudit.load.scenario import resized
from callaudit.load.totals import Totals
from callaudit.load.uses import uses
from callaudit.load.what_if import what_if
from tests.load.models import KEY, SERVER, acting, fightclub, model, scenario, stream

if TYPE_CHECKING:
    from callaudit.load.results import Saving
    from callaudit.load.scenario import Scenario

RETRY = "ask for GET /api/v1/trades/history once, not up to 3 times"
PUSH = "take GET /api/v1/trades/history from the account_trades channel, not by asking again"
ACCOUNT = "cache reads of an account per account, 5 s"


def saving(found: tuple[Saving, ...], change: str, bucket: str) -> Saving:
    return next(one for one in found if (one.change, one.bucket, one.step) == (change, bucket, 0))


def audit(number: int) -> Scenario:
    return resolved(builtin_scenarios()[number], Totals(fightclub()))


def test_a_retry_that_goes_saves_what_the_audit_says() -> None:
    found = what_if(fightclub(), audit(1))
    assert saving(found, RETRY, SERVER).saves == pytest.approx(2 / 3)
    assert saving(found, RETRY, SERVER).claimed == "66 %"
    assert saving(found, PUSH, SERVER).saves == pytest.approx(1)
    assert saving(found, RETRY, KEY).why == "its requests are charged to Pacifica, server IP"


def test_a_cache_for_each_account_saves_next_to_nothing_of_slow_polls_and_says_why() -> None:
    found = saving(what_if(fightclub(), audit(1)), ACCOUNT, KEY)
    assert found.saves < 0.02
    assert found.claimed == "80-90 %"
    assert found.why == "asked every 15 s or less often: a 5 s cache is never hit by it"


def test_a_queue_saves_nothing_and_says_so() -> None:
    found = [one for one in what_if(fightclub(), audit(0)) if one.kind == "queue"]
    assert found
    assert all(not one.saves and "it delays" in one.why for one in found)


def test_a_key_moves_requests_to_another_quota() -> None:
    found = what_if(fightclub(), audit(1))
    assert saving(found, "send PF-API-KEY with every request of the server", SERVER).saves == 1
    assert saving(found, "send PF-API-KEY with every request of the server", KEY).saves < 0


def test_a_change_leaves_the_model_as_it_was() -> None:
    before = fightclub()
    copy = Model(before.streams, before.buckets, before.pages, before.runs, before.annotations, before.gaps)
    for change in proposals(before):
        changed(before, audit(0), change)
    assert before == copy


@pytest.mark.parametrize("change", proposals(fightclub()), ids=lambda change: change.title)
def test_no_change_but_a_key_makes_any_quota_bear_more(change: object) -> None:
    kind = change.kind  # type: ignore[attr-defined]
    for number in range(3):
        now = uses(fightclub(), audit(number))
        then = uses(fightclub(), audit(number), [change])  # type: ignore[list-item]
        for name, use in then.items():
            if name in now and kind != "key-header":
                assert use.units <= now[name].units * (1 + 1e-9)


def test_each_step_of_the_best_order_begins_where_the_one_before_ended() -> None:
    steps = [one for one in what_if(fightclub(), audit(1)) if one.step and one.bucket == KEY]
    assert [one.step for one in steps] == [*range(1, len(steps) + 1)]
    assert len(steps) > 1
    for first, second in pairwise(steps):
        assert second.before == first.after


def smallest(of: Model, what: Scenario, users: int) -> int | None:
    """How many changes are needed, by trying all sets."""
    what = resized(what, users)
    changes = [one for one in proposals(of) if one.kind != "queue"]
    for size in range(len(changes) + 1):
        for some in combinations(changes, size):
            if len({one.provider for one in some if one.kind == "tier"}) != sum(one.kind == "tier" for one in some):
                continue
            if not any(use.over for use in uses(of, what, some).values()):
                return size
    return None


SMALL = model(
    stream(0, alternatives=(Alternative(5.0),), channel="c"),
    stream(1, kind="action", action="POST /x", pages=(), alternatives=(), retry_attempts=3, channel="d"),
    stream(2, scope="shared", alternatives=(Alternative(10.0),)),
)
DOING = scenario(100, actions=acting("POST /x", 60), retry_miss=exactly(0.5))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 3000))
def test_the_plan_is_the_smallest_set(users: int) -> None:
    found = plan(SMALL, DOING, users)
    needed = smallest(SMALL, DOING, users)
    assert found.fits is (needed is not None)
    if needed is not None:
        assert len(found.changes) == needed


def test_equal_questions_have_equal_answers() -> None:
    assert plan(fightclub(), audit(1), 5000) == plan(fightclub(), audit(1), 5000)


def test_what_cannot_fit_says_what_is_missing() -> None:
    act = stream(kind="action", action="POST /x", pages=(), alternatives=(), effect="write")
    found = plan(model(act), scenario(100, actions=acting("POST /x", 6_000_000)), 100)
    assert not found.fits
    assert "shared needs" in found.missing


def test_what_fits_needs_no_change() -> None:
    assert plan(model(stream()), scenario(1), 1).changes == ()


def test_a_level_of_the_account_is_as_low_as_it_can_be() -> None:
    act = stream(kind="action", action="POST /x", pages=(), alternatives=(), effect="write")
    found = plan(model(act), scenario(100, actions=acting("POST /x", 500)), 100)
    assert found.changes == ("big at p: 1,000 credits",)


def test_prices_are_paid_by_the_bucket_that_is_charged() -> None:
    keyed = stream(with_key=(Charge("other", exactly(4)),), key_header="X-KEY")
    what = resolved(scenario(100), Totals(model(keyed)))
    change = next(one for one in proposals(model(keyed, other=10.0)) if one.kind == "key-header")
    then = uses(model(keyed, other=10.0), what, [change])
    assert set(then) == {"other"}
    assert then["other"].units == pytest.approx(100 / 15 * 60 * 4)


def test_a_larger_quota_leaves_the_units_and_lowers_their_share() -> None:
    found = next(one for one in what_if(fightclub(), audit(1)) if one.kind == "tier" and one.bucket == KEY)
    assert found.after == found.before
    assert found.share_after < found.share_before
    assert found.saves == pytest.approx(1 - found.share_after / found.share_before)


def test_the_best_order_asks_for_no_higher_level_than_suffices_in_the_end() -> None:
    model, scenario = fightclub(), audit(2)
    found = [one for one in what_if(model, scenario) if one.step]
    taken = [next(c for c in proposals(model) if c.title == title) for title in dict.fromkeys(o.change for o in found)]
    at = next(at for at, one in enumerate(taken) if one.kind == "tier")
    tiers = [one for one in proposals(model) if one.kind == "tier" and one.provider == taken[at].provider]
    for lower in tiers[: tiers.index(taken[at])]:
        after = uses(model, scenario, [*taken[:at], lower, *taken[at + 1 :]])
        assert any(use.over for use in after.values())
