"""URLs are read however they are put together."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, cases, run

ID = "const id = process.argv[2];\n"
ONE = {"GET a.test/v1/users/{}": (1, 1)}

SPELLINGS = {
    "template": "await fetch(`https://a.test/v1/users/${id}`);",
    "plus": "await fetch('https://a.test/v1/users/' + id);",
    "plus of constants": "const B = 'https://a.test'; const V = '/v1'; await fetch(B + V + '/users/' + id);",
    "plus in parentheses": "await fetch('https://a.test' + ('/v1/users/' + id));",
    "+= in order": "let u = 'https://a.test'; u += '/v1'; u += `/users/${id}`; await fetch(u);",
    "+= in a function": "async function f(x: string) { let u = 'https://a.test/v1'; u += '/users/' + x; return fetch(u); } await f(id);",
    "assignment": "let u; u = `https://a.test/v1/users/${id}`; await fetch(u);",
    "u = u + more": "async function f() { let u = 'https://a.test/v1'; u = u + '/users/' + id; await fetch(u); } await f();",
    "concat": "await fetch('https://a.test'.concat('/v1/users/', id));",
    "join": "await fetch(['https://a.test', 'v1', 'users', id].join('/'));",
    "join of a const array": "const parts = ['https://a.test', 'v1', 'users', id]; await fetch(parts.join('/'));",
    "replace": "await fetch('https://a.test/v1/users/:id'.replace(':id', id));",
    "replace with a pattern": "await fetch('https://a.test/v1/users/{id}'.replace(/\\{id\\}/, id));",
    "replaceAll": "await fetch('https://a.test/v1/users/:id'.replaceAll(':id', id));",
    "replace with a function": "await fetch('https://a.test/v1/users/:id'.replace(':id', () => id));",
    "new URL": "await fetch(new URL(`/v1/users/${id}`, 'https://a.test'));",
    "new URL of one argument": "await fetch(new URL(`https://a.test/v1/users/${id}`));",
    "new URL href": "await fetch(new URL(`/v1/users/${id}`, 'https://a.test').href);",
    "new URL toString": "await fetch(new URL(`/v1/users/${id}`, 'https://a.test').toString());",
    "new URL in a template": "await fetch(`${new URL(`/v1/users/${id}`, 'https://a.test')}`);",
    "new URL relative to a folder": "await fetch(new URL(`users/${id}`, 'https://a.test/v1/'));",
    "new URL relative to a file": "await fetch(new URL(`users/${id}`, 'https://a.test/v1/x'));",
    "new URL of a folder": "const base = new URL('.', 'https://a.test/v1/x').href; await fetch(`${base}users/${id}`);",
    "new URL with a dot": "await fetch(new URL(`./users/${id}`, 'https://a.test/v1/'));",
    "new URL from the root": "await fetch(new URL(`/v1/users/${id}`, 'https://a.test/old/path'));",
    "new URL with searchParams": "const u = new URL(`/v1/users/${id}`, 'https://a.test'); u.searchParams.set('a', 'b'); await fetch(u);",
    "origin of a URL": "const u = new URL('https://a.test/old?x=1'); await fetch(`${u.origin}/v1/users/${id}`);",
    "origin of a URL on a base": "const u = new URL(`/old/${id}`, 'https://a.test'); await fetch(new URL(`/v1/users/${id}`, u.origin));",
    "origin as a base": "await fetch(new URL(new URL('https://a.test').origin + '/v1/users/' + id));",
    "url.resolve": "import { resolve } from 'node:url'; await fetch(resolve('https://a.test/v1/', `users/${id}`));",
    "url.resolve from the root": "import url = require('url'); await fetch(url.resolve('https://a.test/old', '/v1/users/' + id));",
    "pathname set later": "const u = new URL('https://a.test'); u.pathname = `/v1/users/${id}`; await fetch(u);",
    "query in a template": "await fetch(`https://a.test/v1/users/${id}?limit=${process.argv[3]}`);",
    "query of URLSearchParams": "const q = new URLSearchParams({ a: id }); await fetch(`https://a.test/v1/users/${id}?${q}`);",
    "query of URLSearchParams, toString": "const q = new URLSearchParams(); q.set('a', id);"
    " await fetch('https://a.test/v1/users/' + id + '?' + q.toString());",
    "query if any": "const q = new URLSearchParams({ a: id }).toString();"
    " await fetch(`https://a.test/v1/users/${id}${q ? `?${q}` : ''}`);",
    "query appended": "let u = `https://a.test/v1/users/${id}`; if (id > '3') { u += `?x=${id}`; } await fetch(u);",
    "query appended in a function": "async function f() { let u = `https://a.test/v1/users/${id}`; if (id) u += '?x=1';"
    " return fetch(u); } await f();",
    "query from an object's entries": "const q = Object.entries({ a: 1 }).map(([k, v]) => `${k}=${v}`).join('&');"
    " await fetch(`https://a.test/v1/users/${id}?` + q);",
    "encodeURIComponent": "await fetch(`https://a.test/v1/users/${encodeURIComponent(id)}`);",
    "String": "await fetch('https://a.test/v1/users/' + String(id));",
    "toString": "await fetch('https://a.test/v1/users/' + id.toString());",
    "toLowerCase": "await fetch(`https://a.test/v1/users/${id.toLowerCase()}`);",
    "trimmed base": "const B = 'https://a.test/'; await fetch(`${B.replace(/\\/$/, '')}/v1/users/${id}`);",
    "sliced base": "const B = 'https://a.test/'; await fetch(`${B.slice(0, -1)}/v1/users/${id}`);",
    "base checked for its slash": "const B = 'https://a.test/'; const b = B.endsWith('/') ? B.slice(0, -1) : B;"
    " await fetch(`${b}/v1/users/${id}`);",
    "path builder": "const path = (x: string) => `/v1/users/${x}`; await fetch('https://a.test' + path(id));",
    "path builder in an object": "const paths = { user: (x: string) => `/v1/users/${x}` }; await fetch('https://a.test' + paths.user(id));",
    "url builder with early return": "function url(p: string) { if (p.startsWith('http')) { return p; } return `https://a.test${p}`; }"
    " await fetch(url(`/v1/users/${id}`));",
    "url builder with ternary": "const url = (p: string) => p.startsWith('http') ? p : `https://a.test${p}`;"
    " await fetch(url(`/v1/users/${id}`));",
    "url builder that adds the slash": "const url = (p: string) => `https://a.test${p.startsWith('/') ? p : '/' + p}`;"
    " await fetch(url(`v1/users/${id}`));",
    "concat of several": "const base = 'https://'; await fetch(base.concat('a.test', '/v1/users/', id));",
    "concat of what is not known": "await fetch('https://a.test/v1/users/' + id.concat('', ''));",
    "String.raw": "await fetch(String.raw`https://a.test/v1/users/${id}`);",
    "as const": "const B = 'https://a.test' as const; await fetch(`${B}/v1/users/${id}` as string);",
    "frozen object": "const C = Object.freeze({ base: 'https://a.test/v1' }); await fetch(`${C.base}/users/${id}`);",
    "nested const map": "const C = { api: { base: 'https://a.test', v: 1 } } as const; await fetch(`${C.api.base}/v${C.api.v}/users/${id}`);",
    "const map by literal key": "const C: Record<string, string> = { main: 'https://a.test' }; await fetch(`${C['main']}/v1/users/${id}`);",
    "const map by constant key": "const C = { main: 'https://a.test', test: 'https://b.test' }; const NET = 'main';"
    " await fetch(`${C[NET]}/v1/users/${id}`);",
    "Map": "const C = new Map([['main', 'https://a.test']]); await fetch(`${C.get('main')}/v1/users/${id}`);",
    "enum": "enum Path { Users = '/v1/users' } await fetch(`https://a.test${Path.Users}/${id}`);",
    "members of an enum made of others": "enum Path { Root = '/v1', Users = Root + '/users' } await fetch(`https://a.test${Path.Users}/${id}`);",
    "const enum": "const enum Path { Users = '/v1/users' } await fetch(`https://a.test${Path.Users}/${id}`);",
    "static field": "class Path { static readonly users = '/v1/users'; } await fetch(`https://a.test${Path.users}/${id}`);",
    "namespace": "namespace Path { export const users = '/v1/users'; } await fetch(`https://a.test${Path.users}/${id}`);",
    "logical or with a constant": "const B = undefined || 'https://a.test'; await fetch(`${B}/v1/users/${id}`);",
    "destructured constants": "const { B, V } = { B: 'https://a.test', V: 'v1' }; await fetch(`${B}/${V}/users/${id}`);",
    "upper case host": "await fetch(`HTTPS://A.test/v1/users/${id}`);",
    "trailing slash": "await fetch(`https://a.test/v1/users/${id}/`);",
    "fragment": "await fetch(`https://a.test/v1/users/${id}#top`);",
}


GAPS_SPELLINGS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SPELLINGS, GAPS_SPELLINGS))
def test_spellings_of_a_url(name: str) -> None:
    assert run(ID + SPELLINGS[name]) == ONE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("await fetch(`https://a.test/${id}/users`);", "GET a.test/{}/users"),
        ("await fetch(`https://a.test/v1/users`);", "GET a.test/v1/users"),
        ("await fetch(`https://a.test:8443/v1`);", "GET a.test:8443/v1"),
        ("await fetch('https://a.test');", "GET a.test/"),
        ("await fetch('//a.test/x');", "GET a.test/x"),
        ("await fetch(`https://a.test${id}`);", "GET a.test/{}"),
        ("await fetch('https://user:secret@a.test/x');", "GET a.test/x"),
        ("await fetch(`https://a.test/v1/users/${id}x`);", "GET a.test/v1/users/{}x"),
    ],
)
def test_neighbours_of_a_url_differ(source: str, expected: str) -> None:
    assert run(ID + source) == {expected: (1, 1)}


def test_a_secret_of_a_url_is_not_shown() -> None:
    inventory = audited({"main.ts": "await fetch('https://user:hunter2@a.test/x?api_key=hunter2');"})
    assert "hunter2" not in repr(inventory)
    assert inventory.calls[0].host == "a.test"


def test_a_url_that_data_decides_is_unknown_and_says_why() -> None:
    inventory = audited({"main.ts": "const u = JSON.parse(process.argv[2]).url; await fetch(u);"})
    assert [(call.host, call.path) for call in inventory.calls] == [("", "")]
    assert inventory.calls[0].unknown
    assert [(item.file, item.line) for item in inventory.unknowns] == [("main.ts", 1)]


def test_a_known_url_leaves_no_unknown() -> None:
    inventory = audited({"main.ts": "await fetch('https://a.test/x');"})
    assert inventory.unknowns == ()
    assert inventory.calls[0].unknown == ""


SCHEMES = {
    "test of a pattern": "const full = /^https?:\\/\\//i.test(base) ? base : `https://${base}`;",
    "test of a beginning": "const full = base.startsWith('http') ? base : `https://${base}`;",
    "twice": "const once = /^https?:\\/\\//.test(base) ? base : `https://${base}`; const full = /^https?:\\/\\//.test(once) ? once : `https://${once}`;",
}


@pytest.mark.parametrize("name", cases(SCHEMES))
@pytest.mark.parametrize("base", ["a.test", "https://a.test"])
def test_a_scheme_is_added_where_there_is_none(name: str, base: str) -> None:
    assert run(f"const base = '{base}'; {SCHEMES[name]} await fetch(`${{full}}/one`);").keys() == {"GET a.test/one"}
    unknown = run(f"const base = process.argv[2]; {SCHEMES[name]} await fetch(`${{full}}/one`);")
    assert unknown
    assert not any("https:" in call for call in unknown)


def test_a_pattern_says_nothing_of_a_beginning_that_is_too_short() -> None:
    source = f"{ID} const url = /^https:\\/\\/a/.test(`https://${{id}}`) ? 'https://b.test/yes' : 'https://b.test/no';"
    assert run(f"{source} await fetch(url);").keys() == {"GET b.test/yes", "GET b.test/no"}


@pytest.mark.parametrize("url", ["${u.protocol}//${u.hostname}/robots.txt", "${u.protocol}//${u.host}/robots.txt"])
def test_the_parts_of_a_url_make_one_again(url: str) -> None:
    assert run(f"const u = new URL('https://a.test/page'); await fetch(`{url}`);").keys() == {"GET a.test/robots.txt"}
    (call,) = run(f"{ID} const u = new URL(id); await fetch(`{url}`);")
    assert call.endswith("/robots.txt")
    assert "//" not in call


@pytest.mark.parametrize(
    ("fill", "url"),
    [
        ("u.searchParams.set('a', x);", "https://a.test/one?a=1&{query}"),
        ("u.searchParams.append('a', 'x y'); u.searchParams.append('b', x);", "https://a.test/one?a=x%20y&b=1&{query}"),
        ("u.searchParams.set('token', 'secret');", "https://a.test/one?token=***&{query}"),
        (
            "u.searchParams.set(x, x); const later = x; u.searchParams.set('a', later);",
            "https://a.test/one?1=1&a={a}&{query}",
        ),
        ("if (x) { u.searchParams.set('a', x); }", "https://a.test/one?{query}"),
        ("u.search = x;", "https://a.test/one?{query}"),
        ("", "https://a.test/one"),
    ],
)
def test_a_query_that_is_filled_in_is_known_as_far_as_it_surely_is(fill: str, url: str) -> None:
    source = f"async function ask(x: string) {{ const u = new URL('https://a.test/one'); {fill} await fetch(u); }} await ask('1');"
    (call,) = audited({ENTRY: source}).calls
    assert (call.url, call.path) == (url, "/one")


FALLBACK = "const name = new URL(process.argv[2]).searchParams.get('name') ?? '';\n"
NAMED = {
    "template": "await fetch(`https://a.test/coins/${name}`);",
    "encoded": "await fetch(`https://a.test/coins/${encodeURIComponent(name)}?days=1`);",
    "plus": "await fetch('https://a.test/coins/' + (name || ''));",
    "of data": "const d = await (await import('./d.json')).list(); await fetch(`https://a.test/coins/${d.map((x: any) => ({ s: (x.s as string) ?? '' }))[0].s}`);",
}


@pytest.mark.parametrize("name", cases(NAMED))
def test_nothing_is_asked_for_a_thing_without_a_name(name: str) -> None:
    assert run(FALLBACK + NAMED[name]) == {"GET a.test/coins/{}": (1, 1)}


def test_an_empty_end_of_a_path_may_be_meant() -> None:
    source = """
        const get = (path: string) => fetch(`https://a.test/${path}`);
        await get(''); await get('b');
        await fetch(`https://a.test/coins${name ? `/${name}` : ''}`);
        await fetch(`https://a.test/my-${name}list`);
    """
    assert run(FALLBACK + source) == {
        "GET a.test/": (1, 1),
        "GET a.test/b": (1, 1),
        "GET a.test/coins": (0, 1),
        "GET a.test/coins/{}": (0, 1),
        "GET a.test/my-list": (0, 1),
        "GET a.test/my-{}list": (0, 1),
    }
