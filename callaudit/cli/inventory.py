"""`callaudit inventory`: what is called, from where, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, say_incomplete, surveyed
from callaudit.cli.options import example, repository, shared
from callaudit.cli.targets import pairs, targets, write_all

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

FORMATS: Final = ("text", "markdown", "json", "csv")
VIEWS: Final = (
    "endpoints",
    "hosts",
    "through",
    "polling",
    "jobs",
    "pages",
    "retries",
    "caches",
    "guards",
    "connections",
    "dead",
    "unknowns",
    "notices",
)


@click.command(
    "inventory",
    epilog=example(
        "callaudit inventory fixtures/fightclub",
        "callaudit inventory fixtures/fightclub -f json -o calls.json -f markdown -o calls.md",
    ),
)
@repository
@targets(FORMATS)
@click.option(
    "--view",
    "views",
    multiple=True,
    type=click.Choice(VIEWS),
    help="Only these tables, with all of their rows (text, markdown).",
)
@shared
def command(
    *,
    path: str,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    views: tuple[str, ...],
    color: str,
    quiet: bool,
) -> None:
    """Show what is called upstream, from where, and how often.

    Several pairs of --format and --output write several files in one run.
    """
    wanted = pairs(formats, outputs, FORMATS)
    result = surveyed(path, quiet=quiet)
    write_all(wanted, lambda format_, target: _rendered(result.inventory, format_, target, views, color), quiet=quiet)
    if any(format_ in ("json", "csv") for format_, _ in wanted):
        say_incomplete(result, quiet=quiet)


def _rendered(inventory: Inventory, format_: str, target: str, views: tuple[str, ...], color: str) -> str:
    # Each format imports what it needs: JSON needs neither tables nor colors.
    if format_ == "json":
        from callaudit.report.json_report import inventory_json

        return inventory_json(inventory)
    if format_ == "csv":
        from callaudit.report.csv_report import inventory_csv

        return inventory_csv(inventory, catalogue())
    from callaudit.report.tables import tables

    document = tables(inventory, catalogue(), views)
    if format_ == "markdown":
        from callaudit.report.markdown import document_markdown

        return document_markdown(document)
    from callaudit.report.text import document_text

    return document_text(document, output.screen(color, target), whole=bool(views))
