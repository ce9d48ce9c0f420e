"""Functions are followed however they are written, stored and handed on."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ONE = {"GET a.test/one": (1, 1)}
F = "fetch('https://a.test/one')"

SPELLINGS = {
    "declaration": f"async function f() {{ await {F}; }} await f();",
    "declared below": f"await f(); async function f() {{ await {F}; }}",
    "arrow": f"const f = () => {F}; await f();",
    "function expression": f"const f = async function () {{ await {F}; }}; await f();",
    "named function expression": f"const f = async function g() {{ await {F}; }}; await f();",
    "immediately invoked": f"(async () => {{ await {F}; }})();",
    "immediately invoked function": f"(async function () {{ await {F}; }})();",
    "immediately invoked with arguments": "(async (u: string) => { await fetch(u); })('https://a.test/one');",
    "main": f"async function main() {{ await {F}; }} main().catch((e) => {{ console.error(e); process.exit(1); }});",
    "main with require.main": f"async function main() {{ await {F}; }} main();",
    "async then chain": f"const f = () => {F}.then((r) => r.json()).catch(() => null); await f();",
    "object method": f"const api = {{ f() {{ return {F}; }} }}; await api.f();",
    "object property": f"const api = {{ f: () => {F} }}; await api.f();",
    "object in an object": f"const api = {{ users: {{ f: () => {F} }} }}; await api.users.f();",
    "object map by constant": f"const handlers = {{ a: () => {F} }}; await handlers['a']();",
    "object method through this": f"const api = {{ g() {{ return {F}; }}, f() {{ return this.g(); }} }}; await api.f();",
    "shorthand": f"const f = () => {F}; const api = {{ f }}; await api.f();",
    "spread into an object": f"const a = {{ f: () => {F} }}; const api = {{ ...a, x: 1 }}; await api.f();",
    "destructured from an object": f"const api = {{ f: () => {F} }}; const {{ f }} = api; await f();",
    "renamed": f"const f = () => {F}; const g = f; await g();",
    "in an array": f"const fs = [() => {F}]; await fs[0]();",
    "loop over functions": f"for (const f of [() => {F}]) await f();",
    "factory": f"const make = () => ({{ f: () => {F} }}); await make().f();",
    "factory with base": "const make = (base: string) => ({ f: (p: string) => fetch(base + p) }); await make('https://a.test').f('/one');",
    "factory kept": "function make(base: string) { const get = (p: string) => fetch(base + p); return { get }; }"
    " const api = make('https://a.test'); await api.get('/one');",
    "factory with options": "function make({ base }: { base: string }) { return { get(p: string) { return fetch(`${base}${p}`); } }; }"
    " const api = make({ base: 'https://a.test' }); await api.get('/one');",
    "singleton": f"let x: any; function get() {{ if (!x) {{ x = {{ f: () => {F} }}; }} return x; }} await get().f();",
    "singleton nullish": f"let x: any; const get = () => (x ??= {{ f: () => {F} }}); await get().f();",
    "singleton of a class": f"class C {{ f() {{ return {F}; }} }} let x: C | null = null;"
    " function get(): C { if (x === null) { x = new C(); } return x; } await get().f();",
    "static singleton": f"class C {{ private static x: C; static get() {{ if (!C.x) C.x = new C(); return C.x; }} f() {{ return {F}; }} }}"
    " await C.get().f();",
    "callback": f"const f = async (g: () => Promise<any>) => {{ await g(); }}; await f(() => {F});",
    "callback by name": f"const f = async (g: any) => g(); const g = () => {F}; await f(g);",
    "callback through two": f"const f = async (g: any) => g(); const h = async (g: any) => f(g); await h(() => {F});",
    "callback in options": f"const f = async (o: {{ run: () => any }}) => o.run(); await f({{ run: () => {F} }});",
    "callback destructured": f"const f = async ({{ run }}: any) => run(); await f({{ run: () => {F} }});",
    "callback that is given an argument": "const f = async (g: any) => g('https://a.test/one'); await f((u: string) => fetch(u));",
    "callback with optional call": f"const f = async (g?: any) => g?.(); await f(() => {F});",
    "higher order": f"const wrap = (g: any) => async (...a: any[]) => g(...a); const f = wrap(() => {F}); await f();",
    "higher order with argument": "const wrap = (g: any) => async (u: string) => g(u); const f = wrap((u: string) => fetch(u));"
    " await f('https://a.test/one');",
    "returned promise": f"const f = () => new Promise((resolve) => {{ resolve({F}); }}); await f();",
    "promise with callback": f"await new Promise<void>(async (resolve) => {{ await {F}; resolve(); }});",
    "default parameter is the client": "const f = (g = fetch) => g('https://a.test/one'); await f();",
    "client is an argument": "const f = (g: typeof fetch) => g('https://a.test/one'); await f(fetch);",
    "client is renamed": "const get = fetch; await get('https://a.test/one');",
    "client is bound": "const get = fetch.bind(globalThis); await get('https://a.test/one');",
    "client of globalThis": "await globalThis.fetch('https://a.test/one');",
    "client of window": "await window.fetch('https://a.test/one');",
    "client in brackets": "await (fetch)('https://a.test/one');",
    "generator": f"async function* f() {{ yield await {F}; }} for await (const x of f()) {{ console.log(x); }}",
    "getter": f"const api = {{ get f() {{ return {F}; }} }}; await api.f;",
    "tagged template": "const get = (s: TemplateStringsArray) => fetch('https://a.test/one'); await get`x`;",
    "comma": f"await (0, {F});",
    "in a template": f"console.log(`${{await {F}}}`);",
    "in an argument": f"console.log(await {F});",
    "in an object": f"const x = {{ a: await {F} }};",
    "in a spread": f"const x = [...(await {F}).x];",
    "in a default of a pattern": "const { a = 1 } = await fetch('https://a.test/one') as any;",
    "in an initializer": f"const x = await {F};",
    "in several declarators": f"const a = 1, x = await {F};",
    "in a return": f"const f = () => {{ return {F}; }}; await f();",
    "in a condition": f"if ((await {F}).ok) {{ console.log(1); }}",
    "in a switch value": f"switch ((await {F}).status) {{ case 200: break; }}",
    "in a throw": f"try {{ throw await {F}; }} catch {{ }}",
    "in brackets": f"const m: any = {{}}; m[(await {F}).status] = 1;",
    "in an element access chain": f"const x = (await (await {F}).json())?.a?.[0];",
    "labelled": f"outer: for (const x of [1]) {{ await {F}; break outer; }}",
    "block": f"{{ await {F}; }}",
    "typed": f"const x = await (<any>{F});",
    "non-null": f"const x = (await {F})!;",
    "overloads": f"function f(a: string): any; function f(a: number): any; function f(a: any) {{ return {F}; }} await f(1);",
    "generic call": f"const f = async <T,>() => (await {F}) as T; await f<string>();",
    "same name in a scope": f"const g = () => {F}; {{ const g = () => 1; g(); }} await g();",
    "event listener": f"process.once('x', () => 1); await {F};",
}

WITHOUT = {
    "never called": f"const f = () => {F};",
    "another of the same name": f"const a = {{ f: () => {F} }}; const b = {{ f: () => 1 }}; b.f();",
    "shadowed client": "const fetch = (u: string) => u; fetch('https://a.test/one');",
    "shadowed by a parameter": "const f = (fetch: any) => fetch('https://a.test/one'); f((u: string) => u);",
    "method named like the client": "const db = { fetch(u: string) { return u; } }; db.fetch('https://a.test/one');",
    "a URL alone": "const u = 'https://a.test/one'; console.log(u);",
    "in a comment": "// fetch('https://a.test/one')\nconsole.log(1);",
    "in a string": "console.log(\"fetch('https://a.test/one')\");",
    "type only": "type F = typeof fetch; const x: F | null = null;",
    "callback that is not called": f"const f = (g: any) => 1; f(() => {F});",
}


GAPS_SPELLINGS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SPELLINGS, GAPS_SPELLINGS))
def test_spellings_of_a_function(name: str) -> None:
    assert run(SPELLINGS[name]) == ONE


@pytest.mark.parametrize("name", cases(WITHOUT))
def test_what_is_not_called_reaches_nothing(name: str) -> None:
    assert run(WITHOUT[name]) == {}


CALLBACKS = {
    "cache helper": (
        "const store = new Map<string, any>(); async function withCache<T>(key: string, load: () => Promise<T>, ttl: number): Promise<T> {"
        " const hit = store.get(key); if (hit && hit.until > Date.now()) return hit.value; const value = await load();"
        " store.set(key, { value, until: Date.now() + ttl }); return value; }"
        f" await withCache('k', () => {F}, 5);",
        {"GET a.test/one": (0, 1)},
    ),
    "deduplication": (
        "const flying = new Map<string, Promise<any>>(); function once<T>(k: string, load: () => Promise<T>): Promise<T> {"
        " const known = flying.get(k); if (known) return known; const p = load().finally(() => flying.delete(k)); flying.set(k, p); return p; }"
        f" await once('k', () => {F});",
        {"GET a.test/one": (0, 1)},
    ),
    "two callbacks, one called": (
        f"const f = async (a: any, b: any) => a(); await f(() => {F}, () => fetch('https://a.test/two'));",
        ONE,
    ),
    "unknown library": (
        f"import {{ run }} from 'some-library'; await run(() => {F});",
        {"GET a.test/one": (0, 1)},
    ),
    "span": (
        f"import * as Sentry from '@sentry/node'; await Sentry.startSpan({{ name: 'x' }}, async () => {{ await {F}; }});",
        ONE,
    ),
    "event": (f"process.on('SIGINT', async () => {{ await {F}; }});", {"GET a.test/one": (0, 1)}),
    "emitter": (f"const bus: any = JSON.parse('1'); bus.on('x', () => {F});", {"GET a.test/one": (0, 1)}),
    "object map by data": (
        f"const m: Record<string, () => Promise<any>> = {{ a: () => {F}, b: () => fetch('https://a.test/two') }};"
        " await m[process.argv[2]]();",
        {"GET a.test/one": (0, 1), "GET a.test/two": (0, 1)},
    ),
    "object map by data with a check": (
        f"const m: Record<string, () => Promise<any>> = {{ a: () => {F}, b: () => fetch('https://a.test/two') }};"
        " const f = m[process.argv[2]]; if (f) await f();",
        {"GET a.test/one": (0, 1), "GET a.test/two": (0, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(CALLBACKS))
def test_callbacks(name: str) -> None:
    source, expected = CALLBACKS[name]
    assert run(source) == expected
