"""Functions that turn times into milliseconds: date-fns 2 to 4, ms 2 and 3, and what speaks the same words.

https://date-fns.org/docs/milliseconds (a year of 365.2425 days, a month of a twelfth of it),
https://github.com/vercel/ms (a year of 365.25 days).
"""

from callaudit.libraries.model import Convert, Library, Model

_YEAR = 365.2425 * 86_400_000
_UNITS = (
    ("years", _YEAR),
    ("months", _YEAR / 12),
    ("weeks", 604_800_000),
    ("days", 86_400_000),
    ("hours", 3_600_000),
    ("minutes", 60_000),
    ("seconds", 1_000),
)
_EXPORTS: dict[str, Model] = {
    "secondsToMilliseconds": Convert(1_000),
    "minutesToMilliseconds": Convert(60_000),
    "hoursToMilliseconds": Convert(3_600_000),
    "minutesToSeconds": Convert(60),
    "hoursToSeconds": Convert(3_600),
    "hoursToMinutes": Convert(60),
    "milliseconds": Convert(units=_UNITS),
}
_TEXT = Convert(text=True)

LIBRARY = Library(
    name="time-units",
    packages=("date-fns", "date-fns/fp", "ms", "@lukeed/ms", "enhanced-ms", *(f"date-fns/{name}" for name in _EXPORTS)),
    exports={**_EXPORTS, "ms": _TEXT, "default": _TEXT, "": _TEXT},
)
