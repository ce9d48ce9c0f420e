"""Kinds of settings that are numbers: plain ones between bounds, rates and spans of time."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from callaudit.config.wording import told

if TYPE_CHECKING:
    from callaudit.config.kinds import Report
    from callaudit.config.lines import Keys

_AMOUNT: Final = r"([0-9]+(?:\.[0-9]+)?)"
_PER: Final = {"s": 1, "sec": 1, "second": 1, "min": 60, "m": 60, "minute": 60, "h": 3600, "hour": 3600, "day": 86400}
_UNITS: Final = {"ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_RATE: Final = rf"^{_AMOUNT} ?/ ?({'|'.join(_PER)})$"
_DURATION: Final = rf"^{_AMOUNT} ?({'|'.join(_UNITS)})$"


class PerSecond(Struct, frozen=True):
    """A rate: how often in a second, and as it was written."""

    per_second: float
    text: str


class Number(Struct, frozen=True):
    """A number between bounds, both included; `whole` leaves out fractions."""

    low: float = -math.inf
    high: float = math.inf
    whole: bool = False

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the number, an `int` where it is written as one."""
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            report(keys, f"{told(keys)} must be a {'whole ' if self.whole else ''}number")
        elif not math.isfinite(value):
            report(keys, f"{told(keys, value)} is no finite number")
        elif not self.low <= value <= self.high:
            report(keys, f"{told(keys, value)} is {self._missed(value)}")
        return value

    def schema(self) -> dict[str, Any]:
        """Describe a number with its bounds."""
        made: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        bounds = {"minimum": self.low, "maximum": self.high}
        return made | {name: bound for name, bound in bounds.items() if math.isfinite(bound)}

    def _missed(self, value: float) -> str:
        if math.isfinite(self.low) and math.isfinite(self.high):
            return f"not between {self.low:g} and {self.high:g}"
        return f"less than {self.low:g}" if value < self.low else f"more than {self.high:g}"


class Rate(Struct, frozen=True):
    """How often something happens: "250/min", "3/s", "0.5/h"."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a `PerSecond`."""
        found = _written(value, _RATE, keys, report, what="rate", like='"250/min" or "3/s"')
        return PerSecond(float(found[1]) / _PER[found[2]], value) if found is not None else None

    def schema(self) -> dict[str, Any]:
        """Describe text of that form."""
        return {"type": "string", "pattern": _RATE}


class Duration(Struct, frozen=True):
    """A span of time: "15s", "500ms", "2m", "1h"."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return milliseconds."""
        found = _written(value, _DURATION, keys, report, what="duration", like='"15s" or "2m"')
        return float(found[1]) * _UNITS[found[2]] if found is not None else None

    def schema(self) -> dict[str, Any]:
        """Describe text of that form."""
        return {"type": "string", "pattern": _DURATION}


def _written(value: Any, form: str, keys: Keys, report: Report, *, what: str, like: str) -> re.Match[str] | None:
    """Match text of a form; where it has another, report what it should be."""
    found = re.fullmatch(form, value) if isinstance(value, str) else None
    if found is None:
        negative = isinstance(value, str) and re.fullmatch(form, value.removeprefix("-")) is not None
        why = "is negative" if negative else f"is no {what}"
        report(keys, f"{told(keys, value)} {why}; write it like {like}")
    return found
