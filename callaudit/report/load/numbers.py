"""Numbers of the load estimate as people read them, the same in every format."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.ranges import Range
    from callaudit.load.results import BucketLoad, Count, ScenarioLoad, Waiting

MINUS = "\N{MINUS SIGN}"
_SIGNIFICANT = 3
_SMALLEST = 0.0001
_ROUNDING = 1e-9


def number(value: float) -> str:
    """Return `0.333`, `8.33`, `1,250`, `∞`: three digits that count, thousands apart."""
    if value == inf:
        return "∞"
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) < _SMALLEST:
        return f"<{_SMALLEST}"
    return f"{value:.{_SIGNIFICANT}g}"


def bounds(value: Range) -> str:
    """Return `8.33`, or `4.17…8.33`."""
    low, high = number(value.low), number(value.high)
    return low if low == high else f"{low}…{high}"


def who(scenario: ScenarioLoad) -> str:
    """Return for whom a scenario is: `5,000 users`, or `1 worker process` where nothing depends on users."""
    if not scenario.processes:
        return f"{scenario.users:,} user{'' if scenario.users == 1 else 's'}"
    return processes_words(scenario.processes)


def processes_words(processes: Iterable[tuple[str, int]]) -> str:
    """Return `1 server process, 2 worker processes`."""
    return ", ".join(f"{count:,} {kind} process{'' if count == 1 else 'es'}" for kind, count in processes)


def at_load(scenario: ScenarioLoad) -> str:
    """Return `at 5,000 users`, or `with 1 worker process`."""
    return f"{'with' if scenario.processes else 'at'} {who(scenario)}"


def spread(value: Range) -> str:
    """Return `8.33`, or `8.33 (4.17…16.7)`."""
    expected = number(value.expected)
    return expected if number(value.low) == number(value.high) else f"{expected} ({bounds(value)})"


def counted(value: Count) -> str:
    """Return `5`, `1…9` or `1…n`."""
    least, most = number(value.min), "n" if value.max is None else number(value.max)
    return least if least == most else f"{least}…{most}"


def percent(share: float) -> str:
    """Return `20 %`, `3,060 %`, `0.4 %`."""
    value = share * 100
    return f"{value:,.0f} %" if abs(value) >= 1 or value == 0 else f"{value:.2g} %"


def saved(share: float) -> str:
    """Return minus 98 % for what is saved, `+11 %` for what comes on top, `0 %`."""
    if abs(share) < 0.0005:
        return "0 %"
    return f"{MINUS if share > 0 else '+'}{percent(abs(share))}"


def window(seconds: float | None) -> str:
    """Return `/min`, `/h`, `/10 s`."""
    named = {60: "/min", 3600: "/h", 1: "/s"}
    return "" if not seconds else named.get(int(seconds), f"/{seconds:g} s")


def limit(bucket: BucketLoad) -> str:
    """Return `100 /min`, `100 at a time`, or `not known`."""
    per = window(bucket.window_seconds) if bucket.unit != "concurrent" else "at a time"
    if bucket.capacity is None:
        return f"not known {per}".rstrip()
    return f"{number(bucket.capacity)} {per}"


def verdict(bucket: BucketLoad) -> str:
    """Return what a bucket's line ends with: how many users fit, where not any number does."""
    users = bucket.max_users
    if users is None:
        return ""
    if bucket.per == "visitor":
        return "not one visitor fits"
    least = f" ({number(users.low)}…{number(users.high)})" if users.low != users.high else ""
    return f"{number(users.expected)} users fit{least}"


def waits(one: Waiting) -> str:
    """Return what becomes of that for which a queue or limiter has no room."""
    missing = one.asks_per_second.expected - one.leaves_per_second.expected
    if missing > one.asks_per_second.expected * _ROUNDING:
        rest = f"{number(missing)}/s"
        return f"{rest} are dropped" if one.drops else f"{rest} more wait, longer and longer"
    return "at worst more are dropped" if one.drops else "at worst more come than leave"
