"""Tasks of graphile-worker, in lists and in files, with their crons."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

ASK = "async () => { await fetch('https://a.test/x'); }"
FILE = f"export default {ASK};"
TASKS: dict[str, tuple[Files, list[float]]] = {
    "a list and a text": (
        {"main.ts": f"import {{ run }} from 'graphile-worker'; await run({{ crontab: '*/15 * * * * sync ?max=1', taskList: {{ sync: {ASK} }} }});"},
        [900_000],
    ),
    "items": (
        {"main.ts": f"import {{ run, parseCronItems }} from 'graphile-worker'; const sync = {ASK}; await run({{ parsedCronItems: parseCronItems([{{ task: 'sync', match: '0 * * * *' }}]), taskList: {{ sync }} }});"},
        [3_600_000],
    ),
    "files and a crontab": (
        {"crontab": "*/10 * * * * sync ?max=1", "tasks/sync.ts": FILE, "main.ts": "import { run } from 'graphile-worker'; await run({ taskDirectory: `${__dirname}/tasks` });"},
        [600_000],
    ),
    "files beside the code": (
        {"src/jobs/sync.ts": FILE, "src/main.ts": "import { run } from 'graphile-worker'; await run({ taskDirectory: './jobs' });"},
        [],
    ),
    "required, without a cron": (
        {"jobs/sync.js": f"module.exports = {ASK};", "main.js": "const { run } = require('graphile-worker'); run({ taskDirectory: './jobs' });"},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_a_job(name: str) -> None:
    files, expected = TASKS[name]
    inventory = audited(files)
    assert called(inventory, "job", "graphile-worker 'sync'") == {"GET a.test/x": (1, 1)}
    (trigger,) = inventory.triggers
    assert [one.ms for one in trigger.intervals] == expected
    assert [one.kind for one in inventory.entries] == ["job"]


def test_the_cron_of_another_task_is_not_its_own() -> None:
    source = f"import {{ run }} from 'graphile-worker'; await run({{ crontab: '*/15 * * * * other', taskList: {{ sync: {ASK} }} }});"
    (trigger,) = audited({"main.ts": source}).triggers
    assert (trigger.kind, trigger.intervals) == ("event", ())


def test_another_package_has_no_tasks() -> None:
    source = f"import {{ run }} from './own'; await run({{ taskList: {{ sync: {ASK} }} }});"
    inventory = audited({"main.ts": source, "own.ts": "export const run = (options) => options;"})
    assert [one.kind for one in inventory.entries] == []
