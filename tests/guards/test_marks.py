"""Flags and times that skip a call are no caches, unless an answer is stored beside them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.guards.asked import Shown, guards, shown
from tests.projects import audited, cases

LOAD = """
async function load(): Promise<any> { return (await fetch("https://api.example.com/prices")).json(); }
"""

HANDED = """
class Door { opens?: () => void; rest = new Set<() => void>();
  tell(run: () => void) { if (this.opens) { this.rest.add(run); return; } KEEP }
  open() { this.opens?.(); this.rest.forEach((run) => run()); } }
const door = new Door();
async function main() { door.tell(() => { load(); }); door.open(); }
"""
ACTING = {
    "a function that is handed over": HANDED.replace("KEEP", "this.opens = run;"),
    "a function that is written there": HANDED.replace("KEEP", "this.opens = () => run();"),
    "a client": """
    import Breaker from "opossum";
    const fuses: Record<string, any> = {};
    function fuse(room: string) {
      if (!fuses[room]) { const wire = new Breaker(() => load()); fuses[room] = wire; }
      return fuses[room];
    }
    const blown = (room: string) => fuse(room).opened;
    async function main(room: string) { if (blown(room)) { return { error: "dark" }; } return load(); }
    """,
}

SKIPS: dict[str, tuple[str, Shown]] = {
    "a flag": (
        """
        let tried = false;
        async function main() { if (tried) return; tried = true; await load(); }
        """,
        Shown("limiter"),
    ),
    "a flag that is taken back when it fails": (
        """
        let tried = false;
        async function main() { if (!tried) { tried = true; load().catch(() => { tried = false; }); } }
        """,
        Shown("limiter"),
    ),
    "a flag in storage of the browser": (
        """
        async function main() {
          if (localStorage.getItem("greeted")) return;
          localStorage.setItem("greeted", "yes");
          await load();
        }
        """,
        Shown("limiter", store="browser"),
    ),
    "a set": (
        """
        const seen = new Set<string>();
        async function main(id: string) { if (seen.has(id)) return; seen.add(id); await load(); }
        """,
        Shown("limiter", scope="per-key"),
    ),
    "a set in a loop, with a note": (
        """
        const seen = new Set<string>();
        async function main(ids: string[]) {
          for (const id of ids) {
            if (seen.has(id)) { console.log("seen", id); continue; }
            seen.add(id);
            await load();
          }
        }
        """,
        Shown("limiter", scope="per-key"),
    ),
    "a time, with a note": (
        """
        let last = 0;
        async function main() {
          const now = Date.now();
          if (now < last + 60_000) { console.log("too early"); return; }
          last = now;
          await load();
        }
        """,
        Shown("limiter", 60_000),
    ),
    "times by key": (
        """
        const tried = new Map<string, number>();
        async function main(ids: string[]) {
          for (const id of ids) {
            const now = Date.now();
            const before = tried.get(id);
            if (before) { if (before + 10_000 > now) { console.log(id); continue; } }
            tried.set(id, Date.now());
            await load();
          }
        }
        """,
        Shown("limiter", 10_000, "per-key"),
    ),
    "a time that another function is handed": (
        """
        const tried = new Map<string, number>();
        function note(id: string, until: number) { tried.set(id, until); }
        async function main(ids: string[]) {
          const left = ids.filter((id) => !tried.has(id));
          for (const id of left) { note(id, Date.now() + 60_000); await load(); }
        }
        """,
        Shown("limiter", None, "per-key"),
    ),
    "a time that says no": (
        """
        let last = 0;
        async function main() {
          if (Date.now() - last < 5_000) return { ok: false, why: "too early" };
          last = Date.now();
          return { ok: true, data: await load() };
        }
        """,
        Shown("limiter", 5_000),
    ),
    "a field": (
        """
        class Job {
          private next = 0;
          async run() {
            if (Date.now() < this.next) return false;
            this.next = Date.now() + 30_000;
            await load();
            return true;
          }
        }
        const job = new Job();
        async function main() { await job.run(); }
        """,
        Shown("limiter", 30_000),
    ),
}  # fmt: skip

KEPT: dict[str, tuple[str, Shown]] = {
    "a flag beside a table": (
        """
        let known: Record<string, any> = {};
        let loaded = false;
        async function main() {
          if (loaded) return true;
          const all = await load();
          all.forEach((one: any) => { known[one.id] = one; });
          loaded = true;
          return true;
        }
        """,
        Shown("cache"),
    ),
    "a time beside a field": (
        """
        class Prices {
          all: any = null;
          private at = 0;
          async refresh() {
            if (Date.now() - this.at < 20_000) return;
            this.all = await load();
            this.at = Date.now();
          }
        }
        const prices = new Prices();
        async function main() { await prices.refresh(); return prices.all; }
        """,
        Shown("cache", 20_000),
    ),
    "a time beside a field that another method sets": (
        """
        class Prices {
          all: any = null;
          private at = 0;
          async refresh() {
            const now = Date.now();
            if (now - this.at > 20_000) { this.at = now; await this.take(); }
          }
          private async take() { const got = await load(); this.all = got.prices; }
        }
        const prices = new Prices();
        async function main() { await prices.refresh(); return prices.all; }
        """,
        Shown("cache", 20_000),
    ),
    "a set beside a map": (
        """
        const done = new Set<string>();
        const kept = new Map<string, any>();
        async function main(id: string) {
          if (done.has(id)) return;
          load().then((data) => { kept.set(id, data); done.add(id); });
        }
        """,
        Shown("cache", scope="per-key"),
    ),
    "a time, and what is kept is given back": (
        """
        let kept: any;
        let at = 0;
        async function main() {
          if (Date.now() - at < 20_000) return kept;
          at = Date.now();
          return update();
        }
        async function update() { kept = await load(); return kept; }
        """,
        Shown("cache", 20_000),
    ),
    "whether it is so": (
        """
        const kept = new Map<string, boolean>();
        async function main(id: string) {
          const known = kept.get(id);
          if (known !== undefined) return known;
          const data = await load();
          kept.set(id, data.price > 3);
          return data.price > 3;
        }
        """,
        Shown("cache", scope="per-key"),
    ),
    "a flag beside the state of a component": (
        """
        import { useEffect, useState } from "react";
        let loaded = false;
        function useAll() {
          const [all, setAll] = useState<any>(null);
          useEffect(() => { if (!loaded) { load().then((data) => { setAll(data); loaded = true; }); } }, []);
          return all;
        }
        async function main() { useAll(); }
        """,
        Shown("cache"),
    ),
}  # fmt: skip

NONE: dict[str, str] = {
    "a state that is looked up before": """
        let rich = false;
        async function main(balance: number) { rich = balance > 3; if (rich) return; await load(); }
        """,
    "a field that says whether it may": """
        class Bot {
          private enough = false;
          private rest = 0;
          constructor(private readonly eager: boolean) {}
          async run(balance: number) {
            this.enough = balance >= 5;
            if ((this.eager && (balance > 9 || !this.enough)) || balance === 1) { await load(); }
          }
        }
        const bot = new Bot(true);
        async function main() { await bot.run(Number(process.argv[2])); }
        """,
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SKIPS))
def test_what_skips_a_call_and_answers_nobody_is_no_cache(name: str) -> None:
    """Who is skipped gets nothing: calls are limited, not answered."""
    source, expected = SKIPS[name]
    assert shown(LOAD + source) == [expected]


@pytest.mark.parametrize("name", cases(KEPT))
def test_a_mark_beside_an_answer_is_a_cache(name: str) -> None:
    """The answer of the first call is there for who reads it later."""
    source, expected = KEPT[name]
    assert shown(LOAD + source) == [expected]


@pytest.mark.parametrize("name", cases(NONE))
def test_what_only_decides_is_no_guard(name: str) -> None:
    """A condition that no call of its own sets for the next one keeps no call away."""
    assert shown(LOAD + NONE[name]) == []


def test_a_wait_after_a_failure_says_so() -> None:
    """A time that is noted only where something fails bounds nothing else."""
    source = """
        let failed = 0;
        async function main() {
          if (Date.now() - failed < 5_000) return;
          try { await load(); } catch { failed = Date.now(); }
        }
        """
    found = guards(LOAD + source)
    assert [(one.kind, one.ttl_ms, one.why) for one in found] == [("limiter", 5_000, "only after a failure")]


REDIS = 'import Redis from "ioredis";\nconst redis = new Redis();\n'
IN_REDIS: dict[str, tuple[str, str]] = {
    "a value after its time": ('redis.setex("a", 60, JSON.stringify(data))', "cache"),
    "a field": ('redis.hset("a", "b", JSON.stringify(data)); await redis.expire("a", 60)', "cache"),
    "a mark after its time": ('redis.setex("a", 60, "1")', "limiter"),
    "a mark, with its time apart": ('redis.set("a", "1"); await redis.expire("a", 60)', "limiter"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(IN_REDIS))
def test_what_redis_stores(name: str) -> None:
    """The value is where each command has it; a time is none."""
    write, kind = IN_REDIS[name]
    read = 'redis.hget("a", "b")' if "hset" in write else 'redis.get("a")'
    source = f"async function main() {{ if (await {read}) return; const data = await load(); await {write}; }}"
    assert [(one.kind, one.ttl_ms) for one in guards(REDIS + LOAD + source)] == [(kind, 60_000)]


def test_a_timer_runs_as_seldom_as_what_is_kept_lasts() -> None:
    """Where an early run gives nothing, the timer's interval is the time that what it keeps lasts."""
    source = """
        let kept: any;
        let at = 0;
        async function refresh() {
          if (Date.now() - at < 60_000) return;
          at = Date.now();
          kept = await load();
        }
        async function main() { setInterval(refresh, 5_000); return () => kept; }
        """
    text = dedent(LOAD + dedent(source)) + "\nawait main();"
    inventory = audited({"main.ts": text})
    assert [(one.kind, one.ttl_ms) for one in inventory.guards] == [("cache", 60_000)]
    assert [one.intervals[0].ms for one in inventory.triggers] == [60_000]


@pytest.mark.parametrize("name", ACTING)
def test_what_acts_is_no_answer(name: str) -> None:
    inventory = audited({"main.ts": LOAD + dedent(ACTING[name]) + "\nmain(process.argv[2]);"})
    assert [guard.kind for guard in inventory.guards] == (["limiter"] if name == "a client" else [])
    assert [(reach.path, reach.min, reach.max) for reach in inventory.entries[0].reaches] == [("/prices", 0, 1)]
