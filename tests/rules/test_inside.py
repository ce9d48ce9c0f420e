"""Who asks for a route, what live code tries again, what one firing sends together, and what a cache leaves of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.rules.database import database
from callaudit.rules.facts import exclude, facts
from tests.rules.conftest import PACKAGE, catalogue, write

if TYPE_CHECKING:
    from collections.abc import Sequence

API = "https://api.pacifica.fi/api/v1"
NEXT = (
    '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0", "@tanstack/react-query": "5.0.0",'
    ' "node-cron": "3.0.0"}}'
)
ROUTE = f"""
export async function GET(request: Request) {{
  return Response.json(await (await fetch(`{API}/orders?account=${{request.url}}`)).json());
}}
"""
PAGE = """
'use client';
import { useQuery } from '@tanstack/react-query';
export default function Page() {
  const { data } = useQuery({
    queryKey: ['a'],
    queryFn: () => fetch('/api/a').then((answer) => answer.json()),
    refetchInterval: 5_000,
  });
  return <p>{data}</p>;
}
"""
JOB = "import cron from 'node-cron';\ncron.schedule('* * * * *', () => fetch('http://localhost:3000/api/b'));\n"


def rows(files: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        connection = database(audit(write(Path(folder), files)), catalogue())
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


ASKED = "SELECT name, asked_routes.visitors FROM asked_routes JOIN entries ON entries.id = entry ORDER BY 1"


def test_who_asks_for_a_route() -> None:
    """Visitors for one, a job for another, nobody for the third."""
    routes = {f"app/api/{name}/route.ts": ROUTE for name in "abc"}
    files = {"package.json": NEXT, "app/page.tsx": PAGE, "jobs.ts": JOB, **routes}
    assert rows(files, ASKED) == [("GET /api/a", 1), ("GET /api/b", 0)]
    asked = rows(files, "SELECT entry, asked, visitors FROM own_calls WHERE kind = 'route' ORDER BY 1")
    assert asked == [("GET /api/a", 1, 1), ("GET /api/b", 1, 0), ("GET /api/c", 0, 0)]


def test_routes_of_a_repository_that_asks_for_none_are_there_for_others() -> None:
    routes = {f"app/api/{name}/route.ts": ROUTE for name in "ab"}
    assert rows({"package.json": NEXT, **routes}, ASKED) == [("GET /api/a", 1), ("GET /api/b", 1)]


def test_only_what_live_code_repeats_is_tried_again() -> None:
    hook = """
    'use client';
    import { useQuery } from '@tanstack/react-query';
    export const useA = () => useQuery({ queryKey: ['a'], queryFn: () => fetch('URL/info'), retry: 3 });
    """.replace("URL", API)
    page = """
    'use client';
    import { useA } from '../hooks/useA';
    export default function Page() {
      const { data } = useA();
      return <p>{String(data)}</p>;
    }
    """
    files = {"package.json": NEXT, "hooks/useA.ts": hook}
    sql = "SELECT label FROM retried WHERE max_attempts = 4"
    assert rows({**files, "app/page.tsx": page}, sql) == [("GET /api/v1/info",)]
    assert rows({**files, "app/page.tsx": "export default () => null;"}, sql) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("await info();\nawait prices();", 2),
        ("if (a) await info();\nelse await prices();", 1),
        ("if (a) {\n  await info();\n  return;\n}\nawait prices();", 1),
        ("if (a) await info();\nawait prices();", 2),
    ],
)
def test_what_one_firing_sends_together(body: str, count: int) -> None:
    source = f"""
    const a = process.argv[2];
    const info = () => fetch('{API}/info');
    const prices = () => fetch('{API}/info/prices');
    setInterval(async () => {{
    {body}
    }}, 5_000);
    """
    assert rows({"package.json": PACKAGE, "a.ts": source}, "SELECT count(*) FROM firings") == [(count,)]


@pytest.mark.parametrize(
    ("lifetime", "asked", "kept"),
    [("2_000", 2_000, 2_000), ("2_500", 3_000, 2_500), ("500", 1_000, 500), ("60_000", 60_000, 60_000)],
)
def test_a_cache_makes_a_timer_ask_less_often(lifetime: str, asked: int, kept: int) -> None:
    """The timer comes every second; what lies between its rounds and the lifetime is asked in the next round."""
    source = f"""
    let prices: unknown = null;
    let readAt = 0;
    async function read() {{
      if (prices && Date.now() - readAt < {lifetime}) return prices;
      prices = await (await fetch('{API}/info/prices')).json();
      readAt = Date.now();
      return prices;
    }}
    setInterval(async () => console.log(await read()), 1_000);
    """
    sql = "SELECT fastest_ms, asked_ms, kept_ms FROM polled"
    assert rows({"package.json": PACKAGE, "a.ts": source}, sql) == [(1_000, asked, kept)]


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ('kind === "A"', 'kind === "B"', True),
        ('kind === "A"', 'kind !== "A"', True),
        ('kind is "A"', 'kind is "B"', True),
        ("done", '!done && kind === "A"', True),
        ('kind === "A"', 'kind === "A"', False),
        ('kind === "A"', 'other === "B"', False),
        ('kind !== "A"', 'kind !== "B"', False),
        ('kind === "A" || done', 'kind === "B"', False),
        ('kind === "A…', 'kind === "B"', False),
        ("user.id", "!user.id", False),
    ],
)
def test_conditions_that_exclude_each_other(one: str, other: str, *, excluded: bool) -> None:
    here: Sequence[str] = ("run",)
    assert exclude(tuple(facts(one, here)), facts(other, here)) is excluded
    assert exclude(tuple(facts(one, here)), facts(other, ("another call",))) is False


def test_of_what_data_picks_one_firing_sends_no_more_than_the_least() -> None:
    source = f"""
    const info = () => fetch('{API}/info');
    const prices = () => fetch('{API}/info/prices');
    const both = async () => {{ await info(); await prices(); }};
    const kinds: Record<string, () => Promise<unknown>> = {{ one: info, two: both }};
    setInterval(async () => {{ await kinds[process.argv[2]](); }}, 5_000);
    """
    assert rows({"package.json": PACKAGE, "a.ts": source}, "SELECT count(*) FROM firings") == [(1,)]
