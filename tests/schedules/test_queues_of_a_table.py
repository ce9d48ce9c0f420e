"""Queues that a loop makes: each has jobs, times and workers of its own, and is found again by its name."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases, entry

QUEUES = """
import { Queue, Worker } from 'bullmq';
import express from 'express';
const HANDLERS = {
  load: { execute: () => fetch('https://a.test/load') },
  clean: { execute: () => fetch('https://a.test/clean') },
  report: { execute: () => fetch('https://a.test/report') },
};
const queues: Queue[] = [];
for (const [name, handler] of Object.entries(HANDLERS)) {
  queues.push(new Queue(name));
  new Worker(name, () => handler.execute());
}
"""
TABLE = "const TIMES = [{ at: '* * * * *', job: 'load' }, { at: '*/5 * * * *', job: 'clean' }];\n"
LOOPS = {
    "for of": "for (const { at, job } of TIMES) { queues.find((one) => one.name === job)?.add(job, {}, { repeat: { pattern: at } }); }",
    "forEach": "TIMES.forEach((time) => queues.find(({ name }) => name === time.job).add(time.job, {}, { repeat: { pattern: time.at } }));",
    "the other way round": "for (const time of TIMES) { const queue = queues.find((one) => time.job == one.name && one); if (queue) queue.add(time.job, {}, { repeat: { pattern: time.at } }); }",
}


def times(source: str) -> dict[str, set[float]]:
    """The intervals of each queue's schedules."""
    found: dict[str, set[float]] = {}
    for one in audited({"main.ts": source}).triggers:
        if one.kind == "cron":
            found.setdefault(one.entry, set()).update(span.ms for span in one.intervals)
    return found


@pytest.mark.parametrize("name", cases(LOOPS))
def test_each_queue_has_its_own_times(name: str) -> None:
    assert times(QUEUES + TABLE + LOOPS[name]) == {"queue 'load'": {60_000}, "queue 'clean'": {300_000}}


def test_a_long_table_is_taken_row_by_row() -> None:
    rows = "".join(f"{{ at: '{number} * * * *', job: 'clean' }}," for number in range(14))
    table = f"const TIMES = [{{ at: '* * * * *', job: 'load' }}, {rows}];\n"
    assert times(QUEUES + table + LOOPS["for of"]) == {"queue 'load'": {60_000}, "queue 'clean'": {3_600_000}}


def test_all_times_of_one_queue_are_kept() -> None:
    table = "const TIMES = [{ at: '* * * * *', job: 'load' }, { at: '0 * * * *', job: 'load' }];\n"
    assert times(QUEUES + table + LOOPS["for of"]) == {"queue 'load'": {60_000, 3_600_000}}


ADDING = """
const add = (name: string, data: object) => { const queue = queues.find((one) => FOUND); if (!queue) throw new Error(name); return queue.add(name, data); };
const app = express();
app.get('/report', async (req, res) => { await add(ASKED, {}); res.end(); });
app.listen(3000);
"""


@pytest.mark.parametrize("found", ["one.name === name", "name === one.name", "one.name === name && one.opts"])
def test_a_job_goes_to_the_queue_that_is_found_by_its_name(found: str) -> None:
    source = QUEUES + ADDING.replace("FOUND", found).replace("ASKED", "'report'")
    assert brief(entry(audited({"main.ts": source}), "GET /report")) == {"GET a.test/report": (1, 1)}


@pytest.mark.parametrize(("found", "asked"), [("one.name === name", "req.query.name"), ("one.name !== name", "'none'")])
def test_a_job_may_go_to_any_queue_where_its_name_is_not_known(found: str, asked: str) -> None:
    source = QUEUES + ADDING.replace("FOUND", found).replace("ASKED", asked)
    reached = brief(entry(audited({"main.ts": source}), "GET /report"))
    assert set(reached) == {"GET a.test/load", "GET a.test/clean", "GET a.test/report"}
    assert {low for low, _ in reached.values()} == {0}
