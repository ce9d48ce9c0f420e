"""Schedules that a platform is told in code, by crontabs, and by services that ask for a URL."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, reaches

PACKAGE = '{"dependencies": {"next": "15", "@upstash/qstash": "2", "@netlify/functions": "2"}}'
ROUTE = "const load = () => fetch('https://a.test/one');\nexport async function GET() { await load(); return Response.json({}); }\nexport async function POST() { await load(); return Response.json({}); }"
APP = {"package.json": PACKAGE, "app/api/cron/route.ts": ROUTE}
TICK = {
    "package.json": PACKAGE,
    "src/tick.ts": "export const handler = async () => { await fetch('https://a.test/one'); };",
}
NETLIFY = "export default async () => { await fetch('https://a.test/one'); };\n"
QSTASH = "import { Client } from '@upstash/qstash';\nconst client = new Client({ token: 'x' });\n"

JOBS: dict[str, tuple[Files, str, int]] = {
    "vercel.ts": ({**APP, "vercel.ts": "import type { VercelConfig } from '@vercel/config/v1';\nexport const config: VercelConfig = {\n  crons: [\n    { path: '/api/cron', schedule: '*/5 * * * *' },\n  ],\n};"}, "vercel.ts", 300_000),
    "vercel.ts, made": ({**APP, "vercel.ts": "const at = '0 * * * *';\nconst crons = ['/api/cron'].map((path) => ({ path, schedule: at }));\nexport default { crons };"}, "vercel.ts", 3_600_000),
    "serverless.ts": ({**TICK, "serverless.ts": "const config = { functions: { tick: { handler: 'src/tick.handler', events: [{ schedule: 'rate(5 minutes)' }] } } };\nmodule.exports = config;"}, "serverless.ts", 300_000),
    "serverless.js, an object": ({**TICK, "serverless.js": "module.exports = { functions: { tick: { handler: 'src/tick.handler', events: [{ schedule: { rate: ['cron(0 12 * * ? *)'] } }] } } };"}, "serverless.js", 86_400_000),
    "serverless.ts, imported": (
        {
            **TICK,
            "serverless.ts": "import { tick } from './src/index';\nconst config = { functions: { tick } };\nexport default config;",
            "src/index.ts": "import { join } from 'node:path';\nexport const tick = { handler: `${join(__dirname)}/tick.handler`, events: [{ schedule: 'rate(1 hour)' }] };",
        },
        "serverless.ts",
        3_600_000,
    ),
    "netlify": ({"package.json": PACKAGE, "netlify/functions/t.ts": NETLIFY + "export const config = { schedule: '@hourly' };"}, "netlify/functions/t.ts", 3_600_000),
    "netlify, typed": ({"package.json": PACKAGE, "netlify/functions/t.mts": NETLIFY + "import type { Config } from '@netlify/functions';\nconst every = '*/30 * * * *';\nexport const config: Config = { schedule: every };"}, "netlify/functions/t.mts", 1_800_000),
    "a crontab": ({**APP, "crontab": "# every five minutes\nMAILTO=''\n*/5 * * * * curl -s http://localhost:3000/api/cron\n"}, "crontab", 300_000),
    "a crontab with users": ({**APP, "deploy/cron.d/app": "SHELL=/bin/sh\n0 * * * * root wget -qO- http://web:3000/api/cron >/dev/null 2>&1\n"}, "deploy/cron.d/app", 3_600_000),
    "a crontab of a module": ({"package.json": PACKAGE, "docker/crontab": "@daily cd /app && node src/job.js\n", "src/job.js": "fetch('https://a.test/one');"}, "docker/crontab", 86_400_000),
    "a crontab of an image": ({"package.json": PACKAGE, "crontab.txt": "@hourly node /usr/src/app/dist/job.js\n", "src/job.ts": "fetch('https://a.test/one');"}, "crontab.txt", 3_600_000),
    "a Dockerfile": ({**APP, "Dockerfile": "FROM node\nRUN echo '*/10 * * * * curl -fsS http://localhost:3000/api/cron' > /etc/crontabs/root\nCMD crond -f\n"}, "Dockerfile", 600_000),
    "a Dockerfile that adds a line": ({**APP, "docker/cron.Dockerfile": 'FROM node\nRUN (crontab -l; echo "0 */2 * * * wget -q http://app/api/cron") | crontab -\n'}, "docker/cron.Dockerfile", 7_200_000),
    "QStash": ({**APP, "lib/s.ts": QSTASH + "await client.schedules.create({ destination: `${process.env.APP_URL}/api/cron`, cron: '*/5 * * * *' });"}, "lib/s.ts", 300_000),
    "QStash with GET": ({**APP, "lib/s.ts": QSTASH + "const { schedules } = client;\nexport const start = () => schedules.create({ destination: 'https://app.test/api/cron', cron: '0 * * * *', method: 'GET' });\nstart();"}, "lib/s.ts", 3_600_000),
}  # fmt: skip


@pytest.mark.parametrize("name", JOBS)
def test_what_such_schedules_start(name: str) -> None:
    files, file, ms = JOBS[name]
    inventory = audited(files)
    (job,) = [one for one in inventory.entries if one.kind == "job"]
    assert (job.file, reaches(job)) == (file, {("GET", "a.test", "/one"): (1, 1)})
    assert [[one.ms for one in trigger.intervals] for trigger in inventory.triggers] == [[ms]]


NONE: dict[str, Files] = {
    "no crons": {**APP, "vercel.ts": "export const config = { rewrites: [{ source: '/a', destination: '/b' }] };"},
    "another file": {**APP, "lib/vercel-like.ts": "export const config = { crons: [{ path: '/api/cron', schedule: '* * * * *' }] };"},
    "turned off": {**TICK, "serverless.ts": "module.exports = { functions: { tick: { handler: 'src/tick.handler', events: [{ schedule: { rate: 'rate(5 minutes)', enabled: false } }] } } };"},
    "no schedule": {"package.json": PACKAGE, "netlify/functions/t.ts": NETLIFY + "export const config = { path: '/t' };"},
    "a comment": {**APP, "crontab": "# */5 * * * * curl -s http://localhost:3000/api/cron\n"},
    "another's work": {**APP, "crontab": "0 0 * * * /usr/sbin/logrotate /etc/logrotate.conf\n*/5 * * * * curl https://hc-ping.test/abc\n"},
    "no crontab": {**APP, "notes.txt": "*/5 * * * * curl -s http://localhost:3000/api/cron\n"},
    "no line of one": {**APP, "Dockerfile": "FROM node\nHEALTHCHECK CMD curl -f http://localhost:3000/api/cron\n"},
    "another client": {**APP, "lib/s.ts": QSTASH + "await client.publishJSON({ url: 'https://app.test/api/cron', body: {} });"},
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_schedule(name: str) -> None:
    inventory = audited(NONE[name])
    assert [one.name for one in inventory.entries if one.kind == "job" and one.reaches] == []


def test_a_function_that_runs_on_a_schedule_is_no_route() -> None:
    assert not audited(JOBS["netlify"][0]).routes
    assert [one.path for one in audited(NONE["no schedule"]).routes] == ["/t"]


def test_a_crontab_that_runs_what_is_not_there_says_so() -> None:
    inventory = audited({"package.json": PACKAGE, "crontab": "@daily node /opt/app/other.js\n", "a.ts": "export {};"})
    assert [(one.file, one.what) for one in inventory.unknowns] == [("crontab", "/opt/app/other.js")]
