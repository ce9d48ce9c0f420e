"""The tables and views of rules are documented, column by column, hold no NULL, and say what profiles say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from callaudit.audit import audit
from callaudit.inventory.documented import documentation
from callaudit.inventory.model import Place, Reach
from callaudit.rules.database import TABLES, database
from tests.projects import audited
from tests.rules.conftest import FIXTURES, PACKAGE, catalogue

if TYPE_CHECKING:
    import sqlite3

    from callaudit.inventory.documented import TableDoc

DOCUMENTED = [table for table in documentation(TABLES) if table.name not in {one.name for one in documentation()}]


@cache
def fightclub() -> sqlite3.Connection:
    return database(audit(FIXTURES / "fightclub"), catalogue())


@pytest.mark.parametrize("table", DOCUMENTED, ids=lambda table: table.name)
def test_every_column_is_documented(table: TableDoc) -> None:
    columns = [row[0] for row in fightclub().execute("SELECT name FROM pragma_table_info(?)", (table.name,))]
    assert [column.name for column in table.columns] == columns
    assert table.text


@pytest.mark.parametrize("name", [table.name for table in DOCUMENTED])
def test_nothing_is_null(name: str) -> None:
    rows = fightclub().execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - our names
    assert all(value is not None for row in rows for value in row)


def test_a_request_has_what_its_profile_says() -> None:
    columns = "provider, endpoint, known, effect, scope, ttl_min_ms, channel, safe_again"
    asked = f"SELECT {columns} FROM requests WHERE request = 'GET api.pacifica.fi/api/v1/positions'"  # noqa: S608
    expected = ("pacifica", "GET /api/v1/positions", 1, "read", "account", 2000, "account_positions", 1)
    assert fightclub().execute(asked).fetchone() == expected


def test_without_a_profile_the_method_says_what_it_does() -> None:
    source = """
    await fetch('https://api.example.com/a');
    await fetch('https://api.example.com/b', { method: 'POST' });
    await fetch('https://api.example.com/c', { method: 'PUT' });
    """
    connection = database(audited({"package.json": PACKAGE, "main.ts": source}), catalogue())
    rows = connection.execute("SELECT path, provider, known, effect, scope, safe_again FROM requests ORDER BY 1")
    assert rows.fetchall() == [
        ("/a", "none", 0, "read", "unknown", 1),
        ("/b", "none", 0, "write", "unknown", 0),
        ("/c", "none", 0, "write", "unknown", 1),
    ]


def test_the_line_that_asks_is_the_one_that_names_the_endpoint() -> None:
    """A wrapper's call site serves all endpoints; the line above it in the chain says which one is wanted."""
    wrapper = "apps/web/src/lib/server/pacifica.ts"
    asked = "SELECT DISTINCT function, file, line, call_line FROM own_calls WHERE endpoint = 'GET /api/v1/positions'"
    assert fightclub().execute(asked).fetchall() == [("getPositions", wrapper, 85, 32)]
    near = "SELECT near_file, near_line FROM own_calls WHERE entry = 'POST /api/orders' AND endpoint LIKE '%/positions'"
    assert fightclub().execute(near).fetchall() == [("apps/web/src/app/api/orders/route.ts", 22)]


def test_one_url_that_serves_several_endpoints() -> None:
    """Calls have the facts of their own endpoint, the URL only what all have."""
    host, path = "api.hyperliquid.xyz", "/info"
    site = Place("main.ts", 1)
    reaches = tuple(
        Reach(host, "POST", path, 1, False, site, 1, "hyperliquid", f"POST {path} {kind}")
        for kind in ("allMids", "clearinghouseState")
    )
    inventory = audited({"package.json": PACKAGE, "main.ts": "await fetch('https://api.example.com');"})
    entry = replace(inventory.entries[0], reaches=reaches)
    connection = database(replace(inventory, entries=(entry,), calls=()), catalogue())
    labels = connection.execute("SELECT label, effect FROM own_calls ORDER BY label").fetchall()
    assert labels == [("POST /info allMids", "read"), ("POST /info clearinghouseState", "read")]
    asked = connection.execute("SELECT label, endpoint, effect, known, safe_again FROM requests").fetchall()
    assert asked == [("POST /info", "several", "read", 1, 1)]


def test_what_an_unknown_endpoint_does_is_what_all_of_its_url_do() -> None:
    source = (
        "await fetch('https://api.hyperliquid.xyz/info', { method: 'POST', body: JSON.stringify({ type: 'news' }) });"
    )
    connection = database(audited({"package.json": PACKAGE, "main.ts": source}), catalogue())
    assert connection.execute("SELECT known, path_known, effect FROM operations").fetchall() == [(0, 1, "read")]


def test_a_url_of_which_a_setting_holds_all_is_polled_and_a_webhook_is_not() -> None:
    source = """
    setInterval(() => fetch(process.env.SETTINGS_URL!), 300);
    setInterval(() => fetch(process.env.WEBHOOK_URL!, { method: 'POST' }), 1_000);
    setInterval(() => fetch(`${process.env.OTHER_URL}/orders`, { method: 'POST' }), 2_000);
    """
    connection = database(audited({"package.json": PACKAGE, "main.ts": source}), catalogue())
    rows = connection.execute(
        "SELECT fastest_ms, requests.host FROM polled JOIN requests USING (request) ORDER BY 1"
    ).fetchall()
    assert rows == [(300, "env:SETTINGS_URL"), (2_000, "env:OTHER_URL")]
