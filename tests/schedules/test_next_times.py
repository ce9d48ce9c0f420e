"""Timers that set themselves anew for a time of the clock: each day, each hour."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

DAY, HOUR = 86_400_000, 3_600_000
TIMER = """
const due = Number(process.env.DUE);
const ask = () => fetch('https://a.test/x');
function plan() {{
  const now = new Date();
  {next}
  setTimeout(async () => {{ await ask(); plan(); }}, {wait});
}}
plan();
"""
WAIT = "next.getTime() - now.getTime()"

KNOWN: dict[str, tuple[str, str, int]] = {
    "midnight, if it is over": ("const next = new Date(now); next.setUTCHours(0, 0, 0, 0); if (now >= next) { next.setUTCDate(next.getUTCDate() + 1); }", WAIT, DAY),
    "tomorrow": ("const next = new Date(); next.setDate(next.getDate() + 1); next.setHours(3, 30, 0, 0);", "next.getTime() - Date.now()", DAY),
    "each hour": ("const next = new Date(now); next.setHours(next.getHours() + 1); next.setMinutes(5, 0, 0);", "next.getTime() - now.getTime()", HOUR),
    "of its parts": ("const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 2, 0, 0);", "next.getTime() - Date.now()", DAY),
    "a variable": ("const next = new Date(now); next.setHours(1, 0, 0, 0); next.setDate(next.getDate() + 2); const ms = next.getTime() - now.getTime();", "ms", 2 * DAY),
    "the midnight that comes": ("const next = new Date(); next.setHours(24, 0, 0, 0);", "next.getTime() - Date.now()", DAY),
    "of the number of now": ("const next = new Date(Date.now()); next.setHours(24, 0, 0, 0);", WAIT, DAY),
    "at least": ("const next = new Date(now); next.setDate(next.getDate() + 1); next.setHours(0, 0, 0, 0); const ms = Math.max(next.getTime() - now.getTime(), 1000);", "ms", DAY),
}  # fmt: skip
OPEN: dict[str, tuple[str, str]] = {
    "parts of now": ("const next = new Date(now); next.setMinutes(Math.ceil((now.getMinutes() + 1) / 10) * 10, 0, 0);", WAIT),
    "the next day of work": ("const next = new Date(now); next.setHours(9, 0, 0, 0); while (next <= now || next.getDay() === 0) next.setDate(next.getDate() + 1);", WAIT),
    "a number of somebody else": ("const next = new Date(now); next.setDate(next.getDate() + Number(process.argv[2]));", WAIT),
    "it is put on twice": ("const next = new Date(); next.setHours(24, 0, 0, 0); next.setDate(next.getDate() + 1);", WAIT),
    "it is never put on": ("const next = new Date(process.argv[2]);", WAIT),
    "the next month": ("const next = new Date(now); next.setMonth(next.getMonth() + 1); next.setHours(24, 0, 0, 0);", WAIT),
    "a month and a day": ("const next = new Date(); next.setMonth(next.getMonth() + 1); next.setDate(next.getDate() + 1);", "next.getTime() - Date.now()"),
    "the day after one of somebody else": ("const next = new Date(process.argv[2]); next.setDate(next.getDate() + 1);", WAIT),
    "the day after one that is asked for": ("const next = new Date(due); next.setHours(24, 0, 0, 0);", WAIT),
    "back to this hour": ("const next = new Date(now); next.setHours(next.getHours() + 1); if (now.getMinutes() < 1) { next.setHours(now.getHours()); } next.setMinutes(1, 0, 0);", WAIT),
}  # fmt: skip


def intervals(following: str, wait: str) -> list[float]:
    """The intervals of the one timer."""
    source = TIMER.format(next=following.replace("; ", ";\n"), wait=wait)
    (trigger,) = (one for one in audited({"main.ts": source}).triggers if one.mechanism == "setTimeout")
    return [one.ms for one in trigger.intervals if one.ms is not None]


@pytest.mark.parametrize("name", cases(KNOWN))
def test_times_that_come_again(name: str) -> None:
    following, wait, expected = KNOWN[name]
    assert intervals(following, wait) == [expected]


@pytest.mark.parametrize("name", cases(OPEN))
def test_times_of_which_that_is_not_known(name: str) -> None:
    assert intervals(*OPEN[name]) == []
