"""Queues of the program's own: who puts something in, and what takes it out."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, run

RUN = {
    "a variable": "const jobs = []; setInterval(async () => { const job = jobs.shift(); if (job) await job(); }, 1000); const enqueue = (job) => { jobs.push(job); }; enqueue(() => fetch('https://a.test/x'));",
    "a field": "class Queue { jobs = []; constructor() { setInterval(() => this.tick(), 1000); } add(job) { this.jobs.push(job); } async tick() { const job = this.jobs.shift(); if (job) await job(); } } const queue = new Queue(); queue.add(() => fetch('https://a.test/x'));",
    "objects with a function": "const jobs = []; setInterval(() => { const job = jobs.pop(); if (job) job.run(); }, 1000); function enqueue(run) { jobs.push({ run, at: Date.now() }); } enqueue(() => fetch('https://a.test/x'));",
    "under another name": "let jobs = []; setInterval(() => { const all = jobs; jobs = []; for (const job of all) job(); }, 1000); function enqueue(job) { jobs.push(job); } enqueue(() => fetch('https://a.test/x'));",
    "each": "const jobs = []; setInterval(() => { jobs.forEach((job) => job()); }, 1000); function enqueue(job) { jobs.push(job); } enqueue(() => fetch('https://a.test/x'));",
    "all at once": "let jobs = []; setInterval(() => { for (const job of jobs.splice(0)) job(); }, 1000); function enqueue(job) { jobs.push(job); } enqueue(() => fetch('https://a.test/x'));",
}
LEFT = {
    "nothing is called": "const jobs = []; setInterval(() => { const job = jobs.shift(); console.log(job); }, 1000); const enqueue = (job) => { jobs.push(job); }; enqueue(() => fetch('https://a.test/x'));",
    "what is put in asks nothing": "const jobs = []; setInterval(() => { const job = jobs.shift(); if (job) job(); }, 1000); const enqueue = (job) => { jobs.push(job); }; enqueue(() => console.log(1)); fetch('https://a.test/y');",
}


@pytest.mark.parametrize("name", RUN)
def test_functions_that_are_put_into_a_list_run_when_it_is_emptied(name: str) -> None:
    (trigger,) = (one for one in audited({"main.js": RUN[name]}).triggers if one.kind == "timer")
    assert [one.ms for one in trigger.intervals] == [1000]
    assert {one.path for one in trigger.endpoints} == {"/x"}


@pytest.mark.parametrize("name", LEFT)
def test_lists_of_which_nothing_is_called_that_asks(name: str) -> None:
    found = audited({"main.js": LEFT[name]}).triggers
    assert [one for one in found if one.kind == "timer" and one.endpoints] == []


DRAIN = "const queue = []; async function drain() { while (queue.length) { const job = queue.shift(); job.done(await fetch(job.url)); } }"
PROMISED = {
    "an arrow": f"{DRAIN} const ask = (url) => new Promise((done) => {{ queue.push({{ url, done }}); drain(); }}); ask('https://a.test/one'); ask('https://a.test/two');",
    "a function": f"{DRAIN} export function ask(url) {{ return new Promise((resolve) => {{ queue.push({{ url, done: resolve }}); drain(); }}); }} ask('https://a.test/one'); ask('https://a.test/two');",
    "a method": "class Client { queue = []; ask(path) { return new Promise((done) => { this.queue.push({ url: 'https://a.test' + path, done }); this.drain(); }); } async drain() { while (this.queue.length) { const job = this.queue.shift(); job.done(await fetch(job.url)); } } } const client = new Client(); client.ask('/one'); client.ask('/two');",
}


@pytest.mark.parametrize("name", PROMISED)
def test_what_a_promise_puts_in_is_what_its_function_is_handed(name: str) -> None:
    assert set(run(PROMISED[name])) == {"GET a.test/one", "GET a.test/two"}


def test_what_nobody_hands_over_is_not_known() -> None:
    inventory = audited(
        {
            "main.ts": f"{DRAIN} export const ask = (url) => new Promise((done) => {{ queue.push({{ url, done }}); drain(); }}); ask(process.argv[2]);"
        }
    )
    assert [call.host for call in inventory.calls] == [""]
