"""`callaudit` alone: what a repository calls, in a few lines."""

from __future__ import annotations

from pathlib import Path

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, inventoried
from callaudit.cli.options import example, repository, shared


@click.command("summary", hidden=True, epilog=example("callaudit fixtures/fightclub"))
@repository
@shared
def command(*, path: str, color: str, quiet: bool, debug: bool) -> None:
    """Print what the repository at PATH calls, in a few lines."""
    del debug
    result = inventoried(path, quiet=quiet)
    from callaudit.report.summary import summary_text

    name = Path(path).resolve().name or path
    text = summary_text(result, catalogue(), output.screen(color), name=name, path=path)
    output.write(text, data=False)
