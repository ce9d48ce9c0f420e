"""One name for each request: call trees call what varies as each caller does, the inventory as one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.text.urls import shape
from callaudit.inventory.words import UNKNOWN

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

    Row = tuple[int | str, ...]

REQUESTS: Final = {
    "afterwards": (2, 3),
    "loops": (1,),
    "sent_urls": (1,),
    "stacked": (0,),
    "tried_again": (1,),
    "firings": (1,),
}
"""Which columns of the tables that call trees fill name requests."""


class Spelling:
    """Names requests as the reaches of an inventory do."""

    def __init__(self, inventory: Inventory) -> None:
        """Learn the names of `inventory`."""
        self._known: dict[str, None] = {}
        self._alike: dict[str, str] = {}
        for entry in inventory.entries:
            for reach in entry.reaches:
                name = f"{reach.method} {reach.host or UNKNOWN}{reach.path or UNKNOWN}"
                self._known[name] = None
                self._alike.setdefault(shape(name), name)
                if not reach.path:  # a URL of which a variable of the environment holds all
                    self._alike.setdefault(shape(f"{reach.method} {reach.host}"), name)

    def of(self, request: str) -> str:
        """The name of a request that a tree calls `request`; that itself where the inventory has none like it."""
        if request in self._known:
            return request
        method, _, target = request.partition(" ")
        if target.startswith("/"):
            target = UNKNOWN + target
        elif target.startswith("{"):
            target = UNKNOWN + target.partition("}")[2]
        return self._alike.get(shape(f"{method} {target}")) or self._alike.get(shape(request), request)

    def rows(self, table: str, rows: list[Row]) -> list[Row]:
        """The rows of `table`, each once, with these names."""
        columns = REQUESTS.get(table, ())
        if not columns:
            return rows
        return list(dict.fromkeys(tuple(self._cell(columns, *cell) for cell in enumerate(row)) for row in rows))

    def _cell(self, columns: tuple[int, ...], place: int, value: int | str) -> int | str:
        return self.of(value) if place in columns and isinstance(value, str) else value
