"""Loops over a queue that a flag may end where it is empty: timers, not the same call again until it went well."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

SETUP = """
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const take = async () => (await fetch('https://a.test/take')).json();
const work = async (job) => fetch('https://a.test/work', { method: 'POST', body: job });
const once = process.env.ONCE === '1';
let stopping = false;
process.on('SIGTERM', () => { stopping = true; });
"""
TIMERS = {
    "idle for some rounds": "async function f() { let idle = 0; while (true) { const job = await take(); if (!job) { idle += 1; if (once && idle > 1) { break; } await sleep(3000); continue; } idle = 0; await work(job); await sleep(3000); } } f();",
    "empty": "async function f() { for (;;) { const jobs = await take(); if (once && jobs.length === 0) return; for (const job of jobs) await work(job); await sleep(3000); } } f();",
    "else": "async function f() { for (;;) { const job = await take(); if (job) await work(job); else if (once) return; await sleep(3000); } } f();",
    "until it is stopped": "async function f() { for (;;) { const job = await take(); if (stopping && !job) return; if (job) await work(job); await sleep(3000); } } f();",
}
OTHERS = {
    "it ends where it is empty": "async function f() { while (true) { const job = await take(); if (!job) break; await work(job); await sleep(3000); } } f();",
    "the flag is set": "const always = true; async function f() { while (true) { const job = await take(); if (always && !job) break; await work(job); await sleep(3000); } } f();",
    "each call says": "async function f(once) { while (true) { const job = await take(); if (once && !job) break; await work(job); await sleep(3000); } } f(JSON.parse('1'));",
    "not only a flag": "async function f() { while (true) { const job = await take(); if (once || !job) break; await work(job); await sleep(3000); } } f();",
}
RETRIES = {
    "until it went well": "async function f() { while (true) { const answer = await fetch('https://a.test/take'); if (answer.ok && !once) break; await sleep(3000); } } f();",
    "until there is something": "async function f() { while (true) { const job = await take(); if (job && !stopping) return work(job); await sleep(3000); } } f();",
}


@pytest.mark.parametrize("name", TIMERS)
def test_a_queue_that_is_asked_until_a_flag_is_set(name: str) -> None:
    inventory = audited({"main.ts": SETUP + TIMERS[name]})
    assert [(one.mechanism, {span.ms for span in one.intervals}) for one in inventory.triggers] == [
        ("while+sleep", {3000})
    ]
    assert not inventory.retries
    (loop,) = (one for one in inventory.entries if one.kind == "loop")
    assert {(one.path, one.min) for one in loop.reaches} == {("/take", 1), ("/work", 0)}


@pytest.mark.parametrize("name", OTHERS)
def test_a_queue_that_is_done_when_it_is_empty(name: str) -> None:
    inventory = audited({"main.ts": SETUP + OTHERS[name]})
    assert not inventory.triggers
    assert not inventory.retries


@pytest.mark.parametrize("name", RETRIES)
def test_the_same_call_until_it_went_well(name: str) -> None:
    inventory = audited({"main.ts": SETUP + RETRIES[name]})
    assert not inventory.triggers
    assert [one.mechanism for one in inventory.retries] == ["loop"]
