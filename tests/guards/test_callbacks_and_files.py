"""Answers of stores in callbacks, and answers that are kept in files."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, guards, shown
from tests.projects import audited

LOAD = """
async function load(id: string): Promise<any> {
  return (await fetch(`https://api.example.com/prices/${id}`)).json();
}
"""
REDIS = 'import { Redis } from "@upstash/redis";\nconst redis = Redis.fromEnv();\n'
KEPT = Shown("cache", 30_000, "per-key", "distributed")

CALLBACKS = {
    "or else": (
        """
        const fresh = (id: string) => load(id).then((data) => redis.set(`p:${id}`, data, { ex: 30 }).then(() => data));
        async function main(id: string) { return redis.get(`p:${id}`).then((hit) => hit ?? fresh(id)); }
        """
    ),
    "a body that leaves": (
        """
        async function main(id: string) {
          return redis.get(`p:${id}`).then(async (hit) => {
            if (hit) return hit;
            const data = await load(id);
            await redis.setex(`p:${id}`, 30, data);
            return data;
          });
        }
        """
    ),
    "stored by the next in the chain": (
        """
        async function main(id: string) {
          return redis.get(`p:${id}`).then((hit) => hit || load(id)).then((data) => redis.setex(`p:${id}`, 30, data));
        }
        """
    ),
    "with an error first": (
        """
        async function main(id: string) {
          redis.get(`p:${id}`, (error: unknown, hit: any) => {
            if (hit) return console.log(hit);
            load(id).then((data) => redis.setex(`p:${id}`, 30, data));
          });
        }
        """
    ),
}


@pytest.mark.parametrize("name", CALLBACKS)
def test_an_answer_in_a_callback(name: str) -> None:
    source = LOAD + REDIS + CALLBACKS[name]
    assert shown(source) == [KEPT]
    assert [guard.key for guard in guards(source)] == ["p:{id}"]


def test_what_has_to_be_there_is_no_cache() -> None:
    source = """
        async function main(id: string) {
          return redis.get(`t:${id}`).then((token) => token && load(id)).then((data) => redis.set(`p:${id}`, data));
        }
        """
    assert shown(LOAD + REDIS + source) == []


def test_what_another_callback_sets_is_no_answer() -> None:
    """A field that one callback sets, and another one asks for what is in it, keeps no answer of the second."""
    source = """
        class View {
          shown: any;
          start(source: any, other: any) {
            source.subscribe((value: any) => { this.shown = value; });
            other.subscribe(async (id: string) => { if (this.shown.isLast) return; await load(id); });
          }
        }
        declare const source: any, other: any;
        async function main() { new View().start(source, other); }
        """
    assert shown(LOAD + source) == []


def test_a_store_that_is_opened_first() -> None:
    source = """
        async function main(id: string) {
          return caches.match(id).then((hit) => hit || load(id).then((answer) =>
            caches.open("v1").then((cache) => { cache.put(id, answer); return answer; })));
        }
        """
    assert shown(LOAD + source) == [Shown("cache", None, "per-key", "cdn")]


FILES = {
    "by its age": (
        """
        import fs from "node:fs/promises";
        const FILE = "cache/prices.json";
        async function main() {
          try {
            const stat = await fs.stat(FILE);
            if (Date.now() - stat.mtimeMs < 60_000) return JSON.parse(await fs.readFile(FILE, "utf8"));
          } catch {}
          const data = await load("all");
          await fs.writeFile(FILE, JSON.stringify(data));
          return data;
        }
        """,
        Shown("cache", 60_000),
    ),
    "by a time in it": (
        """
        import { existsSync, readFileSync, writeFileSync } from "fs";
        async function main(id: string) {
          const file = `./cache/${id}.json`;
          if (existsSync(file)) {
            const kept = JSON.parse(readFileSync(file, "utf-8"));
            if (Date.now() - kept.at < 24 * 60 * 60 * 1000) return kept.data;
          }
          const data = await load(id);
          writeFileSync(file, JSON.stringify({ at: Date.now(), data }));
          return data;
        }
        """,
        Shown("cache", 86_400_000, "per-key"),
    ),
    "of a package, without an end": (
        """
        import fse from "fs-extra";
        async function main() {
          if (await fse.pathExists("data.json")) return fse.readJson("data.json");
          const data = await load("all");
          await fse.outputJson("data.json", data);
          return data;
        }
        """,
        Shown("cache"),
    ),
    "through functions": (
        """
        import fs from "fs";
        import path from "path";
        const place = (id: string) => path.join(__dirname, ".cache", `${id}.json`);
        async function kept(id: string) {
          try { return JSON.parse(await fs.promises.readFile(place(id), "utf8")); } catch { return null; }
        }
        async function keep(id: string, data: unknown) { await fs.promises.writeFile(place(id), JSON.stringify(data)); }
        async function main(id: string) {
          const hit = await kept(id);
          if (hit) return hit;
          const data = await load(id);
          await keep(id, data);
          return data;
        }
        """,
        Shown("cache", None, "per-key"),
    ),
    "a lock": (
        """
        import fs from "fs";
        async function main() {
          if (fs.existsSync(".lock")) return;
          fs.writeFileSync(".lock", String(process.pid));
          try { await load("all"); } finally { fs.unlinkSync(".lock"); }
        }
        """,
        Shown("limiter"),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_keeps_answers(name: str) -> None:
    source, expected = FILES[name]
    assert shown(LOAD + source) == [expected]


NO_CACHE = {
    "another file": """
        import fs from "fs";
        import path from "path";
        async function main(dir: string) {
          if (fs.existsSync(path.join(dir, "stop"))) return;
          fs.writeFileSync(path.join(dir, "out.json"), JSON.stringify(await load("all")));
        }
        """,
    "a state with a switch in it": """
        import fs from "fs";
        const STATE = "state.json";
        async function main() {
          const state = JSON.parse(fs.readFileSync(STATE, "utf8"));
          if (state.disabled) return;
          fs.writeFileSync(STATE, JSON.stringify({ ...state, last: await load("all") }));
        }
        """,
    "one that is removed before": """
        import fs from "fs";
        async function main() {
          if (fs.existsSync("out.json")) fs.unlinkSync("out.json");
          fs.writeFileSync("out.json", JSON.stringify(await load("all")));
        }
        """,
}


@pytest.mark.parametrize("name", NO_CACHE)
def test_a_file_that_keeps_none(name: str) -> None:
    assert shown(LOAD + NO_CACHE[name]) == []


def test_that_it_is_there_is_no_condition_of_its_own() -> None:
    """Of what is asked for its age only where it is there, nothing is said of a condition."""
    source = LOAD + FILES["by a time in it"][0] + "\nmain(process.argv[2]);"
    assert [guard.why for guard in audited({"main.ts": source}).guards] == [""]
