"""Answers come in the format that is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SQL = "select entry, endpoint, max_calls from upstream"


def test_text(run: Run, repository: Path) -> None:
    assert run("query", SQL, str(repository)).stdout.splitlines() == [
        "entry               endpoint               max_calls",
        "GET /api/positions  GET /api/v1/positions          1",
    ]


def test_json(run: Run, repository: Path) -> None:
    assert json.loads(run("query", SQL, str(repository), "-f", "json").stdout) == [
        {"entry": "GET /api/positions", "endpoint": "GET /api/v1/positions", "max_calls": 1}
    ]


def test_csv(run: Run, repository: Path) -> None:
    assert run("query", SQL, str(repository), "-f", "csv").stdout == (
        '"entry","endpoint","max_calls"\n"GET /api/positions","GET /api/v1/positions","1"\n'
    )


def test_no_rows(run: Run, repository: Path) -> None:
    ended = run("query", f"{SQL} where max_calls > 9", str(repository))
    assert ended.stdout == "entry  endpoint  max_calls\n"


def test_a_query_from_standard_input(run: Run, repository: Path) -> None:
    assert run("query", "-", str(repository), "-f", "csv", input="select 1 as one").stdout == '"one"\n"1"\n'


def test_cut_answers_say_so(run: Run, repository: Path) -> None:
    ended = run("query", "select * from routes", str(repository), "--max-rows", "1")
    assert len(ended.stdout.splitlines()) == 2
    assert ended.stderr == "callaudit: only the first 1 rows; there are more\n"


def test_a_query_cannot_write_files(run: Run, repository: Path, tmp_path: Path) -> None:
    ended = run("query", "vacuum into 'stolen.db'", str(repository), cwd=tmp_path)
    assert ended.returncode == 2
    assert not (tmp_path / "stolen.db").exists()
