"""Runs SQL on an inventory: read-only, with limits on time, memory and rows."""

from __future__ import annotations

import re
import sqlite3
from difflib import get_close_matches
from time import monotonic
from typing import Final

from msgspec import Struct

Value = int | float | str | None

SECONDS: Final = 5.0
MOST_ROWS: Final = 10_000
_MOST_TEXT = 20_000_000
"""Characters in one answer."""

_STEPS = 10_000
"""How many steps of SQLite's machine lie between two looks at the clock."""

_HEAP: Final = 64 * 1024 * 1024
"""Memory for one query beside the inventory: sorting and window functions take more before any deadline."""

FUNCTIONS: Final = frozenset(
    """
    abs avg ceil ceiling char coalesce count cume_dist dense_rank first_value floor glob group_concat hex
    ifnull iif instr json json_array json_array_length json_extract json_group_array json_group_object
    json_object json_quote json_type json_valid lag last_value lead length like likelihood likely lower
    ltrim max min nth_value ntile nullif percent_rank quote rank replace round row_number rtrim sign
    string_agg substr substring sum total trim typeof unicode unlikely upper -> ->>
    """.split()  # noqa: SIM905 - a list of quoted words is four times as long
)
"""What a query may call. Left out: what reads the clock or chance (results would vary), what builds long
values in one call (nobody looks at the clock inside a function), and what reaches outside of the database."""

_LIMITS: Final = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 32,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}

_READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_NO_SUCH = re.compile(r"no such (table|column): (\S+)")


class QueryError(Exception):
    """A query that is refused, wrong, or too expensive; the message is one line."""


class Answer(Struct, frozen=True):
    """The rows of a query; `cut` where there were more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    cut: bool


class _Guard:
    """Allows what reads the inventory, and remembers what it refused."""

    def __init__(self, seconds: float) -> None:
        self.refused = ""
        self.late = False
        self._seconds = seconds
        self._deadline = monotonic() + seconds

    def allow(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action in _READS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            if (second or "").lower() in FUNCTIONS:
                return sqlite3.SQLITE_OK
            self.refused = f"the function {second} is not available in queries"
        else:
            self.refused = "only SELECT is possible: the inventory is read-only"
        del first
        return sqlite3.SQLITE_DENY

    def tick(self) -> int:
        self.late = monotonic() > self._deadline
        return int(self.late)

    def reason(self, error: Exception, names: dict[str, list[str]]) -> str:
        """Say what a person can do about `error`."""
        if self.refused:
            return self.refused
        if self.late:
            return f"the query was stopped after {self._seconds:g} s; join on ids, and limit recursive queries"
        text = str(error)
        wrong = _NO_SUCH.match(text)
        if wrong:
            near = get_close_matches(wrong[2].rpartition(".")[2], names[wrong[1]], 1)
            return f"{text} (did you mean {near[0]}?)" if near else text
        return text


def query(connection: sqlite3.Connection, sql: str, *, seconds: float = SECONDS, most_rows: int = MOST_ROWS) -> Answer:
    """Run one SELECT and return its rows, at most `most_rows` of them.

    Raises `QueryError` for anything but one SELECT, for mistakes in it, and past `seconds` or the memory for
    one query. The guards stay on `connection`: nothing can be written to it afterwards.
    """
    guard = _Guard(seconds)
    _harden(connection, guard)
    try:
        cursor = connection.execute(sql)
        rows, cut = _fetched(cursor, most_rows)
    except MemoryError:
        raise QueryError("the query needs too much memory; sort and group fewer rows") from None
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        connection.set_progress_handler(None, 0)
        names = _names(connection)
        connection.set_authorizer(guard.allow)
        raise QueryError(guard.reason(error, names)) from None
    finally:
        connection.set_progress_handler(None, 0)
    if cursor.description is None:
        raise QueryError("there is nothing to run; write a SELECT")
    return Answer(_columns(cursor), rows, cut)


def _fetched(cursor: sqlite3.Cursor, most_rows: int) -> tuple[tuple[tuple[Value, ...], ...], bool]:
    """Read rows up to their number, or to the text that an answer may hold, and whether there were more."""
    rows: list[tuple[Value, ...]] = []
    length = 0
    for row in cursor:
        if len(rows) == most_rows or length > _MOST_TEXT:
            return tuple(rows), True
        rows.append(tuple(_plain(value) for value in row))
        length += sum(len(value) for value in rows[-1] if isinstance(value, str))
    return tuple(rows), False


def _harden(connection: sqlite3.Connection, guard: _Guard) -> None:
    connection.set_authorizer(None)
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    # Sorting may not fill a disk either, so it happens in the memory that is limited.
    connection.execute("PRAGMA temp_store = MEMORY").close()
    # It counts for the whole process and can only be lowered again: the first inventory decides.
    connection.execute(f"PRAGMA hard_heap_limit = {2 * pages * size + _HEAP}").close()
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(guard.allow)
    connection.set_progress_handler(guard.tick, _STEPS)


def _names(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """List the names of all tables and views, and of all their columns."""
    connection.set_authorizer(None)
    listed = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    tables = [name for (name,) in listed.fetchall()]
    columns = {
        column: None
        for table in tables
        for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    }
    return {"table": tables, "column": list(columns)}


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    """Return the names of the columns, numbered where one comes again, so that JSON loses no value."""
    names: dict[str, None] = {}
    for column in cursor.description:
        name, number = str(column[0]), 1
        while name in names:
            number += 1
            name = f"{column[0]}_{number}"
        names[name] = None
    return tuple(names)


def _plain(value: Value | bytes) -> Value:
    """Blobs as hexadecimal text, and no number that JSON cannot write."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    return value
