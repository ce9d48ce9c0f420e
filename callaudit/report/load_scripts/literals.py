"""Text from source code as literals of other languages: in ASCII, so that nothing ends a line or a string early."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.load.arrivals import Reason

HOUR_S = 3600


def javascript(text: str) -> str:
    """A string of JavaScript."""
    return json.dumps(text)


def python(text: str) -> str:
    """A string of Python."""
    return ascii(text)


def comment(text: str) -> str:
    """Text for a comment of one line."""
    return json.dumps(text)[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def because(reasons: tuple[Reason, ...]) -> str:
    """Where the requests of a route come from, for a comment: the first three places."""
    named = [f"{one.entry} {one.file}:{one.line}" for one in reasons[:3]]
    more = f", and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return comment(", ".join(named) + more)


def rate(per_second: float) -> str:
    """A rate for a comment: in the unit in which it is no tiny number."""
    if per_second >= 1:
        return f"{per_second:,.2f}/s"
    return f"{per_second * 60:,.2f}/min" if per_second * 60 >= 1 else f"{per_second * HOUR_S:,.2f}/h"
