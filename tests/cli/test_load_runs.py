"""`callaudit load --simulate` and `--export`: what they print, and how they fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FIGHTCLUB = str(FIXTURES / "fightclub")


def test_a_simulation_is_shown_beside_the_estimate(run: Run) -> None:
    done = run("load", FIGHTCLUB, "--scenario", "250", "--simulate", "-q")
    assert done.returncode == 0, done.stderr
    assert "250 users at a time for 600 s" in done.stdout
    assert "Pacifica, API key" in done.stdout
    assert done.stderr == ""


def test_a_simulation_agrees_with_the_estimate_of_the_fixture(run: Run) -> None:
    done = run("load", FIGHTCLUB, "--scenario", "5000", "--simulate", "-q", "-f", "json")
    (found,) = json.loads(done.stdout)["runs"]
    key = next(one for one in found["buckets"] if one["bucket"]["id"] == "pacifica.api_key")
    assert key["bucket"]["requests_per_second"] == pytest.approx(key["estimated"], rel=0.03)
    assert found["run"]["users"] == 2500


def test_equal_seeds_print_equal_bytes(run: Run) -> None:
    args = ("load", FIGHTCLUB, "--scenario", "250", "--simulate", "-q", "-f", "markdown", "--seed")
    assert run(*args, "7").stdout == run(*args, "7").stdout != run(*args, "8").stdout


@pytest.mark.parametrize(("tool", "start"), [("k6", "// What 250 users"), ("locust", '"""What 250 users')])
def test_a_script_is_written(tool: str, start: str, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "script"
    printed = run("load", FIGHTCLUB, "--scenario", "250", "--export", tool, "-q")
    written = run("load", FIGHTCLUB, "--scenario", "250", "--export", tool, "-q", "-o", str(target))
    assert printed.stdout.startswith(start)
    assert written.stdout == ""
    assert target.read_text(encoding="utf-8") == printed.stdout
    assert "/api/account/positions" in printed.stdout


def test_a_script_has_no_format(run: Run) -> None:
    done = run("load", FIGHTCLUB, "--export", "k6", "-f", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--export k6 writes one script" in done.stderr


def test_a_tool_that_is_not_known(run: Run) -> None:
    done = run("load", FIGHTCLUB, "--export", "jmeter")
    assert done.returncode == 2
    assert "jmeter" in done.stderr
