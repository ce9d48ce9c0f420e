"""The load estimate for a terminal: one block a scenario, bars for what is used, what helps below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.load.claimed import claimed
from callaudit.report.load.costs_text import costs, grid
from callaudit.report.load.heading import heading
from callaudit.report.load.helps import helps
from callaudit.report.load.numbers import limit, number, percent, verdict, waits, who
from callaudit.report.text import console_for, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from callaudit.load.results import BucketLoad, Load, ScenarioLoad
    from callaudit.report.table import Screen

BAR: Final = 22
MOST_CONTRIBUTORS: Final = 3
_SHORTEST: Final = 4
"""Cells of the shortest bar."""
_FULL = "█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_TITLES: Final[tuple[str, ...]] = ("bucket", "limit", "low", "expected", "high", "of limit")


def load_text(load: Load, screen: Screen, *, assumptions: bool = False, claims: bool = False) -> str:
    """Return the estimate as text; with `assumptions` all of them and their sources, with `claims` what was claimed."""
    console = console_for(screen)
    said: dict[str, ScenarioLoad] = {}
    heads = ""
    for scenario in load.scenarios:
        head, body = console_for(screen), console_for(screen)
        heading(head, load, scenario, hint=not said)
        _scenario(body, scenario)
        _contributors(body, scenario)
        _waiting(body, scenario)
        if claims:
            claimed(body, scenario)
        helps(body, load, scenario, claims=claims)
        text = written(body)
        same = said.setdefault(text, scenario)
        if same is scenario:
            heads += written(head) + text
        elif not (scenario.processes and who(same) == who(scenario)):
            heads += written(head) + f"the same as with {who(same)}\n\n"
    costs(console, load)
    if assumptions:
        _assumptions(console, load)
    _gaps(console, load)
    return heads + written(console)


def _scenario(console: Console, scenario: ScenarioLoad) -> None:
    rows = [_TITLES, *(_cells(bucket) for bucket in scenario.buckets)]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    room = console.width - sum(widths) - 2 * len(widths)
    words_room = max((cell_len(verdict(one)) for one in scenario.buckets), default=0) + 5
    beside = room - words_room >= _SHORTEST
    bar = max(_SHORTEST, min(BAR, room - words_room if beside else room))
    console.print(Text(_line(rows[0], widths), style="dim"))
    for bucket, row in zip(scenario.buckets, rows[1:], strict=True):
        judged, style = _verdict(bucket)
        line = Text(_line(row, widths))
        if bucket.capacity:
            share = bucket.credits_per_window.expected / bucket.capacity
            line.append("  ").append(_bar(share, bar) if judged and beside else _bar(share, bar).rstrip(), style=style)
        line.append(f"  {judged}" if judged and beside else "", style="dim" if style == "green" else style)
        console.print(line, soft_wrap=True)
        if judged and not beside:
            console.print(Text(f"  {judged}", style="dim" if style == "green" else style), soft_wrap=True)
    if not scenario.buckets:
        console.print(Text("nothing is asked of anybody in this scenario", style="dim"))
    console.print()


def _cells(bucket: BucketLoad) -> tuple[str, ...]:
    used = bucket.credits_per_window
    share = percent(used.expected / bucket.capacity) if bucket.capacity else ""
    title = visible(bucket.title or bucket.id) + (f", {bucket.tier}" if bucket.tier else "")
    return (title, limit(bucket), number(used.low), number(used.expected), number(used.high), share)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    left = [cell + " " * (width - cell_len(cell)) for cell, width in zip(cells[:1], widths[:1], strict=True)]
    right = [" " * (width - cell_len(cell)) + cell for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([*left, *right])


def _verdict(bucket: BucketLoad) -> tuple[str, str]:
    """What is to be said of a bucket, and its colour."""
    if not bucket.capacity:
        return "", ""
    over = bucket.max_users is not None and bucket.credits_per_window.expected > bucket.capacity
    tight = bucket.credits_per_window.high > bucket.capacity
    words = verdict(bucket)
    if not words:
        return ("at worst it does not fit", "yellow") if tight else ("", "green")
    return (f"✗ {words}" if over else words), "red" if over else "yellow" if tight else "green"


def _bar(share: float, room: int) -> str:
    """A bar of at most `room` cells for a share of the limit."""
    eighths = round(min(share, 1.0) * room * 8)
    whole, part = divmod(eighths, 8)
    return (_FULL * whole + (_EIGHTHS[part] if part else "")).ljust(room)


def _contributors(console: Console, scenario: ScenarioLoad) -> None:
    """What the buckets that give way bear most of, the first one in front; else the one that is asked most."""
    by_id = {bucket.id: bucket for bucket in scenario.buckets}
    most = sorted(scenario.buckets, key=lambda one: -one.requests_per_second.expected)
    first = [by_id[name] for name in scenario.gives_way] or most[:1]
    for bucket in first:
        users = bucket.max_users
        many = f" at {number(users.expected)} users" if users is not None and bucket.per != "visitor" else ""
        word = "gives way first" if bucket is first[0] and scenario.gives_way else "then" if many else "most of"
        console.print(Text(f"{word}: {visible(bucket.title or bucket.id)}{many}", style="bold"))
        whole = bucket.credits_per_window.expected
        rows = [
            (
                percent(one.credits_per_window.expected / whole) if whole else "",
                f"{number(one.requests_per_second.expected)}/s",
                one.kind,
                visible(one.entry),
                visible(one.endpoint),
                f"{visible(one.file)}:{one.line}",
            )
            for one in bucket.contributors[:MOST_CONTRIBUTORS]
        ]
        grid(console, rows, right=(True, True, False, False, False, False))
        if bucket.burst:
            console.print(Text(f"  {number(bucket.burst)} at once when all connections come back", style="dim"))
    console.print()


def _waiting(console: Console, scenario: ScenarioLoad) -> None:
    """Print the queues and limiters that get more than they let out."""
    if not scenario.waiting:
        return
    console.print(Text("what does not get through at once", style="bold"))
    rows = [
        (
            visible(one.name),
            f"{number(one.asks_per_second.expected)}/s come",
            f"{number(one.leaves_per_second.expected)}/s leave",
            waits(one),
            f"{visible(one.file)}:{one.line}",
        )
        for one in scenario.waiting
    ]
    grid(console, rows, right=(False, True, True, False, False))
    console.print()


def _assumptions(console: Console, load: Load) -> None:
    console.print(Text("assumptions", style="bold"))
    several = len(load.scenarios) > 1
    rows = [
        (one.scenario if several else "", visible(one.name), visible(one.value), visible(one.source))
        for one in load.assumptions
    ]
    grid(console, [row if several else row[1:] for row in rows], right=(False,) * (4 if several else 3))
    console.print()


def _gaps(console: Console, load: Load) -> None:
    for gap in load.gaps:
        console.print(Text(visible(f"{gap.file}:{gap.line}  {gap.what}: {gap.why}"), style="yellow"), soft_wrap=True)
