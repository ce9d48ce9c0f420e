"""`Request` objects: their URL and method reach the call that sends them."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

WRAPPER = """
    async function send(input: RequestInfo | URL, init: RequestInit = {}, options: { retries?: number; only?: string[] } = {}) {
      const { retries = 2, only = ["GET", "HEAD"] } = options;
      const method = (init.method || "GET").toUpperCase();
      const allowed = only.includes(method);
      const original = new Request(input, init);
      for (let attempt = 0; attempt <= retries; attempt++) {
        const response = await fetch(attempt === 0 ? original : original.clone(), { signal: AbortSignal.timeout(5) });
        if (response.ok) return response;
        if (!allowed || attempt === retries) return response;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
"""

# name: (source, what the script reaches)
PROGRAMS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "made of a string": (
        "await fetch(new Request('https://a.test/x', { method: 'POST' }));",
        {"POST a.test/x": (1, 1)},
    ),
    "without options": ("const r = new Request('https://a.test/x'); await fetch(r);", {"GET a.test/x": (1, 1)}),
    "made of a URL object": (
        "const r = new Request(new URL('/x', 'https://a.test')); await fetch(r);",
        {"GET a.test/x": (1, 1)},
    ),
    "a copy": (
        "const r = new Request('https://a.test/x', { method: 'PUT' }); await fetch(r.clone());",
        {"PUT a.test/x": (1, 1)},
    ),
    "made of a request": (
        "const r = new Request('https://a.test/x', { method: 'PUT' }); await fetch(new Request(r, { signal: s }));",
        {"PUT a.test/x": (1, 1)},
    ),
    "made of a request, another method": (
        "const r = new Request('https://a.test/x', { method: 'PUT' }); await fetch(new Request(r, { method: 'PATCH' }));",
        {"PATCH a.test/x": (1, 1)},
    ),
    "the call's own method": (
        "const r = new Request('https://a.test/x', { method: 'PUT' }); await fetch(r, { method: 'DELETE' });",
        {"DELETE a.test/x": (1, 1)},
    ),
    "its members": (
        "const r = new Request('https://a.test/x', { method: 'PUT' }); await fetch(r.url, { method: r.method });",
        {"PUT a.test/x": (1, 1)},
    ),
    "its method by default": (
        "const r = new Request('https://a.test/x'); await fetch(r.url, { method: r.method });",
        {"GET a.test/x": (1, 1)},
    ),
    "a request or a string": (
        "const r = process.argv.length > 3 ? new Request('https://a.test/x', { method: 'PUT' }) : 'https://a.test/y'; await fetch(r);",
        {"PUT a.test/x": (0, 1), "GET a.test/y": (0, 1)},
    ),
    "a string or what is not known": (
        "async function f(found: { url: string } | null) { await fetch(found ? found.url : 'https://a.test/y'); } await f(JSON.parse('x'));",
        {"GET a.test/y": (1, 1)},
    ),
    "a wrapper, its own retries": (f"{WRAPPER} await send('https://a.test/x');", {"GET a.test/x": (1, 3)}),
    "a wrapper, given retries": (
        f"{WRAPPER} await send('https://a.test/x', undefined, {{ retries: 4 }});",
        {"GET a.test/x": (1, 5)},
    ),
    "a method that is not retried": (
        f"{WRAPPER} await send('https://a.test/x', {{ method: 'post' }});",
        {"POST a.test/x": (1, 1)},
    ),
    "a method that is retried where asked": (
        f"{WRAPPER} await send('https://a.test/x', {{ method: 'POST' }}, {{ only: ['POST'] }});",
        {"POST a.test/x": (1, 3)},
    ),
}


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_requests(name: str) -> None:
    source, expected = PROGRAMS[name]
    assert run(source) == expected


# name: (source, what the script reaches)
KEYS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "a library's constant": (
        "import { one, two } from 'chains'; const URLS = { [one.id]: 'https://a.test/x', [two.id]: 'https://b.test/x' }; await fetch(URLS[two.id]);",
        {"GET b.test/x": (1, 1)},
    ),
    "a library's constant, of a namespace": (
        "import * as chains from 'chains'; const INFO = { [chains.one.id]: { url: 'https://a.test/x' } }; const chosen = chains.one; await fetch(INFO[chosen.id].url);",
        {"GET a.test/x": (1, 1)},
    ),
    "one of two": (
        "import * as chains from 'chains'; const INFO = { [chains.one.id]: { url: 'https://a.test/x' }, [chains.two.id]: { url: 'https://a.test/y' } };"
        " const chosen = process.env.NETWORK === 'one' ? chains.one : chains.two; await fetch(INFO[chosen.id].url);",
        {"GET a.test/x": (0, 1), "GET a.test/y": (0, 1)},
    ),
    "any property": (
        "import { one } from 'chains'; const id = Number(process.argv[2]); const URLS = { [one.id]: 'https://a.test/x' }; await fetch(URLS[id]);",
        {"GET a.test/x": (1, 1)},
    ),
    "another constant": (
        "import { one, two } from 'chains'; const URLS = { [one.id]: 'https://a.test/x', main: 'https://b.test/x' }; await fetch(URLS['main']);",
        {"GET b.test/x": (1, 1)},
    ),
    "each of its values": (
        "import { one } from 'chains'; const URLS = { [one.id]: 'https://a.test/x', main: 'https://b.test/x' }; for (const url of Object.values(URLS)) await fetch(url);",
        {"GET a.test/x": (1, 1), "GET b.test/x": (1, 1)},
    ),
    "its keys": (
        "import { one } from 'chains'; const URLS = { [one.id]: 1 }; for (const name of Object.keys(URLS)) await fetch(`https://a.test/${name}`);",
        {"GET a.test/{}": (1, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(KEYS))
def test_computed_keys(name: str) -> None:
    source, expected = KEYS[name]
    assert run(source) == expected
