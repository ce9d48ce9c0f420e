"""Arguments reach the request through wrappers, however they are passed."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ONE = {"GET a.test/one": (1, 1)}


def wrapped(depth: int, *, arrow: bool) -> str:
    lines = [
        "const f0 = (url: string) => fetch(url);"
        if arrow
        else "async function f0(url: string) { return await fetch(url); }"
    ]
    for number in range(1, depth + 1):
        body = f"f{number - 1}(url)"
        lines.append(
            f"const f{number} = async (url: string) => {{ const r = await {body}; return r; }};"
            if arrow
            else f"function f{number}(url: string) {{ return {body}; }}"
        )
    return "\n".join([*lines, f"await f{depth}('https://a.test/one');", f"await f{depth}('https://a.test/two');"])


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 5, 12])
@pytest.mark.parametrize("arrow", [True, False])
def test_each_call_of_a_wrapper_is_its_own_request(depth: int, arrow: bool) -> None:
    assert run(wrapped(depth, arrow=arrow)) == {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)}


SPELLINGS = {
    "positional": "const f = (a: string, b: string) => fetch(a + b); await f('https://a.test', '/one');",
    "default parameter": "const f = (p = '/one') => fetch('https://a.test' + p); await f();",
    "default parameter, explicit undefined": "const f = (p = '/one') => fetch('https://a.test' + p); await f(undefined);",
    "default that is replaced": "const f = (p = '/two') => fetch('https://a.test' + p); await f('/one');",
    "default of an earlier parameter": "const f = (p: string, q = `/${p}`) => fetch('https://a.test' + q); await f('one');",
    "rest parameter by index": "const f = (...p: string[]) => fetch(p[0] + p[1]); await f('https://a.test', '/one');",
    "rest parameter joined": "const f = (...p: string[]) => fetch(p.join('/')); await f('https://a.test', 'one');",
    "rest parameter passed on": "const g = (a: string, b: string) => fetch(a + b);"
    " const f = (...p: [string, string]) => g(...p); await f('https://a.test', '/one');",
    "spread array": "const g = (a: string, b: string) => fetch(a + b);"
    " const args = ['https://a.test', '/one'] as const; await g(...args);",
    "spread after a plain argument": "const g = (a: string, b: string) => fetch(a + b);"
    " const args = ['/one']; await g('https://a.test', ...args);",
    "destructured parameter": "const f = ({ path }: { path: string }) => fetch('https://a.test' + path);"
    " await f({ path: '/one' });",
    "destructured with another name": "const f = ({ path: p }: { path: string }) => fetch('https://a.test' + p);"
    " await f({ path: '/one' });",
    "destructured with default": "const f = ({ path = '/one' }: { path?: string }) => fetch('https://a.test' + path);"
    " await f({});",
    "destructured with default for all": "const f = ({ path = '/one' } = {}) => fetch('https://a.test' + path); await f();",
    "destructured deeply": "const f = ({ to: { path } }: any) => fetch('https://a.test' + path); await f({ to: { path: '/one' } });",
    "destructured array": "const f = ([a, b]: string[]) => fetch(a + b); await f(['https://a.test', '/one']);",
    "destructured in the body": "function f(o: any) { const { path } = o; return fetch('https://a.test' + path); }"
    " await f({ path: '/one' });",
    "property of the parameter": "function f(o: any) { return fetch('https://a.test' + o.to.path); }"
    " await f({ to: { path: '/one' } });",
    "optional property": "function f(o?: any) { return fetch('https://a.test' + o?.to?.path); } await f({ to: { path: '/one' } });",
    "rest of an object": "const f = ({ base, ...rest }: any) => fetch(base + rest.path);"
    " await f({ base: 'https://a.test', path: '/one' });",
    "object spread": "const defaults = { base: 'https://a.test', path: '/two' };"
    " const f = (o: any) => { const all = { ...defaults, ...o }; return fetch(all.base + all.path); }; await f({ path: '/one' });",
    "Object.assign": "const defaults = { base: 'https://a.test', path: '/two' };"
    " const f = (o: any) => { const all = Object.assign({}, defaults, o); return fetch(all.base + all.path); };"
    " await f({ path: '/one' });",
    "default inside": "function f(p?: string) { p = p ?? '/one'; return fetch('https://a.test' + p); } await f();",
    "default inside with or": "function f(p?: string) { const q = p || '/one'; return fetch('https://a.test' + q); } await f();",
    "default inside with if": "function f(p?: string) { if (!p) { p = '/one'; } return fetch('https://a.test' + p); } await f();",
    "curried": "const f = (base: string) => (path: string) => fetch(base + path); await f('https://a.test')('/one');",
    "curried and kept": "const f = (base: string) => (path: string) => fetch(base + path);"
    " const api = f('https://a.test'); await api('/one');",
    "bound": "function f(base: string, path: string) { return fetch(base + path); }"
    " const api = f.bind(null, 'https://a.test'); await api('/one');",
    "call": "function f(base: string, path: string) { return fetch(base + path); } await f.call(null, 'https://a.test', '/one');",
    "apply": "function f(base: string, path: string) { return fetch(base + path); } await f.apply(null, ['https://a.test', '/one']);",
    "arguments by assertion": "const f = (p: unknown) => fetch((p as string)!); await f('https://a.test/one');",
    "satisfies": "const f = (o: any) => fetch(o.url satisfies string); await f({ url: 'https://a.test/one' } satisfies object);",
}


GAPS_SPELLINGS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SPELLINGS, GAPS_SPELLINGS))
def test_spellings_of_an_argument(name: str) -> None:
    assert run(SPELLINGS[name]) == ONE


METHODS = {
    "literal": "await fetch('https://a.test/one', { method: 'POST' });",
    "lower case": "await fetch('https://a.test/one', { method: 'post' });",
    "parameter": "const f = (method: string) => fetch('https://a.test/one', { method }); await f('POST');",
    "options passed on": "const f = (u: string, init?: RequestInit) => fetch(u, init);"
    " await f('https://a.test/one', { method: 'POST' });",
    "options spread": "const f = (u: string, init: RequestInit) => fetch(u, { cache: 'no-store', ...init });"
    " await f('https://a.test/one', { method: 'POST' });",
    "options spread through two wrappers": "const f = (u: string, init: RequestInit = {}) => fetch(u, { ...init, headers: {} });"
    " const g = (u: string, o: RequestInit) => f(u, { ...o, method: 'POST' }); await g('https://a.test/one', {});",
    "conditional spread": "const f = (u: string, body?: object) => fetch(u, { ...(body ? { method: 'POST' } : {}) });"
    " await f('https://a.test/one', { a: 1 });",
    "chosen by an argument": "const f = (u: string, body?: object) => fetch(u, { method: body ? 'POST' : 'GET' });"
    " await f('https://a.test/one', { a: 1 });",
    "options object filled later": "const init: RequestInit = {}; init.method = 'POST'; await fetch('https://a.test/one', init);",
    "options filled in a function": "async function f(m: string) { const init: any = { headers: {} }; init.method = m;"
    " return fetch('https://a.test/one', init); } await f('POST');",
    "options from a function": "const opts = (method: string) => ({ method, headers: {} });"
    " await fetch('https://a.test/one', opts('POST'));",
    "Request object": "await fetch(new Request('https://a.test/one', { method: 'POST' }));",
    "Request in a variable": "const r = new Request('https://a.test/one', { method: 'POST' }); await fetch(r);",
    "enum": "enum Verb { Post = 'POST' } await fetch('https://a.test/one', { method: Verb.Post });",
    "const map": "const Verb = { Post: 'POST' } as const; await fetch('https://a.test/one', { method: Verb.Post });",
    "toUpperCase": "const f = (m: string) => fetch('https://a.test/one', { method: m.toUpperCase() }); await f('post');",
    "default parameter": "const f = (method = 'POST') => fetch('https://a.test/one', { method }); await f();",
    "or": "const f = (o: any) => fetch('https://a.test/one', { method: o.method || 'POST' }); await f({});",
    "quoted key": "await fetch('https://a.test/one', { 'method': 'POST' });",
    "computed key": "const k = 'method'; await fetch('https://a.test/one', { [k]: 'POST' });",
}


GAPS_METHODS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(METHODS, GAPS_METHODS))
def test_spellings_of_a_method(name: str) -> None:
    assert run(METHODS[name]) == {"POST a.test/one": (1, 1)}


def test_a_method_that_is_not_given_is_get() -> None:
    assert run("await fetch('https://a.test/one', { headers: { method: 'POST' } });") == ONE


def test_a_method_of_two_is_either() -> None:
    source = "const m = Math.random() > 0.5 ? 'POST' : 'PUT'; await fetch('https://a.test/one', { method: m });"
    assert run(source) == {"POST a.test/one": (0, 1), "PUT a.test/one": (0, 1)}


def test_arguments_of_two_callers_are_not_mixed() -> None:
    source = """
        const f = (base: string, path: string) => fetch(base + path);
        const one = () => f('https://a.test', '/one');
        const two = () => f('https://b.test', '/two');
        await one(); await two();
    """
    assert run(source) == {"GET a.test/one": (1, 1), "GET b.test/two": (1, 1)}


SENDS = "const f = ({ url, method = 'GET' }: any) => fetch(url, { method }); const go = JSON.parse('1');"
SPREADS: dict[str, tuple[str, set[str]]] = {
    "of an object or nothing": ("...(process.env.KEY && { headers: {} })", {"GET"}),
    "of an object or nothing, by a ternary": ("...(go ? { headers: {} } : undefined)", {"GET"}),
    "of a method or nothing": ("...(process.env.KEY && { method: 'POST' })", {"GET", "POST"}),
    "of a method or an empty object": ("...(go ? { method: 'POST' } : {})", {"GET", "POST"}),
    "of one method or another": ("...(go ? { method: 'POST' } : { method: 'PUT' })", {"POST", "PUT"}),
    "of nothing": ("...(false && { method: 'POST' })", {"GET"}),
    "of what surely holds": ("...(true && { method: 'POST' })", {"POST"}),
}


@pytest.mark.parametrize("name", cases(SPREADS))
def test_what_is_spread_may_be_nothing(name: str) -> None:
    spread, expected = SPREADS[name]
    found = run(f"{SENDS} await f({{ url: 'https://a.test/one', {spread} }});")
    assert set(found) == {f"{method} a.test/one" for method in expected}


GIVEN_BY_DEFAULT = [
    "async function go({ load = one }: any) { await load(); }\nawait go({});",
    "async function go({ api, load = one }: { api: any; load?: any }) { await load(); }\nawait go({ api: 1 });",
    "const go = async ([load = one]: any[]) => { await load(); };\nawait go([]);",
    "async function go({ make: { load = one } }: any) { await load(); }\nawait go({ make: {} });",
    "async function go({ load = () => one() }: any) { await load(); }\nawait go({ load: undefined });",
]


@pytest.mark.parametrize("source", GIVEN_BY_DEFAULT)
def test_a_part_of_a_parameter_is_what_it_is_by_default(source: str) -> None:
    assert run(f"const one = () => fetch('https://a.test/one');\n{source}") == {"GET a.test/one": (1, 1)}


def test_a_part_of_what_is_not_known_may_be_what_it_is_by_default() -> None:
    source = """
        const one = () => fetch('https://a.test/one');
        const two = () => fetch('https://a.test/two');
        async function go({ load = one }: any) { await load(); }
        await go({ load: two });
        await go(JSON.parse(process.argv[2]));
        """
    assert run(source) == {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)}


def test_a_default_beside_what_is_given_is_not_used() -> None:
    source = """
        const one = () => fetch('https://a.test/one');
        const two = () => fetch('https://a.test/two');
        async function go({ load = one }: any) { await load(); }
        await go({ load: two });
        """
    assert run(source) == {"GET a.test/two": (1, 1)}


GIVEN_LATER = {
    "class": "class Api { static async open() { return new Api(); } load() { return fetch('https://a.test/one'); } }\nconst made = () => Api.open();",
    "object": "const api = { async open() { return { load: () => fetch('https://a.test/one') }; } };\nconst made = () => api.open();",
    "instance": "class Maker { async open() { return { load: () => fetch('https://a.test/one') }; } }\nconst made = () => new Maker().open();",
}


@pytest.mark.parametrize("name", cases(GIVEN_LATER))
def test_an_object_that_is_waited_for_is_handed_on(name: str) -> None:
    use = "async function use(api) { await api.load(); }\nasync function go() { const client = await %s; await use(client); }\ngo();"
    begin = GIVEN_LATER[name]
    assert run(f"{begin}\n{use % 'made()'}") == ONE
    direct = begin.rpartition("=> ")[2].rstrip(";")
    assert run(f"{begin}\n{use % direct}") == ONE
