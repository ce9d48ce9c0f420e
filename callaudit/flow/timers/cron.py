"""How often a cron expression fires, as the gap between its times.

Fields are read by cronsim 2 (https://github.com/cuu508/cronsim). What schedulers write beside them is turned into
these first: nicknames (crontab(5); cron-parser 4 adds `@weekdays` and `@minutely`), full names of months and days
(node-cron 3 and 4), `?` for any (Quartz, AWS), a leading time zone (Inngest 3), and AWS's fields, which end with a
year and count weekdays from 1 (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).

Times are those of a clock without daylight saving: the same answer on any day and machine.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cronsim import CronSim

LONGEST = 200
DAY = 86_400
WEEK_DAYS = 7
FIRST_DAY = date(2001, 1, 1)
"""A Monday; 28 years from here the calendar repeats."""
CYCLE_DAYS = 10_227
"""28 years: months and weekdays come round together."""

NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
    "@minutely": "* * * * *",
    "@secondly": "* * * * * *",
    "@weekdays": "0 0 * * 1-5",
    "@weekends": "0 0 * * 0,6",
}
_ZONE = re.compile(r"^(?:CRON_)?TZ=\S+\s+", re.IGNORECASE)
_LONG_NAMES = (
    "sunday monday tuesday wednesday thursday friday saturday january february march april may june july august "
    "september october november december"
)
_NAMES = re.compile(rf"\b({'|'.join(_LONG_NAMES.split())})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![#/\d])[1-7](?!\d)")


class Period(Struct, frozen=True):
    """How often an expression fires: the mean gap and the `shortest` one, in milliseconds.

    They are 0 where `why` says why they are not known.
    """

    ms: int = 0
    shortest: int = 0
    why: str = ""


@lru_cache(maxsize=1024)
def period(text: str, dialect: str = "") -> Period:
    """The gaps between the times of a cron expression; `dialect` is `aws` for fields that end with a year."""
    if len(text) > LONGEST:
        return Period(why="the cron expression is too long")
    expression = _plain(text, dialect)
    from cronsim import CronSim, CronSimError

    try:
        sim = CronSim(expression, datetime.combine(FIRST_DAY, time()))
        return _period(sim)
    except (CronSimError, AssertionError, ValueError, IndexError) as error:
        reason = str(error) or "not understood"
        return Period(why=f"the cron expression {text!r} does not parse: {reason[:1].lower()}{reason[1:]}")


def _plain(text: str, dialect: str) -> str:
    """The expression in the words that cronsim knows."""
    expression = _ZONE.sub("", text.strip())
    expression = NICKNAMES.get(expression.lower(), expression)
    expression = _NAMES.sub(lambda found: found[1][:3], expression)
    fields = ["*" if field == "?" else field for field in expression.split()]
    if dialect == "aws" and len(fields) == 6:
        fields = [*fields[:4], _NUMBER.sub(lambda found: str(int(found[0]) - 1), fields[4])]
    elif len(fields) == 7:  # seconds to years, as croner and Quartz have them
        fields = fields[:6]
    return " ".join(fields)


def _period(sim: CronSim) -> Period:
    hours, minutes, seconds = sorted(sim.hours), sorted(sim.minutes), sorted(sim.seconds)
    times = [hour * 3600 + minute * 60 + second for hour in hours for minute in minutes for second in seconds]
    days, length = _days(sim)
    if not days:
        return Period(why="the cron expression names a day that never comes")
    gaps = {later - earlier for earlier, later in pairwise(times)}
    overnight = times[0] - times[-1]
    following = (*days[1:], days[0] + length)
    gaps |= {(later - earlier) * DAY + overnight for earlier, later in zip(days, following, strict=True)}
    mean = length * DAY * 1000 / (len(days) * len(times))
    return Period(round(mean), min(gaps) * 1000)


def _days(sim: CronSim) -> tuple[list[int], int]:
    """The days on which it fires, and after how many days they repeat."""
    every_month = len(sim.months) == 12
    plain = all(isinstance(item, int) for item in sim.weekdays)
    weekly = every_month and plain and len(sim.days) == 31
    length = WEEK_DAYS if weekly else CYCLE_DAYS
    return list(_matching(sim.months, sim.match_day, length)), length


def _matching(months: set[int], match: Callable[[date], bool], length: int) -> Iterable[int]:
    for number in range(length):
        day = FIRST_DAY + timedelta(days=number)
        if day.month in months and match(day):
            yield number
