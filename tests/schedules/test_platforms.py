"""Schedules in configuration files: which own routes, scripts and functions they start, and where they are written."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callaudit.frameworks.commands import Asked, Scripted, Started, parse
from callaudit.project.positions import NOTHING, Located, read_json, read_toml, read_yaml
from callaudit.project.records import Notice
from tests.projects import audited, brief, cases, unresolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.inventory.model import Entry, Inventory, Trigger
    from tests.projects import Files

O = "GET a.test/one"  # noqa: E741 - reads like the request
ONE = "export const one = () => fetch('https://a.test/one');\n"
ROUTE = "export async function GET() { await fetch('https://a.test/one'); return Response.json({}); }\n"
NEXT: Files = {
    "package.json": '{"name": "x", "dependencies": {"next": "15.0.0"}, "scripts": {"sync": "tsx scripts/sync.ts", "again": "npm run sync"}}',
    "app/api/cron/route.ts": ROUTE + "export async function POST() { return GET(); }",
    "app/api/all/[...rest]/route.ts": ROUTE,
    "scripts/sync.ts": "import { one } from '../lib/one';\none();",
    "lib/one.ts": ONE,
}
FIVE = 300_000
HOUR = 3_600_000
DAY = 24 * HOUR


def job_of(inventory: Inventory) -> tuple[Entry, tuple[Trigger, ...]]:
    (job,) = (item for item in inventory.entries if item.kind == "job")
    return job, tuple(item for item in inventory.triggers if item.entry == job.name)


def workflow(run: str, folder: str = "") -> str:
    where = f"\n        working-directory: {folder}" if folder else ""
    return f"on:\n  schedule:\n    - cron: '*/5 * * * *'\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - run: {run}{where}\n"


def cronjob(command: str) -> str:
    return f"apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: sync\nspec:\n  schedule: '*/5 * * * *'\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: c\n              {command}\n"


# file, text, line of the schedule, mechanism, milliseconds
FILES: dict[str, tuple[str, str, int, str, int]] = {
    "vercel": ("vercel.json", '{\n  "crons": [\n    {\n      "path": "/api/cron",\n      "schedule": "*/5 * * * *"\n    }\n  ]\n}', 5, "vercel.json", FIVE),
    "vercel on one line": ("vercel.json", '{ "crons": [{ "path": "/api/cron?all=1", "schedule": "0 * * * *" }] }', 1, "vercel.json", HOUR),
    "workflow, curl": (".github/workflows/cron.yml", workflow("curl -X POST https://x.vercel.app/api/cron"), 3, "workflow", FIVE),
    "workflow, secret": (".github/workflows/cron.yaml", workflow("|\n          curl -sf -H 'Authorization: ${{ secrets.TOKEN }}' \"${{ secrets.APP_URL }}/api/cron\""), 3, "workflow", FIVE),
    "workflow, variable": (".github/workflows/cron.yml", workflow("curl --fail $APP_URL/api/cron | jq ."), 3, "workflow", FIVE),
    "workflow, wget": (".github/workflows/cron.yml", workflow("wget -qO- http://localhost:3000/api/cron"), 3, "workflow", FIVE),
    "workflow, script": (".github/workflows/cron.yml", workflow("npx tsx scripts/sync.ts"), 3, "workflow", FIVE),
    "workflow, node": (".github/workflows/cron.yml", workflow("node --import tsx ./sync.ts", "scripts"), 3, "workflow", FIVE),
    "workflow, output": (".github/workflows/cron.yml", workflow("|\n          code=$(curl -s -o /dev/null -w '%{http_code}' \\\n            -X POST https://x.test/api/cron)\n          test $code = 200"), 3, "workflow", FIVE),
    "workflow, npm": (".github/workflows/cron.yml", workflow("npm ci && npm run sync"), 3, "workflow", FIVE),
    "workflow, script of a script": (".github/workflows/cron.yml", workflow("yarn again"), 3, "workflow", FIVE),
    "kubernetes, command": ("k8s/cron.yaml", cronjob('command: ["curl", "-X", "POST", "http://web:3000/api/cron"]'), 6, "CronJob", FIVE),
    "kubernetes, shell": ("deploy/cron.yml", cronjob('args: ["/bin/sh", "-c", "curl -s http://web/api/cron; echo done"]'), 6, "CronJob", FIVE),
    "railway": ("railway.json", '{\n "deploy": {\n  "startCommand": "npm run sync",\n  "cronSchedule": "*/5 * * * *"\n } }', 4, "railway.json", FIVE),
    "railway, toml": ("railway.toml", '[deploy]\nstartCommand = "tsx scripts/sync.ts"\ncronSchedule = "*/5 * * * *"', 3, "railway.toml", FIVE),
    "render": ("render.yaml", "services:\n  - type: web\n    name: w\n  - type: cron\n    name: sync\n    schedule: '*/5 * * * *'\n    startCommand: npm run sync\n", 6, "render.yaml", FIVE),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(FILES))
def test_a_file_starts_a_job(name: str) -> None:
    path, text, line, mechanism, ms = FILES[name]
    job, triggers = job_of(audited({**NEXT, path: text}))
    assert (job.file, job.line, job.origin) == (path, line, "worker")
    assert brief(job) == {O: (1, 1)}
    (trigger,) = triggers
    assert (trigger.kind, trigger.mechanism, trigger.file, trigger.line) == ("cron", mechanism, path, line)
    assert [interval.ms for interval in trigger.intervals] == [ms]
    assert ("instances", "one for all") in trigger.settings
    assert (trigger.reaches_upstream, trigger.calls_network) == (True, True)


def test_a_request_crosses_the_own_route() -> None:
    text = '{ "crons": [{ "path": "/api/cron", "schedule": "0 * * * *" }] }'
    job, _ = job_of(audited({**NEXT, "vercel.json": text}))
    assert [reach.through for reach in job.reaches] == [("GET /api/cron",)]


NO_JOBS: dict[str, tuple[str, str]] = {
    "workflow without a schedule": (".github/workflows/ci.yml", "on: [push]\njobs:\n  a:\n    steps:\n      - run: npm run sync # cron schedule\n"),
    "workflow that tests": (".github/workflows/ci.yml", workflow("npm test")),
    "workflow that asks others": (".github/workflows/ci.yml", workflow("curl https://hooks.test/other")),
    "another host, a route for all": (".github/workflows/ci.yml", workflow("curl https://hooks.test/api/all/x")),
    "vercel without crons": ("vercel.json", '{ "framework": "nextjs", "x": "cron" }'),
    "yaml of something else": ("k8s/web.yaml", "kind: Deployment\nmetadata:\n  name: CronJob\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_JOBS)
def test_a_file_that_starts_nothing(name: str) -> None:
    path, text = NO_JOBS[name]
    inventory = audited({**NEXT, path: text})
    assert [item.name for item in inventory.entries if item.kind == "job"] == []
    assert inventory.triggers == ()


def test_a_path_without_a_route_is_unknown() -> None:
    text = '{ "crons": [\n { "path": "/api/gone", "schedule": "0 * * * *" }] }'
    inventory = audited({**NEXT, "vercel.json": text})
    job, (trigger,) = job_of(inventory)
    assert (brief(job), trigger.calls_network) == ({}, False)
    assert [(u.file, u.line, u.why) for u in inventory.unknowns] == [
        ("vercel.json", 2, "no route of the repository answers it")
    ]


def test_a_schedule_that_does_not_parse_is_unknown() -> None:
    text = '{ "crons": [\n { "path": "/api/cron",\n "schedule": "hourly" }] }'
    inventory = audited({**NEXT, "vercel.json": text})
    _, (trigger,) = job_of(inventory)
    assert (trigger.intervals, "does not parse" in trigger.why) == ((), True)
    assert [(u.file, u.line) for u in inventory.unknowns] == [("vercel.json", 3)]


BROKEN: dict[str, tuple[str, str, int]] = {
    "json": ("vercel.json", '{\n "crons": [\n', 3),
    "toml": ("wrangler.toml", '[triggers]\ncrons = ["*"\n\n[x', 4),
    "yaml": (".github/workflows/a.yml", "on:\n  schedule:\n  - cron: 'x\n", 4),
    "helm": ("chart/cron.yaml", "kind: CronJob\nmetadata:\n  name: {{ .Values.name }}\n  {{- if .x }}\n", 4),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_a_notice_and_the_rest_is_analyzed(name: str) -> None:
    path, text, line = BROKEN[name]
    inventory = audited({**NEXT, path: text})
    (notice,) = inventory.notices
    assert (notice.file, notice.what) == (path, "broken config")
    assert abs(notice.line - line) <= 1
    assert notice.why
    assert any(entry.reaches for entry in inventory.entries)


WORKER = "import { one } from './one';\n"
WORKERS: dict[str, str] = {
    "method": "export default { async fetch() { return new Response(''); }, async scheduled(event, env, ctx) { ctx.waitUntil(one()); } };",
    "function": "const scheduled = async () => { await one(); };\nexport default { scheduled };",
    "typed": "export default { async scheduled() { await one(); } } satisfies ExportedHandler;",
}  # fmt: skip
WRANGLERS: dict[str, tuple[str, str, list[int]]] = {
    "toml": ("wrangler.toml", 'main = "src/index.ts"\n[triggers]\ncrons = [\n  "*/5 * * * *",\n  "0 * * * *",\n]', [4, 5]),
    "jsonc": ("wrangler.jsonc", '{\n  // the worker\n  "main": "./src/index.ts",\n  "triggers": { "crons": ["*/5 * * * *",\n "0 * * * *",] },\n}', [4, 5]),
    "json": ("wrangler.json", '{"main": "src/index.ts", "triggers": {"crons": ["*/5 * * * *", "0 * * * *"]}}', [1, 1]),
    "environment": ("wrangler.toml", 'main = "src/index.ts"\n[env.prod.triggers]\ncrons = [\n"*/5 * * * *",\n"0 * * * *"]', [4, 5]),
}  # fmt: skip


@pytest.mark.parametrize("file", WRANGLERS)
@pytest.mark.parametrize("worker", WORKERS)
def test_a_worker_is_told_that_it_is_scheduled(worker: str, file: str) -> None:
    path, text, lines = WRANGLERS[file]
    files = {"package.json": "{}", "src/index.ts": WORKER + WORKERS[worker], "src/one.ts": ONE, path: text}
    inventory = audited(files)
    job, _ = job_of(inventory)
    assert brief(job) == {O: (1, 1)}
    found = [(item.line, interval.ms) for item in inventory.triggers for interval in item.intervals]
    assert [bool(interval.when) for item in inventory.triggers for interval in item.intervals] == [
        len(set(lines)) == 1
    ] * 2
    assert sorted(found, key=lambda one: one[1]) == [(line, ms) for line, ms in zip(lines, (FIVE, HOUR), strict=True)]


def test_a_worker_that_asks_which_time_it_is_does_each_at_its_own() -> None:
    worker = """
        export default {
          async scheduled(event, env, ctx) {
            switch (event.cron) {
              case "*/5 * * * *": ctx.waitUntil(fetch("https://a.test/often")); break;
              default: ctx.waitUntil(fetch("https://a.test/seldom"));
            }
          },
        };
        """
    path, text, _ = WRANGLERS["toml"]
    inventory = audited({"package.json": "{}", "src/index.ts": worker, path: text})
    found = {(end.path, one.ms) for item in inventory.triggers for end in item.endpoints for one in item.intervals}
    assert found == {("/often", FIVE), ("/seldom", HOUR)}


def test_a_worker_without_a_handler_is_unknown() -> None:
    files = {
        "package.json": "{}",
        "src/index.ts": "export default { fetch() {} };",
        "wrangler.toml": 'main = "src/index.ts"\n[triggers]\ncrons = ["0 * * * *"]',
    }
    inventory = audited(files)
    assert [(u.file, u.line, "scheduled" in u.why) for u in inventory.unknowns] == [("wrangler.toml", 3, True)]


SERVERLESS: dict[str, tuple[str, int]] = {
    "rate": ("- schedule: rate(5 minutes)", FIVE),
    "cron": ("- schedule: cron(0 12 * * ? *)", DAY),
    "object": ("- schedule:\n          rate: rate(1 hour)\n          enabled: true", HOUR),
    "several": ("- schedule:\n          rate:\n            - cron(0 12 * * ? *)", DAY),
    "variable": ("- schedule: ${self:custom.often}", FIVE),
    "variable, in an object": ('- schedule:\n          rate: ["${self:custom.often}"]', FIVE),
    "variable with a default": ("- schedule: ${env:OFTEN, 'rate(1 hour)'}", HOUR),
}  # fmt: skip


@pytest.mark.parametrize("name", SERVERLESS)
def test_functions_of_serverless(name: str) -> None:
    event, ms = SERVERLESS[name]
    text = f"service: x\ncustom:\n  often: rate(5 minutes)\nfunctions:\n  sync:\n    handler: src/jobs.sync\n    events:\n      {event}\n  web:\n    handler: src/jobs.web\n    events:\n      - http: GET /\n"
    files = {
        "package.json": "{}",
        "src/jobs.ts": "import { one } from './one';\nexport const sync = async () => { await one(); };\nexport const web = async () => {};",
        "src/one.ts": ONE,
        "serverless.yml": text,
    }
    job, (trigger,) = job_of(audited(files))
    assert brief(job) == {O: (1, 1)}
    assert [interval.ms for interval in trigger.intervals] == [ms]


COMPOSED: dict[str, tuple[str, int]] = {
    "loop": ('command: sh -c "while true; do curl -s http://web:3000/api/cron; sleep 300; done"', FIVE),
    "loop, as a list": (
        'entrypoint: ["/bin/sh", "-c", "while :; do curl http://web:3000/api/cron; sleep 1h; done"]',
        HOUR,
    ),
    "label": (
        'labels: { ofelia.job-exec.sync.schedule: "@every 5m", ofelia.job-exec.sync.command: "npm run sync" }',
        FIVE,
    ),
    "labels": ('labels: ["ofelia.job-run.sync.schedule=0 0 * * *", "ofelia.job-run.sync.command=npm run sync"]', DAY),
    "no loop": ('command: sh -c "sleep 5; curl -s http://web:3000/api/cron"', 0),
    "a loop that asks for nothing": ('command: sh -c "while true; do echo x; sleep 5; done"', 0),
}


@pytest.mark.parametrize("file", ["docker-compose.yml", "compose.yaml"])
@pytest.mark.parametrize("name", COMPOSED)
def test_services_of_compose(name: str, file: str) -> None:
    line, ms = COMPOSED[name]
    inventory = audited({**NEXT, file: f"services:\n  job:\n    build: .\n    {line}\n"})
    jobs = [one for one in inventory.entries if one.kind == "job"]
    assert [brief(one) for one in jobs] == ([{O: (1, 1)}] if ms else [])
    times = [
        one.ms
        for trigger in inventory.triggers
        if trigger.entry in {job.name for job in jobs}
        for one in trigger.intervals
    ]
    assert times == ([ms] if ms else [])


STARTED: dict[str, tuple[str, str, int]] = {
    "queue": ("events:\n      - sqs: arn:aws:sqs:x", "sqs", 6),
    "object": ("events:\n      - stream:\n          arn: x", "stream", 6),
    "none": ("timeout: 5", "call", 4),
    "beside a route": ("events:\n      - http: GET /\n      - sns: topic", "sns", 7),
}


@pytest.mark.parametrize("name", STARTED)
def test_functions_of_serverless_that_something_else_starts(name: str) -> None:
    events, kind, line = STARTED[name]
    files = {
        "package.json": "{}",
        "src/jobs.ts": "import { one } from './one';\nexport const sync = async () => { await one(); };",
        "src/one.ts": ONE,
        "serverless.yml": f"service: x\nfunctions:\n  sync:\n    handler: src/jobs.sync\n    {events}\n",
    }
    job, (trigger,) = job_of(audited(files))
    assert (job.name, job.line, brief(job)) == (f"serverless '{kind}' sync", line, {O: (1, 1)})
    assert (trigger.kind, trigger.intervals, trigger.why) == ("event", (), f"it runs for each {kind}")


@pytest.mark.parametrize(
    ("folder", "settings"),
    [
        ("netlify/functions", ""),
        ("web/netlify/functions", '[build]\nbase = "web"'),
        ("web/lambda", '[build]\nbase = "web"\nfunctions = "lambda"'),
    ],
)
def test_functions_of_netlify(folder: str, settings: str) -> None:
    files = {
        "package.json": "{}",
        f"{folder}/sync.ts": "export default async () => { await fetch('https://a.test/one'); };",
        "netlify.toml": f'[functions."sync"]\nschedule = "@hourly"\n{settings}',
    }
    job, (trigger,) = job_of(audited(files))
    assert (job.file, job.line, brief(job)) == ("netlify.toml", 2, {O: (1, 1)})
    assert [interval.ms for interval in trigger.intervals] == [HOUR]


CODE: dict[str, tuple[str, str, bool]] = {
    "netlify": ("import { schedule } from '@netlify/functions'; import { one } from './one';\nexport const handler = schedule('*/5 * * * *', async () => { await one(); });", "schedule", True),
    "sst 3, job": ("export const c = new sst.aws.Cron('X', { schedule: 'rate(5 minutes)', job: { handler: 'src/sync.handler' } });", "sst.Cron", True),
    "cdk, entry": ("import { Rule, Schedule } from 'aws-cdk-lib/aws-events'; import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'; import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs'; import { Duration } from 'aws-cdk-lib'; import path from 'path';\nconst f = new NodejsFunction({}, 'F', { entry: path.join(__dirname, 'sync.ts') });\nnew Rule({}, 'X', { schedule: Schedule.rate(Duration.minutes(5)), targets: [new LambdaFunction(f)] });", "events.Rule", True),
    "cdk, added": ("import * as events from 'aws-cdk-lib/aws-events'; import * as targets from 'aws-cdk-lib/aws-events-targets'; import * as lambda from 'aws-cdk-lib/aws-lambda'; import { Duration } from 'aws-cdk-lib';\nconst f = new lambda.Function({}, 'F', { code: lambda.Code.fromAsset('src'), handler: 'sync.handler' });\nconst rule = new events.Rule({}, 'X', { schedule: events.Schedule.rate(Duration.minutes(5)) });\nrule.addTarget(new targets.LambdaFunction(f));", "events.Rule", True),
    "convex": ("import { cronJobs } from 'convex/server'; import { internal } from './_generated/api'; const crons = cronJobs(); crons.interval('x', { minutes: 5 }, internal.action.load); export default crons;", "crons", True),
    "firebase": ("import { onSchedule } from 'firebase-functions/v2/scheduler'; import { one } from './one';\nexport const f = onSchedule('every 5 minutes', async () => { await one(); });", "onSchedule", True),
    "firebase, options": ("import { onSchedule } from 'firebase-functions/v2/scheduler'; import { one } from './one';\nexport const f = onSchedule({ schedule: '*/5 * * * *' }, async () => { await one(); });", "onSchedule", True),
    "sst 3": ("export const c = new sst.aws.Cron('X', { schedule: 'rate(5 minutes)', function: 'src/sync.handler' });", "sst.Cron", True),
    "sst 3, object": ("export const c = new sst.aws.Cron('X', { schedule: 'rate(5 minutes)', function: { handler: 'src/sync.handler' } });", "sst.Cron", True),
    "sst 2": ("import { Cron } from 'sst/constructs'; export function stack({ stack }: any) {}\nnew Cron({}, 'X', { schedule: 'cron(0/5 * * * ? *)', job: 'src/sync.handler' });", "sst.Cron", True),
    "cdk, rate": ("import * as events from 'aws-cdk-lib/aws-events'; import { Duration } from 'aws-cdk-lib';\nnew events.Rule({}, 'X', { schedule: events.Schedule.rate(Duration.minutes(5)) });", "events.Rule", False),
    "cdk, cron": ("import { aws_events as events } from 'aws-cdk-lib';\nnew events.Rule({}, 'X', { schedule: events.Schedule.cron({ minute: '*/5' }) });", "events.Rule", False),
    "cdk, expression": ("import { Rule, Schedule } from 'aws-cdk-lib/aws-events';\nnew Rule({}, 'X', { schedule: Schedule.expression('rate(5 minutes)') });", "events.Rule", False),
}  # fmt: skip


@pytest.mark.parametrize("name", CODE)
def test_schedules_of_platforms_in_code(name: str) -> None:
    source, mechanism, reaches = CODE[name]
    files = {
        "package.json": "{}",
        "src/one.ts": ONE,
        "src/infra.ts": source,
        "src/sync.ts": "import { one } from './one';\nexport const handler = async () => { await one(); };",
        "src/action.ts": "import { internalAction } from './_generated/server';\nimport { one } from './one';\nexport const load = internalAction({ args: {}, handler: async () => { await one(); } });",
    }
    inventory = audited(files)
    job, (trigger,) = job_of(inventory)
    assert (trigger.mechanism, [interval.ms for interval in trigger.intervals]) == (mechanism, [FIVE])
    assert brief(job) == ({O: (1, 1)} if reaches else {})
    assert ("what it starts is not followed" in unresolved(inventory)) is not reaches


def test_an_action_of_a_workflow_that_asks_for_a_url() -> None:
    step = "- uses: fjogeleit/http-request-action@v1\n        with:\n          url: https://x.test/api/cron\n          method: POST"
    text = (
        f"on:\n  schedule:\n    - cron: '*/5 * * * *'\njobs:\n  call:\n    runs-on: ubuntu\n    steps:\n      {step}\n"
    )
    job, (trigger,) = job_of(audited({**NEXT, ".github/workflows/cron.yml": text}))
    assert brief(job) == {O: (1, 1)}
    assert [interval.ms for interval in trigger.intervals] == [FIVE]


COMMANDS: dict[str, tuple[str, list[object]]] = {
    "data": ("curl --data '{}' https://x.test/a", [Asked("POST", "https://x.test/a")]),
    "method in one": ("curl -XPUT https://x.test/a -o /dev/null", [Asked("PUT", "https://x.test/a")]),
    "lines": ("curl \\\n  -H 'a: b' \\\n  \"$URL/a\"", [Asked("GET", "{URL}/a")]),
    "default": ("curl ${URL:-https://x.test}/a", [Asked("GET", "{URL}/a")]),
    "several": ("set -e\ncurl https://x.test/a && curl https://x.test/b", [Asked("GET", "https://x.test/a"), Asked("GET", "https://x.test/b")]),
    "folder": ("cd apps/jobs\nnode dist/x.js", [Started("dist/x.js", "apps/jobs")]),
    "filter": ("pnpm --filter @a/jobs run sync", [Scripted("sync", "", "@a/jobs")]),
    "workspace": ("yarn workspace @a/jobs sync", [Scripted("sync", "", "@a/jobs")]),
    "bun": ("bun run x.ts", [Started("x.ts", "")]),
    "install": ("npm ci", []),
    "an open quote": ("curl 'https://x.test/a", [Asked("GET", "https://x.test/a")]),
    "no command": ("echo curl-free", []),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_does(name: str) -> None:
    text, wanted = COMMANDS[name]
    assert list(parse(text, "")) == wanted


@given(st.text(max_size=200))
def test_no_command_raises(text: str) -> None:
    list(parse(text, "a"))


READERS: list[Callable[[str, bytes], object]] = [read_yaml, read_json, read_toml]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=120).map(str.encode), st.binary(max_size=120)), st.sampled_from(READERS))
def test_no_file_raises(data: bytes, read: Callable[[str, bytes], object]) -> None:
    assert isinstance(read("x", data), (Located, Notice, tuple))


def test_anchors_that_multiply_are_bounded() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)
    )
    (found,) = read_yaml("x", text.encode())
    assert found.at("a").items[0].text == "x"
    assert read_yaml("x", (b"[" * 5_000)).__class__ is Notice
    assert read_yaml("x", b"a: [" + b"[" * 200 + b"]" * 200 + b"]") != NOTHING
