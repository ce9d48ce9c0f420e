"""Bounds of branches, loops, retries and failures."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

SETUP = """
const go = Math.random() > 0.5;
const ids: string[] = JSON.parse(process.argv[2]);
const one = () => fetch('https://a.test/one');
const two = () => fetch('https://a.test/two');
"""
O = "GET a.test/one"  # noqa: E741 - reads like the request
T = "GET a.test/two"

CASES: dict[str, tuple[str, dict[str, Bounds]]] = {
    # sequences
    "twice": ("await one(); await one();", {O: (2, 2)}),
    "two of the same call site": (
        "const f = () => fetch('https://a.test/one'); await f(); await f(); await f();",
        {O: (3, 3)},
    ),
    "not awaited": ("one();", {O: (1, 1)}),
    "void": ("void one();", {O: (1, 1)}),
    "not awaited with catch": ("one().catch(() => {});", {O: (1, 1)}),
    "then": ("one().then(() => two());", {O: (1, 1), T: (1, 1)}),
    "then of a name": ("one().then(two);", {O: (1, 1), T: (1, 1)}),
    "catch": ("one().catch(() => two());", {O: (1, 1), T: (0, 1)}),
    "finally": ("one().finally(() => two());", {O: (1, 1), T: (1, 1)}),
    "later": ("setTimeout(() => one(), 1000);", {O: (1, 1)}),
    "never called": ("const later = () => one();", {}),
    # branches
    "if": ("if (go) { await one(); }", {O: (0, 1)}),
    "if else": ("if (go) { await one(); } else { await two(); }", {O: (0, 1), T: (0, 1)}),
    "if else of the same": ("if (go) { await one(); } else { await one(); }", {O: (1, 1)}),
    "if with known truth": ("const on = true; if (on) { await one(); } else { await two(); }", {O: (1, 1)}),
    "if with known falsehood": ("const on = false; if (on) { await one(); }", {}),
    "ternary": ("await (go ? one() : two());", {O: (0, 1), T: (0, 1)}),
    "and": ("go && await one();", {O: (0, 1)}),
    "or": ("go || await one();", {O: (0, 1)}),
    "nullish": ("const x = JSON.parse('1') ?? await one();", {O: (0, 1)}),
    "logical assignment": ("let x: any = JSON.parse('1'); x ??= await one();", {O: (0, 1)}),
    "optional call": ("await one?.();", {O: (1, 1)}),
    "function chosen by a ternary": ("const f = go ? one : two; await f();", {O: (0, 1), T: (0, 1)}),
    "switch": (
        "switch (ids[0]) { case 'a': await one(); break; case 'b': await two(); break; }",
        {O: (0, 1), T: (0, 1)},
    ),
    "switch with default": (
        "switch (ids[0]) { case 'a': await one(); break; default: await one(); }",
        {O: (1, 1)},
    ),
    "switch that falls through": (
        "switch (ids[0]) { case 'a': case 'b': await one(); break; default: await two(); }",
        {O: (0, 1), T: (0, 1)},
    ),
    "switch of a constant": (
        "const f = (k: string) => { switch (k) { case 'a': return one(); case 'b': return two(); } }; await f('a');",
        {O: (1, 1)},
    ),
    "url by if": (
        "let u = 'https://a.test/one'; const f = (b: boolean) => { let u; if (b) { u = 'https://a.test/one'; }"
        " else { u = 'https://a.test/two'; } return fetch(u); }; await f(go);",
        {O: (0, 1), T: (0, 1)},
    ),
    "url by ternary": (
        "await fetch(go ? 'https://a.test/one' : 'https://a.test/two');",
        {O: (0, 1), T: (0, 1)},
    ),
    "url by switch": (
        "const u = (k: string) => { switch (k) { case 'a': return '/one'; default: return '/two'; } };"
        " await fetch('https://a.test' + u(ids[0]));",
        {O: (0, 1), T: (0, 1)},
    ),
    "url by map": (
        "const M: Record<string, string> = { a: '/one', b: '/two' }; await fetch('https://a.test' + M[ids[0]]);",
        {O: (0, 1), T: (0, 1)},
    ),
    # early ends
    "early return": ("const f = async () => { if (go) return; await one(); }; await f();", {O: (0, 1)}),
    "cache hit": (
        "const cache = new Map<string, unknown>(); const f = async (k: string) => { const hit = cache.get(k); if (hit) return hit;"
        " const r = await one(); cache.set(k, r); return r; }; await f('a');",
        {O: (0, 1)},
    ),
    "after a sure return": (
        "const f = async () => { return; await one(); }; await f(); await two();",
        {T: (1, 1)},
    ),
    "process.exit": (
        "const f = async () => { await one(); process.exit(0); await two(); }; await f();",
        {O: (1, 1)},
    ),
    # failures
    "try": ("try { await one(); } catch (e) { console.error(e); }", {O: (1, 1)}),
    "try with fallback": ("try { await one(); } catch { await two(); }", {O: (1, 1), T: (0, 1)}),
    "try finally": ("try { await one(); } finally { await two(); }", {O: (1, 1), T: (1, 1)}),
    "try catch finally": ("try { await one(); } catch { } finally { await two(); }", {O: (1, 1), T: (1, 1)}),
    "try that returns, finally": (
        "const f = async () => { try { return await one(); } finally { await two(); } }; await f();",
        {O: (1, 1), T: (1, 1)},
    ),
    "thrown on a bad answer": (
        "const f = async () => { const r = await one(); if (!r.ok) throw new Error('x'); return two(); }; await f();",
        {O: (1, 1), T: (1, 1)},  # a run that fails is not counted in the minimum
    ),
    # loops
    "for": ("for (let i = 0; i < 3; i++) { await one(); }", {O: (3, 3)}),
    "for with a constant": ("const N = 4; for (let i = 1; i <= N; i += 1) await one();", {O: (4, 4)}),
    "for down": ("for (let i = 3; i > 0; i--) { await one(); }", {O: (3, 3)}),
    "for by two": ("for (let i = 0; i < 10; i += 2) { await one(); }", {O: (5, 5)}),
    "for over data": ("for (let i = 0; i < ids.length; i++) { await one(); }", {O: (0, None)}),
    "for over a literal's length": (
        "const l = [1, 2]; for (let i = 0; i < l.length; i++) { await one(); }",
        {O: (2, 2)},
    ),
    "nested for": ("for (let i = 0; i < 3; i++) for (let j = 0; j < 2; j++) await one();", {O: (6, 6)}),
    "for of data": ("for (const id of ids) { await one(); }", {O: (0, None)}),
    "for of a literal": (
        "for (const p of ['/one', '/two']) { await fetch('https://a.test' + p); }",
        {O: (1, 1), T: (1, 1)},
    ),
    "for await": ("for await (const id of ids) { await one(); }", {O: (0, None)}),
    "for in": ("for (const k in JSON.parse('{}')) { await one(); }", {O: (0, None)}),
    "while": ("while (Math.random() > 0.5) { await one(); }", {O: (0, None)}),
    "while with a counter": ("let n = 0; while (n < 3) { await one(); n++; }", {O: (3, 3)}),
    "do while": ("do { await one(); } while (Math.random() > 0.5);", {O: (1, None)}),
    "do while with a counter": ("let n = 0; do { await one(); n++; } while (n < 3);", {O: (3, 3)}),
    "for ever": ("for (;;) { await one(); }", {O: (1, None)}),
    "while true": ("while (true) { await one(); }", {O: (1, None)}),
    "while true with break": ("while (true) { await one(); if (go) break; }", {O: (1, None)}),
    "pages": (
        "let cursor: string | null = ''; do { const r: any = await one(); cursor = r.next; } while (cursor);",
        {O: (1, None)},
    ),
    "break": ("for (let i = 0; i < 3; i++) { await one(); if (go) break; }", {O: (1, 3)}),
    "continue": ("for (let i = 0; i < 3; i++) { if (go) continue; await one(); }", {O: (0, 3)}),
    "loop condition": (
        "let n = 0; while ((await one()).ok && n < 3) { n++; await two(); }",
        {O: (1, 4), T: (0, 3)},
    ),
    "loop condition without a counter": ("while ((await one()).ok) await two();", {O: (1, None), T: (0, None)}),
    "loop condition after the body": ("do { await two(); } while ((await one()).ok);", {O: (1, None), T: (1, None)}),
    "loop condition of a counted loop": (
        "for (let n = 0; n < 3 && (await one()).ok; n++) await two();",
        {O: (0, 4), T: (0, 3)},
    ),
    "Array.from of data": ("await Promise.all(Array.from(JSON.parse('[]'), () => one()));", {O: (0, None)}),
    "Array.from of a list": ("await Promise.all(Array.from([1, 2], () => one()));", {O: (2, 2)}),
    # retries
    "retry": (
        "const f = async () => { for (let i = 0; i < 3; i++) { try { return await one(); } catch (e) { } } }; await f();",
        {O: (1, 3)},
    ),
    "retry, last one thrown": (
        "const f = async (n = 3) => { for (let i = 1; i <= n; i++) { try { return await one(); }"
        " catch (e) { if (i === n) throw e; await new Promise((r) => setTimeout(r, 100 * i)); } } }; await f();",
        {O: (1, 3)},
    ),
    "retry until ok": (
        "const f = async () => { for (let i = 0; i < 5; i++) { const r = await one(); if (r.ok) return r; } throw new Error(); };"
        " await f();",
        {O: (1, 5)},
    ),
    "retry while": (
        "const f = async () => { let left = 3; while (left > 0) { try { return await one(); } catch { left--; } } }; await f();",
        {O: (1, 3)},
    ),
    "retry while true": (
        "const f = async () => { let n = 0; while (true) { try { return await one(); } catch (e) { if (++n >= 3) throw e; } } };"
        " await f();",
        {O: (1, 3)},
    ),
    "retry helper": (
        "async function retry<T>(f: () => Promise<T>, n = 3): Promise<T> { let last; for (let i = 0; i < n; i++) { try { return await f(); }"
        " catch (e) { last = e; } } throw last; } await retry(() => one());",
        {O: (1, 3)},
    ),
    "retry helper with a count": (
        "async function retry<T>(f: () => Promise<T>, { retries = 3 } = {}): Promise<T> { for (let i = 0; i <= retries; i++) {"
        " try { return await f(); } catch (e) { if (i === retries) throw e; } } throw 0; } await retry(() => one(), { retries: 4 });",
        {O: (1, 5)},
    ),
    "retry by recursion": (
        "async function f(left: number): Promise<Response> { try { return await one(); }"
        " catch (e) { if (left <= 0) throw e; return f(left - 1); } } await f(2);",
        {O: (1, 3)},
    ),
    # arrays
    "map of a literal": ("await Promise.all([1, 2, 3].map(() => one()));", {O: (3, 3)}),
    "map of data": ("await Promise.all(ids.map(() => one()));", {O: (0, None)}),
    "map of a name": ("await Promise.all(ids.map(one));", {O: (0, None)}),
    "map into urls": (
        "await Promise.all(['/one', '/two'].map((p) => fetch(`https://a.test${p}`)));",
        {O: (1, 1), T: (1, 1)},
    ),
    "map of urls, then fetch": (
        "await Promise.all(['/one', '/two'].map((p) => `https://a.test${p}`).map((u) => fetch(u)));",
        {O: (1, 1), T: (1, 1)},
    ),
    "forEach": ("ids.forEach((id) => { one(); });", {O: (0, None)}),
    "forEach of a literal": ("['a', 'b'].forEach(() => one());", {O: (2, 2)}),
    "reduce": (
        "await ids.reduce((p, id) => p.then(() => one() as any), Promise.resolve() as any);",
        {O: (0, None)},
    ),
    "Promise.all": ("await Promise.all([one(), two(), one()]);", {O: (2, 2), T: (1, 1)}),
    "Promise.allSettled": ("await Promise.allSettled([one(), two()]);", {O: (1, 1), T: (1, 1)}),
    "Promise.race": ("await Promise.race([one(), two()]);", {O: (1, 1), T: (1, 1)}),
    "Promise.any": ("await Promise.any([one(), two()]);", {O: (1, 1), T: (1, 1)}),
    "Promise.all of a conditional": (
        "await Promise.all([one(), go ? two() : null]);",
        {O: (1, 1), T: (0, 1)},
    ),
    "pushed": (
        "const all = []; for (const id of ids) { all.push(one()); } await Promise.all(all);",
        {O: (0, None)},
    ),
    "Array.from": ("await Promise.all(Array.from({ length: 3 }, () => one()));", {O: (3, 3)}),
    "Array.from, keys": ("for (const n of Array.from({ length: 3 }).keys()) await one();", {O: (3, 3)}),
    "Array, filled": ("for (const n of new Array(2).fill(0)) await one();", {O: (2, 2)}),
    "Array, filled with nothing": ("await Promise.all(Array(2).fill().map(() => one()));", {O: (2, 2)}),
    "Array of a length that data gives": (
        "for (const n of new Array(ids.length).fill(0)) await one();",
        {O: (0, None)},
    ),
    "entries of a list": (
        "for (const [n, p] of ['/one', '/two'].entries()) await fetch('https://a.test' + p);",
        {O: (1, 1), T: (1, 1)},
    ),
    "the number of an item": (
        "await Promise.all(['a', 'b'].map((name, n) => fetch('https://a.test' + ['/one', '/two'][n])));",
        {O: (1, 1), T: (1, 1)},
    ),
    "the number of an item of data": ("ids.forEach((id, n) => { if (n > 0) one(); });", {O: (0, None)}),
    "Object.entries": (
        "for (const [k, p] of Object.entries({ a: '/one', b: '/two' })) await fetch('https://a.test' + p);",
        {O: (1, 1), T: (1, 1)},
    ),
    "Object.values": (
        "for (const p of Object.values({ a: '/one', b: '/two' })) await fetch('https://a.test' + p);",
        {O: (1, 1), T: (1, 1)},
    ),
    "Object.entries of a list": (
        "for (const [at, p] of Object.entries(['/one', '/two'])) await fetch('https://a.test' + p);",
        {O: (1, 1), T: (1, 1)},
    ),
    "Object.entries of no items": (
        "for (const [k, p] of Object.entries([])) await fetch('https://a.test/one' + p);",
        {},
    ),
    "Object.values of lists, one empty": (
        "const all = { a: ['/one'], b: [] }; for (const k of Object.keys(all)) for (const p of Object.values(all[k]))"
        " await fetch('https://a.test' + p);",
        {O: (1, 1)},
    ),
    "a property that is set to no items, then filled": (
        "const all: any = {}; all.a = []; all.a.push('/one'); for (const p of all.a) await one();",
        {O: (0, None)},
    ),
    "a key that is set to no items, then filled": (
        "const all: any = {}; all['a'] = []; all.a.push('/one');"
        " for (const [k, some] of Object.entries(all)) for (const p of Object.values(some)) await one();",
        {O: (0, None)},
    ),
    "filtered": ("await Promise.all(ids.filter((i) => i > 'a').map(() => one()));", {O: (0, None)}),
    # recursion
    "recursion": (
        "async function f(n: number) { await one(); if (n > 0) await f(n - 1); } await f(ids.length);",
        {O: (1, None)},
    ),
    "mutual recursion": (
        "async function f(n: number) { await one(); if (n > 0) await g(n); } async function g(n: number) { await two(); await f(n - 1); }"
        " await f(ids.length);",
        {O: (1, None), T: (0, None)},
    ),
    "pages by recursion": (
        "async function f(cursor?: string): Promise<any[]> { const r: any = await one(); return r.next ? [...r.items, ...await f(r.next)] : r.items; }"
        " await f();",
        {O: (1, None)},
    ),
}


GAPS_CASES: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(CASES, GAPS_CASES))
def test_bounds(name: str) -> None:
    source, expected = CASES[name]
    assert run(SETUP + source) == expected


def test_a_variable_that_a_callback_sets_may_be_defined() -> None:
    source = """
        let key;
        Object.entries(JSON.parse("x")).forEach(([name, value]) => { if (name === "a") key = value; });
        if (typeof key === "undefined") throw new Error("no key");
        fetch("https://a.test/one");
        """
    assert set(run(f"async function main() {{{source}}}\nmain();")) == {"GET a.test/one"}
