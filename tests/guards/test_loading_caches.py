"""Caches that run what they are given, or were made with, where they have nothing."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, guards, shown
from tests.projects import audited, run

LOAD = """
async function load(id = "all"): Promise<any> { return (await fetch(`https://api.example.com/prices/${id}`)).json(); }
"""

CACHES = {
    "lru-cache, its fetchMethod": (
        (
            'import { LRUCache } from "lru-cache";\n'
            "const kept = new LRUCache<string, any>({ max: 9, ttl: 1000 * 60, fetchMethod: async (id) => load(id) });\n"
            "async function main(id: string) { return kept.fetch(id); }"
        ),
        Shown("cache", 60_000, "per-key"),
    ),
    "lru-cache in a field, one key": (
        (
            'import LRU from "lru-cache";\n'
            "class Prices {\n"
            "  private kept = new LRU<string, any>({ max: 9, ttl: 5_000, fetchMethod: (k: string) => this.ask(k) });\n"
            "  ask(id: string) { return load(id); }\n"
            '  all() { return this.kept.fetch("all"); }\n'
            "}\n"
            "async function main() { return new Prices().all(); }"
        ),
        Shown("cache", 5_000),
    ),
    "lru-cache, the time of one call": (
        (
            'import { LRUCache } from "lru-cache";\n'
            "const kept = new LRUCache<string, any>({ max: 9, ttl: 1000, fetchMethod: load });\n"
            'async function main() { return kept.fetch("all", { ttl: 7_000 }); }'
        ),
        Shown("cache", 7_000),
    ),
    "cache-manager, as its maker says": (
        (
            'import { createCache } from "cache-manager";\n'
            "const kept = createCache({ ttl: 10_000 });\n"
            'async function main() { return kept.wrap("all", () => load()); }'
        ),
        Shown("cache", 10_000),
    ),
    "cache-manager 4, by how it is made": (
        (
            'import cacheManager from "cache-manager";\n'
            'const kept = cacheManager.caching({ store: "memory", ttl: 60 });\n'
            'async function main() { return kept.wrap("all", () => load()); }'
        ),
        Shown("cache", 60_000),
    ),
    "cache-manager 5, by how it is made": (
        (
            'import { caching } from "cache-manager";\n'
            'const kept = await caching("memory", { ttl: 60_000 });\n'
            'async function main() { return kept.wrap("all", () => load(), 5_000); }'
        ),
        Shown("cache", 5_000),
    ),
    "cache-manager, of a version that nothing tells": (
        (
            'import { caching } from "cache-manager";\nimport { options } from "some-options";\n'
            "const kept = await caching(options);\n"
            'async function main() { return kept.wrap("all", () => load(), 5_000); }'
        ),
        Shown("cache", None),
    ),
    "cacheable, in words": (
        (
            'import { Cacheable } from "cacheable";\n'
            'const kept = new Cacheable({ ttl: "1h" });\n'
            'async function main() { return kept.getOrSet("all", () => load(), { ttl: "30s" }); }'
        ),
        Shown("cache", 30_000),
    ),
    "cacheable, looked up by hand": (
        (
            'import { Cacheable } from "cacheable";\n'
            'const kept = new Cacheable({ ttl: "1h" });\n'
            "async function main(id: string) {\n"
            "  let value = await kept.get(id);\n"
            "  if (!value) { value = await load(id); await kept.set(id, value); }\n"
            "  return value;\n"
            "}"
        ),
        Shown("cache", 3_600_000, "per-key"),
    ),
    "cacheable, around a function": (
        (
            'import { Cacheable } from "cacheable";\n'
            "const kept = new Cacheable();\n"
            'const prices = kept.wrap(load, { ttl: "2m" });\n'
            "async function main(id: string) { return prices(id); }"
        ),
        Shown("cache", 120_000, "per-key"),
    ),
    "bentocache": (
        (
            'import { BentoCache } from "bentocache";\n'
            'const kept = new BentoCache({ default: "memory", stores: {} });\n'
            'async function main() { return kept.getOrSet({ key: "all", factory: () => load(), ttl: "10s" }); }'
        ),
        Shown("cache", 10_000),
    ),
    "p-memoize with a store that has a time": (
        (
            'import pMemoize from "p-memoize";\nimport ExpiryMap from "expiry-map";\n'
            "const prices = pMemoize(load, { cache: new ExpiryMap(10_000) });\n"
            "async function main(id: string) { return prices(id); }"
        ),
        Shown("cache", 10_000, "per-key"),
    ),
    "dataloader": (
        (
            'import DataLoader from "dataloader";\n'
            "const prices = new DataLoader(async (ids: readonly string[]) => load(ids.join()));\n"
            "async function main(id: string) { return prices.load(id); }"
        ),
        Shown("dedup", None, "per-key"),
    ),
}


@pytest.mark.parametrize("name", CACHES)
def test_a_cache_that_loads(name: str) -> None:
    source, expected = CACHES[name]
    assert shown(LOAD + source) == [expected]


def test_what_is_called_as_its_package_is() -> None:
    source = 'import memoizee from "memoizee";\nconst prices = memoizee(load, { promise: true, maxAge: 1_000 });\n'
    assert [guard.mechanism for guard in guards(LOAD + source + "async function main() { await prices(); }")] == [
        "memoizee"
    ]


MADE = """
import {{ LRUCache }} from "lru-cache";
async function load(id: string) {{ return (await fetch(`https://api.example.com/prices/${{id}}`)).json(); }}
const kept = new LRUCache<string, any>({{ max: 9, ttl: 1000, fetchMethod: load }});
async function main() {{ {body} }}
main();
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('console.log(kept.get("a"));', {}),
        ('await kept.fetch("a");', {"GET api.example.com/prices/a": (0, 1)}),
        ('await kept.fetch("a", { forceRefresh: true });', {"GET api.example.com/prices/a": (1, 1)}),
    ],
)
def test_when_it_loads(body: str, expected: dict[str, tuple[int, int]]) -> None:
    """Making the cache loads nothing; who forces it always does."""
    assert run(MADE.format(body=body)) == expected


def test_what_is_forced_has_no_guard() -> None:
    body = 'await kept.fetch("a", { forceRefresh: true });'
    assert audited({"main.ts": MADE.format(body=body)}).guards == ()
