"""Every way in which a run can end has its exit code and one sentence, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click.testing
import pytest

import callaudit.kept
from callaudit.cli.failures import FAILURES, Failed
from callaudit.cli.main import cli
from tests.cli.conftest import FIXTURES, environment

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FIGHTCLUB = str(FIXTURES / "fightclub")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--version"], 0, ""),
        (["--help"], 0, ""),
        (["-h"], 0, ""),
        (["REPO"], 0, ""),
        (["-q", "REPO"], 0, ""),
        (["inventory", "REPO"], 0, ""),
        (["trace", "GET /api/positions", "REPO"], 0, ""),
        (["trace", "/api/positions", "REPO"], 0, ""),
        (["trace", "get /api/v1/positions", "REPO"], 0, ""),
        (["query", "select 1", "REPO"], 0, ""),
        (["schema"], 0, ""),
        (["report", "REPO"], 0, ""),
        (["report", "REPO", "--check", "-o", "EMPTY/none.md"], 1, "does not exist"),
        (["report", "REPO", "--check", "-o", "-"], 2, "--check needs a file"),
        (["report", "EMPTY"], 3, "no TypeScript or JavaScript files"),
        (["verify", "no-such.md", "REPO"], 2, "no-such.md: cannot be read"),
        (["verify", "EMPTY", "REPO"], 2, "cannot be read"),
        (["inventory", "no-such-folder"], 2, "no-such-folder: no such file or folder"),
        (["EMPTY"], 3, "no TypeScript or JavaScript files"),
        (["inventory", "EMPTY", "-f", "json"], 3, "no TypeScript or JavaScript files"),
        (["inventroy"], 2, "Did you mean 'inventory'?"),
        (["--nonsense"], 2, "No such option"),
        (["inventory", "--format", "yaml"], 2, "yaml"),
        (["inventory", "REPO", "-f", "json", "-f", "csv"], 2, "2 formats for 0 files"),
        (["inventory", "REPO", "-f", "json", "-o", "EMPTY"], 2, "it is a folder"),
        (["inventory", "REPO", "-f", "json", "-o", "EMPTY/none/x.json"], 2, "cannot be written"),
        (["inventory", "REPO", "-o", "LINK"], 2, "it is a symbolic link"),
        (["trace", "GET /api/postions", "REPO"], 2, "did you mean 'GET /api/positions'"),
        (["query", "delete from routes", "REPO"], 2, "only SELECT is possible"),
        (["query", "select nonsense from upstream", "REPO"], 2, "no such column"),
        (["schema", "nonsense"], 2, "no table 'nonsense'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_code(run: Run, repository: Path, tmp_path: Path, args: list[str], code: int, said: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    places = {"REPO": str(repository), "EMPTY": str(empty), "LINK": str(link)}
    ended = run(*[places.get(arg, arg.replace("EMPTY/", f"{empty}/")) for arg in args], cwd=tmp_path)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert bool(ended.stdout) == (code == 0)
    assert not (tmp_path / "elsewhere").exists()


def test_a_reader_that_has_enough_is_no_failure() -> None:
    command = [sys.executable, "-m", "callaudit", "inventory", FIGHTCLUB, "-f", "json", "-q"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment({})) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(60)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_failure() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "callaudit", FIGHTCLUB]
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment({}), text=True, check=False
        )
    assert ended.returncode == 2
    assert ended.stderr == "callaudit: the output cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_closed_output_is_a_failure() -> None:
    command = f"{sys.executable} -m callaudit {FIGHTCLUB} >&-"
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment({}), check=False)
    assert ended.returncode == 2
    assert "standard output is closed" in ended.stderr
    assert "Traceback" not in ended.stderr


def _broken(error: BaseException, monkeypatch: pytest.MonkeyPatch, *args: str) -> click.testing.Result:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(callaudit.kept, "survey", broken)
    return click.testing.CliRunner().invoke(cli, ["inventory", ".", *args])


def test_an_internal_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = _broken(RuntimeError("boom\x1b[2J"), monkeypatch)
    assert ended.exit_code == 2
    first, hint = ended.stderr.splitlines()
    assert first == "callaudit: internal error: RuntimeError: boom\\x1b[2J"
    assert "--debug" in hint
    assert "issue tracker" in hint


def test_debug_shows_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(_broken(RuntimeError("boom"), monkeypatch, "--debug").exception, RuntimeError)


def test_an_interrupted_run_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    _broken(KeyboardInterrupt(), monkeypatch)
    assert codes == [130]


def test_every_failure_has_a_sentence_that_can_be_filled() -> None:
    values = dict.fromkeys(("why", "path", "name", "near", "formats", "outputs", "mistakes", "base", "tool"), "x")
    for name, failure in FAILURES.items():
        failed = Failed(name, **values)
        assert failed.code == failure.code in (2, 3, 130, 141)
        assert "{" not in failed.sentence + failed.hint
