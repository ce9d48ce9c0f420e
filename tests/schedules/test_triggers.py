"""Schedules in code: what each library is told, as triggers."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import Files, audited, brief, cases

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Trigger

SETUP = "const one = () => fetch('https://a.test/one'); const log = (text: string) => {};\n"
O = "GET a.test/one"  # noqa: E741 - reads like the request
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
FIVE = (300_000,)


def triggers(source: str, files: Files | None = None, path: str = "main.ts") -> tuple[Trigger, ...]:
    return audited({path: SETUP + source, **(files or {})}).triggers


def times(trigger: Trigger) -> tuple[float, ...]:
    return tuple(interval.ms for interval in trigger.intervals)


def only(source: str) -> Trigger:
    (trigger,) = triggers(source)
    return trigger


# source, kind, mechanism, times
SCHEDULES: dict[str, tuple[str, str, str, tuple[float, ...]]] = {
    "node-cron": ("import cron from 'node-cron'; cron.schedule('*/5 * * * *', () => one());", "cron", "cron", FIVE),
    "node-cron, seconds": ("import { schedule } from 'node-cron'; schedule('*/5 * * * * *', one);", "cron", "cron", (5_000,)),
    "node-cron, constant": ("import * as cron from 'node-cron'; const EVERY = '*/5 * * * *'; cron.schedule(EVERY, async () => { await one(); });", "cron", "cron", FIVE),
    "node-cron, environment": ("import cron from 'node-cron'; cron.schedule(process.env.CRON ?? '*/5 * * * *', one);", "cron", "cron", FIVE),
    "node-cron, environment or": ("const cron = require('node-cron'); const { CRON } = process.env; cron.schedule(CRON || '0 * * * *', one);", "cron", "cron", (HOUR,)),
    "node-cron, template": ("import cron from 'node-cron'; const n = 5; cron.schedule(`*/${n} * * * *`, one);", "cron", "cron", FIVE),
    "cron, class": ("import { CronJob } from 'cron'; new CronJob('0 */5 * * * *', () => one(), null, true);", "cron", "cron", FIVE),
    "cron, options": ("import { CronJob } from 'cron'; CronJob.from({ cronTime: '*/5 * * * *', onTick: () => one(), start: true });", "cron", "cron", FIVE),
    "cron, CronTime": ("import { CronJob, CronTime } from 'cron'; new CronJob(new CronTime('*/5 * * * *'), one);", "cron", "cron", FIVE),
    "fastify-cron": ("import Fastify from 'fastify'; import cron from 'fastify-cron'; const server = Fastify(); server.register(cron, { jobs: [{ cronTime: '*/5 * * * *', onTick: async () => { await one(); } }] });", "cron", "cron", FIVE),
    "croner": ("import { Cron } from 'croner'; new Cron('@hourly', { protect: true }, () => one());", "cron", "cron", (HOUR,)),
    "node-schedule": ("import schedule from 'node-schedule'; schedule.scheduleJob('*/5 * * * *', () => one());", "cron", "cron", FIVE),
    "node-schedule, named": ("import * as schedule from 'node-schedule'; schedule.scheduleJob('x', '*/5 * * * *', () => one());", "cron", "cron", FIVE),
    "node-schedule, object": ("import schedule from 'node-schedule'; schedule.scheduleJob({ hour: 14, minute: 30 }, one);", "cron", "cron", (DAY,)),
    "node-schedule, month": ("import schedule from 'node-schedule'; schedule.scheduleJob({ month: 0, date: 1, hour: 0, minute: 0 }, one);", "cron", "cron", (int(365.25 * DAY),)),
    "node-schedule, rule in object": ("import schedule from 'node-schedule'; schedule.scheduleJob({ start: new Date(), rule: '*/5 * * * *' }, one);", "cron", "cron", FIVE),
    "node-schedule, ranges": ("import schedule from 'node-schedule'; const rule = new schedule.RecurrenceRule(); rule.hour = new schedule.Range(1, 23, 2); rule.minute = 45; schedule.scheduleJob({ end: later, rule }, one);", "cron", "cron", (2 * HOUR,)),
    "node-schedule, arguments": ("import { RecurrenceRule, Range, scheduleJob } from 'node-schedule'; scheduleJob({ rule: new RecurrenceRule(null, null, null, null, null, new Range(3, 59, 12), 0) }, one);", "cron", "cron", (12 * MINUTE,)),
    "node-schedule, a range of data": ("import { RecurrenceRule, Range, scheduleJob } from 'node-schedule'; const rule = new RecurrenceRule(); rule.minute = new Range(0, 59, Number(process.argv[2])); scheduleJob({ rule }, one);", "cron", "cron", ()),
    "node-schedule, rule": ("import schedule from 'node-schedule'; const rule = new schedule.RecurrenceRule(); rule.minute = [0, 30]; rule.second = 0; schedule.scheduleJob(rule, one);", "cron", "cron", (30 * MINUTE,)),
    "toad, interval": ("import { SimpleIntervalJob, AsyncTask } from 'toad-scheduler'; new SimpleIntervalJob({ minutes: 5 }, new AsyncTask('x', () => one()));", "timer", "SimpleIntervalJob", FIVE),
    "toad, sum": ("import { SimpleIntervalJob, Task } from 'toad-scheduler'; const task = new Task('x', one); new SimpleIntervalJob({ hours: 1, minutes: 30 }, task, { id: 'a' });", "timer", "SimpleIntervalJob", (90 * MINUTE,)),
    "toad, cron": ("import { CronJob, AsyncTask } from 'toad-scheduler'; new CronJob({ cronExpression: '*/5 * * * *' }, new AsyncTask('x', one));", "cron", "cron", FIVE),
    "later, text": ("import later from 'later'; later.setInterval(() => one(), later.parse.text('every 5 mins'));", "cron", "cron", FIVE),
    "later, cron": ("import later from '@breejs/later'; later.setInterval(one, later.parse.cron('*/5 * * * *'));", "cron", "cron", FIVE),
    "agenda": ("import Agenda from 'agenda'; const a = new Agenda(); a.define('x', async () => { await one(); }); a.every('5 minutes', 'x');", "timer", "agenda.every", FIVE),
    "agenda, cron": ("import { Agenda } from '@hokify/agenda'; const a = new Agenda({}); a.define('x', one); a.every('*/5 * * * *', ['x', 'y']);", "cron", "agenda.every", FIVE),
    "pg-boss": ("import PgBoss from 'pg-boss'; const b = new PgBoss(''); b.work('x', async () => { await one(); }); b.schedule('x', '*/5 * * * *');", "cron", "pg-boss.schedule", FIVE),
    "bullmq, pattern": ("import { Queue, Worker } from 'bullmq'; const q = new Queue('x'); q.add('j', {}, { repeat: { pattern: '*/5 * * * *' } }); new Worker('x', async () => one());", "cron", "repeat", FIVE),
    "bullmq, every": ("import { Queue, Worker } from 'bullmq'; new Worker('x', async () => one()); const q = new Queue('x'); q.add('j', {}, { repeat: { every: 5 * 60_000 } });", "timer", "repeat", FIVE),
    "bullmq, scheduler": ("import { Queue, Worker } from 'bullmq'; const q = new Queue('x'); new Worker('x', one); q.upsertJobScheduler('s', { every: 300_000 }, { name: 'j' });", "timer", "upsertJobScheduler", FIVE),
    "bullmq, scheduler's pattern": ("import { Queue, Worker } from 'bullmq'; const q = new Queue('x'); new Worker('x', one); await q.upsertJobScheduler('s', { pattern: '*/5 * * * *' });", "cron", "upsertJobScheduler", FIVE),
    "bull": ("import Queue from 'bull'; const q = new Queue('x'); q.process(async () => one()); q.add({}, { repeat: { cron: '*/5 * * * *' } });", "cron", "repeat", FIVE),
    "bull, named": ("import Bull from 'bull'; const q = new Bull('x'); q.process('j', 3, async () => one()); q.add('j', {}, { repeat: { every: 300_000 } });", "timer", "repeat", FIVE),
    "inngest": ("import { Inngest } from 'inngest'; const i = new Inngest({ id: 'a' }); i.createFunction({ id: 'x' }, { cron: 'TZ=Europe/Paris */5 * * * *' }, async () => one());", "cron", "inngest", FIVE),
    "trigger.dev": ("import { schedules } from '@trigger.dev/sdk/v3'; export const t = schedules.task({ id: 'x', cron: '*/5 * * * *', run: async () => { await one(); } });", "cron", "schedules.task", FIVE),
    "trigger.dev, zone": ("import { schedules } from '@trigger.dev/sdk'; export const t = schedules.task({ id: 'x', cron: { pattern: '*/5 * * * *', timezone: 'Asia/Tokyo' }, run: async () => one() });", "cron", "schedules.task", FIVE),
    "deno": ("Deno.cron('x', '*/5 * * * *', () => one());", "cron", "Deno.cron", FIVE),
    "deno, object": ("Deno.cron('x', { minute: { every: 5 } }, { backoffSchedule: [1] }, () => one());", "cron", "Deno.cron", FIVE),
    "convex, interval": ("import { cronJobs } from 'convex/server'; const crons = cronJobs(); crons.interval('x', { minutes: 5 }, one); export default crons;", "timer", "crons", FIVE),
    "convex, daily": ("import { cronJobs } from 'convex/server'; const crons = cronJobs(); crons.daily('x', { hourUTC: 3, minuteUTC: 0 }, one);", "cron", "crons", (DAY,)),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SCHEDULES))
def test_a_schedule_is_a_trigger(name: str) -> None:
    source, kind, mechanism, wanted = SCHEDULES[name]
    inventory = audited({"main.ts": SETUP + source})
    (job,) = (item for item in inventory.entries if item.kind == "job")
    (trigger,) = inventory.triggers
    assert (trigger.kind, trigger.mechanism, times(trigger)) == (kind, mechanism, wanted)
    assert (trigger.file, trigger.line, trigger.entry, trigger.origin) == ("main.ts", 2, job.name, "worker")
    assert trigger.reaches_upstream
    assert brief(job) == {O: (1, 1)}


UNKNOWN: dict[str, tuple[str, str]] = {
    "a text that is no expression": ("cron.schedule('every now and then', one);", "does not parse"),
    "a field out of range": ("cron.schedule('0 25 * * *', one);", "does not parse: bad hour"),
    "a variable without a default": ("cron.schedule(process.env.CRON, one);", "CRON: an environment variable"),
    "a minute that is drawn": ("const minute = Math.floor(Math.random() * 60); cron.schedule(`${minute} * * * *`, one);", "a part of {number} * * * * is not known: number: computed"),
    "a second of now": ("cron.schedule(new Date().getSeconds() + ' */5 * * * *', one);", "a part of {getSeconds} */5 * * * * is not known"),
    "a parameter": ("export function start(when: string) { cron.schedule(when, one); }\nstart(JSON.parse('x'));", "a parameter|JSON|parse|is not known|result"),
    "an object of something else": ("cron.schedule({ often: true } as any, one);", "no schedule is known"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_schedule_that_is_not_known_says_why(name: str) -> None:
    source, why = UNKNOWN[name]
    inventory = audited({"main.ts": SETUP + "import cron from 'node-cron';\n" + source})
    (trigger,) = inventory.triggers
    assert times(trigger) == ()
    assert any(part in trigger.why for part in why.split("|")), trigger.why
    assert trigger.reaches_upstream
    assert [(item.file, item.line) for item in inventory.unknowns if item.why == trigger.why] == [
        ("main.ts", trigger.line)
    ]


def test_a_date_fires_once() -> None:
    trigger = only("import schedule from 'node-schedule'; schedule.scheduleJob(new Date(2030, 1, 1), one);")
    assert (times(trigger), "once" in trigger.why) == ((), True)


def test_conditions_keep_their_own_times() -> None:
    source = "import cron from 'node-cron'; cron.schedule(process.env.PROD ? '* * * * *' : '0 * * * *', one);"
    assert times(only(source)) == (MINUTE, HOUR)
    assert [bool(interval.when) for interval in only(source).intervals] == [True, True]


SETTINGS: dict[str, tuple[str, dict[str, str]]] = {
    "node-cron": ("import c from 'node-cron'; c.schedule('* * * * *', one);", {"overlap": "possible"}),
    "node-cron, noOverlap": ("import c from 'node-cron'; c.schedule('* * * * *', one, { noOverlap: true, timezone: 'UTC' });", {"overlap": "prevented", "timezone": "UTC"}),
    "node-cron, noOverlap off": ("import c from 'node-cron'; c.schedule('* * * * *', one, { noOverlap: false });", {"overlap": "possible"}),
    "node-cron, at start": ("import c from 'node-cron'; c.schedule('* * * * *', one, { runOnInit: true });", {"overlap": "possible", "at_start": "true"}),
    "node-cron, not started": ("import c from 'node-cron'; c.schedule('* * * * *', one, { scheduled: false });", {"overlap": "possible", "started": "false"}),
    "cron, at start": ("import { CronJob } from 'cron'; new CronJob('* * * * *', one, null, true, 'Asia/Tokyo', null, true);", {"overlap": "possible", "at_start": "true", "timezone": "Asia/Tokyo"}),
    "cron, options": ("import { CronJob } from 'cron'; CronJob.from({ cronTime: '* * * * *', onTick: one, runOnInit: true, waitForCompletion: true });", {"overlap": "prevented", "at_start": "true"}),
    "croner": ("import { Cron } from 'croner'; new Cron('* * * * *', { protect: true }, one);", {"overlap": "prevented"}),
    "croner, plain": ("import { Cron } from 'croner'; new Cron('* * * * *', one);", {"overlap": "possible"}),
    "toad": ("import { SimpleIntervalJob, Task } from 'toad-scheduler'; new SimpleIntervalJob({ minutes: 1, runImmediately: true }, new Task('x', one));", {"overlap": "prevented", "at_start": "true"}),
    "bullmq": ("import { Queue, Worker } from 'bullmq'; new Worker('x', one); new Queue('x').add('j', {}, { repeat: { pattern: '* * * * *', immediately: true, tz: 'UTC' } });", {"at_start": "true", "timezone": "UTC", "instances": "one for all"}),
    "agenda": ("import Agenda from 'agenda'; const agenda = new Agenda({}); agenda.define('j', one); agenda.every('1 minute', 'j');", {"instances": "one for all"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_beside_the_times(name: str) -> None:
    source, wanted = SETTINGS[name]
    found = dict(only(source).settings)
    found.pop("cron", None)
    assert found == wanted


def test_uneven_gaps_are_a_setting() -> None:
    trigger = only("import cron from 'node-cron'; cron.schedule('*/7 * * * *', one);")
    assert times(trigger) == (400_000,)
    assert dict(trigger.settings)["shortest_ms"] == "240000"


# --- queues ---------------------------------------------------------------------------------------


def jobs(inventory: Inventory) -> dict[str, list[tuple[str, tuple[float, ...]]]]:
    found: dict[str, list[tuple[str, tuple[float, ...]]]] = {
        item.name: [] for item in inventory.entries if item.kind == "job"
    }
    for trigger in inventory.triggers:
        found[trigger.entry].append((trigger.kind, times(trigger)))
    return found


def test_a_repeated_job_goes_to_its_own_queue() -> None:
    source = """
    import { Queue, Worker } from 'bullmq';
    const first = new Queue('first'); const second = new Queue('second');
    first.add('j', {}, { repeat: { pattern: '0 * * * *' } });
    second.add('j', {});
    new Worker('first', () => one());
    new Worker('second', () => one());
    """
    assert jobs(audited({"main.ts": SETUP + source})) == {
        "queue 'first' one": [("cron", (HOUR,))],
        "queue 'second' one": [("event", ())],
    }


def test_a_repeated_job_without_a_worker_is_a_job_that_reaches_nothing() -> None:
    source = "import { Queue } from 'bullmq'; new Queue('x').add('sync', {}, { repeat: { every: 1000 } }); one();"
    inventory = audited({"main.ts": SETUP + source})
    assert jobs(inventory) == {"repeat sync": [("timer", (1_000,))]}
    (trigger,) = inventory.triggers
    assert not trigger.reaches_upstream
    assert [(item.line, "no function" in item.why) for item in inventory.unknowns] == [(2, True)]


def test_jobs_of_one_queue_are_told_apart_by_name() -> None:
    source = """
    import Bull from 'bull';
    const q = new Bull('x');
    q.process('a', () => one());
    q.process('b', () => one());
    q.add('a', {}, { repeat: { every: 1000 } });
    q.add('b', {}, { repeat: { every: 2000 } });
    """
    assert jobs(audited({"main.ts": SETUP + source})) == {
        "queue 'x' 'a' one": [("timer", (1_000,))],
        "queue 'x' 'b' one": [("timer", (2_000,))],
    }


def test_a_job_is_called_after_what_it_waits_for() -> None:
    source = "import cron from 'node-cron'; async function sync() { await one(); } cron.schedule('* * * * *', async () => { log('x'); await sync(); });"
    (job,) = (item for item in audited({"main.ts": SETUP + source}).entries if item.kind == "job")
    assert job.name == "cron '* * * * *' sync"


def test_a_job_that_reaches_nothing_has_its_trigger() -> None:
    source = "import cron from 'node-cron'; cron.schedule('* * * * *', () => log('x')); one();"
    (trigger,) = triggers(source)
    assert (times(trigger), trigger.reaches_upstream, trigger.calls_network) == ((MINUTE,), False, False)


def test_what_only_checks_an_expression_is_no_trigger() -> None:
    assert triggers("import cron from 'node-cron'; cron.validate('* * * * *'); one();") == ()
    assert triggers("import { Cron } from 'croner'; new Cron('* * * * *').nextRun(); one();") == ()


def test_a_timer_that_asks_an_address_that_is_not_known_calls_the_network() -> None:
    (trigger,) = triggers("setInterval(() => { fetch(readAddress()); }, 60_000);")
    assert (times(trigger), trigger.reaches_upstream, trigger.calls_network) == ((MINUTE,), False, True)
