"""Queries of rules read the inventory and nothing else, and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.rules.database import database
from callaudit.rules.model import Docs, Rule
from callaudit.rules.run import run_rules
from callaudit.rules.wording import filled
from tests.projects import audited
from tests.rules.conftest import PACKAGE, RETRY, catalogue

if TYPE_CHECKING:
    from callaudit.rules.model import Checked

DOCS = Docs("", "", "", "")


def rule(query: str, message: str = "{file}") -> Rule:
    return Rule("my-rule", "OWN1", "", "warning", "high", message, "", query, DOCS, "rule.yaml", 1)


def ran(query: str, message: str = "{file}", **limits: float) -> Checked:
    connection = database(audited({"package.json": PACKAGE, "src/index.ts": RETRY}), catalogue())
    try:
        return run_rules(connection, [rule(query, message)], **limits)  # type: ignore[arg-type]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("DELETE FROM routes", "only SELECT is possible"),
        ("INSERT INTO asks VALUES (1, '', '', 1, '', '', 1)", "only SELECT is possible"),
        ("ATTACH '/tmp/x' AS x", "only SELECT is possible"),
        ("PRAGMA user_version", "only SELECT is possible"),
        ("VACUUM INTO '/tmp/callaudit-x'", "only SELECT is possible"),
        ("SELECT load_extension('x')", "not available"),
        ("SELECT datetime('now') AS file, 1 AS line", "not available"),
        ("SELECT file, line FROM nowhere", "no such table"),
        ("SELECT 1; SELECT 2", "one statement"),
    ],
)
def test_what_a_query_may_not_do(query: str, why: str) -> None:
    checked = ran(query)
    assert checked.findings == ()
    assert len(checked.incomplete) == 1
    assert checked.incomplete[0].startswith("my-rule: ")
    assert why in checked.incomplete[0]


def test_a_query_without_end_is_stopped_and_says_so() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT '' AS file, max(i) AS line FROM n"
    checked = ran(endless, seconds=0.1)
    assert checked.findings == ()
    assert "stopped after 0.1 s" in checked.incomplete[0]


def test_too_many_rows_are_cut_and_say_so() -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50) SELECT 'a' AS file, i AS line FROM n"
    )
    checked = ran(many, most_rows=10)
    assert len(checked.findings) == 10
    assert checked.incomplete == ("my-rule: only the first 10 rows; there are more",)
    assert len(ran(many).findings) == 50


def test_a_finding_has_its_evidence() -> None:
    checked = ran("SELECT call_file AS file, call_line AS line, endpoint, reach FROM own_calls", "{endpoint}")
    (finding,) = checked.findings
    assert (finding.file, finding.line, finding.column) == ("src/index.ts", 5, 26)
    assert finding.message == "GET /api/v1/trades/history"
    assert [step.function for step in finding.path] == [
        "POST /orders",
        "find",
        "GET api.pacifica.fi/api/v1/trades/history",
    ]


@pytest.mark.parametrize(
    ("template", "row", "text"),
    [
        ("every {ms:time}", {"ms": 15000}, "every 15 s"),
        ("every {ms:time}", {"ms": 1500}, "every 1.5 s"),
        ("every {ms:time}", {"ms": 500.0}, "every 500 ms"),
        ("every {ms:time}", {"ms": "unknown"}, "every unknown"),
        ("{d:times}", {"d": "1000 2000"}, "1 s, 2 s"),
        ("{a:list}", {"a": '["b", "a", "b"]'}, "a, b"),
        ("{a:list}", {"a": '["1", "2", "3", "4", "5"]'}, "1, 2, 3 and 2 more"),
        ("{a:count}", {"a": '["b", "a", "b"]'}, "2"),
        ("{n} of {m}", {"n": 3.0, "m": None}, "3 of "),
        ("{x}", {"x": "{n}", "n": 1}, "{n}"),
    ],
)
def test_messages(template: str, row: dict[str, int | float | str | None], text: str) -> None:
    assert filled(template, row) == text
