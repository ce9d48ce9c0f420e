"""What tries again: attempts, waits and growth, in many spellings; and what only looks like it."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import audited, cases, run

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

SETUP = """
const one = () => fetch('https://a.test/one');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
"""

Found = tuple[int | None, tuple[float, ...], str]
"""Attempts, delays, backoff."""


def audit(source: str) -> Inventory:
    return audited({"main.ts": SETUP + source.replace("{ ", "{\n").replace("; ", ";\n")})


def found(source: str) -> list[Found]:
    return [(one.max_attempts, one.delays_ms, one.backoff) for one in audit(source).retries]


LOOPS: dict[str, tuple[str, Found]] = {
    "for, try": (
        "async function f() { for (let i = 0; i < 3; i++) { try { return await one(); } catch (e) { if (i === 2) throw e; await sleep(1000 * 2 ** i); } } } f();",
        (3, (1000, 2000), "exponential"),
    ),
    "a class that says what failed": (
        "class C { logger = console; ask() { return one(); } async f() { for (let i = 0; i < 3; i++) { const res = await this.ask(); if (res.ok) return res; this.logger.error(`attempt ${i}: ${res.status}`); await sleep(500); } } } new C().f();",
        (3, (500, 500), "fixed"),
    ),
    "in a promise, with a callback that judges": (
        "class C { logger = console; ask() { return one(); } f(again: (r: any) => boolean, times = 4) { return new Promise(async (resolve) => { let last; for (let n = 1; n <= times; n++) { const res = (last = await this.ask()); const more = again(res); if (more !== true) { resolve(res); return; } this.logger.error(JSON.stringify([n, res.status])); await sleep(500); } resolve(last); }); } } new C().f((r) => r.status >= 500);",
        (4, (500, 500, 500), "fixed"),
    ),
    "it waits after a bad answer and after an error": (
        "async function f(max = 2) { for (let i = 0; i <= max; i++) { try { const res = await one(); if (res.ok) return res; if (res.status > 500 && i < max) { await sleep(200 * Math.pow(2, i)); continue; } return res; } catch { if (i < max) { await sleep(200 * Math.pow(2, i)); continue; } return null; } } } f();",
        (3, (200, 400), "exponential"),
    ),
    "it goes round in the handler, or gives up": (
        "async function f() { for (let i = 0; i <= 2; i++) { try { return await one(); } catch (e) { if (i < 2) { await sleep(200 * 2 ** i); continue; } throw e; } } } f();",
        (3, (200, 400), "exponential"),
    ),
    "it goes round in the handler, or gives nothing": (
        "async function f() { for (let i = 0; i < 3; i++) { try { return await one(); } catch (e) { if (i < 2) { await sleep(500); continue; } return null; } } } f();",
        (3, (500, 500), "fixed"),
    ),
    "for, let i after": (
        "async function f() { for (let n = 1; n <= 4; n += 1) { const res = await one(); if (res.ok) { return res; } await sleep(n * 250); } } f();",
        (4, (250, 500, 750), "linear"),
    ),
    "while with a counter": (
        "async function f() { let n = 0; while (n < 5) { try { return await one(); } catch { n++; await sleep(500); } } } f();",
        (5, (500, 500, 500, 500), "fixed"),
    ),
    "do while": (
        "async function f(retries = 3) { let attempt = 0; do { const res = await one(); if (res.ok) return res; await sleep(200); attempt++; } while (attempt < retries); } f();",
        (3, (200, 200), "fixed"),
    ),
    "for ever with a way out": (
        "async function f() { let n = 0; for (;;) { try { return await one(); } catch (e) { if (++n >= 4) throw e; await sleep(100 * n); } } } f();",
        (4, (100, 200, 300), "linear"),
    ),
    "counting down": (
        "async function f() { let left = 3; while (left > 0) { try { return await one(); } catch (e) { left--; if (!left) throw e; } } } f();",
        (3, (), "none"),
    ),
    "a delay that doubles": (
        "async function f() { let wait = 100; for (let i = 1; i <= 4; i++) { const res = await one().catch(() => null); if (res?.ok) return res; if (i < 4) await sleep(wait); wait *= 2; } } f();",
        (4, (100, 200, 400), "exponential"),
    ),
    "a table of delays": (
        "const DELAYS = [100, 500, 2000]; async function f() { for (let i = 0; i <= DELAYS.length; i++) { try { return await one(); } catch (e) { if (i === DELAYS.length) throw e; await sleep(DELAYS[i]); } } } f();",
        (4, (100, 500, 2000), "exponential"),
    ),
    "a table, by a counter that goes on at once": (
        "const DELAYS = [100, 500, 2000]; async function f() { let n = 0; while (true) { const res = await one().catch(() => null); if (res?.ok) return res; const wait = DELAYS[n++]; if (wait === undefined) throw new Error('x'); await sleep(wait); } } f();",
        (4, (100, 500, 2000), "exponential"),
    ),
    "a table, by a counter in the wait": (
        "const DELAYS = [100, 500, 2000]; async function f() { let n = 0; while (true) { try { return await one(); } catch (e) { if (n >= DELAYS.length) throw e; await sleep(DELAYS[n++] ?? 0); } } } f();",
        (4, (100, 500, 2000), "exponential"),
    ),
    "a cap": (
        "async function f() { for (let i = 0; i < 5; i++) { try { return await one(); } catch { await sleep(Math.min(1000 * 2 ** i, 3000)); } } } f();",
        (5, (1000, 2000, 3000, 3000), "exponential"),
    ),
    "a wait before each attempt": (
        "async function f() { for (let i = 0; i < 3; i++) { await sleep(500 * (i + 1)); const data = await (await one()).json(); if (data.find((x: any) => x.id)) break; } } f();",
        (3, (500, 1000, 1500), "linear"),
    ),
    "until it is there": (
        "async function f() { let done = false; while (!done) { const state = await (await one()).json(); if (state.ok) done = true; else await sleep(2000); } } f();",
        (None, (2000, 2000, 2000), "fixed"),
    ),
    "a bound that a caller gives": (
        "async function retry<T>(work: () => Promise<T>, { retries = 3, delay = 100 } = {}) { for (let i = 0; i <= retries; i++) { try { return await work(); } catch (e) { if (i === retries) throw e; await sleep(delay); } } } retry(() => one(), { retries: 2, delay: 50 });",
        (3, (50, 50), "fixed"),
    ),
    "a wait in place": (
        "async function f() { for (let i = 0; i < 2; i++) { try { return await one(); } catch { await new Promise<void>((r) => { setTimeout(() => r(), 700); }); } } } f();",
        (2, (700,), "fixed"),
    ),
    "over a table of delays": (
        "const DELAYS = [100, 500, 2000]; async function f() { for (const ms of [0, ...DELAYS]) { if (ms) await sleep(ms); try { const res = await one(); if (res.ok) return res; } catch (e) { console.error(e); } } } f();",
        (4, (100, 500, 2000), "exponential"),
    ),
    "over a table that begins at once": (
        "async function f() { for (const ms of [0, 1000, 5000]) { await sleep(ms); const res = await one(); if (res.ok) return res; } } f();",
        (3, (0, 1000, 5000), "unknown"),
    ),
    "a table by its number": (
        "const DELAYS = [1000, 2000, 8000]; async function f() { for (let i = 0; ; i++) { const res = await one(); if (res.ok || i >= DELAYS.length) return res; await sleep(DELAYS[i]); } } f();",
        (4, (1000, 2000, 8000), "unknown"),
    ),
    "doubled up to the longest": (
        "async function f() { let ms = 1000; for (let i = 0; i < 5; i++) { const res = await one(); if (res.ok) return res; await sleep(ms); ms = Math.min(ms * 2, 5000); } } f();",
        (5, (1000, 2000, 4000, 5000), "exponential"),
    ),
    "over numbers": (
        "async function f() { for (const n of [1, 2, 3]) { try { return await one(); } catch (e) { if (n === 3) throw e; await sleep(n * 100); } } } f();",
        (3, (100, 200), "linear"),
    ),
    "over the entries of a table": (
        "async function f() { for (const [n, ms] of [100, 300].entries()) { const res = await one(); if (res.ok) return res; await sleep(ms * (n + 1)); } } f();",
        (2, (100,), "fixed"),
    ),
    "over what an array is made of": (
        "const DELAYS = Array.from({ length: 4 }, (_, n) => 100 * 2 ** n); async function f() { for (const ms of DELAYS) { const res = await one(); if (res.ok) return res; await sleep(ms); } } f();",
        (4, (100, 200, 400), "exponential"),
    ),
    "timers/promises": (
        "import { setTimeout as wait } from 'timers/promises'; async function f() { for (let i = 0; i < 2; i++) { try { return await one(); } catch { await wait(700); } } } f();",
        (2, (700,), "fixed"),
    ),
}


@pytest.mark.parametrize("name", cases(LOOPS))
def test_a_loop_that_makes_the_same_call_again_is_a_retry(name: str) -> None:
    source, expected = LOOPS[name]
    assert found(source) == [expected]


UNTIL_THERE: dict[str, bool] = {
    "const data = await (await one()).json(); if (data.find((x: any) => x.id)) return data;": True,
    "const data = await (await one()).json(); if (data.length > 0) break;": True,
    "const res = await one(); const state = await res.json(); if (res.ok && state.done) return state;": True,
    "const res = await one(); if (res.ok) return res;": False,
    "const res = await one(); if (res.status < 500) return res;": False,
    "const res = await one().catch(() => null); if (res) return res;": False,
    "const res = await one().catch(() => null); if (!res) continue; return res;": False,
    "try { return await one(); } catch (e) { console.error(e); }": False,
}


@pytest.mark.parametrize("body", UNTIL_THERE)
def test_what_a_loop_waits_for(body: str) -> None:
    source = "async function f() { for (let i = 0; i < 3; i++) { %s await sleep(100); } } f();"
    (retry,) = audit(source % body).retries
    assert retry.until_there is UNTIL_THERE[body]


NO_RETRIES: dict[str, str] = {
    "pages": "async function f() { for (let page = 0; page < 10; page++) { const rows = await (await fetch(`https://a.test/one?page=${page}`)).json(); if (rows.length < 100) break; } } f();",
    "a cursor in a field": "class C { cursor = ''; async f() { while (true) { const data = await (await fetch('https://a.test/one?c=' + this.cursor)).json(); if (!data.next) break; this.cursor = data.next; } } } new C().f();",
    "a cursor in an object of a field": "import axios from 'axios'; class C { query = { after: '' }; async f() { while (true) { const { data } = await axios.get('https://a.test/one', { params: this.query }); if (!data.next) break; this.query.after = data.next; } } } new C().f();",
    "a cursor in parameters": "async function f() { let key = ''; do { const params = new URLSearchParams(); params.set('key', key); const data = await (await fetch(`https://a.test/one?${params}`)).json(); key = data.next || ''; } while (key); } f();",
    "a cursor in an object": "import axios from 'axios'; async function f() { const query = { after: '' }; let next; do { const { data } = await axios.get('https://a.test/one', { params: query }); next = data.next; query.after = next; } while (next); } f();",
    "a cursor in a body": "async function f() { const body = { limit: 5 }; while (true) { const data = await (await fetch('https://a.test/one', { method: 'POST', body: JSON.stringify(body) })).json(); if (!data.next) break; Object.assign(body, { after: data.next }); } } f();",
    "a cursor": "async function f() { let cursor = ''; while (true) { const data = await (await fetch('https://a.test/one?c=' + cursor)).json(); if (!data.next) break; cursor = data.next; } } f();",
    "items": "async function f(ids: string[]) { for (const id of ids) { try { await fetch(`https://a.test/one/${id}`); } catch (e) { console.error(e); } } } f([]);",
    "a queue": "async function f(queue: any[]) { while (queue.length) { const job = queue.shift(); await fetch('https://a.test/one/' + job); } } f([]);",
    "a service": "async function f() { while (true) { try { await one(); } catch (e) { console.error(e); } await sleep(5000); } } f();",
    "hosts": "async function f() { for (const host of ['https://a.test', 'https://b.test']) { try { return await fetch(host + '/one'); } catch (e) { console.error(e); } } } f();",
    "what is made of items": "async function f() { for (const name of ['one', 'two']) { const url = 'https://a.test/' + name; try { return await fetch(url); } catch (e) { console.error(e); } } } f();",
    "every item, whatever it gives": "async function f() { for (const n of [1, 2]) { await one(); console.log(n); } } f();",
    "n times": "async function f() { for (let i = 0; i < 3; i++) { await one(); } } f();",
}


@pytest.mark.parametrize("name", cases(NO_RETRIES))
def test_a_loop_that_goes_on_to_something_else_is_none(name: str) -> None:
    assert found(NO_RETRIES[name]) == []


RECURSIONS: dict[str, tuple[str, Found]] = {
    "of a function that is handed on, with a growing wait": (
        "async function again<T>(work: () => Promise<T>, left = 3, wait = 500): Promise<T> { try { return await work(); } catch (e) { if (left <= 0) throw e; await sleep(wait); return again(work, left - 1, wait * 2); } } again(() => one());",
        (4, (500, 1000, 2000), "exponential"),
    ),
    "with options": (
        "async function again(work: () => Promise<any>, options: { left?: number; wait?: number } = {}): Promise<any> { const { left = 3, wait = 500 } = options; try { return await work(); } catch (e) { if (left <= 0) throw e; await sleep(wait); return again(work, { left: left - 1, wait: wait * 2 }); } } again(() => one());",
        (4, (500, 1000, 2000), "exponential"),
    ),
    "where the answer says so": (
        "async function load(tries = 0): Promise<any> { const res = await one(); if (res.status === 429 && tries < 4) { const wait = Math.pow(2, tries) * 1000; await sleep(wait); return load(tries + 1); } return res; } load();",
        (5, (1000, 2000, 4000, 8000), "exponential"),
    ),
    "of a method": (
        "class Api { constructor(private readonly most = 3) {} async get(tried = 1): Promise<any> { const res = await one(); if (!res.ok && tried < this.most) { await sleep(tried * 200); return this.get(tried + 1); } return res; } } new Api().get();",
        (3, (200, 400), "linear"),
    ),
    "counting down": (
        "async function get(url: string, left = 3): Promise<any> { try { return await fetch(url); } catch (e) { if (left <= 0) throw e; await sleep(1000); return get(url, left - 1); } } get('https://a.test/one');",
        (4, (1000, 1000, 1000), "fixed"),
    ),
    "counting up": (
        "async function get(attempt = 1): Promise<any> { const res = await one(); if (res.ok) return res; if (attempt >= 4) throw new Error('no'); await sleep(100 * attempt); return get(attempt + 1); } get();",
        (4, (100, 200, 300), "linear"),
    ),
    "a parameter that is changed": (
        "async function get(url: string, total = 1): Promise<any> { try { return await fetch(url); } catch (e) { if (total < 3) { total++; await sleep(3000); return get(url, total); } throw e; } } get('https://a.test/one');",
        (3, (3000, 3000), "fixed"),
    ),
    "in a handler of promises": (
        "function get(n: number): Promise<any> { return one().catch((e) => { if (n === 0) throw e; return get(n - 1); }); } get(2);",
        (3, (), "none"),
    ),
    "in a handler, until one is left": (
        "function get(n: number): Promise<any> { return one().catch((e) => { if (n === 1) throw e; return get(n - 1); }); } get(5);",
        (5, (), "none"),
    ),
    "in a handler, by a choice": (
        "const get = (n: number): Promise<any> => one().catch((e) => n <= 1 ? Promise.reject(e) : get(n - 1)); get(5);",
        (5, (), "none"),
    ),
    "in a handler, after a wait": (
        "const get = (n: number): Promise<any> => one().catch((e) => n > 1 ? sleep(1000).then(() => get(n - 1)) : Promise.reject(e)); get(3);",
        (3, (1000, 1000), "fixed"),
    ),
    "in a handler, after a wait, in statements": (
        "function get(n: number): Promise<any> { return one().catch((e) => { if (!n) throw e; return sleep(500).then(() => get(n - 1)); }); } get(2);",
        (3, (500, 500), "fixed"),
    ),
    "a counter stepped where it is handed on": (
        "async function get(left: number): Promise<any> { try { return await one(); } catch (e) { if (left === 0) throw e; return get(--left); } } get(3);",
        (4, (), "none"),
    ),
    "a counter stepped in the test": (
        "async function get(left = 3): Promise<any> { try { return await one(); } catch (e) { if (!--left) throw e; return get(left); } } get();",
        (3, (), "none"),
    ),
    "nothing that bounds it": (
        "function get(n: number): Promise<any> { return one().catch(() => get(n - 1)); } get(5);",
        (None, (), "none"),
    ),
    "from a timer, counted outside": (
        "let tries = 0; async function load() { try { await one(); tries = 0; } catch (e) { if (tries < 3) { tries++; setTimeout(load, 2000); } } } load();",
        (4, (2000, 2000, 2000), "fixed"),
    ),
    "from a timer, counted in a field": (
        "class P { private n = 0; async run() { try { await one(); } catch { if (this.n++ < 5) setTimeout(() => this.run(), 500); } } } new P().run();",
        (6, (500, 500, 500, 500, 500), "fixed"),
    ),
}


@pytest.mark.parametrize("name", cases(RECURSIONS))
def test_a_function_that_calls_itself_after_an_error_is_a_retry(name: str) -> None:
    source, expected = RECURSIONS[name]
    assert found(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "async function all(page = 1): Promise<any> { const data = await (await fetch('https://a.test/one?page=' + page)).json(); if (data.more) return all(page + 1); } all();",
        "async function visit(id: string): Promise<any> { const data = await (await fetch('https://a.test/one/' + id)).json(); for (const child of data.children) { await visit(child); } } visit('a');",
        "const ask = (query: any) => fetch('https://a.test/one', { method: 'POST', body: JSON.stringify(query) }); function all(query: any, page = 1, seen = []): Promise<any> { return ask({ ...query, page }).then((r: any) => { if (page < r.count) { return all(query, page + 1, seen.concat(r.items)); } return seen; }); } all(JSON.parse('x'));",
        "async function visit(id: string): Promise<any> { const data = await (await fetch('https://a.test/one/' + id)).json(); return { id, kids: await Promise.all(data.kids.map((id: string) => visit(id))) }; } const { id } = JSON.parse('x'); visit(id);",
        "const visit = async (id: string, deep: boolean): Promise<any> => { const data: any = await (await fetch(`https://a.test/one/${id}`)).json(); return deep ? Promise.all(data.kids.map(async ({ id }: any) => { await visit(id, deep); })) : []; }; const { id } = JSON.parse('x'); visit(id, true);",
        "const ask = ({ page }: any) => fetch('https://a.test/one?' + new URLSearchParams({ page })); async function all({ page, seen = [] }: any): Promise<any> { const r = await ask({ page }); const next = r.headers.get('next'); if (!next) { return seen; } return all({ page: next, seen }); } all({});",
        "const ask = (at: any) => fetch('https://a.test/one', { method: 'POST', body: JSON.stringify(at) }); async function all({ cursor: from = '', seen = [] }: any): Promise<any> { const r: any = await ask({ from }); if (!r.next) { return seen; } return all({ cursor: r.next, seen }); } all({});",
    ],
)
def test_recursion_through_data_is_none(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "const two = (x: any) => fetch('https://a.test/two', { method: 'POST', body: x }); async function f() { while (true) { const next = await one(); if (!next) break; two(next); } } f();",
        "const two = (x: any) => fetch('https://a.test/two', { method: 'POST', body: x }); async function f() { let next: any; do { next = await one(); if (next === null) return; await two(next); } while (true); } f();",
        "const kept: any[] = []; async function f() { for (;;) { const found = await one().then((r) => r.json()); if (found.length === 0) break; kept.push(...found); } } f();",
    ],
)
def test_a_loop_that_goes_on_while_it_is_given_something_is_none(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "const note = (x: any) => console.log(x); async function f() { while (true) { const got = await one(); if (got) return got; note(got); } } f();",
        "const note = (x: any) => console.log(x); const tried = async () => { try { await one(); return null; } catch (e) { return e; } }; async function f() { while (true) { const failure = await tried(); if (!failure) break; note(failure); } } f();",
    ],
)
def test_a_loop_that_ends_when_it_went_well_is_one(source: str) -> None:
    assert [attempts for attempts, *_ in found(source)] == [None]


@pytest.mark.parametrize(
    "source",
    [
        "const late: any = {}; const drop = (order: any) => fetch('https://a.test/drop', { method: 'POST', body: order }); function cancel(order: any) { if (late.wait) { late[order.id] = order; return; } drop(update(order)); } function update(report: any) { if (late[report.id]) { cancel(late[report.id]); } return JSON.stringify(report); } cancel(JSON.parse('x')); update(JSON.parse('y'));",
        "class Broker { late: any = {}; drop(order: any) { return fetch('https://a.test/drop', { method: 'POST', body: order }); } cancel = (order: any) => { this.drop(this.update(order)); }; update = (report: any) => { if (report.id in this.late) { this.cancel(this.late[report.id]); } return report; }; } const b = new Broker(); b.cancel(JSON.parse('x')); b.update(JSON.parse('y'));",
    ],
)
def test_functions_that_call_each_other_before_they_ask_try_nothing_again(source: str) -> None:
    assert found(source) == []


EACH_OTHER = {
    "the second may give up": ("async function begin(left: number): Promise<any> { const r = await one(); return r.ok ? r : judge(left); } function judge(left: number): any { if (left > 0) { return begin(left - 1); } throw new Error('no'); } begin(2);", [3]),
    "both ask": ("async function a(n = 0): Promise<any> { const r = await one(); if (r.ok) return r; return b(n); } async function b(n: number): Promise<any> { const r = await one(); if (r.ok || n > 1) return r; return a(n + 1); } a();", [3]),
    "by a level that only gives up": ("async function load(n: number): Promise<any> { if (n === 0) throw new Error('no'); const r = await one(); if (r.ok) return r; return load(n - 1); } load(4);", [4]),
    # ---
    "once more in any case": ("async function a(again = true): Promise<any> { await one(); return b(again); } async function b(again: boolean): Promise<any> { await one(); if (again) return a(false); } a();", []),
    "once more by a flag": ("let done = false; async function a(): Promise<any> { await one(); await b(); } async function b(): Promise<any> { await one(); if (!done) { done = true; await a(); } } a();", []),
    "so many times in any case": ("async function a(n: number): Promise<any> { await one(); if (n > 0) await a(n - 1); } a(3);", []),
    "for ever": ("async function a(): Promise<any> { await one(); return b(); } async function b(): Promise<any> { await one(); return a(); } a();", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(EACH_OTHER))
def test_functions_that_call_each_other_after_they_asked_are_one_retry_where_the_answer_decides(name: str) -> None:
    source, attempts = EACH_OTHER[name]
    assert [one for one, *_ in found(source)] == attempts


COLLECT = "const next = async () => (await one()).json(); "
TOGETHER = {
    "pushed": "const all: any[] = []; async function f() { while (true) { const x = await next(); all.push(...x.items); if (!x.more) break; } } f();",
    "pushed, with a pause": "const all: any[] = []; async function f() { while (true) { const x = await next(); all.push(...x.items); if (!x.more) break; await sleep(200); } } f();",
    "joined": "async function f() { let all: any[] = []; let more = true; while (more) { const x = await next(); all = all.concat(x.items); more = x.more; } return all; } f();",
    "spread": "async function f() { let all: any[] = []; for (;;) { const { items } = await next(); all = [...all, ...items]; if (items.length < 100) return all; } } f();",
    "into a map, one by one": "async function f() { const seen = new Map(); for (;;) { const x = await next(); for (const it of x.items) seen.set(it.id, it); if (seen.size >= x.total) break; } } f();",
}
APART = {
    "until it is done, with a record": ("const all: any[] = []; async function f() { while (true) { const x = await next(); all.push(x.line); if (x.done) break; await sleep(200); } } f();", (200, 200, 200)),
    "until it went well, with a record": ("const all: any[] = []; async function f() { while (true) { const x = await one(); all.push(x.status); if (x.ok) return x; } } f();", ()),
    "kept when it is there": ("const all: any[] = []; async function f() { while (true) { const x = await next(); if (x.ready) { all.push(x); break; } } } f();", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", TOGETHER)
def test_a_loop_that_puts_its_answers_together_tries_nothing_again(name: str) -> None:
    assert found(COLLECT + TOGETHER[name]) == []


@pytest.mark.parametrize("name", APART)
def test_a_loop_that_keeps_a_record_of_its_tries(name: str) -> None:
    source, delays = APART[name]
    assert [one[:2] for one in found(COLLECT + source)] == [(None, delays)]


TAKEN = {
    "taken in its test": "async function f() { const q = ['a', 'b']; let id; while ((id = q.shift())) await fetch('https://a.test/' + id); } f();",
    "matched in its test": "async function f(text: string) { const p = /x(.)/g; let m; while ((m = p.exec(text)) !== null) { await fetch('https://a.test/' + m[1]); } } f(process.argv[2]);",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_loop_that_takes_another_thing_in_its_test_tries_nothing_again(name: str) -> None:
    assert found(TAKEN[name]) == []


def test_a_method_of_lists_on_the_line_of_a_request_is_no_request() -> None:
    source = "const ids = process.argv; async function f() { for (let i = 0; i < ids.filter((id) => id.length > 3).length; i++) await one(); } f();"
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "async function f(options: any): Promise<any> { const r = await fetch('https://a.test/one', options); if (r.status === 503 && options.left > 0) { return f({ ...options, left: options.left - 1 }); } return r; } f(JSON.parse('x'));",
        "async function f({ url, left }: any): Promise<any> { const r = await fetch(url); if (r.status === 503 && left > 0) { return f({ url, left: left - 1 }); } return r; } f({ url: 'https://a.test/one', left: Number(process.argv[2]) });",
        "async function f(url: string, n = 0): Promise<any> { const r = await fetch(url); if (r.status === 503 && n < Number(process.argv[2])) { return f(url, n + 1); } return r; } f('https://a.test/one');",
    ],
)
def test_recursion_that_counts_is_one_though_its_bound_is_not_known(source: str) -> None:
    assert [attempts for attempts, *_ in found(source)] == [None]


LIBRARIES: dict[str, tuple[str, Found]] = {
    "promise-retry": (
        "import promiseRetry from 'promise-retry'; promiseRetry((again) => one().catch(again), { retries: 2, minTimeout: 100 });",
        (3, (100, 200), "exponential"),
    ),
    "async.retry": (
        "import async from 'async'; async.retry({ times: 3, interval: 200 }, one);",
        (3, (200, 200), "fixed"),
    ),
    "radash": ("import { retry } from 'radash'; retry({ times: 2, delay: 100 }, one);", (2, (100,), "fixed")),
    "p-retry": ("import pRetry from 'p-retry'; pRetry(() => one(), { retries: 2 });", (3, (1000, 2000), "exponential")),
    "p-retry by default": (
        "import pRetry from 'p-retry'; pRetry(one);",
        (11, tuple(1000 * 2**n for n in range(10)), "exponential"),
    ),
    "p-retry, fixed": (
        "import pRetry from 'p-retry'; pRetry(one, { retries: 2, minTimeout: 100, factor: 1 });",
        (3, (100, 100), "fixed"),
    ),
    "exponential-backoff": (
        "import { backOff } from 'exponential-backoff'; backOff(() => one(), { numOfAttempts: 3 });",
        (3, (100, 200), "exponential"),
    ),
    "axios-retry": (
        "import axios from 'axios'; import axiosRetry from 'axios-retry'; axiosRetry(axios, { retries: 2 }); await axios.get('https://a.test/one');",
        (3, (0, 0), "none"),
    ),
    "axios-retry of an instance": (
        "import axios from 'axios'; import axiosRetry from 'axios-retry'; const api = axios.create({ baseURL: 'https://a.test' }); axiosRetry(api); await api.get('/one');",
        (4, (0, 0, 0), "none"),
    ),
    "axios-retry of an instance that a function makes": (
        "import axios from 'axios'; import axiosRetry from 'axios-retry'; function make(base) { const c = axios.create({ baseURL: base }); axiosRetry(c, { retries: 1 }); return c; } const api = make('https://a.test'); await api.get('/one');",
        (2, (0,), "none"),
    ),
    "axios-retry, doubled": (
        "import axios from 'axios'; import axiosRetry from 'axios-retry'; axiosRetry(axios, { retries: 3, retryDelay: axiosRetry.exponentialDelay }); await axios.get('https://a.test/one');",
        (4, (200, 400, 800), "exponential"),
    ),
    "axios-retry, computed": (
        "import axios from 'axios'; import axiosRetry from 'axios-retry'; axiosRetry(axios, { retries: 3, retryDelay: (count) => count * 500 }); await axios.post('https://a.test/one');",
        (4, (500, 1000, 1500), "linear"),
    ),
    "got": (
        "import got from 'got'; await got('https://a.test/one', { retry: { limit: 4, backoffLimit: 3000 } });",
        (5, (1000, 2000, 3000, 3000), "exponential"),
    ),
    "got by default": ("import got from 'got'; await got('https://a.test/one');", (3, (1000, 2000), "exponential")),
    "got, a method that it does not try again unless told to": (
        "import got from 'got'; await got.post('https://a.test/one', { retry: { limit: 1, methods: ['POST'] } });",
        (2, (1000,), "fixed"),
    ),
    "got, waits of its own": (
        "import got from 'got'; await got('https://a.test/one', { retry: { calculateDelay: ({ computedValue }) => computedValue / 2 } });",
        (3, (), "unknown"),
    ),
    "ky": ("import ky from 'ky'; await ky.get('https://a.test/one', { retry: 1 });", (2, (300,), "fixed")),
    "ky by default": (
        "import ky from 'ky'; const api = ky.create({ prefixUrl: 'https://a.test' }); await api.get('one');",
        (3, (300, 600), "exponential"),
    ),
    "ky, a function": (
        "import ky from 'ky'; await ky('https://a.test/one', { retry: { limit: 3, delay: (n) => 1000 * 2 ** (n - 1) } });",
        (4, (1000, 2000, 4000), "exponential"),
    ),
    "ky, an instance": (
        "import ky from 'ky'; const api = ky.create({ prefixUrl: 'https://a.test', retry: { limit: 3 } }); await api.get('one');",
        (4, (300, 600, 1200), "exponential"),
    ),
}


@pytest.mark.parametrize("name", cases(LIBRARIES))
def test_what_libraries_try_again(name: str) -> None:
    source, expected = LIBRARIES[name]
    assert found(source) == [expected]
    (reach,) = [one for item in audit(source).entries for one in item.reaches]
    assert (reach.min, reach.max) == (1, expected[0])


@pytest.mark.parametrize(
    "source",
    [
        "import got from 'got'; await got('https://a.test/one', { retry: { limit: 0 } });",
        "import got from 'got'; await got.post('https://a.test/one', { json: {} });",
        "import got from 'got'; await got.patch('https://a.test/one', { retry: { limit: 3 } });",
        "import got from 'got'; got.stream('https://a.test/one');",
        "import ky from 'ky'; await ky.get('https://a.test/one', { retry: 0 });",
        "import ky from 'ky'; await ky.post('https://a.test/one', { retry: 3 });",
        "import axios from 'axios'; await axios.get('https://a.test/one');",
        "import pRetry from 'p-retry'; pRetry(one, { retries: 0 });",
    ],
)
def test_what_is_turned_off_or_not_said_is_none(source: str) -> None:
    assert found(source) == []


def test_jitter_is_seen_and_taken_at_its_middle() -> None:
    source = "async function f() { for (let i = 0; i < 3; i++) { try { return await one(); } catch { await sleep(100 + Math.random() * 100); } } } f();"
    (retry,) = audit(source).retries
    assert (retry.delays_ms, retry.jitter, retry.backoff) == ((150, 150), True, "fixed")


def test_a_bound_that_is_not_known_is_said() -> None:
    source = "async function f(most: number) { for (let i = 0; i < most; i++) { try { return await one(); } catch { await sleep(100); } } } f(Number(process.argv[2]));"
    (retry,) = audit(source).retries
    assert retry.max_attempts is None
    assert "its bound is not known: i < most" in retry.why


@pytest.mark.parametrize(
    ("source", "waits"),
    [
        ("await get();", True),
        ("get().catch(console.error);", False),
    ],
)
def test_whether_somebody_waits_for_it(source: str, waits: bool) -> None:
    handler = f"""
        import {{ get }} from '../../../get';
        export async function GET() {{ {source} return Response.json({{}}); }}
    """
    helper = (
        SETUP
        + "export async function get() {\n for (let i = 0; i < 3; i++) {\n try {\n return await one();\n } catch {\n await sleep(1);\n } } }"
    )
    files = {"package.json": '{"dependencies": {"next": "14.0.0"}}', "app/api/a/route.ts": handler, "get.ts": helper}
    (retry,) = audited(files).retries
    assert retry.in_request_path is waits


FLOATING = {
    "a statement": "async function get() { try { one(); } catch { await sleep(15000); await get(); } } get();",
    "a function that is handed in": "async function again(work: () => void) { try { work(); } catch { await sleep(15000); await again(work); } } again(() => send()); async function send() { await one(); }",
    "voided": "async function get() { try { void one().then((r) => r.json()); } catch { await get(); } } get();",
    "in a loop": "async function f() { for (let i = 0; i < 3; i++) { try { one(); break; } catch (e) { await sleep(1000); } } } f();",
    "in a loop, beside what may throw": "async function f(text: string) { for (let i = 0; i < 3; i++) { try { JSON.parse(text); fetch('https://a.test/one'); break; } catch (e) { await sleep(1000); } } } f('');",
}
"""Calls whose promise nobody waits for: no handler around them hears of their failure."""


@pytest.mark.parametrize("name", cases(FLOATING))
def test_what_is_not_waited_for_is_not_tried_again(name: str) -> None:
    source = FLOATING[name]
    assert found(source) == []
    assert audit(source).triggers == ()
    assert run(SETUP + source)["GET a.test/one"][1] in (1, 3)


WAITED_FOR = {
    "awaited": "async function get() { try { await one(); } catch { await sleep(15000); await get(); } } get();",
    "awaited where it is handed in": "async function again(work: () => Promise<void>) { try { await work(); } catch { await sleep(15000); await again(work); } } again(() => send()); async function send() { await one(); }",
    "a variable": "async function get() { try { const sent = one(); await sent; } catch { await sleep(15000); await get(); } } get();",
    "in a loop": "async function f() { while (true) { try { await one(); break; } catch (e) { await sleep(15000); } } } f();",
}


@pytest.mark.parametrize("name", cases(WAITED_FOR))
def test_what_is_waited_for_is_tried_again(name: str) -> None:
    assert [attempts for attempts, *_ in found(WAITED_FOR[name])] == [None]


def test_a_loop_that_does_not_wait_for_its_request_is_a_loop() -> None:
    inventory = audit(
        "async function f() { while (true) { try { fetch('https://a.test/one'); } catch (e) { } await sleep(500); } } f();"
    )
    assert inventory.retries == ()
    assert [(one.kind, one.mechanism) for one in inventory.triggers] == [("loop", "while+sleep")]


def test_a_handler_that_starts_its_function_again_counts_no_attempt_twice() -> None:
    source = "function get(n: number): Promise<any> { return fetch('https://a.test/one').catch((e) => { if (n <= 1) throw e; return get(n - 1); }); } get(5);"
    assert run(source) == {"GET a.test/one": (1, 5)}


def test_a_component_that_renders_itself_tries_nothing_again() -> None:
    source = """
    import { useEffect } from 'react';
    export default function Group({ group }: any) {
      useEffect(() => { fetch('/api/one'); }, []);
      return <div>{group.groups.map((inner: any) => <Group key={inner.name} group={inner} />)}</div>;
    }
    """
    assert audited({"package.json": '{"name": "a"}', "pages/index.tsx": source}).retries == ()


def test_attempts_count_in_one_run() -> None:
    source = (
        SETUP
        + "async function f() {\n for (let i = 0; i < 3; i++) {\n try {\n return await one();\n } catch {\n await sleep(1);\n } } }\nawait f();"
    )
    assert run(source) == {"GET a.test/one": (1, 3)}


@pytest.mark.parametrize(
    "inner",
    [
        "{group.parts?.length > 0 && <Group group={group.first} />}",
        "<Fold>{() => <Group group={group.first} />}</Fold>",
    ],
)
def test_an_element_inside_its_own_component_is_a_tree_and_no_retry(inner: str) -> None:
    app = """
        import { useEffect } from 'react';
        function Fold({ children }) { return children(); }
        function Group({ group }) {
          useEffect(() => { fetch('https://a.test/one'); });
          return <div>{group.title}%s</div>;
        }
        export default function Page() { return <Group group={{ title: 'a' }} />; }
    """
    files = {"package.json": '{"dependencies": {"next": "15.0.0", "react": "18.0.0"}}', "app/page.tsx": app % inner}
    found = audited(files)
    assert [one.mechanism for one in found.retries] == []
    assert {reach.path for entry in found.entries for reach in entry.reaches} == {"/one"}


@pytest.mark.parametrize(
    "call", ["watcher.on('changed', () => load(path));", "watcher.once('changed', () => { load(path); });"]
)
def test_a_function_that_runs_again_at_an_event_tries_nothing_again(call: str) -> None:
    source = f"""
        import {{ EventEmitter }} from "node:events";
        class Watcher extends EventEmitter {{ changed() {{ this.emit("changed"); }} }}
        let watcher: Watcher | undefined;
        const load = (path: string, first = false) => {{
          if (first) {{ watcher = new Watcher(); {call} }}
          fetch(`https://a.test/${{path}}`).catch((error) => console.error(error));
        }};
        load("keys", true);
        """
    assert audited({"main.ts": source}).retries == ()
