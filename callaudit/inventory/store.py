"""Puts an inventory into a SQLite database: the tables of schema.sql and the views of views.sql."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callaudit.inventory import repeat_rows as rows
from callaudit.inventory.words import NONE, SEVERAL, UNBOUNDED, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from callaudit.inventory.model import Call, CallUrl, Inventory, Reach

    Row = tuple[int | float | str, ...]

SCHEMA_VERSION: Final = "callaudit/tables/1"
"""Version of the tables: a change to the name or the meaning of a table, view or column is a new one."""

SCHEMA: Final = Path(__file__).with_name("schema.sql")
VIEWS: Final = Path(__file__).with_name("views.sql")
GREATEST: Final = 2**63 - 1
"""The greatest integer of a table: `retries: Number.MAX_VALUE` is more."""


def store(inventory: Inventory) -> sqlite3.Connection:
    """Return a new database in memory that holds all of `inventory`, to be closed by the caller."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(SCHEMA.read_text("utf-8") + VIEWS.read_text("utf-8"))
    connection.execute("BEGIN")
    for table, fill in _TABLES.items():
        _insert(connection, table, fill(inventory))
    connection.execute("COMMIT")
    return connection


def _insert(connection: sqlite3.Connection, table: str, found: Iterable[Row]) -> None:
    statement = ""
    for row in found:
        statement = statement or f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"  # noqa: S608 - our names
        connection.execute(statement, [_storable(value) for value in row])


def _storable(value: float | str) -> float | str:
    """What SQLite takes: integers of 64 bits, and no lone surrogates, as which bytes that are not UTF-8 arrive."""
    if isinstance(value, int):
        return max(-GREATEST, min(value, GREATEST))
    if isinstance(value, float) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _about(inventory: Inventory) -> Iterator[Row]:
    yield "schema", SCHEMA_VERSION
    yield "version", inventory.version
    yield "files_analyzed", str(inventory.files.analyzed)
    yield "files_skipped", str(inventory.files.skipped)
    yield "files_with_errors", str(inventory.files.with_errors)


def _routes(inventory: Inventory) -> Iterator[Row]:
    for number, route in enumerate(inventory.routes, 1):
        name = f"{route.method} {route.path}"
        app = route.app or "."
        yield number, name, route.framework, route.method, route.path, app, route.file, route.line


def _calls(inventory: Inventory) -> Iterator[Row]:
    for number, call in enumerate(inventory.calls, 1):
        place = (number, call.file, call.line, call.column, call.function, call.client)
        yield (*place, *_target(call), call.unknown or NONE, call.role or NONE, int(call.dead))


def _target(call: Call) -> Row:
    """Return method, URL, host, path, provider, endpoint and own route of a call site."""
    if call.urls:
        return (SEVERAL,) * 7
    method, host, path, provider, endpoint, route = _url(call)
    return method, call.url or UNKNOWN, host, path, provider, endpoint, route


def _url(call: Call | CallUrl) -> Row:
    return (
        call.method or UNKNOWN,
        call.host or UNKNOWN,
        call.path or UNKNOWN,
        call.provider or NONE,
        _endpoint(call),
        call.internal_route or NONE,
    )


def _endpoint(found: Call | CallUrl | Reach) -> str:
    return found.endpoint or (UNKNOWN if found.provider else NONE)


def _call_urls(inventory: Inventory) -> Iterator[Row]:
    for number, call in enumerate(inventory.calls, 1):
        for url in call.urls or (call,):
            yield (number, *_url(url), url.internal_route_file or NONE)


def _call_options(inventory: Inventory) -> Iterator[Row]:
    for number, call in enumerate(inventory.calls, 1):
        for name, value in (*call.options, *(("env", variable) for variable in call.env)):
            yield number, name, value


def _connections(inventory: Inventory) -> Iterator[Row]:
    for number, item in enumerate(inventory.connections, 1):
        yield number, item.file, item.line, item.function, item.client, item.protocol, item.url or UNKNOWN


def _entries(inventory: Inventory) -> Iterator[Row]:
    for number, entry in enumerate(inventory.entries, 1):
        what = (number, entry.kind, entry.name, entry.file, entry.line, entry.origin, entry.app or ".")
        most = UNBOUNDED if entry.calls_max is None else entry.calls_max
        yield (*what, entry.framework or NONE, entry.calls_min, most, int(entry.dead))


def _numbered(inventory: Inventory) -> Iterator[tuple[int, int, Reach]]:
    """Every reach with its own number and that of its entry."""
    reach = 0
    for number, entry in enumerate(inventory.entries, 1):
        for item in entry.reaches:
            reach += 1
            yield reach, number, item


def _reaches(inventory: Inventory) -> Iterator[Row]:
    for number, entry, reach in _numbered(inventory):
        most = UNBOUNDED if reach.max is None else reach.max
        yield (
            number,
            entry,
            reach.provider or NONE,
            _endpoint(reach),
            reach.host or UNKNOWN,
            reach.method or UNKNOWN,
            reach.path or UNKNOWN,
            reach.min,
            most,
            int(reach.max is not None),
            int(reach.conditional),
            reach.site.file,
            reach.site.line,
            " > ".join(reach.through) or NONE,
            reach.origin or UNKNOWN,
            reach.bucket or NONE,
            reach.bucket_why or NONE,
        )


def _reach_steps(inventory: Inventory) -> Iterator[Row]:
    for number, _, reach in _numbered(inventory):
        for place, step in enumerate(reach.via, 1):
            yield number, place, step.function, step.file, step.line, step.called_at


def _unknowns(inventory: Inventory) -> Iterator[Row]:
    for number, item in enumerate(inventory.unknowns, 1):
        yield number, item.file, item.line, item.what, item.why


def _notices(inventory: Inventory) -> Iterator[Row]:
    for number, item in enumerate(inventory.notices, 1):
        yield number, item.file, item.line, item.what, item.why


def _mounts(inventory: Inventory) -> Iterator[Row]:
    for number, entry in enumerate(inventory.entries, 1):
        for page in entry.mounted_on:
            yield number, page


def _reach_guards(inventory: Inventory) -> Iterator[Row]:
    for number, _, reach in _numbered(inventory):
        for guard in reach.guards:
            yield number, guard


def _annotations(inventory: Inventory) -> Iterator[Row]:
    for item in inventory.annotations:
        yield item.file, item.line, item.name, item.value, int(item.used)


_TABLES: Final[dict[str, Callable[[Inventory], Iterator[Row]]]] = {
    "about": _about,
    "routes": _routes,
    "calls": _calls,
    "call_urls": _call_urls,
    "call_options": _call_options,
    "connections": _connections,
    "entries": _entries,
    "reaches": _reaches,
    "reach_steps": _reach_steps,
    "mounts": _mounts,
    "triggers": rows.triggers,
    "trigger_intervals": rows.trigger_intervals,
    "trigger_instances": rows.trigger_instances,
    "trigger_endpoints": rows.trigger_endpoints,
    "trigger_settings": rows.trigger_settings,
    "retries": rows.retries,
    "retry_endpoints": rows.retry_endpoints,
    "guards": rows.guards,
    "guard_endpoints": rows.guard_endpoints,
    "reach_guards": _reach_guards,
    "unknowns": _unknowns,
    "annotations": _annotations,
    "notices": _notices,
}
"""What fills each table. A table that is not here stays empty."""
