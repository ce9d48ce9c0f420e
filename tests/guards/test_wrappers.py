"""Caches behind wrappers: each use has its own place, key, time and endpoints."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.guards.asked import Shown
from tests.projects import audited

REDIS = {
    "ioredis, setex": (
        'import Redis from "ioredis";\nconst redis = new Redis();',
        "redis.setex(key, ttl, text)",
        1_000,
    ),
    "ioredis, psetex": ('import Redis from "ioredis";\nconst redis = new Redis();', "redis.psetex(key, ttl, text)", 1),
    "ioredis, EX": (
        'import { Redis } from "ioredis";\nconst redis = new Redis();',
        'redis.set(key, text, "EX", ttl)',
        1_000,
    ),
    "ioredis, PX": ('import Redis from "ioredis";\nconst redis = new Redis();', 'redis.set(key, text, "PX", ttl)', 1),
    "redis, EX": (
        'import { createClient } from "redis";\nconst redis = createClient().on("error", console.error);',
        "redis.set(key, text, { EX: ttl })",
        1_000,
    ),
    "redis, PX": (
        'import { createClient } from "redis";\nconst redis = createClient();',
        "redis.set(key, text, { PX: ttl })",
        1,
    ),
    "upstash": (
        'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();',
        "redis.set(key, text, { ex: ttl })",
        1_000,
    ),
    "Vercel KV": ('import { kv as redis } from "@vercel/kv";', "redis.set(key, text, { px: ttl })", 1),
    "made on demand": (
        (
            'import Redis from "ioredis";\nlet client: Redis | null = null;\n'
            "function connect() { if (!client) client = new Redis(); return client; }\nconst redis = connect();"
        ),
        "redis.setex(key, ttl, text)",
        1_000,
    ),
    "memjs": (
        'import memjs from "memjs";\nconst redis = memjs.Client.create();',
        "redis.set(key, text, { expires: ttl })",
        1_000,
    ),
}

WRAPPER = """
{made}
async function lookUp(key: string) {{ try {{ return await redis.get(key); }} catch {{ return null; }} }}
async function store(key: string, ttl: number, text: string) {{ await {write}; }}
export async function cached<T>(key: string, ttl: number, load: () => Promise<T>): Promise<T> {{
  const hit = await lookUp(key);
  if (hit !== null) return JSON.parse(hit) as T;
  const value = await load();
  await store(key, ttl, JSON.stringify(value));
  return value;
}}
"""

USES = """
import { cached } from "./cache";
const TTL = { prices: 5, account: 30 } as const;
const get = async (path: string) => (await fetch(`https://api.example.com${path}`)).json();

export const prices = () => cached("prices", TTL.prices, () => get("/prices"));

export function account(id: string) {
  return cached(`account:${id}`, TTL.account, () => get(`/account?id=${id}`));
}
await prices();
await account(process.argv[2]);
"""


@pytest.mark.parametrize("name", REDIS)
def test_each_use_is_a_guard(name: str) -> None:
    """Time, key and endpoints are those of the call that gives them, whatever stores the values."""
    made, write, unit = REDIS[name]
    files = {"cache.ts": WRAPPER.format(made=made, write=write), "main.ts": USES}
    found = audited(files).guards
    assert [(g.file, g.line, g.ttl_ms, g.scope, g.key, g.store) for g in found] == [
        ("main.ts", 5, 5 * unit, "shared", "prices", "distributed"),
        ("main.ts", 8, 30 * unit, "per-key", "account:{id}", "distributed"),
    ]
    assert [guard.endpoints for guard in found] == [
        ("GET api.example.com/prices",),
        ("GET api.example.com/account",),
    ]


def test_the_same_use_twice() -> None:
    """Two calls with the same key, time and function are two guards."""
    files = {
        "cache.ts": WRAPPER.format(made=REDIS["ioredis, EX"][0], write=REDIS["ioredis, EX"][1]),
        "main.ts": """
            import { cached } from "./cache";
            const load = async () => (await fetch("https://api.example.com/prices")).json();
            export async function one() { return cached("prices", 5, load); }
            export async function two() { return cached("prices", 5, load); }
            await one();
            await two();
            """,
    }
    assert [(guard.line, guard.ttl_ms) for guard in audited(files).guards] == [(3, 5_000), (4, 5_000)]


IN_MEMORY = {
    "a map, milliseconds": """
        const kept = new Map<string, { value: any; at: number }>();
        async function cached(key: string, ttl: number, load: () => Promise<any>) {
          const hit = kept.get(key);
          if (hit && Date.now() - hit.at < ttl) return hit.value;
          const value = await load();
          kept.set(key, { value, at: Date.now() });
          return value;
        }
        """,
    "a map, options": """
        const kept = new Map<string, { value: any; until: number }>();
        async function cached(key: string, ttl: number, load: () => Promise<any>) {
          return through(key, { ttl, load });
        }
        async function through(key: string, options: { ttl: number; load: () => Promise<any> }) {
          const hit = kept.get(key);
          if (hit && hit.until > Date.now()) return hit.value;
          const value = await options.load();
          kept.set(key, { value, until: Date.now() + options.ttl });
          return value;
        }
        """,
    "lru-cache": """
        import { LRUCache } from "lru-cache";
        const kept = new LRUCache<string, any>({ max: 100 });
        async function cached(key: string, ttl: number, load: () => Promise<any>) {
          const hit = kept.get(key);
          if (hit) return hit;
          const value = await load();
          kept.set(key, value, { ttl });
          return value;
        }
        """,
    "keyv": """
        import Keyv from "keyv";
        const kept = new Keyv();
        async function cached(key: string, ttl: number, load: () => Promise<any>) {
          let value = await kept.get(key);
          if (!value) {
            value = await load();
            await kept.set(key, value, ttl);
          }
          return value;
        }
        """,
    "a service": """
        class Service {
          private kept = new Map<string, { value: any; at: number }>();
          async through(key: string, ttl: number, load: () => Promise<any>) {
            const hit = this.kept.get(key);
            if (hit && Date.now() - hit.at < ttl) return hit.value;
            const value = await load();
            this.kept.set(key, { value, at: Date.now() });
            return value;
          }
        }
        const service = new Service();
        const cached = (key: string, ttl: number, load: () => Promise<any>) => service.through(key, ttl, load);
        """,
}


@pytest.mark.parametrize("name", IN_MEMORY)
def test_a_wrapper_in_memory(name: str) -> None:
    """Wrappers around what a process keeps: the time is the caller's, in milliseconds."""
    use = """
        export async function prices() {
          return cached("prices", 2_500, async () => (await fetch("https://api.example.com/prices")).json());
        }
        await prices();
        """
    source = dedent(IN_MEMORY[name]).strip() + "\n" + dedent(use).strip()
    found = audited({"main.ts": source}).guards
    line = next(number for number, text in enumerate(source.split("\n"), 1) if '"prices"' in text)
    assert [(g.kind, g.line, g.ttl_ms, g.scope, g.store, g.key) for g in found] == [
        ("cache", line, 2_500, "shared", "process", "prices")
    ]


MADE = {
    "node-cache": ('import NodeCache from "node-cache";', "new NodeCache({ stdTTL: 7 })", 7_000),
    "lru-cache": ('import { LRUCache } from "lru-cache";', "new LRUCache({ max: 5, ttl: 7_000 })", 7_000),
    "keyv": ('import Keyv from "keyv";', "new Keyv({ ttl: 7_000 })", 7_000),
    "no time": ('import NodeCache from "node-cache";', "new NodeCache()", None),
}


@pytest.mark.parametrize("name", MADE)
def test_the_maker_says_how_long(name: str) -> None:
    """Where the write does not say how long, the maker of the store does."""
    imported, made, ttl = MADE[name]
    source = f"""
        {imported}
        const kept = {made};
        async function main(id: string) {{
          const hit = kept.get(id);
          if (hit) return hit;
          const value = await (await fetch("https://api.example.com/a")).json();
          kept.set(id, value);
          return value;
        }}
        await main(process.argv[2]);
        """
    found = audited({"main.ts": source}).guards
    assert [Shown(g.kind, g.ttl_ms, g.scope, g.store) for g in found] == [Shown("cache", ttl, "per-key")]
    assert found[0].line == 2


def test_a_read_that_is_no_cache() -> None:
    """A value of a shared store that must be there before the call is no guard."""
    source = """
        import Redis from "ioredis";
        const redis = new Redis();
        async function main(id: string) {
          const token = await redis.get(`token:${id}`);
          if (!token) return null;
          await redis.set(`used:${id}`, "1");
          return fetch("https://api.example.com/a", { headers: { authorization: token } });
        }
        await main(process.argv[2]);
        """
    assert audited({"main.ts": source}).guards == ()


WRITES = {
    "a transaction": "await redis.multi().set(key, text).expire(key, 45).exec();",
    "a pipeline": "await redis.pipeline().set(key, text).expire(key, 45).exec();",
    "a variable": "const all = redis.pipeline(); all.set(key, text); all.expire(key, 45); await all.exec();",
}


@pytest.mark.parametrize("name", WRITES)
def test_what_a_transaction_writes_is_written(name: str) -> None:
    source = f"""
        import Redis from "ioredis";
        const redis = new Redis();
        async function main(id: string) {{
          const key = "a:" + id;
          const hit = await redis.get(key);
          if (hit) return JSON.parse(hit);
          const text = JSON.stringify(await (await fetch("https://api.example.com/a")).json());
          {WRITES[name]}
          return text;
        }}
        await main(process.argv[2]);
        """
    (found,) = audited({"main.ts": source}).guards
    assert (found.kind, found.ttl_ms, found.scope, found.store) == ("cache", 45_000, "per-key", "distributed")


def test_a_function_without_arguments_has_one_key() -> None:
    source = """
        function kept<A extends unknown[], R>(load: (...args: A) => Promise<R>, ttl = 5_000) {
          const store = new Map<string, { at: number; value: R }>();
          return async (...args: A) => {
            const key = JSON.stringify(args);
            const hit = store.get(key);
            if (hit && Date.now() - hit.at < ttl) return hit.value;
            const value = await load(...args);
            store.set(key, { at: Date.now(), value });
            return value;
          };
        }
        const all = kept(async () => (await fetch("https://api.example.com/all")).json());
        const one = kept(async (id: string) => (await fetch(`https://api.example.com/one/${id}`)).json(), 9_000);
        await all();
        await one(process.argv[2]);
        """
    assert [(g.scope, g.ttl_ms) for g in audited({"main.ts": source}).guards] == [("shared", 5_000), ("per-key", 9_000)]


@pytest.mark.parametrize(
    ("imported", "made", "kept"),
    [
        ('import KeyvMongo from "@keyv/mongo";', "new KeyvMongo(process.env.URI)", True),
        ('import { KeyvRedis } from "@keyv/redis";', "new KeyvRedis(process.env.URI)", True),
        ('const { KeyvPostgres } = require("@keyv/postgres");', "new KeyvPostgres(process.env.URI)", True),
        ('import Wordy from "wordy";', "new Wordy(process.env.URI)", False),
    ],
)
def test_an_adapter_keeps_by_itself(imported: str, made: str, kept: bool) -> None:
    source = f"""
        {imported}
        const store = {made};
        async function main(id: string) {{
          const hit = await store.get(id);
          if (hit) return hit;
          const value = await (await fetch("https://api.example.com/a")).json();
          await store.set(id, value, 2_500);
          return value;
        }}
        main(process.argv[2]);
        """
    found = audited({"main.ts": dedent(source)}).guards
    assert [(g.kind, g.ttl_ms, g.store) for g in found] == ([("cache", 2_500, "distributed")] if kept else [])


@pytest.mark.parametrize(
    ("made", "always"),
    [
        ("new KeyvRedis(process.env.URI)", True),
        ("process.env.URI ? new KeyvRedis(process.env.URI) : undefined", False),
        ("connect(process.env.URI)", False),
    ],
)
def test_a_store_that_is_made_is_there(made: str, always: bool) -> None:
    """Else there is a way without it, and what stands on some ways alone guards none."""
    source = f"""
        import KeyvRedis from "@keyv/redis";
        import {{ connect }} from "wordy";
        const store = {made};
        async function cached(kept: any, key: string, load: () => Promise<any>) {{
          if (!kept) return load();
          const hit = await kept.get(key);
          if (hit) return hit;
          const value = await load();
          await kept.set(key, value, 2_500);
          return value;
        }}
        await cached(store, "a", async () => (await fetch("https://api.example.com/a")).json());
        """
    (script,) = audited({"main.ts": dedent(source)}).entries
    (reach,) = script.reaches
    assert bool(reach.guards) == always
