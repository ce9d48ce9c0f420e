"""Cron expressions and times in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.flow.timers.cron import period
from callaudit.flow.timers.durations import duration
from callaudit.libraries.cron_expressions import EXPRESSIONS

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000

UNIFORM = {
    "* * * * * *": 1_000,
    "*/5 * * * * *": 5_000,
    "* * * * *": MINUTE,
    "*/15 * * * *": 15 * MINUTE,
    "0/15 * * * *": 15 * MINUTE,
    "0,30 * * * *": 30 * MINUTE,
    "  0  *  * * *  ": HOUR,
    "0 */6 * * *": 6 * HOUR,
    "0 0,12 * * *": 12 * HOUR,
    "30 4 * * *": DAY,
    "5 0 * * 0": 7 * DAY,
    "5 0 * * 7": 7 * DAY,
    "5 0 * * SUN": 7 * DAY,
    "5 0 * * sunday": 7 * DAY,
    "5 0 ? * Wednesday": 7 * DAY,
    "0 0 29 2 *": 1461 * DAY,
    "@hourly": HOUR,
    "@Daily": DAY,
    "@midnight": DAY,
    "@weekly": 7 * DAY,
    "TZ=Europe/Paris 0 12 * * 5": 7 * DAY,
    "CRON_TZ=UTC 0 12 * * *": DAY,
    "0 0 12 * * ? 2026": DAY,
}


@pytest.mark.parametrize("text", UNIFORM)
def test_one_gap_is_the_period(text: str) -> None:
    found = period(text)
    assert (found.ms, found.shortest, found.why) == (UNIFORM[text], UNIFORM[text], "")


UNEVEN = {
    "*/7 * * * *": (400_000, 4 * MINUTE),  # nine times an hour
    "0 9 * * 1-5": (7 * DAY // 5, DAY),
    "0 9-17 * * *": (DAY // 9, HOUR),
    "0 0 1 * *": (int(365.25 * DAY / 12), 28 * DAY),
    "0 0 1 jan *": (int(365.25 * DAY), 365 * DAY),
    "0 0 1 January *": (int(365.25 * DAY), 365 * DAY),
    "0 0 L * *": (int(365.25 * DAY / 12), 28 * DAY),
    "0 0 * * 5L": (int(365.25 * DAY / 12), 28 * DAY),
    "0 0 * * mon#1": (int(365.25 * DAY / 12), 28 * DAY),
    "@weekdays": (7 * DAY // 5, DAY),
}


@pytest.mark.parametrize("text", UNEVEN)
def test_uneven_gaps_have_a_mean_and_a_shortest(text: str) -> None:
    found = period(text)
    assert (found.ms, found.shortest, found.why) == (*UNEVEN[text], "")


BROKEN = ["", "x", "* * * *", "61 * * * *", "* * * * * * * *", "0 0 31 2 *", "*/0 * * * *", "5-1 * * * *", "@sometimes",
          "0 0 0 * *", "a" * 5_000, "9" * 190, "* * * * 1#9", "\0", "\u0661 * * * *"]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_expression_says_why(text: str) -> None:
    found = period(text)
    assert (found.ms, found.shortest) == (0, 0)
    assert "cron expression" in found.why


def test_fields_of_aws_end_with_a_year_and_count_weekdays_from_one() -> None:
    assert period("0 10 * * ? *", "aws").ms == DAY
    assert period("0 10 ? * 1 *", "aws") == period("0 10 * * 0")
    assert period("0 10 ? * MON-FRI *", "aws") == period("0 10 * * 1-5")
    assert period("0 10 ? * 2#1 *", "aws") == period("0 10 * * 1#1")
    assert period("0/10 * ? * 2-6 2030", "aws") == period("*/10 * * * 1-5")


def test_every_expression_of_nest_parses() -> None:
    assert {name for name, text in EXPRESSIONS.items() if period(text).why} == set()
    assert period(EXPRESSIONS["EVERY_5_MINUTES"]).ms == 5 * MINUTE
    assert period(EXPRESSIONS["EVERY_DAY_AT_1PM"]).ms == DAY
    assert EXPRESSIONS["MONDAY_TO_FRIDAY_AT_11PM"].split()[2] == "23"


FIELD = st.from_regex(r"[\d*/,\-?LW#A-Za-z]{0,8}", fullmatch=True)


@given(
    st.one_of(st.text(max_size=300), st.lists(FIELD, min_size=4, max_size=8).map(" ".join)),
    st.sampled_from(["", "aws"]),
)
def test_no_text_raises(text: str, dialect: str) -> None:
    found = period(text, dialect)
    assert bool(found.why) != bool(found.ms)
    assert found.ms >= found.shortest >= 0
    assert period(text, dialect) == found


MINUTES_OF_AN_HOUR = st.sets(st.integers(0, 59), min_size=1, max_size=12)


@given(MINUTES_OF_AN_HOUR)
def test_the_mean_gap_is_an_hour_divided_by_its_times(minutes: set[int]) -> None:
    found = period(",".join(map(str, sorted(minutes))) + " * * * *")
    assert found.ms == round(HOUR / len(minutes))


SAID = {
    "5 minutes": 5 * MINUTE,
    "one minute": MINUTE,
    "minute": MINUTE,
    "30s": 30_000,
    "30 secs": 30_000,
    "1 hour and 30 minutes": 90 * MINUTE,
    "every 2 weeks": 14 * DAY,
    "half an hour": 30 * MINUTE,
    "rate(5 minutes)": 5 * MINUTE,
    "rate(1 day)": DAY,
    "1.5 hours": 90 * MINUTE,
}
UNSAID = ["", "5", "soon", "*/5 * * * *", "0 minutes", "5 minutes later", "rate(5 minutes", "1 month", "x" * 500]


@pytest.mark.parametrize("text", SAID)
def test_times_as_people_write_them(text: str) -> None:
    assert duration(text) == SAID[text]


@pytest.mark.parametrize("text", UNSAID)
def test_what_is_no_time(text: str) -> None:
    assert duration(text) is None


@given(st.text(max_size=150))
def test_no_time_raises(text: str) -> None:
    found = duration(text)
    assert found is None or found > 0
