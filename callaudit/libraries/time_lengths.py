"""Objects that are a length of time: of moment 2, of the plugin of dayjs 1 and of Luxon 3.

https://momentjs.com/docs/#/durations, https://day.js.org/docs/en/durations, https://moment.github.io/luxon/api-docs.
Months and years have no length of their own and are left out.
"""

from __future__ import annotations

_AMOUNTS = {
    "millisecond": 1, "second": 1_000, "minute": 60_000, "hour": 3_600_000, "day": 86_400_000, "week": 604_800_000,
}  # fmt: skip
_SHORT = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
UNITS: dict[str, int] = {**_AMOUNTS, **{f"{name}s": ms for name, ms in _AMOUNTS.items()}, **_SHORT}
"""The milliseconds of a unit as it is written."""
LENGTHS: dict[str, frozenset[tuple[str, ...]]] = {
    "moment": frozenset({("duration",)}),
    "dayjs": frozenset({("duration",)}),
    "luxon": frozenset({("Duration", "fromObject"), ("Duration", "fromMillis")}),
}
"""By package, what makes one, out of an amount and its unit or an object of amounts."""
MAKERS: dict[str, int] = {"fromMillis": 1}
READERS: dict[str, int] = {
    **{f"as{name.capitalize()}s": ms for name, ms in _AMOUNTS.items()},
    "toMillis": 1,
    "valueOf": 1,
}
"""Methods that give its length, and the milliseconds of the unit that they give it in."""
