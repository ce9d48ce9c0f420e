"""What all commands but `trace` need of an audit: no call trees, so that it can be kept from one run to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.inventory.model import Inventory  # noqa: TC001 - msgspec reads the annotations

if TYPE_CHECKING:
    from callaudit.audit import Audit
    from callaudit.providers.match import Catalogue

Rows = dict[str, list[tuple[int | float | str, ...]]]
"""The rows of tables, by the name of the table."""


class Survey(Struct, frozen=True):
    """An inventory, and the comments that speak to callaudit as `Audit` has them.

    `trees` are the rows of the tables that call trees fill (`callaudit.rules.trees`): empty where only the inventory
    was asked for.
    """

    inventory: Inventory
    comments: dict[str, tuple[tuple[int, str], ...]] = {}
    trees: Rows = {}


def survey_of(audit: Audit, catalogue: Catalogue | None) -> Survey:
    """What is to be known of `audit`; the rows of its call trees where there is a `catalogue` to judge them by."""
    if catalogue is None:
        return Survey(audit.inventory, audit.comments)
    from callaudit.rules.trees import tree_tables

    rows: Rows = {name: [*found] for name, found in tree_tables(audit, catalogue).items()}
    return Survey(audit.inventory, audit.comments, rows)
