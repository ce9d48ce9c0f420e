"""Promises on which a loop hangs one attempt after the other."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const one = () => fetch('https://a.test/one');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
"""
Found = tuple[int | None, tuple[float, ...], str]

CHAINS: dict[str, tuple[str, list[Found]]] = {
    "mirrors": ("let p = fetch('https://a.test/0'); for (const m of ['https://b.test/1', 'https://c.test/2']) { p = p.catch(() => fetch(m)); } return p;", [(3, (), "none")]),
    "mirrors, nothing before": ("let p: Promise<any> = Promise.reject(); for (const m of ['https://b.test/1', 'https://c.test/2']) p = p.catch(() => fetch(m)); return p;", [(2, (), "none")]),
    "a number of times": ("let p = one(); for (let i = 0; i < 3; i++) { p = p.catch(() => one()); } return p;", [(4, (), "none")]),
    "after a wait": ("let p = one(); for (let i = 0; i < 2; i++) { p = p.catch(() => sleep(200).then(one)); } return p;", [(3, (200, 200), "fixed")]),
    "as data has it": ("let p = one(); for (const m of JSON.parse('[]')) { p = p.catch(() => fetch('https://a.test/' + m)); } return p;", [(None, (), "none")]),
    # ---
    "one after the other": ("let p: Promise<any> = Promise.resolve(); for (const m of ['https://b.test/1', 'https://c.test/2']) { p = p.then(() => fetch(m)); } return p;", []),
    "each with a handler of its own": ("for (const m of ['https://b.test/1', 'https://c.test/2']) { const q = fetch(m).catch(() => null); await q; }", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CHAINS))
def test_a_chain(name: str) -> None:
    body, wanted = CHAINS[name]
    retries = audited({"main.ts": SETUP + "async function f() {\n" + body + "\n}\nf();"}).retries
    assert [(one.max_attempts, one.delays_ms, one.backoff) for one in retries] == wanted
    assert all(bool(one.why) == (one.max_attempts is None) and one.endpoints for one in retries)
