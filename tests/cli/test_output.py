"""Data goes to standard output or to files, whole or not at all; the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import click.testing
import pytest

from callaudit.cli.main import cli
from tests.cli.conftest import FIXTURES, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FIGHTCLUB = str(FIXTURES / "fightclub")
EXPECTED = str(FIXTURES / "fightclub" / "EXPECTED.md")
COMMANDS = ("inventory", "trace", "query", "schema", "summary")


@pytest.mark.parametrize(
    "args",
    [
        ["inventory", FIGHTCLUB],
        ["inventory", FIGHTCLUB, "-f", "json"],
        ["inventory", FIGHTCLUB, "-f", "markdown"],
        ["inventory", FIGHTCLUB, "-f", "csv"],
        ["trace", "POST /api/orders", FIGHTCLUB],
        ["trace", "POST /api/orders", FIGHTCLUB, "-f", "json"],
        ["trace", "GET /api/v1/positions", FIGHTCLUB],
        ["report", FIGHTCLUB],
        ["report", FIGHTCLUB, "-f", "text"],
        ["verify", EXPECTED, FIGHTCLUB],
        ["verify", EXPECTED, FIGHTCLUB, "-f", "json"],
        ["query", "select * from upstream", FIGHTCLUB, "-f", "json"],
        [FIGHTCLUB],
        ["schema"],
    ],
    ids=lambda args: " ".join(args).replace(FIGHTCLUB, "fightclub"),
)
def test_equal_input_gives_equal_bytes(run: Run, args: list[str]) -> None:
    first, second = (
        run(*args, env={"PYTHONHASHSEED": seed, "LC_ALL": locale}) for seed, locale in (("0", "C"), ("1", "C.UTF-8"))
    )
    assert first.returncode == 0
    assert first.stdout == second.stdout


def test_data_is_apart_from_what_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.ts").write_text("fetch('https://a.test/x');\nconst = ;\n")
    ended = run("inventory", str(tmp_path), "-f", "json")
    assert json.loads(ended.stdout)["schema"] == "callaudit/inventory/1"
    assert "partly analyzed" in ended.stderr
    assert run("inventory", FIGHTCLUB, "-f", "json", "-q").stderr == ""


def test_several_files_in_one_run(run: Run, repository: Path, tmp_path: Path) -> None:
    names = ["calls.json", "calls.md", "calls.csv"]
    pairs = [part for name in names for part in ("-o", str(tmp_path / name))]
    ended = run("inventory", str(repository), *pairs)
    assert ended.returncode == 0
    assert ended.stdout == ""
    assert ended.stderr.count("wrote") == 3
    begins = [(tmp_path / name).read_text(encoding="utf-8")[:10] for name in names]
    assert begins == ['{\n  "schem', "# Upstream", '"section",']


def test_one_format_may_go_to_standard_output(run: Run, repository: Path, tmp_path: Path) -> None:
    ended = run("inventory", str(repository), "-f", "json", "-o", str(tmp_path / "x"), "-f", "markdown")
    assert ended.stdout.startswith("# Upstream")
    assert json.loads((tmp_path / "x").read_text(encoding="utf-8"))


def test_a_file_is_replaced_and_keeps_its_permissions(run: Run, repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "calls.json"
    target.write_text("old")
    target.chmod(0o640)
    before = target.stat().st_ino
    assert run("inventory", str(repository), "-o", str(target)).returncode == 0
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.stat().st_ino != before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("env", "args", "colored"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
    ],
)
def test_colors(run: Run, repository: Path, env: dict[str, str], args: list[str], colored: bool) -> None:
    assert ("\x1b[" in run("inventory", str(repository), *args, env=env).stdout) is colored


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_a_terminal_gets_colors_and_its_width(repository: Path) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 140, 0, 0))
    command = [sys.executable, "-m", "callaudit", "inventory", str(repository)]
    ended = subprocess.run(
        command, stdout=theirs, stderr=subprocess.PIPE, env=environment({"TERM": "xterm"}), check=False
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert ended.returncode == 0
    assert "\x1b[1m" in shown
    assert "Files" in next(line for line in shown.splitlines() if "Upstream call" in line)


def test_a_terminal_that_knows_no_unicode_gets_numbers(run: Run) -> None:
    ended = run("trace", "POST /api/orders", FIGHTCLUB, env={"PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0
    assert ended.stdout.isascii()
    assert "\\u2192" in ended.stdout


@pytest.mark.parametrize(
    ("args", "unwanted"),
    [
        (["--version"], {"rich", "sqlite3", "csv", "callaudit.audit", "tree_sitter"}),
        (["--help"], {"rich", "sqlite3", "csv", "callaudit.audit", "tree_sitter"}),
        (["inventory", FIGHTCLUB, "-f", "json"], {"rich", "csv", "yaml"}),
        (["schema", "-f", "sql"], {"rich", "callaudit.audit", "tree_sitter"}),
    ],
    ids=lambda value: " ".join(value).replace(FIGHTCLUB, "fightclub") if isinstance(value, list) else "",
)
def test_only_what_a_command_needs_is_imported(args: list[str], unwanted: set[str]) -> None:
    code = (
        "import sys\nfrom callaudit.cli.main import cli\n"
        f"try: cli({args!r})\nexcept SystemExit: pass\n"
        f"print(sorted(set({sorted(unwanted)!r}) & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment({}), check=True
    )
    assert ended.stderr.splitlines()[-1] == "[]"


def test_an_estimate_of_what_is_known_imports_no_analysis() -> None:
    """The inventory of an unchanged tree is kept: what `load` and `check` make of it has to begin at once."""
    code = (
        "import sys, callaudit.load.answer, callaudit.load.scenario\n"
        "print(sorted(set(sys.modules) & {'callaudit.flow.machine.interpreter', 'callaudit.flow.gates.gates',"
        " 'callaudit.flow.values.values', 'callaudit.audit', 'tree_sitter'}))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def examples() -> list[str]:
    """The commands that --help shows."""
    found = []
    for command in COMMANDS:
        text = click.testing.CliRunner().invoke(cli, [command, "--help"]).stdout
        lines = text.partition("Example:")[2].splitlines()
        found += [line.strip() for line in lines if line.strip()]
    return found


def test_every_command_has_an_example() -> None:
    assert len(examples()) >= len(COMMANDS)


@pytest.mark.parametrize("example", examples())
def test_examples_run(run: Run, tmp_path: Path, example: str) -> None:
    (tmp_path / "fixtures").symlink_to(FIXTURES)
    program, *args = shlex.split(re.sub(r" > \S+$", "", example))
    assert program == "callaudit"
    ended = run(*args, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("columns", "width"), [("160", 160), ("70", 70), ("20", 60), ("wide", 100), ("0", 100), ("", 100)]
)
def test_columns_are_a_wish_in_a_pipe_and_not_for_a_file(run: Run, tmp_path: Path, columns: str, width: int) -> None:
    piped = run("inventory", FIGHTCLUB, env={"COLUMNS": columns}).stdout
    plain = run("inventory", FIGHTCLUB).stdout
    assert max(map(len, piped.splitlines())) <= width
    assert (piped == plain) == (width == 100)
    run("inventory", FIGHTCLUB, "-o", str(tmp_path / "inventory.txt"), env={"COLUMNS": columns})
    assert (tmp_path / "inventory.txt").read_text(encoding="utf-8") == plain
