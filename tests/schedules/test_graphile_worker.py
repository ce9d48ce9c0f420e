"""Tasks of graphile-worker, in lists and in files, with their crons."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, unresolved

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


RUN = "import { run, parseCronItems } from 'graphile-worker';"
MANY = ",\n".join(f"t{number}: sync" for number in range(201))
NO_TASKS, NO_CRONS = "which tasks graphile-worker is handed is not known", "by a clock is not wholly known"
GAPS: dict[str, tuple[str, str]] = {
    "more than are read": (f"const sync = {ASK}; run({{ taskList: {{ {MANY} }} }});", NO_TASKS),
    "a list of data": ("run({ taskList: JSON.parse(process.argv[2]) });", NO_TASKS),
    "a list that is spread": (f"run({{ taskList: {{ ...JSON.parse(process.argv[2]), sync: {ASK} }} }});", NO_TASKS),
    "a folder of data": ("run({ taskDirectory: process.argv[2] });", NO_TASKS),
    "options of data": ("run(JSON.parse(process.argv[2]));", NO_TASKS),
    "a function of data": ("run({ taskList: { sync: window.all.sync } });", "which function does this task is not known"),
    "a text of data": (f"run({{ crontab: process.argv[2], taskList: {{ sync: {ASK} }} }});", NO_CRONS),
    "items of data": (f"run({{ parsedCronItems: parseCronItems(JSON.parse(process.argv[2])), taskList: {{ sync: {ASK} }} }});", NO_CRONS),
    "an item of data": (f"run({{ parsedCronItems: parseCronItems([JSON.parse(process.argv[2])]), taskList: {{ sync: {ASK} }} }});", NO_CRONS),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_what_is_not_known_of_tasks_is_said(name: str) -> None:
    source, why = GAPS[name]
    assert [one for one in unresolved(audited({"main.ts": RUN + source})) if why in one]


def test_tasks_that_are_known_leave_nothing_to_say() -> None:
    source = f"run({{ parsedCronItems: parseCronItems([{{ task: 'sync', match: '0 * * * *' }}]), crontab: '', taskList: {{ sync: {ASK} }} }});"
    assert unresolved(audited({"main.ts": RUN + source})) == []


def test_a_file_that_exports_no_function_is_a_gap_and_one_beside_the_tasks_is_none() -> None:
    files = {"main.ts": f"{RUN} run({{}});", "tasks/sync.ts": FILE, "tasks/names.ts": "export const one = 'sync';"}
    assert unresolved(audited(files)) == []
    assert unresolved(audited({**files, "tasks/other.ts": "export default window.all.other;"})) == [
        "which function does this task is not known"
    ]


def test_all_files_of_a_long_folder_are_tasks() -> None:
    files = {f"tasks/sync{number}.ts": FILE for number in range(205)}
    inventory = audited({**files, "main.ts": f"{RUN} run({{}});"})
    assert len([one for one in inventory.entries if one.kind == "job"]) == len(files)
