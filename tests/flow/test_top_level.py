"""The top level of a module: its statements run in order, its functions at any time."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, run

ONE: dict[str, Bounds] = {"GET a.test/one": (1, 1)}
BOTH: dict[str, Bounds] = {"GET a.test/one": (0, 1), "GET a.test/two": (0, 1)}

CASES: dict[str, tuple[str, dict[str, Bounds]]] = {
    "assigned before": ("let u = 'https://b.test'; u = 'https://a.test'; await fetch(u + '/one');", ONE),
    "assigned after": ("let u = 'https://a.test'; await fetch(u + '/one'); u = 'https://b.test'; console.log(u);", ONE),
    "two requests": (
        "let u = 'https://a.test/one'; await fetch(u); u = 'https://a.test/two'; await fetch(u);",
        {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)},
    ),
    "what follows from it": ("let b = 'https://a.test'; b += '/one'; const u = b; const o = { url: u }; await fetch(o.url);", ONE),
    "on one way": ("let u = '/one'; if (process.argv[2]) { u = '/two'; } await fetch('https://a.test' + u);", BOTH),
    "in a block": ("{ const u = 'https://a.test'; await fetch(u + '/one'); }", ONE),
    "in a branch": ("if (process.argv[2]) { const u = 'https://a.test'; await fetch(u + '/one'); }", {"GET a.test/one": (0, 1)}),
    "in a function of a block": ("{ const u = 'https://a.test'; const f = () => fetch(u + '/one'); await f(); }", ONE),
    "in a try": ("try { const u = 'https://a.test/one'; await fetch(u); } catch {}", ONE),
    "a function sees all values": ("let u = '/two'; const f = () => fetch('https://a.test' + u); u = '/one'; await f();", BOTH),
    "a function assigns": ("let u = '/two'; const set = () => { u = '/one'; }; set(); await fetch('https://a.test' + u);", BOTH),
    "an object's property": ("const o = { base: 'https://b.test' }; o.base = 'https://a.test'; await fetch(o.base + '/one');", ONE),
    "a URL's path": ("const u = new URL('/two', 'https://a.test'); u.pathname = 'one'; u.search = '?a=1'; await fetch(u);", ONE),
    "a URL's address": ("const u = new URL('https://b.test/two'); u.href = 'https://a.test/one'; await fetch(u.toString());", ONE),
    "a URL's path in a function": ("async function f(p: string) { const u = new URL('https://a.test'); u.pathname = p; await fetch(u); } await f('/one');", ONE),
    "a URL's path on one way": (
        "async function f(p?: string) { const u = new URL('https://a.test/two'); if (p) u.pathname = '/one'; await fetch(u); } await f(process.argv[2]);",
        BOTH,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_order_of_the_top_level(name: str) -> None:
    source, expected = CASES[name]
    assert run(source) == expected
