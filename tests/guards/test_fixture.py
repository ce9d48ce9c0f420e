"""The optimized fixture: every guard of its EXPECTED.md."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

FIXTURES = Path(__file__).parents[2] / "fixtures"
SERVER = "apps/web/src/lib/server"

CACHED = [
    ("/api/v1/info", 76, "shared", 300_000),
    ("/api/v1/info/prices", 80, "shared", 5_000),
    ("/api/v1/book", 84, "per-key", 1_000),
    ("/api/v1/trades", 90, "per-key", 2_000),
    ("/api/v1/kline", 99, "per-key", 60_000),
    ("/api/v1/account", 105, "per-key", 5_000),
    ("/api/v1/account/settings", 109, "per-key", 30_000),
    ("/api/v1/positions", 116, "per-key", 5_000),
    ("/api/v1/orders", 120, "per-key", 3_000),
]
READS = {f"GET api.pacifica.fi{path}" for path, *_ in CACHED}
OTHERS = [
    ("dedup", f"{SERVER}/cache.ts", 21, None, 9),
    ("queue", f"{SERVER}/queue.ts", 4, None, 14),
    ("backoff-429", f"{SERVER}/queue.ts", 24, None, 14),
    ("timeout", f"{SERVER}/pacifica.ts", 50, 5_000, 14),
    ("metrics", f"{SERVER}/metrics.ts", 16, None, 14),
    ("timeout", "apps/web/src/lib/client/api.ts", 23, 10_000, 14),
    ("timeout", "apps/jobs/src/jobs/reconcile-fights.ts", 8, 30_000, 0),
]


@cache
def optimized() -> Inventory:
    """The inventory of the fixture with its overlay."""
    with TemporaryDirectory() as folder:
        root = Path(folder, "app")
        shutil.copytree(FIXTURES / "fightclub", root)
        shutil.copytree(FIXTURES / "fightclub-optimized", root, dirs_exist_ok=True)
        return audit(root).inventory


@pytest.mark.parametrize(("path", "line", "scope", "ttl"), CACHED)
def test_each_read_is_cached_where_it_is_used(path: str, line: int, scope: str, ttl: int) -> None:
    """One guard for each use of the wrapper, with its own time, key and endpoint."""
    found = [g for g in optimized().guards if (g.kind, g.file, g.line) == ("cache", f"{SERVER}/pacifica.ts", line)]
    assert [(g.ttl_ms, g.scope, g.store, g.endpoints) for g in found] == [
        (ttl, scope, "distributed", (f"GET api.pacifica.fi{path}",))
    ]


@pytest.mark.parametrize(("kind", "file", "line", "ttl", "endpoints"), OTHERS)
def test_what_else_stands_before_the_exchange(kind: str, file: str, line: int, ttl: int | None, endpoints: int) -> None:
    """Deduplication, queue, timeouts, refusals and metrics."""
    found = [g for g in optimized().guards if (g.kind, g.file, g.line) == (kind, file, line)]
    assert [(g.ttl_ms, len(g.endpoints)) for g in found] == [(ttl, endpoints)]


def test_nothing_else_is_a_guard() -> None:
    """There are no other guards but what the browser's queries keep."""
    queries = [one for one in optimized().guards if one.mechanism in ("staleTime", "query key")]
    assert {one.store for one in queries} == {"browser"}
    assert len(optimized().guards) - len(queries) == len(CACHED) + len(OTHERS)


def test_every_read_of_a_route_stands_behind_its_cache() -> None:
    """With warm caches the lowest number of calls of every read is nothing."""
    reads = [
        reach
        for entry in optimized().entries
        if entry.kind == "route"
        for reach in entry.reaches
        if f"{reach.method} {reach.host}{reach.path}" in READS
    ]
    assert reads
    assert {reach.min for reach in reads} == {0}
    assert all({guard.split(":")[0] for guard in reach.guards} >= {"cache", "dedup", "queue"} for reach in reads)
