"""What entries ask otherwise than in another revision, in lines."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from callaudit.inventory.times import interval_words
from callaudit.report.layout import GAP
from callaudit.report.table import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.inventory.compare import CallChange, Calls, PeriodChange
    from callaudit.report.findings.outcome import Outcome

_MOST_ENTRIES = 3


def comparison_rows(outcome: Outcome) -> list[str]:
    """Return a heading, aligned rows of what has changed and an empty line; nothing without a comparison."""
    if outcome.comparison is None:
        return []
    heading = f"since {outcome.base} ({outcome.comparison.base[:10]})"
    rows = [*changed(outcome)]
    if not rows:
        return [f"{heading}: the calls are the same", ""]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [(" " * GAP).join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [heading, *(f"  {line}".rstrip() for line in lines), ""]


def changed(outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    """Yield what, how it was and is, and for which entries, the same change of several entries in one row."""
    if outcome.comparison is None:
        return
    calls: dict[tuple[str, str], list[CallChange]] = defaultdict(list)
    for change in outcome.comparison.calls:
        calls[change.endpoint, _turned(_calls(change.before), _calls(change.after))].append(change)
    for (endpoint, turned), found in sorted(calls.items()):
        yield endpoint, f"{turned} a run", _entries(change.entry for change in found)
    periods: dict[tuple[str, str], list[PeriodChange]] = defaultdict(list)
    for period in outcome.comparison.periods:
        turned = _turned(interval_words(period.before), interval_words(period.after))
        periods[period.mechanism, turned].append(period)
    for (mechanism, turned), repeated in sorted(periods.items()):
        yield mechanism, turned, _entries(period.entry for period in repeated)


def _turned(before: str, after: str) -> str:
    if not before:
        return f"new: {after}"
    return f"{before} → {after}" if after else f"gone: {before}"


def _calls(calls: Calls | None) -> str:
    return "" if calls is None else bounds(calls.min, calls.max)


def _entries(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    more = len(found) - _MOST_ENTRIES
    shown = ", ".join(found[:_MOST_ENTRIES] if more > 1 else found)
    return f"{shown} and {more} more" if more > 1 else shown
