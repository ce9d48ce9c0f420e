"""`callaudit trace`: how one entry gets to its calls, or who calls one endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from callaudit.cli import output
from callaudit.cli.analysis import audited, catalogue
from callaudit.cli.lookup import find, of_run
from callaudit.cli.options import example, one_format, repository, shared

if TYPE_CHECKING:
    from callaudit.audit import Audit
    from callaudit.cli.lookup import Found


@click.command(
    "trace",
    epilog=example(
        "callaudit trace 'POST /api/orders' fixtures/fightclub",
        "callaudit trace 'GET /api/v1/positions' fixtures/fightclub",
    ),
)
@click.argument("name")
@repository
@click.option("--full", is_flag=True, help="Every function on a line of its own.")
@one_format("text", "json")
@shared
def command(*, name: str, path: str, full: bool, format_: str, color: str, quiet: bool) -> None:
    """Show how NAME gets to its calls, or who calls it.

    NAME is a route ('POST /api/orders'), another entry (a page, a job, a hook), a file with entries, or an
    upstream endpoint ('GET /api/v1/positions').
    """
    result = audited(path, quiet=quiet)
    found = find(result, name)
    if format_ == "json":
        output.write(_json(result, found))
    else:
        output.write(_text(result, found, color, full=full), data=False)


def _json(result: Audit, found: Found) -> str:
    from callaudit.inventory.trees import Trees
    from callaudit.report.json_report import json_document

    trees = Trees(result.answers, catalogue())
    return json_document(
        {
            "schema": "callaudit/trace/1",
            "trees": [trees.tree(run, of_run(result, run)) for run in found.runs],
            "callers": [{"kind": entry.kind, "name": entry.name, "reach": reach} for entry, reach in found.asked],
        }
    )


def _text(result: Audit, found: Found, color: str, *, full: bool) -> str:
    from callaudit.inventory.trees import Trees
    from callaudit.report.callers import callers_document
    from callaudit.report.text import document_text
    from callaudit.report.trace import trace_text

    profiles = catalogue()
    trees = Trees(result.answers, profiles)
    screen = output.screen(color)
    parts = [
        trace_text(run.entry, trees.tree(run, of_run(result, run)), profiles, screen, full=full) for run in found.runs
    ]
    if found.asked:
        document = callers_document(found.endpoint, found.asked, result.inventory, profiles)
        parts.append(document_text(document, screen, whole=True))
    return "\n".join(parts)
