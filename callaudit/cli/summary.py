"""`callaudit` alone: what a repository calls, what gives way first, what to do next, in one screen."""

from __future__ import annotations

from pathlib import Path

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue
from callaudit.cli.checking import run_check
from callaudit.cli.configuration import configured
from callaudit.cli.options import example, repository, shared


@click.command("summary", hidden=True, epilog=example("callaudit fixtures/fightclub"))
@repository
@shared
def command(*, path: str, color: str, quiet: bool) -> None:
    """Print what the repository at PATH calls, in a few lines."""
    settings = configured(path, None)
    run = run_check(path, settings, quiet=quiet)
    from callaudit.cli.documenting import smallest
    from callaudit.report.summary import summary_text

    profiles = catalogue()
    text = summary_text(
        run.result.inventory,
        profiles,
        output.screen(color),
        name=Path(path).resolve().name or path,
        path=path,
        scenario=smallest(run.result.inventory, profiles, settings),
        findings=run.found.checked.findings,
    )
    output.write(text, data=False)
