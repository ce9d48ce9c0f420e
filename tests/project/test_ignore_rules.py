"""Ignore files without git, compared with git."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callaudit.project.ignore_rules import IgnoreRules
from tests.project.conftest import run_git

if TYPE_CHECKING:
    from pathlib import Path

PATHS = [
    "a", "b", "ab", "abc", "a.ts", "b.ts", "x.log", "a/b", "a/a.ts", "a/b/c", "b/a/c", "a/b/a/b.ts",
    "c/x.log",
    "a-b", "a]b", "[ab]", "A", "1", "a 1", "a!", "#a", "!a", "a*b", "aXb", "a.b.c.ts",
]  # fmt: skip


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ignored")
    run_git(folder, "init", "-q")
    return folder


def by_git(repository: Path, text: str) -> set[str]:
    (repository / ".gitignore").write_bytes(text.encode())
    command = ["git", "-C", repository, "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, input="\0".join(PATHS).encode(), capture_output=True, check=False)
    return {path for path in done.stdout.decode().split("\0") if path}


def by_rules(text: str) -> set[str]:
    rules = IgnoreRules(text)
    found = set()
    for path in PATHS:
        parts = path.split("/")
        above = ["/".join(parts[:size]) for size in range(1, len(parts))]
        if any(rules.verdict(folder, is_folder=True) for folder in above) or rules.verdict(path, is_folder=False):
            found.add(path)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "a", "/a", "a/", "*.ts", "*.ts\n!a.ts", "a/b", "/a/b", "**/b", "a/**", "a/**/b", "**", "*",
        "/*", "a*b",
        "?", "[ab]", "[!ab]", "[a-b]", "[b-a]", "[]a]", "[a", "\\[ab\\]", "\\#a", "\\!a", "#a", "!a", "a\\ 1",
        "a  ", "a\r\nb", "[[:digit:]]", "[[:upper:]]", "[[:none:]]", "a.*.*.ts", "***", "a/***",
        "**/", "/", "//",
        "a//b", "\\", "a\\", "*/b", "a/*/c", "x.*", "a**b", "[a-]b", "a[]-]b", "b/**/c\n!b/a",
        "*\n!*/\n!*.ts",
    ],
)  # fmt: skip
def test_patterns_mean_what_they_mean_to_git(repository: Path, text: str) -> None:
    assert by_rules(text) == by_git(repository, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab.*?/!s", min_size=1, max_size=7), min_size=1, max_size=4))
def test_made_up_patterns_mean_what_they_mean_to_git(repository: Path, lines: list[str]) -> None:
    text = "\n".join(lines)
    assert by_rules(text) == by_git(repository, text)


@pytest.mark.parametrize(
    "pattern", ["*" * 400 + "x", "**/" * 60 + "z", "*a" * 30 + "b", "?*" * 60 + "b", "**/a/" * 30 + "b"]
)
def test_no_pattern_takes_long(pattern: str) -> None:
    rules = IgnoreRules(pattern)
    started = time.process_time()
    assert not rules.verdict("a/" * 200 + "a" * 255, is_folder=False)
    assert time.process_time() - started < 0.5


def test_lines_that_are_too_long_are_named() -> None:
    rules = IgnoreRules("b\n" + "a" * 100_000 + "\nc")
    assert rules.unusable == [2]
    assert rules.verdict("c", is_folder=False)
