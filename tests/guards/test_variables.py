"""Caches in variables, fields, maps and objects, in the ways that code tests them."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, guards, line_of, shown
from tests.projects import audited, brief, entry

LOAD = """
async function load(): Promise<any> { return (await fetch("https://api.example.com/prices")).json(); }
"""

CACHES = {
    "variable, early return": (
        """
        let kept: { data: any; at: number } | null = null;
        const TTL = 2_000;
        async function main() {
          const now = Date.now();
          if (kept && now - kept.at < TTL) return kept.data;
          const data = await load();
          kept = { data, at: now };
          return data;
        }
        """,
        Shown("cache", 2000),
    ),
    "variable, inverted": (
        """
        let kept: any = null;
        let at = 0;
        async function main() {
          if (!kept || Date.now() - at > 60 * 1000) {
            kept = await load();
            at = Date.now();
          }
          return kept;
        }
        """,
        Shown("cache", 60_000),
    ),
    "looked at once more": (
        """
        let kept: { data: any; at: number } | null = null;
        async function main(price: number) {
          if (kept && Date.now() - kept.at < 2_000) {
            if (Math.abs(kept.data.price - price) > 3) { kept = null; } else { return kept.data; }
          }
          const data = await load();
          kept = { data, at: Date.now() };
          return data;
        }
        """,
        Shown("cache", 2000),
    ),
    "looked at once more, in two ways": (
        """
        const kept = new Map<string, { data: any; at: number }>();
        async function main(id: string, price?: number) {
          const one = kept.get(id);
          if (one && Date.now() - one.at < 2_000) {
            if (price) {
              if (one.data.price > price) { kept.delete(id); } else { return one.data; }
            } else {
              return one.data;
            }
          }
          const data = await load();
          kept.set(id, { data, at: Date.now() });
          return data;
        }
        """,
        Shown("cache", 2000, "per-key"),
    ),
    "variable in an else": (
        """
        let kept: any;
        async function main() {
          let data;
          if (kept !== undefined) { data = kept; } else { data = await load(); kept = data; }
          return data;
        }
        """,
        Shown("cache"),
    ),
    "assigned where it is nothing": (
        """
        let kept: any;
        async function main() { return (kept ??= await load()); }
        """,
        Shown("cache"),
    ),
    "assigned where it is false": (
        """
        let kept: any;
        async function main() { kept ||= await load(); return kept; }
        """,
        Shown("cache"),
    ),
    "or else": (
        """
        const kept = new Map<string, any>();
        async function main() {
          return kept.get("all") ?? (await remember());
        }
        async function remember() { const data = await load(); kept.set("all", data); return data; }
        """,
        Shown("cache"),
    ),
    "conditional expression": (
        """
        let kept: any;
        let until = 0;
        async function main() { return until > Date.now() ? kept : await refresh(); }
        async function refresh() { kept = await load(); until = Date.now() + 30_000; return kept; }
        """,
        Shown("cache", 30_000),
    ),
    "says when it expires": (
        """
        const kept = new Map<string, { data: any; expiresAt: number }>();
        async function main() {
          const hit = kept.get("prices");
          if (hit && hit.expiresAt > Date.now()) return hit.data;
          const data = await load();
          kept.set("prices", { data, expiresAt: Date.now() + 5 * 60_000 });
          return data;
        }
        """,
        Shown("cache", 300_000),
    ),
    "seconds": (
        """
        let kept: any;
        let at = 0;
        async function main() {
          if (kept && (Date.now() - at) / 1000 < 90) return kept;
          kept = await load();
          at = Date.now();
          return kept;
        }
        """,
        Shown("cache", 90_000),
    ),
    "has and get": (
        """
        const kept = new Map<string, any>();
        async function main(id: string) {
          if (kept.has(id)) return kept.get(id);
          const data = await load();
          kept.set(id, data);
          return data;
        }
        """,
        Shown("cache", scope="per-key"),
    ),
    "a table": (
        """
        const kept: Record<string, any> = {};
        async function main(id: string) {
          if (kept[id]) return kept[id];
          kept[id] = await load();
          return kept[id];
        }
        """,
        Shown("cache", scope="per-key"),
    ),
    "forgotten by a timer": (
        """
        const kept = new Map<string, any>();
        async function main(id: string) {
          const hit = kept.get(id);
          if (hit) return hit;
          const data = await load();
          kept.set(id, data);
          setTimeout(() => kept.delete(id), 10_000);
          return data;
        }
        """,
        Shown("cache", 10_000, "per-key"),
    ),
    "asked in a function": (
        """
        const TTL = 4_000;
        let kept: { data: any; at: number } | undefined;
        function isFresh(entry: { at: number }, ttl: number) { return Date.now() - entry.at < ttl; }
        async function main() {
          if (kept && isFresh(kept, TTL)) return kept.data;
          kept = { data: await load(), at: Date.now() };
          return kept.data;
        }
        """,
        Shown("cache", 4_000),
    ),
    "asked in a try": (
        """
        const kept = new Map<string, any>();
        async function main() {
          try {
            const hit = kept.get("a");
            if (hit) return JSON.parse(hit);
          } catch {}
          const data = await load();
          kept.set("a", JSON.stringify(data));
          return data;
        }
        """,
        Shown("cache"),
    ),
    "a field": (
        """
        class Prices {
          private kept?: any;
          async all() {
            if (this.kept) return this.kept;
            this.kept = await load();
            return this.kept;
          }
        }
        const prices = new Prices();
        async function main() { return prices.all(); }
        """,
        Shown("cache"),
    ),
    "a class around a map": (
        """
        class Memory {
          private readonly entries = new Map<string, { value: any; expiresAt: number }>();
          get(key: string) {
            const entry = this.entries.get(key);
            if (!entry || entry.expiresAt < Date.now()) return undefined;
            return entry.value;
          }
          set(key: string, value: any, ttl: number) {
            this.entries.set(key, { value, expiresAt: Date.now() + ttl });
          }
        }
        const memory = new Memory();
        async function main(id: string) {
          const hit = memory.get(id);
          if (hit) return hit;
          const data = await load();
          memory.set(id, data, 15_000);
          return data;
        }
        """,
        Shown("cache", 15_000, "per-key"),
    ),
    "a closure": (
        """
        function keeping() {
          let kept: any = null;
          return async () => {
            if (kept) return kept;
            kept = await load();
            return kept;
          };
        }
        const read = keeping();
        async function main() { return read(); }
        """,
        Shown("cache"),
    ),
    "a promise that stays": (
        """
        let kept: Promise<any> | null = null;
        async function main() {
          if (!kept) kept = load().catch((error) => { kept = null; throw error; });
          return kept;
        }
        """,
        Shown("cache"),
    ),
    "kept beside until when": (
        """
        let kept: any = null;
        let expires = 0;
        async function main() {
          if (kept && Date.now() < expires) return kept;
          kept = await load();
          expires = Date.now() + 120_000;
          return kept;
        }
        """,
        Shown("cache", 120_000),
    ),
    "fields, kept until": (
        """
        class Token {
          private token?: string;
          private expiresAt = 0;
          constructor(private readonly lifetime = 60_000) {}
          async get() {
            if (this.token && this.expiresAt > Date.now()) return this.token;
            const { token } = await load();
            this.token = token;
            this.expiresAt = Date.now() + this.lifetime;
            return token;
          }
        }
        const token = new Token();
        async function main() { return token.get(); }
        """,
        Shown("cache", 60_000),
    ),
    "static fields": (
        """
        class Prices {
          private static kept: any = null;
          private static at = 0;
          private static readonly TTL = 3_000;
          static async all() {
            if (Prices.kept && Date.now() - Prices.at < Prices.TTL) return Prices.kept;
            Prices.kept = await load();
            Prices.at = Date.now();
            return Prices.kept;
          }
        }
        async function main() { return Prices.all(); }
        """,
        Shown("cache", 3_000),
    ),
    "static fields of this": (
        """
        class Prices {
          private static kept: any = null;
          static async all() { if (this.kept) return this.kept; this.kept = await load(); return this.kept; }
        }
        async function main() { return Prices.all(); }
        """,
        Shown("cache"),
    ),
    "a static map, asked by an object": (
        """
        class Prices {
          private static kept = new Map<string, any>();
          async one(id: string) {
            const hit = Prices.kept.get(id);
            if (hit) return hit;
            const data = await load();
            Prices.kept.set(id, data);
            return data;
          }
        }
        async function main(id: string) { return new Prices().one(id); }
        """,
        Shown("cache", scope="per-key"),
    ),
    "a class that says whether it is fresh": (
        """
        class Kept<T> {
          private data: T | null = null;
          private at = 0;
          constructor(private ttl: number) {}
          isFresh() { return this.data !== null && Date.now() - this.at < this.ttl; }
          get() { return this.isFresh() ? this.data : null; }
          set(data: T) { this.data = data; this.at = Date.now(); }
        }
        const kept = new Kept<any>(7_000);
        async function main() {
          const hit = kept.get();
          if (hit) return hit;
          const data = await load();
          kept.set(data);
          return data;
        }
        """,
        Shown("cache", 7_000),
    ),
    "a name for the global object": (
        """
        const everywhere = globalThis as unknown as { kept?: { at: number; data: any } };
        async function main() {
          const hit = everywhere.kept;
          if (hit && hit.at + 9_000 > Date.now()) return hit.data;
          const data = await load();
          everywhere.kept = { at: Date.now(), data };
          return data;
        }
        """,
        Shown("cache", 9_000),
    ),
    "how long is a field": (
        """
        class Prices {
          private kept = new Map<string, { at: number; data: any }>();
          constructor(private readonly ttl: number) {}
          async one(id: string) {
            const hit = this.kept.get(id);
            if (hit && Date.now() - hit.at < this.ttl) return hit.data;
            const data = await load();
            this.kept.set(id, { at: Date.now(), data });
            return data;
          }
        }
        const prices = new Prices(2_000);
        async function main(id: string) { return prices.one(id); }
        """,
        Shown("cache", 2_000, "per-key"),
    ),
    "in flight": (
        """
        let running: Promise<any> | null = null;
        async function main() {
          if (running) return running;
          running = load().finally(() => { running = null; });
          return running;
        }
        """,
        Shown("dedup"),
    ),
    "in flight by key": (
        """
        const running = new Map<string, Promise<any>>();
        async function main(id: string) {
          const same = running.get(id);
          if (same) return same;
          const result = load().finally(() => running.delete(id));
          running.set(id, result);
          return result;
        }
        """,
        Shown("dedup", scope="per-key"),
    ),
    "one at a time": (
        """
        let busy = false;
        async function main() {
          if (busy) return;
          busy = true;
          try { await load(); } finally { busy = false; }
        }
        """,
        Shown("limiter"),
    ),
    "one at a time by key, marked by what is called": (
        """
        const open = new Set<string>();
        async function main(ids: string[]) {
          for (const id of ids) { if (open.has(id)) continue; await settle(id); }
        }
        async function settle(id: string) { open.add(id); await load(); open.delete(id); }
        """,
        Shown("limiter", scope="per-key"),
    ),
    "not so often": (
        """
        let last = 0;
        async function main() {
          if (Date.now() - last < 5_000) return;
          last = Date.now();
          await load();
        }
        """,
        Shown("limiter", 5_000),
    ),
}


@pytest.mark.parametrize("name", CACHES)
def test_a_guard_that_code_writes(name: str) -> None:
    """Each spelling is one guard with its time, scope and store."""
    source, expected = CACHES[name]
    assert shown(LOAD + source) == [expected]


@pytest.mark.parametrize("name", [name for name, (_, one) in CACHES.items() if one.kind == "cache"])
def test_a_cache_may_answer(name: str) -> None:
    """The lower bound behind a cache is nothing."""
    from textwrap import dedent

    source = dedent(LOAD + dedent(CACHES[name][0])) + "\nawait main();"
    found = brief(entry(audited({"main.ts": source}), "main.ts"))
    assert found == {"GET api.example.com/prices": (0, 1)}


NONE = {
    "read after the call": """
        const kept = new Map<string, any>();
        async function main() {
          const data = await load();
          const before = kept.get("a");
          if (before) return before;
          kept.set("a", data);
          return data;
        }
        """,
    "only written": """
        const kept = new Map<string, any>();
        async function main() { const data = await load(); kept.set("a", data); return data; }
        """,
    "never written": """
        const known = new Map<string, string>([["a", "b"]]);
        async function main(id: string) { const name = known.get(id); if (name) return name; return load(); }
        """,
    "kept where no request stands": """
        let derived: number | null = null;
        function total() { if (derived !== null) return derived; derived = 1 + 2; return derived; }
        async function main() { const data = await load(); return total() + data; }
        """,
    "what is left when it fails": """
        let kept: any;
        async function main() {
          try { kept = await load(); return kept; } catch { if (kept) return kept; throw new Error("nothing"); }
        }
        """,
    "must be there": """
        const tokens = new Map<string, string>();
        export function login(id: string, token: string) { tokens.set(id, token); }
        async function main(id: string) { if (!tokens.get(id)) return null; return load(); }
        """,
    "a sign to stop": """
        let stopped = false;
        export function stop() { stopped = true; }
        async function main() { if (stopped) return; await load(); }
        """,
    "of this run only": """
        async function main(ids: string[]) {
          const seen = new Map<string, any>();
          for (const id of ids) { if (seen.has(id)) continue; seen.set(id, await load()); }
        }
        """,
    "a static field that must be set": """
        class Prices {
          static base: string | null = null;
          static use(base: string) { Prices.base = base; }
          static async all() { if (!Prices.base) return null; return load(); }
        }
        async function main() { Prices.use("a"); return Prices.all(); }
        """,
    "both ways ask": """
        let token: string | null = null;
        async function main() { if (token) { return load(); } token = await load(); return token; }
        """,
    "asked how long it ran": """
        async function main() { const began = Date.now(); if (Date.now() - began > 100) return; await load(); }
        """,
}


@pytest.mark.parametrize("name", NONE)
def test_no_guard(name: str) -> None:
    """What stands before no request, or keeps nothing, is none."""
    assert shown(LOAD + NONE[name]) == []


def test_the_place_is_the_declaration() -> None:
    """A guard of a variable is where it is declared; lookup, write and time are beside it."""
    from textwrap import dedent

    source = dedent(LOAD) + dedent(CACHES["variable, early return"][0])
    found = guards(source)[0]
    assert found.line == line_of(source, "let kept")
    assert set(found.also_lines) >= {
        line_of(source, "const TTL"),
        line_of(source, "if (kept"),
        line_of(source, "kept = { data"),
    }


def test_a_way_around_the_cache_shows_none() -> None:
    """Guards of a reach are those that stand on every way to it."""
    source = (
        LOAD
        + """
        let kept: any;
        async function cached() { if (kept) return kept; kept = await load(); return kept; }
        async function main() { await cached(); await load(); }
        await main();
        """
    )
    from textwrap import dedent

    inventory = audited({"main.ts": dedent(source)})
    assert [guard.kind for guard in inventory.guards] == ["cache"]
    assert entry(inventory, "main.ts").reaches[0].guards == ()


def test_dead_code_keeps_its_guards() -> None:
    """A guard of a function that nothing calls is listed and said to be dead."""
    source = """
        let kept: any;
        export async function unused() {
          if (kept) return kept;
          kept = await (await fetch("https://api.example.com/unused")).json();
          return kept;
        }
        """
    found = audited({"main.ts": 'await fetch("https://api.example.com/a");', "other.ts": source}).guards
    assert [(guard.kind, guard.dead) for guard in found] == [("cache", True)]


@pytest.mark.parametrize(
    ("test", "cached"),
    [
        ("if (fresh) forget(); else { LOOK }", "only where !fresh"),
        ("if (!fresh) { LOOK } else forget();", "only where !fresh"),
        ("if (!fresh) { forget(); } else { LOOK }", "only where fresh"),
        ("if (fresh && other) forget(); else { LOOK }", "only where !(fresh && other)"),
        ("LOOK", ""),
    ],
)
def test_under_which_condition_it_is_asked(test: str, cached: str) -> None:
    source = f"""
let kept: any;
{LOAD}
function forget() {{ kept = undefined; }}
async function main(fresh: boolean, other: boolean) {{
  {test.replace("LOOK", "if (kept) return kept;")}
  kept = await load();
  return kept;
}}
main(JSON.parse("1"), JSON.parse("2"));
"""
    assert [guard.why for guard in audited({"main.ts": source}).guards] == [cached]


REFRESHED = """
import axios from "axios";
const api = axios.create({{ baseURL: "https://api.example.com" }});
const kept = new Map<string, {{ data: any; at: number }}>();
async function read(id: string) {{
  const known = kept.get(id);
  if (known) {{
    if (Date.now() - known.at > 60_000) {{
      {again}
    }}
    return known.data;
  }}
  const answer = await api.get("/prices");
  kept.set(id, {{ data: answer.data, at: Date.now() }});
  return answer.data;
}}
async function main() {{ await read(process.argv[2]); }}
"""


@pytest.mark.parametrize(
    "again",
    [
        "api.get('/prices').then((a) => { kept.set(id, { data: a.data, at: Date.now() }); });",
        "void api.get('/prices').then((a) => { kept.set(id, { data: a.data, at: Date.now() }); });",
        "const a = await api.get('/prices'); kept.set(id, { data: a.data, at: Date.now() });",
    ],
)
def test_what_is_read_anew_while_the_old_answer_is_given(again: str) -> None:
    caches = [guard for guard in guards(REFRESHED.format(again=again)) if guard.kind == "cache"]
    assert 60_000 in {cache.ttl_ms for cache in caches}


def test_what_is_read_and_kept_nowhere_is_no_cache() -> None:
    source = REFRESHED.format(again="").replace("kept.set(id, { data: answer.data, at: Date.now() });", "")
    assert [guard for guard in guards(source) if guard.kind == "cache"] == []


def test_settings_that_loading_a_file_fills_keep_no_answer() -> None:
    files = {
        "config.ts": """
            import { readFile } from 'node:fs/promises';
            import { plainToInstance } from 'class-transformer';
            class Settings { skip = process.env.SKIP === 'true'; }
            let config: Settings;
            const text = await readFile('config.json', 'utf8').catch(() => '');
            if (!text) { config = new Settings(); } else { config = plainToInstance(Settings, JSON.parse(text)); }
            export { config };
        """,
        "main.ts": """
            import { config } from './config';
            async function check() {
              if (!process.env.SHA || config.skip) { console.log('skipped'); return; }
              const latest = await fetch('https://a.test/latest');
              console.log(await latest.json());
            }
            await check();
        """,
    }
    inventory = audited(files)
    assert inventory.guards == ()
    assert brief(entry(inventory, "main.ts")) == {"GET a.test/latest": (0, 1)}
