"""What call trees tell rules: what follows on what, what stands in loops, what retries multiply."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.rules.database import database
from tests.rules.conftest import catalogue, write

if TYPE_CHECKING:
    from collections.abc import Sequence

API = "const api = 'https://api.pacifica.fi/api/v1';\nconst [cursor, ...items] = process.argv.slice(2);\n"


def rows(source: str, sql: str) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {"a.ts": API + source})
        connection = database(audit(root), catalogue())
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("await fetch(`${api}/info`);\nawait fetch(`${api}/info`);", ["again"]),
        ("await fetch(`${api}/info`);\nawait fetch(`${api}/info/prices`);", []),
        ("if (process.env.X) await fetch(`${api}/info`);\nelse await fetch(`${api}/info`);", []),
        ("await fetch(`${api}/info`);\nsetInterval(() => fetch(`${api}/info`), 1000);", []),
        (
            "await fetch(`${api}/orders/create`, { method: 'POST' });\nawait fetch(`${api}/positions?account=a`);",
            ["read-after-write"],
        ),
        (
            "await fetch(`${api}/positions?account=a`);\nawait fetch(`${api}/orders/create`, { method: 'POST' });",
            ["write-after-read"],
        ),
        ("await fetch(`${api}/orders/create`, { method: 'POST' });\nawait fetch(`${api}/info`);", []),
    ],
)
def test_what_follows_on_what(source: str, kinds: Sequence[str]) -> None:
    assert [kind for (kind,) in rows(source, "SELECT kind FROM afterwards")] == list(kinds)


ORDER = """
async function order(kind: string, account: string) {
  let url: string;
  if (kind === 'MARKET') {
    url = `${api}/orders/create_market`;
  } else {
    url = `${api}/orders/create`;
  }
  CHANGED
  await fetch(url, { method: 'POST' });
  if (CONDITION) await fetch(`${api}/positions?account=${account}`);
}
await order(process.argv[2], process.argv[3]);
"""


@pytest.mark.parametrize(
    ("condition", "firsts"),
    [
        ("kind === 'MARKET' && account", ["create_market"]),
        ("kind !== 'MARKET'", ["create"]),
        ("kind === 'STOP'", ["create"]),
        ("kind === 'MARKET' || account", ["create", "create_market"]),
        ("account", ["create", "create_market"]),
    ],
)
def test_conditions_that_exclude_each_other(condition: str, firsts: Sequence[str]) -> None:
    """Of two URLs that one call sends, only that one comes before which is sent when the other condition holds."""
    sql = "SELECT first FROM afterwards WHERE kind = 'read-after-write' ORDER BY first"
    found = rows(ORDER.replace("CONDITION", condition).replace("CHANGED", ""), sql)
    assert [str(first).rpartition("/")[2] for (first,) in found] == list(firsts)


def test_a_url_that_is_changed_after_the_branch_has_no_condition() -> None:
    source = ORDER.replace("CONDITION", "kind === 'MARKET'").replace("CHANGED", "url = url + '?x=1';")
    firsts = rows(source, "SELECT first FROM afterwards WHERE kind = 'read-after-write'")
    assert {str(first).rpartition("/")[2] for (first,) in firsts} == {"create", "create_market"}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("if (!a) {\n  await info();\n  return;\n}\nawait info();", 0),
        ("if (!a) {\n  await info();\n}\nawait info();", 1),
        ("if (a) {\n  await info();\n} else {\n  await prices();\n}\nawait info();", 1),
        ("await info();\nif (!a) return;\nawait info();", 1),
        ("bus.on('x', () => info());\nbus.on('y', () => info());", 0),
    ],
)
def test_what_returns_is_not_followed(source: str, count: int) -> None:
    """Nor do callbacks of a library, which come when they come, follow on each other."""
    whole = f"""
    import {{ bus }} from 'some-bus';
    const info = () => fetch(`${{api}}/info`);
    const prices = () => fetch(`${{api}}/info/prices`);
    async function run(a: string) {{
    {source}
    }}
    await run(process.argv[2]);
    """
    assert len(rows(whole, "SELECT kind FROM afterwards WHERE kind = 'again'")) == count


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for (const a of items) await fetch(`${api}/account?account=${a}`);", [(1, 0, 1)]),
        ("await Promise.all(items.map((a) => fetch(`${api}/account?account=${a}`)));", [(1, 1, 1)]),
        ("items.forEach(() => fetch(`${api}/info`));", [(1, 1, 0)]),
        ("let c = cursor;\nwhile (c) c = await (await fetch(`${api}/trades?cursor=${c}`)).text();", [(0, 0, 1)]),
        ("for (const a of ['x', 'y']) await fetch(`${api}/account?account=${a}`);", []),
        ("await fetch(`${api}/info`);", []),
    ],
)
def test_loops(source: str, expected: Sequence[tuple[int, int, int]]) -> None:
    assert rows(source, "SELECT items, together, varies FROM loops") == list(expected)


OBJECTS = """
class Account {
  constructor(private id: string) {}
  read() { return fetch(`${api}/account?account=${this.id}`); }
}
class Orders {
  read() { return fetch(`${api}/orders?account=${cursor}`); }
}
const all: (Account | Orders)[] = [];
"""


@pytest.mark.parametrize(
    "walk", ["for (const one of all) await one.read();", "await Promise.all(all.map((one) => one.read()));"]
)
@pytest.mark.parametrize(
    ("filled", "looped"),
    [
        ("all.push(new Account(cursor));", []),
        ("for (const id of items) all.push(new Account(id));", ["/api/v1/account"]),
        ("items.forEach((id) => all.push(new Account(id)));", ["/api/v1/account"]),
    ],
)
def test_objects_of_which_each_is_asked_once_are_in_no_loop(walk: str, filled: str, looped: Sequence[str]) -> None:
    source = f"{OBJECTS}\n{filled}\nall.push(new Orders());\n{walk}"
    found = [str(request).rpartition(".fi")[2] for (request,) in rows(source, "SELECT DISTINCT request FROM loops")]
    assert found == list(looped)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for (const a of items) bus.later(() => fetch(`${api}/account?account=${a}`));", [(1,)]),
        ("for (const a of items) await fetch(`${api}/account?account=${a}`);", [(0,)]),
        ("bus.later(async () => { for (const a of items) await fetch(`${api}/account?account=${a}`); });", [(0,)]),
        (
            "const kept: unknown[] = [];\nfor (const a of items) kept.push(() => fetch(`${api}/account?a=${a}`));",
            [],
        ),
    ],
)
def test_what_a_round_hands_on_is_told(source: str, expected: Sequence[tuple[int]]) -> None:
    assert rows(f"import {{ bus }} from 'some-bus';\n{source}", "SELECT later FROM loops") == list(expected)


RETRY = """
async function twice(send: () => Promise<Response>) {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await send();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  throw new Error('twice');
}
async function three(send: () => Promise<unknown>) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await send();
    } catch (error) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
"""


def test_retries_multiply() -> None:
    nested = RETRY + "await three(() => twice(() => fetch(`${api}/info`)));"
    assert rows(nested, "SELECT outer_attempts, attempts, product FROM stacked") == [(3, 2, 6)]
    silent = nested.replace("throw new Error('twice');", "return undefined;")  # of which the outer one hears nothing
    assert rows(silent, "SELECT * FROM stacked") == []
    beside = RETRY + "await three(() => fetch(`${api}/info`));\nawait twice(() => fetch(`${api}/info`));"
    assert rows(beside, "SELECT * FROM stacked") == []


def test_what_a_predicate_looks_for_picks_too() -> None:
    source = """
        class First { read() { return fetch(`${api}/account?account=${cursor}`); } }
        class Second { read() { return fetch(`${api}/orders?account=${cursor}`); } }
        const keys = JSON.parse(cursor) as { name: string }[];
        const make = (name: string) => (name === "first" ? new First() : name === "second" ? new Second() : null);
        await Promise.all(items.map(async (name) => {
          const key = keys.find((one) => one.name === PICKED);
          const reader = make(key?.name ?? "");
          return reader?.read();
        }));
        """
    assert rows(source.replace("PICKED", "name"), "SELECT * FROM loops") == []
    assert rows(source.replace("PICKED", "cursor"), "SELECT * FROM loops") != []
