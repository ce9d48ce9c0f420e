"""Whether a file says a time, or repeats something, in a way that the inventory does not know of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from callaudit.verify.ground import Ground

_REPEATS = re.compile(
    r"\b(?:refetchInterval|refreshInterval|pollInterval|pollingInterval|setInterval|cron|schedule)\b", re.IGNORECASE
)
_UNITS = ((1_000, "1_?000", "s|sec|second"), (60_000, "60", "m|min|minute"), (3_600_000, "60", "h|hour"))
"""Milliseconds of a unit, the factor behind a count of it, and its words."""


def written(files: Iterable[str], wanted: Iterable[float], known: Collection[float], ground: Ground) -> bool:
    """Whether one of the files holds a wanted time, or something that may repeat where none is known."""
    spelled = re.compile("|".join(_spellings(value) for value in wanted))
    for file in files:
        text = ground.text(file)
        lines = {trigger.line for trigger in ground.inventory.triggers if trigger.file == file}
        if spelled.search(text):
            return True
        if not known and any(
            _REPEATS.search(line) for number, line in enumerate(text.split("\n"), 1) if number not in lines
        ):
            return True
    return False


def _spellings(ms: float) -> str:
    """Return a pattern for the ways in which code and its comments write a time."""
    whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "_?", f"{ms:.0f}")
    ways = [rf"\b{whole}\b"]
    for unit, factor, words in _UNITS:
        if ms >= unit and ms % unit == 0:
            count = f"{ms / unit:.0f}"
            ways.append(rf"\b{count}\s*\*\s*{factor}\b")
            ways.append(rf"\b{count}\s*-?(?:{words})s?\b")
            ways.append(rf"\*/{count}\b")
    return "|".join(ways)
