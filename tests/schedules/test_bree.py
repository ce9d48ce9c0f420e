"""Jobs of bree: files of a folder, by name."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, unresolved

PULL = "(async () => { await fetch('https://a.test/x'); })();"
JOBS: dict[str, tuple[Files, list[float]]] = {
    "required": (
        {"index.js": "const Bree = require('bree'); new Bree({ jobs: [{ name: 'pull', interval: '5m' }] }).start();", "jobs/pull.js": PULL},
        [300_000],
    ),
    "imported, below a root": (
        {"src/main.ts": "import Bree from 'bree'; import path from 'path'; const bree = new Bree({ root: path.join(__dirname, 'workers'), jobs: [{ name: 'pull', cron: '0 * * * *' }] }); await bree.start();", "src/workers/pull.ts": PULL},
        [3_600_000],
    ),
    "at a path": (
        {"main.js": "import Bree from 'bree'; const jobs = [{ name: 'a', path: './other/pull.js', interval: 5000 }]; new Bree({ jobs });", "other/pull.js": PULL},
        [5_000],
    ),
    "a function": (
        {"main.js": "import Bree from 'bree'; async function pull() { await fetch('https://a.test/x'); } new Bree({ jobs: [{ name: 'a', path: pull, interval: 5000 }] });"},
        [5_000],
    ),
    "an interval of all": (
        {"main.js": "import Bree from 'bree'; new Bree({ interval: '1h', jobs: ['pull'] });", "jobs/pull.js": PULL},
        [3_600_000],
    ),
    "an interval of its own": (
        {"main.js": "import Bree from 'bree'; new Bree({ interval: '1h', jobs: [{ name: 'pull', interval: '5m' }] });", "jobs/pull.js": PULL},
        [300_000],
    ),
    "none of that of all": (
        {"main.js": "import Bree from 'bree'; new Bree({ interval: '1h', jobs: [{ name: 'pull', interval: 0 }] });", "jobs/pull.js": PULL},
        [],
    ),
    "once": (
        {"main.js": "import Bree from 'bree'; new Bree({ jobs: [{ name: 'pull', timeout: '10s' }] });", "jobs/pull.js": PULL},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_its_file_as_often_as_it_says(name: str) -> None:
    files, expected = JOBS[name]
    inventory = audited(files)
    (job,) = (one for one in inventory.entries if one.kind == "job")
    assert brief(job) == {"GET a.test/x": (1, 1)}
    (trigger,) = inventory.triggers
    assert [one.ms for one in trigger.intervals] == expected
    assert [one.kind for one in inventory.entries] == ["job"]


@pytest.mark.parametrize("off", ["0", "false", "undefined"])
def test_a_job_without_the_interval_of_all_runs_once(off: str) -> None:
    source = f"import Bree from 'bree'; new Bree({{ interval: '1h', jobs: [{{ name: 'pull', interval: {off} }}] }});"
    (trigger,) = audited({"main.js": source, "jobs/pull.js": PULL}).triggers
    assert (trigger.mechanism, trigger.intervals) == ("bree start", ())


def test_jobs_that_are_not_known_are_said_to_be_so() -> None:
    inventory = audited({"main.js": "import Bree from 'bree'; new Bree({ jobs: JSON.parse(process.argv[2]) });"})
    assert unresolved(inventory) == ["which jobs bree is handed is not known"]


def test_a_job_without_a_file_is_a_gap() -> None:
    inventory = audited({"main.js": "import Bree from 'bree'; new Bree({ jobs: ['pull'] });", "other/pull.js": PULL})
    assert unresolved(inventory) == ["no file of this job is in the repository"]


def test_another_class_of_that_name_has_no_jobs() -> None:
    own = "class Bree { constructor(options) { this.options = options; } } new Bree({ jobs: ['pull'] });"
    inventory = audited({"main.js": own, "jobs/pull.js": PULL})
    assert [one.kind for one in inventory.entries] == ["script"]


def test_all_jobs_of_a_long_list_run() -> None:
    names = [f"pull{number}" for number in range(70)]
    source = f"import Bree from 'bree'; new Bree({{ interval: '1h', jobs: {names} }});"
    inventory = audited({"main.js": source, **{f"jobs/{name}.js": PULL for name in names}})
    assert len([one for one in inventory.entries if one.kind == "job" and brief(one)]) == len(names)
    assert {one.kind for one in inventory.entries} == {"job"}
