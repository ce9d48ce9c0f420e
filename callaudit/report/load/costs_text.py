"""What one action and one minute on each page cost, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.load.numbers import counted, number, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from callaudit.load.results import Count, Load

MOST_ACTIONS: Final = 6


def costs(console: Console, load: Load) -> None:
    """Print the dearest actions, and all pages in the first scenario."""
    if load.actions:
        console.print(Text("one action costs", style="bold"))
        rows = [
            (
                visible(one.entry),
                f"{counted(one.calls)} {'call' if one.calls.max == 1 else 'calls'}",
                f"{counted(one.refetches)} asked again" if one.refetches.max else "",
                "" if one.only_requests else _paid(one.credits),
                f"{visible(one.file)}:{one.line}",
            )
            for one in load.actions[:MOST_ACTIONS]
        ]
        grid(console, rows, right=(False, True, True, True, False))
        if len(load.actions) > MOST_ACTIONS:
            console.print(Text(f"  and {len(load.actions) - MOST_ACTIONS} more in --format json", style="dim"))
        console.print()
    pages = [page for page in load.pages if page.scenario == load.scenarios[0].name]
    if pages:
        console.print(Text("one minute on a page, polls of one connected user", style="bold"))
        titles = {bucket.id: bucket.title or bucket.id for each in load.scenarios for bucket in each.buckets}
        minutes = [
            (
                visible(page.page),
                f"{spread(page.requests_per_second)}/s",
                f"{spread(page.per_minute)} a minute",
                visible(titles.get(page.bucket, page.bucket)),
            )
            for page in pages
        ]
        grid(console, minutes, right=(False, True, True, False))
        console.print()


def _paid(cost: Count) -> str:
    expected, least_most = number(cost.expected or 0), counted(cost)
    words = "credit" if expected == "1" else "credits"
    return f"{expected} {words}" if expected == least_most else f"{expected} {words} ({least_most})"


def grid(console: Console, rows: Sequence[Sequence[str]], *, right: Sequence[bool]) -> None:
    """Print aligned cells; where all of them are too wide for the screen the last ones stand below the others."""
    if not rows:
        return
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    below = len(widths) > 2 and not right[-1] and sum(widths) + 2 * len(widths) > console.width
    for row in rows:
        cells = [
            " " * (width - cell_len(cell)) + cell if rigid else cell + " " * (width - cell_len(cell))
            for cell, width, rigid in zip(row, widths, right, strict=True)
        ]
        if below:
            console.print(Text("  " + "  ".join(cells[:-1]).rstrip()), soft_wrap=True)
            console.print(Text(f"      {row[-1]}", style="dim"), soft_wrap=True)
        else:
            console.print(Text("  " + "  ".join(cells).rstrip()), soft_wrap=True)
