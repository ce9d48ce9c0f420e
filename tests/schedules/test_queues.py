"""A job that is put into a queue is done by what processes the queue, as often as its options say."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry, run, unresolved

ONE = "async () => { await fetch('https://a.test/one'); }"
DONE = {
    "bullmq": f"import {{ Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await new Queue('x').add('j', {{ a: 1 }});",
    "bullmq, name in a constant": f"import {{ Queue, Worker }} from 'bullmq'; const X = 'x'; new Worker(X, {ONE}); const q = new Queue(X); const put = (n: number) => q.add('j', {{ n }}); await put(1);",
    "bull": f"import Bull from 'bull'; const q = new Bull('x'); q.process({ONE}); await q.add({{ a: 1 }});",
    "bull, named": f"import Bull from 'bull'; const q = new Bull('x'); q.process('j', {ONE}); await q.add('j', {{ a: 1 }});",
    "agenda": f"import {{ Agenda }} from 'agenda'; const a = new Agenda(); a.define('j', {ONE}); await a.now('j', {{}});",
    "pg-boss": f"import PgBoss from 'pg-boss'; const b = new PgBoss('x'); await b.work('q', {ONE}); await b.send('q', {{}});",
}
NOT_DONE = {
    "another queue": f"import {{ Queue, Worker }} from 'bullmq'; new Worker('y', {ONE}); await new Queue('x').add('j', {{}});",
    "another job": f"import Bull from 'bull'; const q = new Bull('x'); q.process('other', {ONE}); await q.add('j', {{}});",
    "a set": f"import {{ Worker }} from 'bullmq'; new Worker('x', {ONE}); new Set<string>().add('x');",
    "a schedule": f"import {{ Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await new Queue('x').add('j', {{}}, {{ repeat: {{ every: 1000 }} }});",
}


@pytest.mark.parametrize("name", DONE)
def test_who_puts_a_job_into_a_queue_reaches_what_does_it(name: str) -> None:
    assert run(DONE[name]) == {"GET a.test/one": (1, 1)}


@pytest.mark.parametrize("name", NOT_DONE)
def test_what_does_other_jobs_is_not_reached(name: str) -> None:
    assert run(NOT_DONE[name]) == {}


LISTS = {
    "a list": ("new Queue('x').addBulk([{ name: 'j' }, { name: 'k' }])", (2, 2)),
    "a list of data": ("new Queue('x').addBulk(JSON.parse('[]').map((n: number) => ({ name: 'j', data: { n } })))", (0, None)),
    "a list of jobs that are tried again": ("new Queue('x').addBulk([{ name: 'j', opts: { attempts: 3 } }])", (1, 3)),
    "a flow": ("new FlowProducer().add({ name: 'j', queueName: 'x' })", (1, 1)),
    "a flow with more below": ("new FlowProducer().add({ name: 'j', queueName: 'y', children: [{ name: 'j', queueName: 'x', children: [{ name: 'k', queueName: 'x' }] }] })", (2, 2)),
    "flows": ("new FlowProducer().addBulk([{ name: 'j', queueName: 'x' }, { name: 'k', queueName: 'x' }])", (2, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_job_of_a_list_is_done(name: str) -> None:
    added, bounds = LISTS[name]
    source = f"import {{ FlowProducer, Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await {added};"
    assert run(source) == {"GET a.test/one": bounds}


def test_a_flow_of_another_queue_is_done_elsewhere() -> None:
    added = "new FlowProducer().add({ name: 'j', queueName: 'y' })"
    assert run(f"import {{ FlowProducer, Worker }} from 'bullmq'; new Worker('x', {ONE}); await {added};") == {}


def test_a_flow_without_an_end_is_said() -> None:
    made = "const make = (n: number): any => ({ name: 'j', queueName: 'x', children: [make(n - 1)] });"
    source = f"import {{ FlowProducer, Worker }} from 'bullmq'; new Worker('x', {ONE}); {made} await new FlowProducer().add(make(5));"
    assert run(source) == {"GET a.test/one": (7, 7)}
    assert "jobs are nested too deeply" in unresolved(audited({"main.ts": source}))


OPTIONS = {
    "exponential": ("", "{ attempts: 4, backoff: { type: 'exponential', delay: 1000 } }", 4, (1_000, 2_000, 4_000), "exponential"),
    "fixed": ("", "{ attempts: 3, backoff: { type: 'fixed', delay: 500 } }", 3, (500, 500), "fixed"),
    "a number": ("", "{ attempts: 3, backoff: 250 }", 3, (250, 250), "fixed"),
    "none": ("", "{ attempts: 3 }", 3, (), "none"),
    "of the queue": ("{ defaultJobOptions: { attempts: 3, backoff: { type: 'fixed', delay: 100 } } }", "", 3, (100, 100), "fixed"),
    "before those of the queue": ("{ defaultJobOptions: { attempts: 9 } }", "{ attempts: 2, backoff: 100 }", 2, (100,), "fixed"),
    "a strategy of one's own": ("", "{ attempts: 3, backoff: { type: 'mine' } }", 3, (), "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIONS)
def test_attempts_of_a_job_are_retries_of_what_does_it(name: str) -> None:
    defaults, options, attempts, delays, backoff = OPTIONS[name]
    made, given = (f", {text}" if text else "" for text in (defaults, options))
    source = f"import {{ Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await new Queue('x'{made}).add('j', {{}}{given});"
    assert run(source) == {"GET a.test/one": (1, attempts)}
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.mechanism, retry.max_attempts, retry.delays_ms, retry.backoff) == (
        "job attempts",
        attempts,
        delays,
        backoff,
    )
    assert not retry.in_request_path


def test_bull_begins_its_powers_at_one() -> None:
    options = "{ attempts: 4, backoff: { type: 'exponential', delay: 1000 } }"
    source = f"import Bull from 'bull'; const q = new Bull('x'); q.process({ONE}); await q.add({{}}, {options});"
    (retry,) = audited({"main.ts": source}).retries
    assert retry.delays_ms == (1_000, 3_000, 7_000)


@pytest.mark.parametrize("options", ["", ", { attempts: 1 }", ", { delay: 5000 }"])
def test_one_attempt_is_no_retry(options: str) -> None:
    source = f"import {{ Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await new Queue('x').add('j', {{}}{options});"
    assert run(source) == {"GET a.test/one": (1, 1)}
    assert audited({"main.ts": source}).retries == ()


def test_attempts_that_are_not_known_are_without_a_bound() -> None:
    source = f"import {{ Queue, Worker }} from 'bullmq'; new Worker('x', {ONE}); await new Queue('x').add('j', {{}}, {{ attempts: Number(process.argv[2]) }});"
    assert run(source) == {"GET a.test/one": (1, None)}
    (retry,) = audited({"main.ts": source}).retries
    assert retry.max_attempts is None


def test_a_route_reaches_the_worker_of_another_app_whose_attempts_nobody_waits_for() -> None:
    inventory = audited(
        {
            "package.json": '{"name": "root", "workspaces": ["apps/*"]}',
            "apps/web/package.json": '{"name": "web", "dependencies": {"next": "15.0.0"}}',
            "apps/web/app/api/go/route.ts": "import { Queue } from 'bullmq';\nconst q = new Queue('sync');\nexport async function POST() { await q.add('j', {}, { attempts: 3 }); return Response.json({}); }",
            "apps/work/package.json": '{"name": "work"}',
            "apps/work/src/index.ts": f"import {{ Worker }} from 'bullmq';\nnew Worker('sync', {ONE});",
        }
    )
    assert called(inventory, "route", "POST /api/go") == {"GET a.test/one": (1, 3)}
    (reach,) = entry(inventory, "POST /api/go").reaches
    assert (reach.origin, reach.through) == ("worker", ("queue 'sync'",))
    (retry,) = inventory.retries
    assert not retry.in_request_path


def test_nest_injects_a_queue_whose_processor_answers() -> None:
    inventory = audited(
        {
            "package.json": '{"name": "x", "dependencies": {"@nestjs/common": "10", "@nestjs/bullmq": "10"}}',
            "src/a.ts": "import { Processor, WorkerHost } from '@nestjs/bullmq';\n@Processor('x')\nexport class A extends WorkerHost { async process() { await fetch('https://a.test/one'); } }",
            "src/c.ts": "import { Controller, Post } from '@nestjs/common'; import { InjectQueue } from '@nestjs/bullmq'; import { Queue } from 'bullmq';\n@Controller('go')\nexport class C { constructor(@InjectQueue('x') private readonly q: Queue) {}\n @Post() async go() { await this.q.add('j', {}, { attempts: 2 }); } }",
        }
    )
    assert called(inventory, "route", "POST /go") == {"GET a.test/one": (1, 2)}


def test_a_queue_that_is_not_known_is_reported() -> None:
    source = "import { Queue } from 'bullmq';\nexport async function put(q: Queue) { await q.add('j', {}); }\nput((globalThis as any).q); fetch('https://a.test/one');"
    assert [one.why for one in audited({"main.ts": source}).unknowns if one.what == "job"] == [
        "the queue that it is put into is not known"
    ]


PROCESSORS = {
    "switch": "async (job) => { switch (job.name) { case 'a': return fetch('https://a.test/a'); case 'b': return fetch('https://a.test/b'); } }",
    "if": "async (job) => { if (job.name === 'a') { await fetch('https://a.test/a'); } else { await fetch('https://a.test/b'); } }",
    "table": "(job) => ({ a: () => fetch('https://a.test/a'), b: () => fetch('https://a.test/b') })[job.name]()",
}
REPEATED = {
    "each": "q.add('a', {}, { repeat: { every: 1000 } }); q.add('b', {}, { repeat: { every: 2000 } });",
    "a loop": "for (const { name, every } of [{ name: 'a', every: 1000 }, { name: 'b', every: 2000 }]) { q.add(name, {}, { repeat: { every } }); }",
    "a list": "await Promise.all([{ name: 'a', every: 1000 }, { name: 'b', every: 2000 }].map((s) => q.upsertJobScheduler(s.name, { every: s.every }, { name: s.name })));",
}


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("repeated", REPEATED)
def test_a_worker_that_asks_for_the_name_of_its_job_does_each_at_its_own_time(processor: str, repeated: str) -> None:
    source = f"import {{ Queue, Worker }} from 'bullmq'; const q = new Queue('x'); new Worker('x', {PROCESSORS[processor]}); {REPEATED[repeated]}"
    inventory = audited({"main.ts": source})
    found = {(end.path, one.ms) for item in inventory.triggers for end in item.endpoints for one in item.intervals}
    assert found == {("/a", 1000), ("/b", 2000)}
    assert unresolved(inventory) == []


def test_a_worker_that_does_the_same_for_all_jobs_is_one() -> None:
    source = f"import {{ Queue, Worker }} from 'bullmq'; const q = new Queue('x'); new Worker('x', {ONE}); {REPEATED['each']}"
    inventory = audited({"main.ts": source})
    assert [item.name for item in inventory.entries if item.kind == "job"] == ["queue 'x'"]
