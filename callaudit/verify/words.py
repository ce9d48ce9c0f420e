"""Words of audits: times, numbers, moods and negations, as they are written in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS: Final = {
    "ms": 1, "msec": 1, "millisecond": 1, "milliseconds": 1,
    "s": 1_000, "sec": 1_000, "secs": 1_000, "second": 1_000, "seconds": 1_000,
    "m": 60_000, "min": 60_000, "mins": 60_000, "minute": 60_000, "minutes": 60_000,
    "h": 3_600_000, "hr": 3_600_000, "hrs": 3_600_000, "hour": 3_600_000, "hours": 3_600_000,
    "d": 86_400_000, "day": 86_400_000, "days": 86_400_000,
    "week": 604_800_000, "weeks": 604_800_000,
}  # fmt: skip
_ANY_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_TIME: Final = re.compile(
    rf"(?<![\w./:])~?({NUMBER})(?:\s*(?:[-–—]|to|or|and|/)\s*({NUMBER}))?\s*-?\s*({_ANY_UNIT})\b(?!\s*/)",
    re.IGNORECASE,
)
_SINGLE: Final = re.compile(r"\b(?:every|each|once an?|once per|per)\s+(second|minute|hour|day|week)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(rf"(?:{NUMBER})\+?\s*(?:[×x]|times|[a-z]+)?\s*$", re.IGNORECASE)
"""What makes a rate of what follows: `10 times per second`."""
_ADVERB: Final = re.compile(r"\b(minutely|hourly|daily|nightly|weekly)\b", re.IGNORECASE)
_ADVERBS: Final = {
    "minutely": 60_000, "hourly": 3_600_000, "daily": 86_400_000, "nightly": 86_400_000, "weekly": 604_800_000,
}  # fmt: skip

PROPOSAL: Final = re.compile(
    r"\b(?:recommend\w*|propos\w*|optimi[sz]ations?|optimi[sz]e|plan(?:ned)?|roadmap|action items?)\b"
    r"|\b(?:next steps?|to-?dos?|phase|mitigations?|solutions?|strateg(?:y|ies)|should|would|could|will|target)\b"
    r"|\bimplementation (?:order|plan|steps?)\b|^\W*(?:[\d.]+\s*)?implement(?:ation)?\b"
    r"|\btask \d+|\b(?:specifications?|requirements?|acceptance criteria|user stor(?:y|ies)|milestones?)\b"
    r"|\b(?:goals?|to modify|to change|future|improvements?|fix(?:es)?|suggest\w*|pseudo-?code|after|instead)\b",
    re.IGNORECASE,
)
_PRESENT: Final = re.compile(r"\b(current|existing|today|now|as is|present)\b", re.IGNORECASE)
_MODAL: Final = re.compile(
    r"\b(should|would|could|will|might|may|recommend\w*|propos\w*|suggest\w*|consider|instead of|if we|target|goal)\b",
    re.IGNORECASE,
)
_IMPERATIVE: Final = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(add|create|implement|wrap|introduce|use|replace|move|remove|reduce|increase|decrease|set|cache"
    r"|deduplicate|provision|limit|batch|debounce|drop|switch|migrate|consolidate)\b",
    re.IGNORECASE,
)
NEGATION: Final = re.compile(
    r"\b(no|not|none|never|without|missing|lacks?|lacking|absent|nothing|nowhere|isn't|aren't|doesn't|don't|zero)\b",
    re.IGNORECASE,
)


class Time(Struct, frozen=True):
    """One or two times in milliseconds (`15-30s`, `10s or 20s`), and where they are written."""

    values: tuple[float, ...]
    start: int
    end: int


def times(text: str) -> Iterator[Time]:
    """Find times; a rate (`8 requests/s`) is none."""
    for found in _TIME.finditer(text):
        unit = _UNITS[found[3].lower()]
        values = tuple(number(part) * unit for part in (found[1], found[2]) if part)
        yield Time(values, found.start(), found.end())
    for found in _SINGLE.finditer(text):
        if not _COUNTED.search(text[: found.start()]):
            yield Time((float(_UNITS[found[1].lower()]),), found.start(), found.end())
    for found in _ADVERB.finditer(text):
        yield Time((float(_ADVERBS[found[1].lower()]),), found.start(), found.end())


def number(text: str) -> float:
    """Read `1,250` and `0.83`."""
    return float(text.replace(",", ""))


def proposes(headings: tuple[str, ...]) -> bool:
    """Whether headings say that what is below them is to be done.

    They come outermost first; the innermost that says whether it is or is to be decides.
    """
    for title in reversed(headings):
        if _PRESENT.search(title):
            return False
        if PROPOSAL.search(title):
            return True
    return False


def is_modal(text: str) -> bool:
    """Whether a sentence speaks of what should or could be."""
    return bool(_MODAL.search(text) or _IMPERATIVE.search(text))


def code_spans(text: str) -> list[str]:
    """Return what stands in backticks."""
    return [span.strip() for span in re.findall(r"`([^`]+)`", text) if span.strip()]


def name_words(name: str) -> tuple[str, ...]:
    """Split a name into its words in lower case: `useOpenOrders`, `open-orders`, `OPEN_ORDERS`, `/open/orders`."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return tuple(word.lower() for word in re.findall(r"[A-Za-z]+|\d+", split))


def singular(word: str) -> str:
    """Return a word without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
