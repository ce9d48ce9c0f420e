"""Each formula against numbers that can be worked out by hand, and the laws that it keeps."""

from __future__ import annotations

from fractions import Fraction
from math import e, inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.load import formulas as f

POSITIVE = st.floats(0.01, 1000)
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("interval", "latency", "after_run", "expected"),
    [(15, 0, True, Fraction(1, 15)), (15, 5, True, Fraction(1, 20)), (15, 5, False, Fraction(1, 15))],
)
def test_a_timer_waits_for_a_run_only_where_it_says_so(
    interval: float, latency: float, after_run: bool, expected: Fraction
) -> None:
    assert f.poll_rate(interval, latency, after_run=after_run) == float(expected)


def test_a_poll_that_pauses_follows_the_tab_that_is_seen() -> None:
    assert f.visible_rate(2, 0.5, 3, background=False) == 1
    assert f.visible_rate(2, 0.5, 3, background=True) == 6


def test_a_cache_forwards_once_in_its_time_however_many_ask() -> None:
    assert f.cached_rate(1, 4) == 1 / 5
    assert f.cached_rate(inf, 5) == 1 / 5
    assert f.cached_rate(0, 5) == 0
    assert f.cached_rate(7, 0) == 7


@pytest.mark.parametrize(("period", "ttl", "expected"), [(15, 5, 1 / 15), (1, 2, 1 / 2), (3, 5, 1 / 6), (5, 5, 1 / 5)])
def test_one_poller_meets_its_own_answer_only_while_it_is_kept(period: float, ttl: float, expected: float) -> None:
    assert f.polled_cache_rate(period, ttl) == pytest.approx(expected)


def test_a_poller_and_others_share_a_cache() -> None:
    assert f.mixed_cache_rate(15, 5, 0) == (1 / 15, 0)
    polls, others = f.mixed_cache_rate(inf, 5, 1)
    assert (polls, others) == (0, f.cached_rate(1, 5))
    polls, others = f.mixed_cache_rate(15, 5, 0.01)
    assert polls < 1 / 15
    assert others < 0.01


@given(POSITIVE, POSITIVE, POSITIVE)
def test_no_cache_forwards_more_than_it_is_asked(period: float, ttl: float, others: float) -> None:
    polls, rest = f.mixed_cache_rate(period, ttl, others)
    assert 0 <= polls <= 1 / period * (1 + 1e-9)
    assert 0 <= rest <= others * (1 + 1e-9)
    assert polls + rest <= 1 / ttl * (1 + 1e-6) + 1 / period


@given(POSITIVE, POSITIVE, POSITIVE)
def test_more_requests_never_make_a_cache_forward_less(rate: float, more: float, ttl: float) -> None:
    assert f.cached_rate(rate, ttl) <= f.cached_rate(rate + more, ttl) * (1 + 1e-12)


@pytest.mark.parametrize(("miss", "expected"), [(0, 1), (1, 3), (0.5, 1.75)])
def test_attempts_are_a_series_that_the_bound_cuts(miss: float, expected: float) -> None:
    assert f.attempts(3, miss) == expected


@given(st.integers(1, 20), SHARE)
def test_attempts_stay_between_one_and_the_bound(most: int, miss: float) -> None:
    assert 1 <= f.attempts(most, miss) <= most + 1e-9


def test_users_fit_beside_what_is_there_anyway() -> None:
    assert f.most_users(10, 2, 100) == 45
    assert f.most_users(101, 2, 100) == 0
    assert f.most_users(0, 0, 100) == inf


def test_windows_and_flight() -> None:
    assert f.in_window(2, 60) == 120
    assert f.in_flight(50, 0.2) == 10
    assert f.in_flight(inf, 0) == 0  # requests without end that take no time
    assert f.mixed_cache_rate(15, 0, inf) == (1 / 15, inf)  # nothing is kept
    assert f.load_rate(600) == 1 / 600


def test_a_poll_that_is_put_off_runs_less_the_more_often_that_happens() -> None:
    assert f.put_off(15, 0) == 1
    assert f.put_off(15, 1e-9) == pytest.approx(1)
    assert f.put_off(15, 1 / 15) == pytest.approx(1 / (e - 1))
    assert f.put_off(15, 1000) == 0
    assert f.put_off(inf, 1) == 1
