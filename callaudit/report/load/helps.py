"""The part of the load estimate that says what helps: each change alone, the best order, the smallest set."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.load.numbers import number, percent, saved

if TYPE_CHECKING:
    from rich.console import Console

    from callaudit.load.results import Load, Saving, ScenarioLoad

_CLAIMED: Final = 14
"""Cells of what an audit says."""
_HARD: Final = "\N{NO-BREAK SPACE}"
_UNIT: Final = re.compile(r"(?<=\d) (?=\w+(?:[,:]|$))")
_NARROWEST: Final = 24
"""Cells of the name of a change at least."""


def helps(console: Console, load: Load, scenario: ScenarioLoad, *, claims: bool) -> None:
    """Print what changes save in one scenario, if that was asked for; with `claims` what an audit says of each."""
    mine = [one for one in load.what_if if one.scenario in ("", scenario.name)]
    if mine and not _titles(scenario):
        console.print(Text("what helps: no quota is known here, so no change can be held against one", style="dim"))
        console.print()
    elif mine:
        _alone(console, scenario, [one for one in mine if not one.step], claims=claims)
        _in_order(console, scenario, [one for one in mine if one.step])
    if load.plan is not None and load.plan.scenario == scenario.name:
        _plan(console, load, scenario)


def _titles(scenario: ScenarioLoad) -> dict[str, str]:
    """Buckets that have a limit, with a short name each."""
    return {one.id: (one.title or one.id).partition(", ")[2] or one.id for one in scenario.buckets if one.capacity}


def _by_change(savings: list[Saving]) -> dict[str, dict[str, Saving]]:
    found: dict[str, dict[str, Saving]] = {}
    for one in savings:
        found.setdefault(one.change, {})[one.bucket] = one
    return found


def _alone(console: Console, scenario: ScenarioLoad, savings: list[Saving], *, claims: bool) -> None:
    titles = _titles(scenario)
    changes = _by_change(savings)
    claimed = claims and any(one.claimed for one in savings)
    widths = [max(cell_len(title), 7) for title in titles.values()]
    rest = sum(width + 2 for width in widths) + (3 + _CLAIMED if claimed else 0)
    wide = max(cell_len(visible(name)) for name in changes) + 2
    wide = max(min(wide, console.width - rest), _NARROWEST)
    head = "what helps, alone".ljust(wide) + "".join(
        f"  {title:>{width}}" for title, width in zip(titles.values(), widths, strict=True)
    )
    console.print(Text(head + ("   claimed" if claimed else ""), style="bold"), soft_wrap=True)
    for name, by_bucket in changes.items():
        cells = [saved(by_bucket[key].saves) if key in by_bucket else "" for key in titles]
        *before, last = _lines(visible(name), wide - 2)
        line = f"  {last}".ljust(wide)
        line += "".join(f"  {cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        first = next(iter(by_bucket.values()))
        if claimed:
            line += f"   {first.claimed:<{_CLAIMED}}" if first.claimed else ""
        saves = any(abs(one.saves) >= 0.0005 for one in by_bucket.values())
        for part in (*(f"  {part}" for part in before), line.rstrip()):
            console.print(Text(part, style="" if saves else "dim"), soft_wrap=True)
        why = _why(by_bucket, titles)
        if why:
            console.print(Text(f"      {visible(why)}", style="dim"), soft_wrap=True)
    console.print()


def _lines(text: str, width: int) -> list[str]:
    """Break a text between its words; a number stays with its unit."""
    held = _UNIT.sub(_HARD, text)
    return [line.replace(_HARD, " ") for line in wrap(held, width, break_on_hyphens=False)] or [""]


def _why(by_bucket: dict[str, Saving], titles: dict[str, str]) -> str:
    """The reason that says most: of a bucket that the change is about, else of where its requests are charged."""
    reasons = [one.why for name, one in by_bucket.items() if name in titles and one.why]
    telling = [why for why in reasons if not why.startswith(("its requests are charged", "this quota has no levels"))]
    if telling:
        return telling[0]
    return reasons[0] if reasons and len(reasons) == len([name for name in by_bucket if name in titles]) else ""


def _in_order(console: Console, scenario: ScenarioLoad, savings: list[Saving]) -> None:
    if not savings:
        return
    titles = _titles(scenario)
    console.print(Text("in the best order, with what is left and its share of the limit", style="bold"))
    for step in range(1, max(one.step for one in savings) + 1):
        here = [one for one in savings if one.step == step]
        left = [
            f"{titles[one.bucket]} {number(one.after)} ({percent(one.share_after)})"
            for one in here
            if one.bucket in titles
        ]
        lines = _lines(f"{step}. {visible(here[0].change)}: {', '.join(left)}", console.width - 5)
        for place, line in enumerate(lines):
            console.print(Text(f"     {line}" if place else f"  {line}"), soft_wrap=True)
    console.print()


def _plan(console: Console, load: Load, scenario: ScenarioLoad) -> None:
    plan = load.plan
    if plan is None:
        return
    # A plan for other users than the scenario's takes its assumptions only.
    differs = plan.users != scenario.users and not scenario.processes
    by = f", as scenario {visible(plan.scenario)} assumes," if differs else ""
    users = "all requests" if scenario.processes else f"{plan.users:,} users"
    if not plan.changes and plan.fits:
        console.print(Text(f"{users} fit as it is{by.rstrip(',')}", style="green"))
    elif plan.fits:
        console.print(Text(f"{users} fit{by} with:", style="bold"))
    else:
        missing = f"{users} do not fit{by or ','} {visible(plan.missing)}; the most that helps:"
        console.print(Text(missing, style="red"), soft_wrap=True)
    for change in plan.changes:
        console.print(Text(f"  {visible(change)}"), soft_wrap=True)
    console.print()
