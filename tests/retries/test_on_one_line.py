"""Loops and their waits are what they are however the code is broken into lines."""
# ruff: noqa: E501 - a program on one line is what this is about

from __future__ import annotations

import pytest

from tests.projects import audited, cases

HEAD = "const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); const one = () => fetch('https://a.test/one');\n"
AGAIN = {
    "a wait beside the call": ("async function f() { for (let n = 1; n <= 4; n += 1) { const res = await one(); if (res.ok) { return res; } await sleep(n * 250); } } await f();", (4, (250, 500, 750))),
    "a wait in the handler": ("async function f() { for (const n of [1, 2, 3]) { try { return await one(); } catch (e) { if (n === 3) throw e; await sleep(n * 100); } } } await f();", (3, (100, 200))),
    "a wait on two ways": ("async function f(max = 2) { for (let i = 0; i <= max; i++) { try { const res = await one(); if (res.ok) return res; if (res.status > 500 && i < max) { await sleep(200 * Math.pow(2, i)); continue; } return res; } catch { if (i < max) { await sleep(200 * Math.pow(2, i)); continue; } return null; } } } await f();", (3, (200, 400))),
    "a table of waits": ("const DELAYS = [100, 500, 2000]; async function f() { let n = 0; while (true) { const res = await one().catch(() => null); if (res?.ok) return res; const wait = DELAYS[n++]; if (wait === undefined) throw new Error('x'); await sleep(wait); } } await f();", (4, (100, 500, 2000))),
    "a request itself": ("async function f() { for (let n = 0; n < 3; n++) { const res = await fetch('https://a.test/one'); if (res.ok) return res; await sleep(250); } } await f();", (3, (250, 250))),
    "a method": ("class C { ask() { return one(); } async f() { for (let i = 0; i < 3; i++) { const res = await this.ask(); if (res.ok) return res; console.error(res.status); await sleep(500); } } } await new C().f();", (3, (500, 500))),
}  # fmt: skip
NONE = {
    "each item by itself": "async function f() { for (const n of [1, 2, 3]) { const res = await fetch('https://a.test/one?n=' + n); console.log(await res.json()); await sleep(250); } } await f();",
    "pages": "async function f() { let cursor = ''; for (let n = 0; n < 3; n++) { const res = await fetch('https://a.test/one?c=' + cursor); const page = await res.json(); if (!page.next) return; cursor = page.next; await sleep(250); } } await f();",
}


def broken(source: str) -> str:
    """The source with a line for each statement."""
    return source.replace("; ", ";\n").replace("{ ", "{\n").replace("let i = 0;\n", "let i = 0; ")


def tried(source: str) -> list[tuple[int | None, tuple[float, ...]]]:
    """The attempts and waits of all retries of a program."""
    return [(one.max_attempts, tuple(one.delays_ms or ())) for one in audited({"main.js": HEAD + source}).retries]


@pytest.mark.parametrize("name", cases(AGAIN))
def test_a_loop_on_one_line_tries_again_as_it_does_on_several(name: str) -> None:
    source, expected = AGAIN[name]
    assert tried(source) == tried(broken(source)) == [expected]


@pytest.mark.parametrize("name", cases(NONE))
def test_a_loop_over_data_on_one_line_is_no_retry(name: str) -> None:
    assert tried(NONE[name]) == tried(broken(NONE[name])) == []
