"""What the README shows is what its commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import FIXTURES

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("command", ["", "load "])
def test_the_readme_shows_what_the_command_prints(run: Run, command: str) -> None:
    readme = (FIXTURES.parent / "README.md").read_text(encoding="utf-8")
    _, prompt, shown = readme.partition(f"$ callaudit {command}")
    assert prompt
    arguments, _, rest = shown.partition("\n")
    printed = run(*command.split(), *arguments.split(), cwd=FIXTURES.parent).stdout
    assert rest.partition("```")[0] in printed
