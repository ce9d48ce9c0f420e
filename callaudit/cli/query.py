"""`callaudit query`: SQL on the inventory."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, surveyed
from callaudit.cli.failures import Failed
from callaudit.cli.options import example, one_format, repository, shared

if TYPE_CHECKING:
    from callaudit.inventory.query import Answer

_MOST_ROWS = 10_000


@click.command(
    "query",
    epilog=example(
        'callaudit query "select entry, endpoint from upstream where max_calls > 1" fixtures/fightclub',
        'callaudit query "select * from endpoints order by entries desc" fixtures/fightclub -f json',
    ),
)
@click.argument("sql")
@repository
@one_format("text", "json", "csv")
@click.option(
    "--max-rows",
    type=click.IntRange(1),
    default=_MOST_ROWS,
    show_default=True,
    help="Rows after which the answer is cut.",
)
@shared
def command(*, sql: str, path: str, format_: str, max_rows: int, color: str, quiet: bool) -> None:
    """Run one SELECT on the inventory of PATH; - reads it from standard input.

    The inventory cannot be written to, and a query has five seconds. `callaudit schema` lists the tables.
    """
    from callaudit.inventory.query import QueryError, query
    from callaudit.rules.database import database

    statement = sys.stdin.read() if sql == "-" else sql
    connection = database(surveyed(path, quiet=quiet, trees=True), catalogue())
    try:
        answer = query(connection, statement, most_rows=max_rows)
    except QueryError as error:
        raise Failed("query", why=error) from None
    finally:
        connection.close()
    output.write(_rendered(answer, format_, color), data=format_ != "text")
    if answer.cut:
        output.say(f"callaudit: only the first {max_rows} rows; there are more", quiet=quiet)


def _rendered(answer: Answer, format_: str, color: str) -> str:
    if format_ == "json":
        from callaudit.report.json_report import json_document

        return json_document([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    shown = [["" if value is None else str(value) for value in row] for row in answer.rows]
    if format_ == "csv":
        from callaudit.report.csv_report import csv_text

        return csv_text(answer.columns, shown)
    from callaudit.report.text import rows_text

    numbers = [all(isinstance(cell, int | float) for cell in column) for column in zip(*answer.rows, strict=True)]
    return rows_text(answer.columns, shown, numbers or [False] * len(answer.columns), output.screen(color))
