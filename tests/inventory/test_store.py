"""The database holds what the inventory holds, in words and never as NULL."""
# ruff: noqa: S608 - the names of our own tables

from __future__ import annotations

import sqlite3

import pytest
from msgspec.structs import replace

from callaudit.inventory.documented import documentation, sql
from callaudit.inventory.store import SCHEMA_VERSION, store
from tests.report.sample import HOSTILE, INVENTORY

NAMES = [table.name for table in documentation()]


def test_every_record_is_a_row() -> None:
    database = store(INVENTORY)
    counted = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in NAMES}
    assert counted == {
        "about": 5,
        "routes": 4,
        "calls": 5,
        "call_urls": 6,
        "call_options": 2,
        "connections": 1,
        "entries": 8,
        "mounts": 1,
        "reaches": 9,
        "reach_steps": 1,
        "triggers": 3,
        "trigger_intervals": 3,
        "trigger_instances": 0,
        "trigger_endpoints": 2,
        "trigger_settings": 0,
        "retries": 2,
        "retry_endpoints": 1,
        "guards": 2,
        "guard_endpoints": 1,
        "reach_guards": 1,
        "unknowns": 1,
        "annotations": 1,
        "notices": 1,
        "upstream": 9,
        "endpoints": 7,
        "hosts": 3,
        "route_calls": 4,
        "callers": 1,
        "chains": 1,
        "dead_calls": 1,
        "polling": 3,
        "caches": 1,
        "uncached": 8,
    }


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_null(name: str) -> None:
    for row in store(INVENTORY).execute(f"SELECT * FROM {name}"):
        assert None not in row


@pytest.mark.parametrize("table", [table for table in documentation() if table.kind == "table"], ids=lambda t: t.name)
def test_tables_are_strict(table: object) -> None:
    rows = store(INVENTORY).execute("SELECT name, strict FROM pragma_table_list").fetchall()
    assert (table.name, 1) in rows  # type: ignore[attr-defined]


def test_what_is_not_known_is_a_word() -> None:
    database = store(INVENTORY)
    several = database.execute("SELECT method, url, host, endpoint FROM calls WHERE file = 'src/client.ts'").fetchone()
    assert several == ("several", "several", "several", "several")
    strange = database.execute("SELECT url, provider, endpoint, why_unknown FROM calls WHERE line = 3").fetchone()
    assert strange == ("unknown", "none", "none", "the URL comes from the database")
    assert database.execute("SELECT endpoint FROM reaches WHERE file = 'seed.ts'").fetchone() == ("unknown",)


def test_unbounded_is_more_than_any_number() -> None:
    found = store(INVENTORY).execute("SELECT endpoint, bounded FROM upstream WHERE max_calls > 1000").fetchall()
    assert found == [("GET /api/v1/kline", 0)]


def test_routes_that_reach_nothing_are_counted() -> None:
    found = store(INVENTORY).execute("SELECT route, app FROM route_calls WHERE endpoints = 0").fetchall()
    assert found == [("GET /api/health", "apps/web")]


def test_hostile_names_are_stored_as_they_are() -> None:
    route = replace(INVENTORY.routes[0], path=HOSTILE)
    database = store(replace(INVENTORY, routes=(route,)))
    (path,) = database.execute("SELECT path FROM routes").fetchone()
    assert path == HOSTILE.replace("\udcff", "\\udcff")


def test_every_table_and_column_is_documented() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(sql())
    made = database.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name").fetchall()
    assert [name for (name,) in made] == sorted(NAMES)
    for table in documentation():
        assert table.text
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table.name})")]
        assert [column.name for column in table.columns] == columns
        assert all(column.text for column in table.columns)


def test_the_schema_says_its_version() -> None:
    assert store(INVENTORY).execute("SELECT value FROM about WHERE name = 'schema'").fetchone() == (SCHEMA_VERSION,)
