"""What the figures of the page are drawn from, beside the document that every format has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.inventory.model import Inventory
    from callaudit.load.model import Model
    from callaudit.load.ranges import Range
    from callaudit.load.results import Load
    from callaudit.load.scenario import Scenario


class Pictured(Struct, frozen=True, kw_only=True):
    """The inventory, the load model and its answers.

    `lines` reads a file of the repository: its lines without their ends, nothing where it cannot be read. `scenarios`
    are those of `load`, with pages and actions filled in. `rates` are requests per second by the id of the stream,
    in the first of these. Without a model the page has neither map nor charts nor panel.
    """

    inventory: Inventory
    lines: Callable[[str], tuple[str, ...]]
    model: Model | None = None
    load: Load | None = None
    scenarios: tuple[Scenario, ...] = ()
    rates: dict[int, Range] = {}
