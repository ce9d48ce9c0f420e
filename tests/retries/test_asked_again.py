"""A request that is sent once more because its answer says that it failed is a retry of two attempts."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const u = 'https://a.test/one';
const mirror = 'https://b.test/one';
const ask = (path: string, options: any = {}) => fetch(`https://a.test/${path}`, options);
"""
Found = tuple[int | None, tuple[float, ...], str]

TRIES: dict[str, tuple[str, list[Found]]] = {
    "by its status": ("async function f() { let r = await fetch(u); if (!r.ok) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by a wrapper": ("async function f(id: string) { let r = await ask(id); if (r.status >= 500) { r = await ask(id); } return r; }", [(2, (), "none")]),
    "behind a way out": ("async function f() { const r = await fetch(u); if (r.ok) return r.json(); await sleep(300); const s = await fetch(u); return s.json(); }", [(2, (300,), "fixed")]),
    "as a value": ("async function f(id: string) { const r = await ask(id); return r.status === 429 ? await ask(id) : r; }", [(2, (), "none")]),
    "or": ("async function f() { const load = (p: string) => ask(p).then((r) => r.json()); return (await load('one')) ||\n (await load('one')); }", [(2, (), "none")]),
    "in one line": ("async function f() { return (await ask('one')) ?? (await ask('one')); }", [(2, (), "none")]),
    "by a name": ("async function f() { const r = await fetch(u); const failed = !r.ok; if (failed) { return await fetch(u); } return r; }", [(2, (), "none")]),
    "three times": ("async function f() { let r = await fetch(u); if (!r.ok) r = await fetch(u); if (!r.ok) r = await fetch(u); return r; }", [(3, (), "none")]),
    "by a method": ("class C { get(p: string) { return ask(p); } async f(p: string) { let r = await this.get(p); if (!r.ok) { r = await this.get(p); } return r; } } const f = (p: string) => new C().f(p);", [(2, (), "none")]),
    "beside another way": ("async function f(x: string) { if (x) { return await ask('one'); } const r = await ask('one'); if (!r.ok) { return await ask('one'); } return r; }", [(2, (), "none")]),
    "by a function": ("const isLimited = (r: Response) => r.status === 429; async function f() { let r = await fetch(u); if (isLimited(r)) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by a function with several ways": ("function bad(r: Response) { if (r.status === 429) { return true; } return r.status >= 500; } async function f() { let r = await fetch(u); if (bad(r)) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by a method that says it is good": ("class C { good({ ok }: Response) { return ok; } async f() { let r = await fetch(u); if (!this.good(r)) { r = await fetch(u); } return r; } } const f = (p: string) => new C().f();", [(2, (), "none")]),
    "by a switch": ("async function f() { const r = await fetch(u); switch (r.status) { case 429: case 503: await sleep(200); return await fetch(u); default: return r; } }", [(2, (200,), "fixed")]),
    "behind a switch": ("async function f() { const r = await fetch(u); switch (r.status) { case 200: return r; case 404: return null; } return r; }", []),
    "by a number with a name": ("const LIMITED = 429; async function f() { let r = await fetch(u); if (LIMITED === r.status) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by a list": ("async function f() { let r = await fetch(u); if ([429, 503].includes(r.status)) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by a set": ("const AGAIN = new Set([429, 503]); async function f() { let r = await fetch(u); if (AGAIN.has(r.status)) r = await fetch(u); return r; }", [(2, (), "none")]),
    "by its error": ("const query = async () => (await fetch(u)).json(); async function f() { let r = await query(); if (r.error) r = await query(); return r; }", [(2, (), "none")]),
    "by an error that is taken out": ("const query = async () => (await fetch(u)).json(); async function f() { let { data, error } = await query(); if (error) ({ data, error } = await query()); return data; }", [(2, (), "none")]),
    "by how many errors": ("const query = async () => (await fetch(u)).json(); async function f() { let r = await query(); if (r.errors?.length > 0) r = await query(); return r; }", [(2, (), "none")]),
    "by a handler": ("const load = () => ask('one'); const f = (p: string) => load().then((r) => r.ok ? r : load());", [(2, (), "none")]),
    "by a handler with a wait": ("const load = () => ask('one'); function f(p: string) { return load().then(async (r) => { if (r.status !== 200) { await sleep(100); return load(); } return r; }); }", [(2, (100,), "fixed")]),
    # ---
    "by a handler after it went well": ("const load = () => ask('one'); const f = (p: string) => load().then((r) => r.ok ? load() : r);", []),
    "by a handler, something else": ("const load = () => ask('one'); const other = () => ask('two'); const f = (p: string) => load().then((r) => r.ok ? r : other());", []),
    "where there is no error": ("const query = async () => (await fetch(u)).json(); async function f() { let r = await query(); if (!r.error) r = await query(); return r; }", []),
    "where a function says it is good": ("const good = (r: Response) => r.ok; async function f() { let r = await fetch(u); if (good(r)) r = await fetch(u); return r; }", []),
    "where a list has good ones": ("async function f() { let r = await fetch(u); if ([200, 429].includes(r.status)) r = await fetch(u); return r; }", []),
    "by a switch, where it is good": ("async function f() { const r = await fetch(u); switch (r.status) { case 200: case 201: return await fetch(u); default: return r; } }", []),
    "with a field that nothing of it reads": ("class C { last = 0; get(p: string) { return ask(p); } note() { this.last = Date.now(); } async f(p: string) { let r = await this.get(p); if (!r.ok) { this.note(); r = await this.get(p); } return r; } } const f = (p: string) => new C().f(p);", [(2, (), "none")]),
    # ---
    "with a token that a wrapper reads": ("let token = ''; const api = (p: string) => fetch('https://a.test/' + p, { headers: { authorization: token } }); const renew = async () => { const r = await fetch(mirror); token = await r.text(); }; async function f() { let r = await api('one'); if (r.status === 401) { await renew(); r = await api('one'); } return r; }", []),
    "by a handler, with a token that is renewed": ("let token = ''; const api = () => fetch(u, { headers: { authorization: token } }); const renew = async () => { token = await (await fetch(mirror)).text(); }; const f = (p: string) => api().then(async (r) => { if (r.ok) return r; await renew(); return api(); });", []),
    "with a token that is set there": ("let token = ''; const api = (p: string) => fetch('https://a.test/' + p, { headers: { authorization: token } }); async function f() { let r = await api('one'); if (r.status === 401) { token = await (await fetch(mirror)).text(); r = await api('one'); } return r; }", []),
    "with a token in a field": ("class C { token = ''; get(p: string) { return ask(p, { headers: { authorization: this.token } }); } async renew() { this.token = await (await fetch(mirror)).text(); } async f(p: string) { let r = await this.get(p); if (!r.ok) { await this.renew(); r = await this.get(p); } return r; } } const f = (p: string) => new C().f(p);", []),
    "of another server": ("async function f() { let r = await fetch(u); if (!r.ok) r = await fetch(mirror); return r; }", []),
    "with other options": ("async function f() { let r = await ask('one'); if (!r.ok) r = await ask('one', { method: 'POST' }); return r; }", []),
    "of what has changed": ("async function f() { let url = u; let r = await fetch(url); if (!r.ok) { url = mirror; r = await fetch(url); } return r; }", []),
    "with headers that have changed": ("async function f() { const headers = new Headers(); let r = await ask('one', { headers }); if (r.status === 401) { headers.set('authorization', 'x'); r = await ask('one', { headers }); } return r; }", []),
    "after it went well": ("async function f() { let r = await fetch(u); if (r.ok) r = await fetch(u); return r; }", []),
    "by another test": ("async function f(more: string) { let r = await fetch(u); if (!more) r = await fetch(u); return r; }", []),
    "one of two": ("async function f(more: string) { if (more) { return await ask('one'); } return await ask('one'); }", []),
    "by the answer of another": ("async function f() { const first = await fetch(u); const other = await fetch(mirror); if (!other.ok) { return await fetch(u); } return first; }", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(TRIES))
def test_what_is_asked_again(name: str) -> None:
    source, wanted = TRIES[name]
    retries = audited({"main.ts": source_of(source)}).retries
    assert [(one.max_attempts, one.delays_ms, one.backoff) for one in retries] == wanted
    assert all(one.endpoints for one in retries)


def source_of(source: str) -> str:
    return SETUP + source.replace("{ ", "{\n").replace("; ", ";\n") + "\nf(process.argv[2]);"


def test_in_one_line_and_at_the_top_of_a_module() -> None:
    source = "let r = await fetch('https://a.test/one'); if (!r.ok) r = await fetch('https://a.test/one');"
    found = audited({"main.ts": source})
    assert [one.max_attempts for one in found.retries] == [2]
    assert [(one.path, one.min, one.max) for entry in found.entries for one in entry.reaches] == [("/one", 1, 2)]
