"""`callaudit init`: writes a configuration for a repository, with what is found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, surveyed
from callaudit.cli.failures import Failed
from callaudit.cli.options import example, repository, shared

NAME: Final = "callaudit.toml"


@click.command("init", epilog=example("callaudit init fixtures/fightclub -o -", "callaudit init --force"))
@repository
@click.option(
    "-o", "--output", "target", metavar="FILE", type=click.Path(), help=f"Instead of {NAME} in PATH; - prints it."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@shared
def command(*, path: str, target: str | None, force: bool, color: str, quiet: bool) -> None:
    """Look at the repository at PATH and write a commented callaudit.toml for it.

    It names the providers, apps, pages and actions that were found, and every setting with its default.
    """
    del color
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    place = str(folder / NAME) if target is None else target
    if place != output.STANDARD and not force:
        _free(Path(place), folder)
    result = surveyed(path, quiet=quiet)
    from callaudit.config.settings import SETTINGS
    from callaudit.report.starter import starter_toml

    output.write(starter_toml(result.inventory, catalogue(), SETTINGS), place)
    if place != output.STANDARD:
        output.say(f"wrote {place}; callaudit check {path}".removesuffix(" ."), quiet=quiet)


def _free(place: Path, folder: Path) -> None:
    """Fail where the file exists, or another one configures the folder: of two, only the first would be read."""
    from callaudit.config.document import SECTIONS, DocumentError, read_document

    if place.exists() or place.is_symlink():
        raise Failed("exists", path=place, why="is there already")
    for path in map(folder.joinpath, SECTIONS):
        try:
            configures = path.is_file() and read_document(path) is not None
        except DocumentError:
            configures = True
        if configures:
            raise Failed("exists", path=path, why="configures callaudit already")
