"""`callaudit inventory`: what is called, from where, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, inventoried, say_incomplete
from callaudit.cli.failures import Failed
from callaudit.cli.options import example, repository, shared

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
_SUFFIXES: Final = {"md": "markdown", "markdown": "markdown", "json": "json", "csv": "csv"}


@click.command(
    "inventory",
    epilog=example(
        "callaudit inventory fixtures/fightclub",
        "callaudit inventory fixtures/fightclub -f json -o calls.json -f markdown -o calls.md",
    ),
)
@repository
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Format of the output; text, or what the file's name ends with, if it is left out.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="FILE",
    help="File to write, one for each format; - for standard output.",
)
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
    debug: bool,
) -> None:
    """Show what is called upstream, from where, and how often.

    Several pairs of --format and --output write several files in one run.
    """
    del debug
    wanted = _pairs(formats, outputs)
    result = inventoried(path, quiet=quiet)
    for format_, target in wanted:
        text = _rendered(result, format_, target, views, color)
        output.write(text, target, data=format_ != "text")
        if target != output.STANDARD:
            output.say(f"wrote {target}", quiet=quiet)
    if any(format_ in ("json", "csv") for format_, _ in wanted):
        say_incomplete(result, quiet=quiet)


def _pairs(formats: tuple[str, ...], outputs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Join formats and files in their order; one format may be left over for standard output."""
    if not formats:
        named = [(_SUFFIXES.get(target.rpartition(".")[2].lower(), "text"), target) for target in outputs]
        return named or [("text", output.STANDARD)]
    targets = [*outputs, output.STANDARD] if len(formats) == len(outputs) + 1 else list(outputs)
    if len(formats) != len(targets):
        raise Failed("outputs", formats=len(formats), outputs=len(outputs))
    return list(zip(formats, targets, strict=True))


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
