"""The part of the load estimate that sets the claims of a written audit beside the computed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.load.numbers import bounds, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from callaudit.load.results import ScenarioLoad


def claimed(console: Console, scenario: ScenarioLoad) -> None:
    """Print each claim of a scenario with the computed figure, and what the claim left out."""
    if not scenario.claims:
        return
    console.print(
        Text(
            "what a hand-written audit of such a program claims, requests/s",
            style="bold",
        )
    )
    listed: set[str] = set()
    for claim in scenario.claims:
        line = f"  {claim.place}  {claim.about:<13}{bounds(claim.claimed):>9}  computed {spread(claim.computed)}"
        console.print(Text(line), soft_wrap=True)
        if claim.counts and claim.leaves_out:
            _listed(console, "that is  ", claim.counts)
        if claim.leaves_out:
            again = [one for one in claim.leaves_out if one in listed]
            new = [one for one in claim.leaves_out if one not in listed]
            _listed(console, "left out ", [*(["what is left out above"] if again else []), *new])
            listed |= set(claim.leaves_out)
    console.print()


def _listed(console: Console, title: str, items: Sequence[str]) -> None:
    """Print items one below the other, the first one beside the title."""
    for place, item in enumerate(items):
        head = title if not place else " " * len(title)
        console.print(Text(f"       {head}{visible(item)}", style="dim"), soft_wrap=True)
