"""Guards of requests that more than one way leads to: what stands on every way stands before the request."""

from __future__ import annotations

from textwrap import dedent

import pytest

from callaudit.rules.database import database
from tests.projects import Files, audited, entry
from tests.rules.conftest import PACKAGE, catalogue

URL = "https://api.example.com/prices"
SEND = f'const send = (ms?: number) => fetch("{URL}", {{ signal: AbortSignal.timeout(ms ?? 5_000) }});'
PLAIN = f'const plain = (options = {{}}) => fetch("{URL}", options);'


def _kinds(source: str, files: Files | None = None) -> list[str]:
    (reach,) = entry(audited({"main.ts": dedent(source), **(files or {})}), "main.ts").reaches
    return sorted({guard.partition(":")[0] for guard in reach.guards})


@pytest.mark.parametrize(
    ("calls", "kinds"),
    [
        (f"{SEND} await send(1_000); await send(2_000);", ["timeout"]),
        (f"{SEND} await send(1_000); await send();", ["timeout"]),
        (
            (
                f"{PLAIN} await plain({{ signal: AbortSignal.timeout(1_000) }});\n"
                "await plain({ signal: AbortSignal.timeout(2_000) });"
            ),
            ["timeout"],
        ),
        (f"{PLAIN} await plain({{ signal: AbortSignal.timeout(1_000) }});\nawait plain();", []),
        (f"{PLAIN} await plain();", []),
    ],
)
def test_timeouts_of_different_ways(calls: str, kinds: list[str]) -> None:
    assert _kinds(calls) == kinds


def test_a_route_that_asks_itself_has_the_timeout_of_its_request() -> None:
    source = """
        import express from "express";
        const app = express();
        app.get("/api/prices/latest", async (request, response) => {
          const answer = await fetch(`${process.env.ROOT_URL}/api/prices/latest`, {TIMED});
          response.json(await answer.json());
        });
        app.get("/api/board", async (request, response) => {
          const answer = await fetch(`${process.env.ROOT_URL}/api/prices/latest`, {TIMED});
          response.json(await answer.json());
        });
        app.listen(3000);
        """
    package = '{"name": "app", "dependencies": {"express": "4.19.0"}}'
    for option, timed in (("{ signal: AbortSignal.timeout(5_000) }", 1), ("{}", 0)):
        inventory = audited({"package.json": package, "main.ts": source.replace("{TIMED}", option)})
        with database(inventory, catalogue()) as connection:
            rows = connection.execute("SELECT DISTINCT timed FROM own_calls WHERE entry LIKE 'GET /api/prices%'")
            assert rows.fetchall() == [(timed,)]


def test_only_what_has_no_timeout_lacks_one() -> None:
    source = """
        const send = (path: string, signal?: AbortSignal) => fetch(`https://api.example.com${path}`, { signal });
        await send("/timed", AbortSignal.timeout(1_000));
        await send("/plain");
        """
    with database(audited({"package.json": PACKAGE, "main.ts": source}), catalogue()) as connection:
        rows = connection.execute("SELECT labels FROM lacking WHERE what = 'timeout'").fetchall()
    assert rows == [('["GET api.example.com/plain"]',)]


def test_a_cache_and_a_limit_on_different_ways_are_no_limit_on_both() -> None:
    source = """
        const kept = new Map<string, unknown>();
        const send = () => fetch("https://api.example.com/prices");
        async function first() {
          if (kept.has("prices")) return kept.get("prices");
          const answer = await (await send()).json();
          kept.set("prices", answer);
          return answer;
        }
        await first();
        await send();
        """
    with database(audited({"package.json": PACKAGE, "main.ts": source}), catalogue()) as connection:
        rows = connection.execute("SELECT count(*) FROM lacking WHERE what = 'limit'").fetchall()
    assert rows == [(1,)]


ONCE = 'let done = false; async function once() { if (done) return; done = true; return one("open"); }'
KINDS = {
    "by a query": "const one = (kind: string) => fetch(`${process.env.API_URL}/prices?kind=${kind}`);",
    "after a default": 'const one = (kind: string) => fetch((process.env.API ?? "https://a.test") + "/?kind=" + kind);',
}


@pytest.mark.parametrize("name", KINDS)
def test_requests_that_differ_in_their_query_are_one_row_behind_what_stands_before_each(name: str) -> None:
    again = "async function again() { await once(); } "
    assert _kinds(f"{KINDS[name]} {ONCE} await once(); await one('closed');") == []
    assert _kinds(f"{KINDS[name]} {ONCE} await one('closed'); await once();") == []
    assert _kinds(f"{KINDS[name]} {ONCE} {again} await once(); await again();") == ["limiter"]
