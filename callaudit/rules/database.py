"""The database that rules ask: the inventory's tables and views, and those of tables.sql on top of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from callaudit.inventory.model import Files, Inventory
from callaudit.inventory.store import store
from callaudit.rules.asked import asks
from callaudit.rules.operations import operations
from callaudit.rules.outdated import outdated
from callaudit.rules.polls import fallbacks, poll_operations, poll_reaches, twins
from callaudit.rules.survey import Survey, survey_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from callaudit.audit import Audit
    from callaudit.providers.match import Catalogue
    from callaudit.rules.model import Breach

    Row = Sequence[int | float | str]

TABLES: Final = Path(__file__).with_name("tables.sql")
"""The tables and views that rules have beside those of the inventory."""

_KEPT: Final = {
    "requests": ("request",),
    "polled": ("request", "trigger"),
    "retried": ("request",),
    "protections": ("reach",),
    "wanted_again": ("request",),
    "waiting": ("reach",),
    "deciding": ("reach",),
    "own_calls": ("request", "reach"),
}
"""Views that are computed once, in the order in which they read each other, and the columns to find their rows by."""


def database(
    audited: Audit | Survey | Inventory, catalogue: Catalogue, breaches: Iterable[Breach] = ()
) -> sqlite3.Connection:
    """Return a new database in memory, to be closed by the caller.

    What stands in call trees is known of an audit; of a mere inventory those tables stay empty.
    """
    inventory = audited if isinstance(audited, Inventory) else audited.inventory
    connection = store(inventory)
    connection.executescript(TABLES.read_text("utf-8"))
    connection.execute("BEGIN")
    _insert(connection, "operations", operations(inventory, catalogue))
    _insert(connection, "asks", asks(inventory))
    _insert(connection, "fallbacks", fallbacks(inventory))
    _insert(connection, "outdated", outdated(inventory, catalogue))
    _insert(connection, "twins", twins(inventory))
    _insert(connection, "poll_reaches", poll_reaches(inventory))
    _insert(connection, "poll_operations", poll_operations(inventory))
    _insert(connection, "breaches", map(_breach, breaches))
    if not isinstance(audited, Inventory):
        known = audited if isinstance(audited, Survey) else survey_of(audited, catalogue)
        for table, rows in known.trees.items():
            _insert(connection, table, rows)
    for view in _KEPT:
        _keep(connection, view)
    connection.execute("COMMIT")
    return connection


def _keep(connection: sqlite3.Connection, view: str) -> None:
    """Compute a view once: rules join those that are built on others with themselves."""
    (text,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (view,)).fetchone()
    connection.execute(f"DROP VIEW {view}")
    connection.execute(f"CREATE TABLE {view} AS {text.partition(' AS')[2]}")
    for column in _KEPT[view]:
        connection.execute(f"CREATE INDEX {view}_by_{column} ON {view} ({column})")


def empty(catalogue: Catalogue) -> sqlite3.Connection:
    """Return a database without rows: enough to see what a query gives."""
    nothing: tuple[Any, ...] = ()
    return database(Inventory("", "", "", Files(0, 0, 0), *(nothing,) * 9), catalogue)


def note_suppressions(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Fill the table of comments that silence nothing, on a connection that queries have been run on."""
    connection.set_authorizer(None)
    _insert(connection, "suppressions", rows)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"  # noqa: S608 - our names
        connection.execute(statement, [_storable(value) for value in row])


def _storable(value: float | str) -> float | str:
    """Names of files that are not UTF-8 arrive as lone surrogates, which SQLite does not take."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def _breach(one: Breach) -> Row:
    return (
        one.budget,
        one.scenario,
        one.what,
        one.max,
        one.value,
        one.unit,
        one.file,
        one.line,
        one.change or "none",
    )
