"""Entries that run on two processes give what they give on one, also where the second one dies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from callaudit.audit import analyze
from callaudit.frameworks.model import Entry
from callaudit.inventory import child, parallel
from callaudit.project import load_project
from callaudit.syntax.extraction import extract

if TYPE_CHECKING:
    from tests.projects import Files

FIXTURE = Path(__file__).parents[2] / "fixtures" / "fightclub"
HERE = os.getpid()


def inventory(folder: Path = FIXTURE) -> bytes:
    project = load_project(folder)
    facts, _ = extract(project)
    return msgspec.json.encode(analyze(project, facts, []).inventory)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> bytes:
    with monkeypatch.context() as patch:
        patch.setattr(parallel, "_has_two_processors", lambda: False)
        return inventory()


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are started, two processors or not."""
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(parallel, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(parallel, "_has_two_processors", lambda: True)
    monkeypatch.setattr(os, "fork", noted)
    return started


def test_two_processes_find_what_one_finds(alone: bytes, forks: list[int]) -> None:
    assert inventory() == alone
    assert forks


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("step", ["_noted", "run_unreached"])
def test_what_a_dead_process_was_to_do_is_done_here(
    alone: bytes, forks: list[int], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    whole = getattr(child, step)

    def broken(*given: object) -> object:
        if os.getpid() != HERE:
            os._exit(9)
        return whole(*given)

    monkeypatch.setattr(child, step, broken)
    assert inventory() == alone
    assert forks


@pytest.fixture(params=["ahead", "after"])
def begun(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the child begins before all entries are known."""
    if request.param == "after":
        monkeypatch.setattr(parallel, "share_ahead", lambda *_: [])


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("numbers", [(0, 1), (1, 0)])
def test_shares_do_not_show(
    alone: bytes, forks: list[int], monkeypatch: pytest.MonkeyPatch, numbers: tuple[int, int]
) -> None:
    dealt = parallel.dealt
    monkeypatch.setattr(parallel, "dealt", lambda *given: tuple(dealt(*given)[number] for number in numbers))
    assert inventory() == alone
    assert len(forks) == 1


STOPS = "const stop = (): never => { throw new Error('stopped'); };"
CUT: Files = {
    "package.json": '{"dependencies": {"next": "14.0.0"}}',
    "app/page.tsx": f"""
        'use client';
        {STOPS}
        const dead = async () => {{ await fetch('https://a.test/1'); stop(); await fetch('https://a.test/2'); }};
        export default function Page() {{ fetch('https://a.test/3'); stop(); fetch('https://a.test/4'); }}
    """,
    "jobs/run.ts": f"""
        {STOPS}
        const dead = async () => {{ await fetch('https://b.test/1'); stop(); await fetch('https://b.test/2'); }};
        const live = async () => {{ await fetch('https://b.test/3'); stop(); await fetch('https://b.test/4'); }};
        void live();
    """,
}


@pytest.mark.usefixtures("begun")
def test_what_stands_behind_a_call_that_never_comes_back_is_found_on_either_process(
    tmp_path: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in CUT.items():
        Path(tmp_path, name).parent.mkdir(parents=True, exist_ok=True)
        Path(tmp_path, name).write_text(text, encoding="utf-8")
    found = inventory(tmp_path)
    assert forks
    monkeypatch.setattr(parallel, "_has_two_processors", lambda: False)
    assert inventory(tmp_path) == found
    urls = {call["url"] for call in msgspec.json.decode(found)["calls"]}
    assert urls == {f"https://{host}.test/{number}" for host in "ab" for number in (1, 2, 3, 4)}


def page(name: str) -> Entry:
    return Entry("page", name, f"app{name}/page.tsx", 1, "server", "", ())


def test_a_child_that_begins_ahead_gets_half_of_the_whole_time() -> None:
    pages = [page(f"/{number}") for number in range(10)]
    assert parallel.share_ahead(pages, 100, 0) == pages[:5]
    assert parallel.share_ahead(pages, 100, 60) == pages[:8]
    assert parallel.share_ahead(pages, 100, 100) == pages


def test_no_child_begins_ahead_where_most_of_the_program_is_not_known_yet() -> None:
    assert parallel.share_ahead([page("/")], 100, 101) == []


SCHEDULED: Files = {
    "package.json": '{"dependencies": {"next": "14.0.0"}}',
    "app/api/one/route.ts": "export async function GET() { await fetch('https://a.test/1'); return new Response(); }",
    "app/api/two/route.ts": "export async function GET() { await fetch('https://a.test/2'); return new Response(); }",
    "scripts/run.ts": "import { asked } from './asked';\nasked();",
    "scripts/asked.ts": "export const asked = () => fetch('https://b.test/1');",
}
SCHEDULES: dict[str, Files] = {
    "a workflow that runs a script": {
        ".github/workflows/a.yml": "on:\n  schedule:\n    - cron: '0 0 * * *'\njobs:\n  a:\n    steps:\n"
        "      - run: npx tsx scripts/run.ts\n"
    },
    "a platform that asks a route": {"vercel.json": '{"crons": [{"path": "/api/one", "schedule": "0 0 * * *"}]}'},
}


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("numbers", [(0, 1), (1, 0)])
def test_a_schedule_in_a_file_that_is_no_module_runs_on_either_process(
    tmp_path: Path, forks: list[int], monkeypatch: pytest.MonkeyPatch, schedule: str, numbers: tuple[int, int]
) -> None:
    for name, text in (SCHEDULED | SCHEDULES[schedule]).items():
        Path(tmp_path, name).parent.mkdir(parents=True, exist_ok=True)
        Path(tmp_path, name).write_text(text, encoding="utf-8")
    dealt = parallel.dealt
    monkeypatch.setattr(parallel, "dealt", lambda *given: tuple(dealt(*given)[number] for number in numbers))
    found = inventory(tmp_path)
    assert forks
    monkeypatch.setattr(parallel, "_has_two_processors", lambda: False)
    assert inventory(tmp_path) == found
    (job,) = (entry for entry in msgspec.json.decode(found)["entries"] if entry["kind"] == "job")
    assert job["reaches"]
