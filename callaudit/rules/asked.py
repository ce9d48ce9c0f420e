"""Rows of the table `asks`: the line of each chain that says which endpoint is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Inventory, Reach

    Row = tuple[int | str, ...]
    Spot = tuple[str, str, int]
    """Function, file and line."""

CROSSES = "\N{RIGHTWARDS ARROW} "
"""What a step of a chain begins with that is an own route."""


def asks(inventory: Inventory) -> Iterator[Row]:
    """Give one row for each reach, numbered as the inventory's database does.

    A line through which one endpoint alone is reached names it. Of several in a chain the innermost is taken:
    the call site itself, or the line that calls the wrapper around it.
    """
    reaches = [(reach, spots(reach)) for entry in inventory.entries for reach in entry.reaches]
    wanted: dict[Spot, set[tuple[str, str, str]]] = {}
    for reach, chain in reaches:
        for spot in chain:
            wanted.setdefault(spot, set()).add((reach.method, reach.host, reach.path))
    for number, (_, chain) in enumerate(reaches, 1):
        named = next((spot for spot in chain if len(wanted[spot]) == 1), chain[0])
        yield number, *named, *chain[-1]


def spots(reach: Reach) -> list[Spot]:
    """Return the lines of a chain from the call site up to the entry, in the process that sends the request."""
    first = max((place for place, step in enumerate(reach.via) if step.function.startswith(CROSSES)), default=-1) + 1
    via = reach.via[first:]
    found = [(via[-1].function if via else "", reach.site.file, reach.site.line)]
    for caller, called in zip(reversed(via[:-1]), reversed(via), strict=False):
        if called.called_at:
            found.append((caller.function, caller.file, called.called_at))
    return found
