"""What the audit document is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.rules.model import Checked, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue


class Material(Struct, frozen=True):
    """Everything that is known of a repository when its document is written.

    `name` is what the repository is called, `path` how the user named its folder (commands under claims use it).
    `lines` reads a file of the repository: its lines without their ends, nothing where it cannot be read.
    """

    inventory: Inventory
    catalogue: Catalogue
    name: str
    path: str
    lines: Callable[[str], tuple[str, ...]]
    checked: Checked = Checked(())
    rules: tuple[Rule, ...] = ()
