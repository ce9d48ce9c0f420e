"""Streams behind caches are added up before they are asked, with the answers that each would give for itself."""

from __future__ import annotations

from math import inf, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from callaudit.load.estimate import MOST_USERS
from callaudit.load.formulas import most_that_fit
from callaudit.load.model import Alternative, Cache, Model
from callaudit.load.ranges import Range
from callaudit.load.situation import Situation
from callaudit.load.totals import Totals
from callaudit.load.ways import gathered
from tests.html import models
from tests.load.models import estimated, model, scenario, stream
from tests.load.one_by_one import passed

SHARED = Cache("c", "cache", 5, "shared", "process")
OWN = Cache("o", "cache", 20, "per-key", "distributed")


@settings(max_examples=300)
@given(seed=st.integers(0, 100_000), visitor=st.booleans())
def test_sums_give_what_each_stream_gives(seed: int, *, visitor: bool) -> None:
    any_model = models.model(seed)
    any_model = replace(any_model, streams=tuple(replace(one, queues=()) for one in any_model.streams))
    situation = Situation(models.scenario(seed), visitor=visitor)
    quick = Totals(any_model).rates(situation)
    for number, left in passed([one for one in any_model.streams if one.caches], situation).items():
        assert _same(left, quick[number]), (number, left, quick[number])


@settings(max_examples=200)
@given(seed=st.integers(0, 100_000), users=st.sampled_from((1, 7, 300, 5000, 1_000_000)))
def test_any_number_of_users_asks_what_a_scenario_of_so_many_asks(seed: int, users: int) -> None:
    totals, what = Totals(models.model(seed)), models.scenario(seed)
    for bucket in totals.model.buckets:
        kept = totals.kept(bucket.id, Situation(what))
        grown = Situation(what).grown(users)
        whole, free = (asked(bucket.id, grown).units for asked in (totals.bucket, totals.free))
        if kept is not None and whole.high < inf:
            assert _same(whole, free + kept(users / what.users))


def test_many_alike_are_asked_once() -> None:
    many = [
        stream(number, endpoint="GET /all", alternatives=(Alternative(5.0 + number % 60),), caches=(SHARED,))
        for number in range(500)
    ]
    here = Situation(scenario())
    assert len(gathered(many, here.scenario.pace).alikes) == 1
    kept = Totals(model(*many)).kept("shared", here)
    assert kept is not None
    assert kept(1.0).expected == pytest.approx(0.2, rel=0.01)


def test_the_contributors_behind_caches_are_the_largest_first() -> None:
    many = [
        stream(number, endpoint="GET /all", alternatives=(Alternative(5.0 + number),), caches=(SHARED,))
        for number in range(30)
    ]
    here = estimated(model(*many), scenario())
    top = here.totals.top("shared", here.everybody)
    assert [one.id for one, _ in top] == list(range(10))


def test_one_more_user_than_fits_is_too_many() -> None:
    own = stream(0, caches=(OWN,))
    other = stream(1, caches=(SHARED,), endpoint="GET /all")
    here = estimated(model(own, other), scenario())
    fits = here.users(here.totals.model.buckets[0])
    assert fits is not None
    for users, fit in ((int(fits.expected), True), (int(fits.expected) + 1, False)):
        asked = here.totals.bucket("shared", here.everybody.grown(users)).units.expected * 60
        assert (asked <= 100 + 1e-6) is fit


def test_what_a_cache_shares_fits_any_number() -> None:
    here = estimated(model(stream(caches=(SHARED,))), scenario())
    assert here.users(here.totals.model.buckets[0]) is None


def test_requests_without_end_fit_nobody() -> None:
    endless = stream(calls=Range(1, 1, inf), caches=(OWN,))
    here = estimated(model(endless), scenario())
    fits = here.users(here.totals.model.buckets[0])
    assert fits is not None
    assert fits.low <= fits.expected


@given(each=st.integers(1, 1000), capacity=st.integers(0, 100_000))
def test_the_search_finds_what_division_finds(each: int, capacity: int) -> None:
    assert most_that_fit(lambda users: users * each, capacity, MOST_USERS) == capacity // each


def test_the_search_ends_at_its_bounds() -> None:
    assert most_that_fit(lambda _: 1.0, 1.0, MOST_USERS) == inf
    assert most_that_fit(lambda users: 0.0 if not users else inf, 1.0, MOST_USERS) == 0
    assert most_that_fit(lambda users: users * 0.1, 0.3, MOST_USERS) == 3


def test_a_model_without_streams_asks_nothing() -> None:
    totals = Totals(Model((), models.BUCKETS, ()))
    assert totals.buckets(Situation(scenario())) == {}


def _same(one: Range, other: Range) -> bool:
    pairs = zip((one.low, one.expected, one.high), (other.low, other.expected, other.high), strict=True)
    return all(a == b or isclose(a, b, rel_tol=1e-7, abs_tol=1e-9) for a, b in pairs)
