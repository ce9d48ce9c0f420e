"""Caches that are asked for many keys at once: one request follows for those that they did not have."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, guards, shown

REDIS = 'import Redis from "ioredis";\nconst redis = new Redis();\n'
MAP = "const kept = new Map<string, { at: number; value: any }>();\n"
FETCH = """
async function fetched(ids: string[]) {
  return (await fetch(`https://api.example.com/prices?ids=${ids.join(",")}`)).json();
}
"""
WRITE = "for (const row of await fetched(missing)) await redis.set(`p:${row.id}`, JSON.stringify(row), 'EX', 60);"
PER_KEY = Shown("cache", 60_000, "per-key", "distributed")
IN_MAP = Shown("cache", 30_000, "per-key")

BATCHES = {
    "mget, filtered by number": (
        REDIS
        + f"""
        async function main(ids: string[]) {{
          const hits = await redis.mget(ids.map((id) => `p:${{id}}`));
          const missing = ids.filter((_, n) => hits[n] === null);
          if (missing.length > 0) {{ {WRITE} }}
        }}
        """,
        PER_KEY,
    ),
    "mget of a list of keys, pushed by a callback": (
        REDIS
        + f"""
        async function main(ids: string[]) {{
          const keys = ids.map((id) => `p:${{id}}`);
          const hits = await redis.mget(...keys);
          const missing: string[] = [];
          hits.forEach((hit, n) => {{ if (hit) console.log(hit); else missing.push(ids[n]); }});
          if (!missing.length) return;
          {WRITE}
        }}
        """,
        PER_KEY,
    ),
    "each key by itself, in parallel": (
        REDIS
        + """
        async function main(ids: string[]) {
          const missing = new Set<string>();
          await Promise.all(ids.map(async (id) => {
            const hit = await redis.get(`p:${id}`);
            if (!hit) missing.add(id);
          }));
          for (const id of missing) {
            const row = await fetched([id]);
            await redis.setex(`p:${id}`, 60, row);
          }
        }
        """,
        PER_KEY,
    ),
    "answers of a list of promises": (
        REDIS
        + f"""
        async function main(ids: string[]) {{
          const hits = await Promise.all(ids.map((id) => redis.get(`p:${{id}}`)));
          const missing = ids.filter((_, n) => !hits[n]);
          if (missing.length !== 0) {{ {WRITE} }}
        }}
        """,
        PER_KEY,
    ),
    "a request for each that is missing": (
        REDIS
        + """
        async function main(ids: string[]) {
          const hits = await redis.mget(ids.map((id) => `p:${id}`));
          return Promise.all(hits.map(async (hit, n) => {
            if (hit) return JSON.parse(hit);
            const row = await fetched([ids[n]]);
            await redis.setex(`p:${ids[n]}`, 60, row);
            return row;
          }));
        }
        """,
        PER_KEY,
    ),
    "in pieces": (
        REDIS
        + """
        async function main(ids: string[]) {
          const hits = await redis.mget(ids.map((id) => `p:${id}`));
          const missing = ids.filter((id, n) => hits[n] == null);
          for (let at = 0; at < missing.length; at += 50) {
            const rows = await fetched(missing.slice(at, at + 50));
            for (const row of rows) await redis.setex(`p:${row.id}`, 60, row);
          }
        }
        """,
        PER_KEY,
    ),
    "a loop that goes on with what it found": (
        MAP
        + """
        async function main(ids: string[]) {
          const missing: string[] = [];
          const found: any[] = [];
          for (const id of ids) {
            const hit = kept.get(id);
            if (hit && Date.now() - hit.at < 30_000) { found.push(hit.value); continue; }
            missing.push(id);
          }
          if (missing.length === 0) return found;
          for (const row of await fetched(missing)) kept.set(row.id, { at: Date.now(), value: row });
        }
        """,
        IN_MAP,
    ),
    "a callback that takes what it finds": (
        MAP
        + """
        async function main(ids: string[]) {
          const found: any[] = [];
          const missing = ids.filter((id) => {
            const hit = kept.get(id);
            if (hit && hit.at > Date.now() - 30_000) { found.push(hit.value); return false; }
            return true;
          });
          if (!missing.length) return found;
          for (const row of await fetched(missing)) kept.set(row.id, { at: Date.now(), value: row });
          return found;
        }
        """,
        IN_MAP,
    ),
    "a function that gives what was missing": (
        MAP
        + """
        function lookUp(ids: string[]) {
          const there: any[] = [];
          const missing: string[] = [];
          for (const id of ids) {
            const hit = kept.get(id);
            if (!hit || Date.now() - hit.at > 30_000) missing.push(id); else there.push(hit.value);
          }
          return { there, missing };
        }
        async function main(ids: string[]) {
          const { there, missing } = lookUp(ids);
          if (!missing.length) return there;
          for (const row of await fetched(missing)) kept.set(row.id, { at: Date.now(), value: row });
        }
        """,
        IN_MAP,
    ),
    "a table of what was there": (
        MAP
        + """
        async function main(ids: string[]) {
          const found: Record<string, any> = {};
          for (const id of ids) {
            const hit = kept.get(id);
            if (hit && Date.now() - hit.at < 30_000) found[id] = hit.value;
          }
          const missing = ids.filter((id) => !(id in found));
          if (!missing.length) return found;
          for (const row of await fetched(missing)) kept.set(row.id, { at: Date.now(), value: row });
          return found;
        }
        """,
        IN_MAP,
    ),
    "only where all are there": (
        """
        const kept = new Map<string, any>();
        async function main(ids: string[]) {
          if (ids.every((id) => kept.has(id))) return ids.map((id) => kept.get(id));
          for (const row of await fetched(ids)) kept.set(row.id, row);
        }
        """,
        Shown("cache", None, "per-key"),
    ),
    "where some are missing": (
        """
        const kept: Record<string, any> = {};
        async function main(ids: string[]) {
          if (ids.some((id) => kept[id] === undefined)) for (const row of await fetched(ids)) kept[row.id] = row;
          return ids.map((id) => kept[id]);
        }
        """,
        Shown("cache", None, "per-key"),
    ),
    "each with its own time": (
        """
        import NodeCache from "node-cache";
        const cache = new NodeCache({ stdTTL: 5 });
        async function main(ids: string[]) {
          const hits = cache.mget(ids);
          const missing = ids.filter((id) => !(id in hits));
          if (missing.length === 0) return hits;
          cache.mset((await fetched(missing)).map((row: any) => ({ key: row.id, val: row, ttl: 60 })));
        }
        """,
        Shown("cache", 60_000, "per-key"),
    ),
    "a list that is kept": (
        REDIS
        + """
        async function main() {
          const rows = await redis.hgetall("prices");
          if (Object.keys(rows).length > 0) return rows;
          await redis.hset("prices", await fetched([]));
          await redis.expire("prices", 60);
        }
        """,
        Shown("cache", 60_000, "shared", "distributed"),
    ),
}


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_of_keys(name: str) -> None:
    source, expected = BATCHES[name]
    assert shown(FETCH + source) == [expected]


def test_the_key_is_that_of_each() -> None:
    source = FETCH + BATCHES["mget, filtered by number"][0]
    assert [guard.key for guard in guards(source)] == ["p:{id}"]


NONE = {
    "a list that is asked on the way to where it is filled": """
        async function main(ids: string[]) {
          const few: string[] = [];
          for (const id of ids) if (few.length === 0) few.push(id);
          if (few.length > 0) return fetched(few);
        }
        """,
    "two lists that are asked on the way to where the other is filled": """
        async function main(ids: string[]) {
          const odd: string[] = [], even: string[] = [];
          ids.forEach((id) => { if (odd.length > 0) even.push(id); if (even.length === 0) odd.push(id); });
          if (odd.length > 0) return fetched(odd);
        }
        """,
    "a list that asks itself what it lets through": """
        async function main(ids: string[]) {
          const first = ids.filter((id) => first.length === 0);
          if (first.length > 0) return fetched(first);
        }
        """,
    "never stored": """
        const known = new Map<string, any>();
        async function main(ids: string[]) {
          const missing = ids.filter((id) => !known.has(id));
          if (missing.length) return fetched(missing);
        }
        """,
    "those that are there": """
        const known = new Map<string, any>();
        async function main(ids: string[]) {
          const there = ids.filter((id) => known.has(id));
          if (there.length) for (const row of await fetched(there)) known.set(row.id, row);
        }
        """,
    "all of them, found or not": """
        const known = new Map<string, any>();
        async function main(ids: string[]) {
          const todo: string[] = [];
          for (const id of ids) { const hit = known.get(id); if (hit) console.log(hit); todo.push(id); }
          if (todo.length) for (const row of await fetched(todo)) known.set(row.id, row);
        }
        """,
    "asked after the call": """
        const known = new Map<string, any>();
        async function main(ids: string[]) {
          const rows = await fetched(ids);
          const missing = ids.filter((id) => !known.has(id));
          if (missing.length) for (const row of rows) known.set(row.id, row);
        }
        """,
    "work that is left": REDIS
    + """
        async function main() {
          const jobs = JSON.parse((await redis.get("jobs")) ?? "[]");
          for (const job of jobs) { if (job.done) continue; await fetched([job.id]); job.done = true; }
          await redis.set("jobs", JSON.stringify(jobs));
        }
        """,
    "a list that is sent and emptied": """
        let waiting: string[] = [];
        export function add(id: string) { waiting.push(id); }
        async function main() {
          if (waiting.length === 0) return;
          const all = waiting;
          waiting = [];
          await fetched(all);
        }
        """,
}


@pytest.mark.parametrize("name", NONE)
def test_no_cache(name: str) -> None:
    assert shown(FETCH + NONE[name]) == []


def test_what_was_sent_before_is_skipped() -> None:
    """A set of names keeps no answers."""
    source = """
        const sent = new Set<string>();
        async function main(ids: string[]) {
          const fresh = ids.filter((id) => !sent.has(id));
          for (const id of fresh) { sent.add(id); await fetched([id]); }
        }
        """
    assert [guard.kind for guard in guards(FETCH + source)] == ["limiter"]
