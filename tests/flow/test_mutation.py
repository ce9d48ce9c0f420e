"""Assignments to properties: of objects at any depth, of `URL` objects, of what a module shares."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

# name: (source, what the script reaches)
PROGRAMS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "a property": (
        "async function f() { const c: any = { url: null }; c.url = 'https://a.test/x'; await fetch(c.url); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a property of a property": (
        "function load() { const c: any = { bot: { token: null } }; c.bot.token = process.env.TOKEN; return c; }"
        " async function f(c: any) { if (!c.bot.token) return; await fetch(`https://a.test/${c.bot.token}`); } await f(load());",
        {"GET a.test/{}": (0, 1)},
    ),
    "a property by its name in brackets": (
        "async function f() { const c: any = { 'the url': null }; c['the url'] = 'https://a.test/x'; await fetch(c['the url']); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a property under a constant": (
        "const K = 'url'; async function f() { const c: any = {}; c[K] = 'https://a.test/x'; await fetch(c.url); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "only on one way": (
        "async function f(b: boolean) { const c: any = { url: 'https://a.test/x' }; if (b) c.url = 'https://a.test/y'; await fetch(c.url); } await f(JSON.parse('1'));",
        {"GET a.test/x": (0, 1), "GET a.test/y": (0, 1)},
    ),
    "of another object": (
        "async function f() { const c: any = { url: 'https://a.test/x' }; const d: any = {}; d.url = 'https://b.test/x'; await fetch(c.url); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "shared by a module": (
        "const state: any = { base: null }; function setUp() { state.base = 'https://a.test'; } async function f() { if (!state.base) return; await fetch(state.base + '/x'); }"
        " setUp(); await f();",
        {"GET a.test/x": (0, 1)},
    ),
    "shared by a module, deeper": (
        "const state: any = { api: { base: null } }; function setUp() { state.api.base = 'https://a.test'; } async function f() { if (state.api.base) await fetch(state.api.base + '/x'); }"
        " setUp(); await f();",
        {"GET a.test/x": (0, 1)},
    ),
    "shared by a module, when it is loaded": (
        "const state = { base: 'https://b.test' }; state.base = 'https://a.test'; await fetch(state.base + '/x');",
        {"GET a.test/x": (1, 1)},
    ),
    "never set": (
        "const state: any = { base: null, other: 1 }; function setUp() { state.other = 2; } async function f() { if (!state.base) return; await fetch('https://a.test/x'); } setUp(); await f();",
        {},
    ),
    # URL objects
    "a URL's path": (
        "async function f() { const u = new URL('https://a.test/y'); u.pathname = '/x'; await fetch(u); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a URL's path, without a slash": (
        "async function f() { const u = new URL('https://a.test'); u.pathname = 'x'; await fetch(u.toString()); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a URL's path, more of it": (
        "async function f() { const u = new URL('https://a.test/v1'); u.pathname += '/x'; await fetch(u.href); } await f();",
        {"GET a.test/v1/x": (1, 1)},
    ),
    "a URL's path, in a template": (
        "async function f(id: string) { const u = new URL(`https://a.test/v1/${id}`); u.pathname = `${u.pathname.replace(/\\/+$/, '')}/x`; await fetch(u); } await f(JSON.parse('1'));",
        {"GET a.test/v1/{}/x": (1, 1)},
    ),
    "a URL's path, of an unknown base": (
        "async function f() { const u = new URL(process.env.BASE!); u.pathname = `${u.pathname}/x`; await fetch(u); } await f();",
        {"GET env:BASE/x": (1, 1)},
    ),
    "a URL's host": (
        "async function f() { const u = new URL('https://b.test/x'); u.host = 'a.test'; await fetch(u); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a URL's hostname": (
        "async function f() { const u = new URL('https://b.test/x'); u.hostname = 'a.test'; await fetch(u); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a URL's href": (
        "async function f() { const u = new URL('https://b.test/x'); u.href = 'https://a.test/x'; await fetch(u); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
    "a URL's search": (
        "async function f() { const u = new URL('https://a.test/x'); u.search = '?y=1'; await fetch(u); } await f();",
        {"GET a.test/x": (1, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_assignments(name: str) -> None:
    source, expected = PROGRAMS[name]
    assert run(source) == expected
