"""`callaudit config`, `init` and `completion`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def configured(repository: Path) -> Path:
    (repository / ".git").mkdir()
    (repository / "callaudit.toml").write_text(
        'fail_on = "note"\n\n[severity]\nuncached-read = "off"\n', encoding="utf-8"
    )
    return repository


def test_config_says_where_each_value_comes_from(run: Run, configured: Path) -> None:
    ended = run("config", "app", cwd=configured)
    assert ended.returncode == 0, ended.stderr
    rows = [line.split() for line in ended.stdout.splitlines()]
    assert ["fail_on", '"note"', "callaudit.toml:1"] in rows
    assert ["[severity]", "uncached-read", '"off"', "callaudit.toml:4"] in rows
    assert ["select", "[]", "default"] in rows


def test_config_as_json(run: Run, configured: Path) -> None:
    document = json.loads(run("config", str(configured), "-f", "json").stdout)
    assert document["schema"] == "callaudit/config/1"
    assert document["file"] == f"{configured}/callaudit.toml"
    assert document["settings"][3] == {"name": "fail_on", "value": "note", "from": f"{configured}/callaudit.toml:1"}


def test_config_prints_the_schema(run: Run) -> None:
    assert "fail_on" in json.loads(run("config", "--schema").stdout)["properties"]


def test_mistakes_are_all_said_and_nothing_is_done(run: Run, configured: Path) -> None:
    (configured / "callaudit.toml").write_text("fail_onn = 1\nignore = 2\n", encoding="utf-8")
    for args in (["config"], ["check"], ["rules"]):
        ended = run(*args, cwd=configured)
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert ended.stderr.splitlines() == [
            'callaudit.toml:1:1: unknown setting "fail_onn"; did you mean "fail_on"?',
            "callaudit.toml:2:1: ignore must be a list of texts",
            "callaudit: 2 mistakes in callaudit.toml; nothing was analyzed",
        ]


def test_init_writes_a_file_that_is_read(run: Run, repository: Path) -> None:
    (repository / ".git").mkdir()
    ended = run("init", cwd=repository)
    assert ended.returncode == 0, ended.stderr
    assert "fail_on" in (repository / "callaudit.toml").read_text(encoding="utf-8")
    assert "callaudit.toml:" in run("config", cwd=repository).stdout


def test_init_never_replaces_unless_it_is_forced(run: Run, configured: Path) -> None:
    before = (configured / "callaudit.toml").read_text(encoding="utf-8")
    ended = run("init", cwd=configured)
    assert ended.returncode == 2
    assert "callaudit.toml is there already" in ended.stderr
    assert (configured / "callaudit.toml").read_text(encoding="utf-8") == before
    assert run("init", "-o", "-", cwd=configured).stdout.startswith("# callaudit.toml")
    assert run("init", "--force", cwd=configured).returncode == 0
    assert (configured / "callaudit.toml").read_text(encoding="utf-8") != before


def test_init_does_not_hide_another_configuration(run: Run, repository: Path) -> None:
    (repository / "package.json").write_text('{"name": "a", "callaudit": {"fail_on": "note"}}', encoding="utf-8")
    ended = run("init", cwd=repository)
    assert ended.returncode == 2
    assert "package.json configures callaudit already" in ended.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_that_the_shell_reads(run: Run, shell: str) -> None:
    ended = run("completion", shell)
    assert ended.returncode == 0
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=ended.stdout, text=True, capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
    assert "_CALLAUDIT_COMPLETE" in ended.stdout


@pytest.mark.skipif(os.name != "posix" or not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [("callaudit che", "check"), ("callaudit check --fail-on wa", "warning"), ("callaudit completion f", "fish")],
)
def test_completion_completes(run: Run, words: str, expected: str) -> None:
    env = {"_CALLAUDIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    ended = run(env={**environment({}), **env})
    assert ended.stdout.strip() == f"plain,{expected}"
