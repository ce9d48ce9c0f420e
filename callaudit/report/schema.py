"""The documentation of the inventory's tables and views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.escape import markdown
from callaudit.report.layout import GAP, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.documented import TableDoc
    from callaudit.report.table import Screen


def schema_text(shown: Sequence[TableDoc], intro: str, screen: Screen) -> str:
    """Return the documentation for a terminal."""
    from rich.text import Text

    from callaudit.report.text import console_for, written

    console = console_for(screen)
    for line in intro.splitlines():
        console.print(Text(line), soft_wrap=True)
    for place, table in enumerate(shown):
        if place or intro:
            console.print()
        console.print(Text.assemble((table.name, "bold"), f"  {table.kind}"))
        for line in wrapped(table.text, screen.width, len, indent=""):
            console.print(Text(line, style="dim"), soft_wrap=True)
        names = max(len(column.name) for column in table.columns) + GAP
        for column in table.columns:
            text = f"{column.text} ({column.type})" if column.type in ("INTEGER", "ANY") else column.text
            first, *rest = wrapped(text, screen.width - names - GAP, len, indent="")
            console.print(Text.assemble(" " * GAP, (column.name.ljust(names), "cyan"), first), soft_wrap=True)
            for line in rest:
                console.print(Text(" " * (GAP + names) + line), soft_wrap=True)
    return written(console)


def schema_markdown(shown: Sequence[TableDoc], intro: str) -> str:
    """Return the documentation as Markdown."""
    return "\n".join(_markdown(shown, intro)) + "\n"


def _markdown(shown: Sequence[TableDoc], intro: str) -> Iterator[str]:
    yield "# Tables and views of the inventory"
    if intro:
        yield ""
        yield markdown(" ".join(intro.split()))
    for table in shown:
        yield from ("", f"## {table.name} ({table.kind})", "", markdown(table.text), "")
        yield from ("| column | type | meaning |", "| --- | --- | --- |")
        for column in table.columns:
            yield f"| `{column.name}` | {column.type or ' '} | {markdown(column.text)} |"
