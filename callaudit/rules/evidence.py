"""What the inventory knows of a place and of a reach: the evidence that findings show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.words import UNKNOWN
from callaudit.rules.asked import CROSSES
from callaudit.rules.model import Step

if TYPE_CHECKING:
    import sqlite3

    Place = tuple[str, int]

_SYMBOLS = """
SELECT file, line, function FROM calls UNION ALL SELECT file, line, function FROM triggers
UNION ALL SELECT file, line, function FROM retries UNION ALL SELECT file, line, function FROM guards
UNION ALL SELECT file, line, function FROM asks UNION ALL SELECT near_file, near_line, near_function FROM asks
UNION ALL SELECT file, line, function FROM afterwards UNION ALL SELECT file, line, function FROM loops
UNION ALL SELECT file, line, name FROM entries
"""


class Evidence:
    """Reads what is known of places once, and paths when they are asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read the places of calls and the functions around all places."""
        connection.set_authorizer(None)
        self._columns: dict[Place, int] = {}
        for file, line, column in connection.execute("SELECT file, line, col FROM calls ORDER BY id DESC"):
            self._columns[file, line] = column
        self._symbols: dict[Place, str] = {}
        for file, line, function in connection.execute(_SYMBOLS):
            self._symbols.setdefault((file, line), function)
        self._steps: dict[int, list[Step]] = {}
        for reach, function, file, line in connection.execute(
            "SELECT reach, function, file, line FROM reach_steps ORDER BY reach, step"
        ):
            self._steps.setdefault(reach, []).append(Step(function, file, line))
        self._ends: dict[int, tuple[Step, Step]] = {
            reach: (Step(entry, entry_file, entry_line), Step(_request(method, host, path), file, line))
            for reach, entry, entry_file, entry_line, method, host, path, file, line in connection.execute(
                "SELECT reaches.id, entries.name, entries.file, entries.line, method, host, path, reaches.file,"
                " reaches.line FROM reaches JOIN entries ON entries.id = reaches.entry"
            )
        }

    def column(self, file: str, line: int) -> int:
        """Return the column of the call on a line, 1 where there is none."""
        return self._columns.get((file, line), 1)

    def symbol(self, file: str, line: int) -> str:
        """Return the qualified name of the function around a place, as far as it is known."""
        return self._symbols.get((file, line), "")

    def path(self, reach: int) -> tuple[Step, ...]:
        """Return the chain of a reach: its entry, the functions on the way, the request."""
        if reach not in self._ends:
            return ()
        entry, request = self._ends[reach]
        steps = [
            Step(one.function.removeprefix(CROSSES), one.file, one.line)
            for one in self._steps.get(reach, ())
            if (one.file, one.line) != (entry.file, entry.line)
        ]
        return (entry, *steps, request)


def _request(method: str, host: str, path: str) -> str:
    """A request as people read it: the words for what is not known stand for themselves, not inside a URL."""
    known = [part for part in (host, path) if part != UNKNOWN]
    return f"{method} {''.join(known)}" if known else f"{method} {UNKNOWN}"
