"""The expressions that @nestjs/schedule 2 to 6 names in `CronExpression`.

https://github.com/nestjs/schedule/blob/master/lib/enums/cron-expression.enum.ts.
"""

_SECONDS = {"EVERY_SECOND": "* * * * * *"} | {
    f"EVERY_{n}_SECONDS": f"*/{n} * * * * *" for n in (5, 10, 30)
}  # fmt: skip
_MINUTES = {"EVERY_MINUTE": "*/1 * * * *"} | {f"EVERY_{n}_MINUTES": f"0 */{n} * * * *" for n in (5, 10, 30)}
_HOURS = {"EVERY_HOUR": "0 0-23/1 * * *"} | {f"EVERY_{n}_HOURS": f"0 0-23/{n} * * *" for n in range(2, 13)}
_CLOCK = {"MIDNIGHT": 0, "NOON": 12} | {f"{n}AM": n for n in range(1, 12)} | {f"{n}PM": n + 12 for n in range(1, 12)}
_AT = {f"EVERY_DAY_AT_{name}": f"0 {hour} * * *" for name, hour in _CLOCK.items()}
_AT_WORK = {name: hour for name, hour in _CLOCK.items() if hour not in (0, 12)} | {"12PM": 12}
_WEEKDAYS = {f"MONDAY_TO_FRIDAY_AT_{name}": f"0 0 {hour} * * 1-5" for name, hour in _AT_WORK.items()}
EXPRESSIONS: dict[str, str] = {
    **_SECONDS,
    **_MINUTES,
    **_HOURS,
    **_AT,
    **_WEEKDAYS,
    "MONDAY_TO_FRIDAY_AT_09_30AM": "0 30 9 * * 1-5",
    "MONDAY_TO_FRIDAY_AT_11_30AM": "0 30 11 * * 1-5",
    "EVERY_30_MINUTES_BETWEEN_9AM_AND_5PM": "0 */30 9-17 * * *",
    "EVERY_30_MINUTES_BETWEEN_9AM_AND_6PM": "0 */30 9-18 * * *",
    "EVERY_30_MINUTES_BETWEEN_10AM_AND_7PM": "0 */30 10-19 * * *",
    "EVERY_WEEK": "0 0 * * 0",
    "EVERY_WEEKDAY": "0 0 * * 1-5",
    "EVERY_WEEKEND": "0 0 * * 6,0",
    "EVERY_1ST_DAY_OF_MONTH_AT_MIDNIGHT": "0 0 1 * *",
    "EVERY_1ST_DAY_OF_MONTH_AT_NOON": "0 12 1 * *",
    "EVERY_2ND_HOUR": "0 */2 * * *",
    "EVERY_2ND_HOUR_FROM_1AM_THROUGH_11PM": "0 1-23/2 * * *",
    "EVERY_2ND_MONTH": "0 0 1 */2 *",
    "EVERY_QUARTER": "0 0 1 */3 *",
    "EVERY_6_MONTHS": "0 0 1 */6 *",
    "EVERY_YEAR": "0 0 1 1 *",
}
"""Cron expressions by the name that the enumeration gives them."""
