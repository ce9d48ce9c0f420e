"""Schedules and queues of NestJS: decorators of methods and classes, and queues that are injected."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases

FETCH = "{ await fetch('https://a.test/one'); }"
IMPORTS = "import { Cron, CronExpression, Interval, Timeout } from '@nestjs/schedule';\nimport { Injectable } from '@nestjs/common';\n"
HOUR = 3_600_000

# decorator, kind, mechanism, milliseconds, settings
DECORATORS: dict[str, tuple[str, str, str, list[float], dict[str, str]]] = {
    "seconds": ("@Cron('*/5 * * * * *')", "cron", "@Cron", [5_000], {"cron": "*/5 * * * * *", "overlap": "possible"}),
    "expression": ("@Cron(CronExpression.EVERY_5_MINUTES)", "cron", "@Cron", [300_000], {"cron": "0 */5 * * * *", "overlap": "possible"}),
    "options": ("@Cron('0 * * * *', { name: 'x', timeZone: 'Asia/Tokyo', waitForCompletion: true })", "cron", "@Cron", [HOUR], {"cron": "0 * * * *", "timezone": "Asia/Tokyo", "overlap": "prevented"}),
    "environment": ("@Cron(process.env.WHEN || CronExpression.EVERY_HOUR)", "cron", "@Cron", [HOUR], {"cron": "0 0-23/1 * * *", "overlap": "possible"}),
    "interval": ("@Interval(60 * 1000)", "timer", "@Interval", [60_000], {"overlap": "possible"}),
    "interval, named": ("@Interval('sync', 60_000)", "timer", "@Interval", [60_000], {"overlap": "possible"}),
    "timeout": ("@Timeout(5000)", "timer", "@Timeout", [], {}),
    "unknown member": ("@Cron(CronExpression.EVERY_BLUE_MOON)", "cron", "@Cron", [], {"overlap": "possible"}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(DECORATORS))
def test_a_decorated_method_is_repeated(name: str) -> None:
    decorator, kind, mechanism, wanted, settings = DECORATORS[name]
    source = f"{IMPORTS}@Injectable()\nexport class S {{\n  {decorator}\n  async run() {FETCH}\n}}"
    inventory = audited({"package.json": "{}", "src/s.ts": source})
    (job,) = inventory.entries
    (trigger,) = inventory.triggers
    assert (trigger.kind, trigger.mechanism, trigger.file, trigger.line) == (kind, mechanism, "src/s.ts", 5)
    assert (trigger.entry, trigger.reaches_upstream) == (job.name, True)
    assert [interval.ms for interval in trigger.intervals] == wanted
    assert dict(trigger.settings) == settings
    assert bool(trigger.why) == (not wanted)


PROCESSORS: dict[str, tuple[str, str]] = {
    "method": ("import { Process, Processor } from '@nestjs/bull';\n@Processor(Q)\nexport class A {{ @Process() async work() {fetch} }}", "Process 'pull' A.work"),
    "method with options": ("import {{ Process, Processor }} from '@nestjs/bull';\n@Processor(Q)\nexport class A {{ @Process({{ concurrency: 5 }}) async work() {fetch} }}", "Process 'pull' A.work"),
    "class": ("import {{ Processor, WorkerHost }} from '@nestjs/bullmq';\n@Processor(Q)\nexport class A extends WorkerHost {{ async process() {fetch} }}", "Processor 'pull' A.process"),
    "class with options": ("import {{ Processor, WorkerHost }} from '@nestjs/bullmq';\n@Processor({{ name: 'pull' }})\nexport class A extends WorkerHost {{ async process() {fetch} }}", "Processor 'pull' A.process"),
}  # fmt: skip
SET_UP = {
    "onModuleInit": "async onModuleInit() { await this.q.add('x', {}, { repeat: { cron: '0 * * * *' } }); }",
    "onApplicationBootstrap": "onApplicationBootstrap() { this.q.add('x', {}, { repeat: { every: 3_600_000 } }); }",
}


@pytest.mark.parametrize("name", PROCESSORS)
@pytest.mark.parametrize("set_up", SET_UP)
def test_an_injected_queue_repeats_what_its_processor_does(name: str, set_up: str) -> None:
    source, called = PROCESSORS[name]
    source = source.replace("{fetch}", FETCH).replace("{{", "{").replace("}}", "}")
    start = f"import {{ InjectQueue }} from '@nestjs/bull'; import {{ Queue }} from 'bull'; import {{ Injectable }} from '@nestjs/common'; import {{ Q }} from './q';\n@Injectable()\nexport class S {{ constructor(@InjectQueue(Q) private readonly q: Queue) {{}}\n {SET_UP[set_up]} }}"
    files = {
        "package.json": "{}",
        "src/q.ts": "export const Q = 'pull';",
        "src/a.ts": "import { Q } from './q';\n" + source,
        "src/s.ts": start,
    }
    (trigger,) = audited(files).triggers
    assert (trigger.file, trigger.line, trigger.entry) == ("src/s.ts", 4, called)
    assert ([interval.ms for interval in trigger.intervals], trigger.reaches_upstream) == ([HOUR], True)


def test_a_queue_that_nobody_repeats_waits() -> None:
    source = (
        "import { Processor, WorkerHost } from '@nestjs/bullmq';\n@Processor('x')\nexport class A extends WorkerHost { async process() "
        + FETCH
        + " }"
    )
    (trigger,) = audited({"package.json": "{}", "src/a.ts": source}).triggers
    assert (trigger.kind, trigger.mechanism, trigger.intervals, trigger.reaches_upstream) == (
        "event",
        "queue",
        (),
        True,
    )


def test_a_decorated_method_named_process_elsewhere_is_no_job() -> None:
    source = (
        "import { Injectable } from '@nestjs/common';\n@Injectable()\nexport class A { async process() " + FETCH + " }"
    )
    assert audited({"package.json": "{}", "src/a.ts": source}).triggers == ()
