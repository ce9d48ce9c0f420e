"""The documentation of the tables is made from the comments in their SQL."""

from __future__ import annotations

import sqlite3

import pytest

from callaudit.inventory.documented import documentation, sql
from callaudit.report.schema import schema_markdown, schema_text
from callaudit.report.table import Screen
from callaudit.rules.database import TABLES


def test_the_sql_makes_the_tables() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(sql(TABLES))
    assert database.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()[0] > 10


@pytest.mark.parametrize("width", [60, 100])
def test_text_names_everything(width: int) -> None:
    text = schema_text(documentation(TABLES), "", Screen(width))
    for table in documentation(TABLES):
        assert f"{table.name}  {table.kind}" in text
        assert all(column.name in text for column in table.columns)
    assert max(map(len, text.splitlines())) <= width


def test_markdown_has_a_row_for_every_column() -> None:
    text = schema_markdown(documentation(TABLES), "")
    columns = sum(len(table.columns) for table in documentation(TABLES))
    assert text.count("| `") == columns
