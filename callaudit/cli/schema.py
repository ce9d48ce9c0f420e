"""`callaudit schema`: the tables and views that queries can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from callaudit.cli import output
from callaudit.cli.options import example, one_format, shared

if TYPE_CHECKING:
    from callaudit.inventory.documented import TableDoc


@click.command("schema", epilog=example("callaudit schema upstream", "callaudit schema -f sql > inventory.sql"))
@click.argument("names", nargs=-1, metavar="[TABLE]...")
@one_format("text", "markdown", "sql")
@shared
def command(*, names: tuple[str, ...], format_: str, color: str, quiet: bool) -> None:
    """Document the tables and views of the inventory, all of them or those that are named."""
    del quiet
    from callaudit.inventory.documented import documentation, preamble, sql
    from callaudit.rules.database import TABLES

    if format_ == "sql":
        output.write(sql(TABLES))
        return
    documented = documentation(TABLES)
    known = {table.name for table in documented}
    for name in names:
        if name not in known:
            raise click.BadParameter(f"there is no table {name!r}; there are {', '.join(sorted(known))}")
    shown = [table for table in documented if table.name in names or not names]
    intro = "" if names else preamble()
    if format_ == "markdown":
        output.write(_markdown(shown, intro))
        return
    from callaudit.report.schema import schema_text

    text = schema_text(shown, intro, output.screen(color))
    output.write(text, data=False)


def _markdown(shown: list[TableDoc], intro: str) -> str:
    from callaudit.report.schema import schema_markdown

    return schema_markdown(shown, intro)
