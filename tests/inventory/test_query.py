"""Queries read the inventory, and nothing that they contain writes, reaches out, or runs for ever."""
# ruff: noqa: S608 - queries of our own

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest

from callaudit.inventory.query import Answer, QueryError, query
from callaudit.inventory.store import store
from tests.report.sample import INVENTORY

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def ask(sql: str, **limits: float) -> Answer:
    return query(store(INVENTORY), sql, **limits)  # type: ignore[arg-type]


def refused(sql: str, **limits: float) -> str:
    with pytest.raises(QueryError) as error:
        ask(sql, **limits)
    message = str(error.value)
    assert "\n" not in message
    return message


def test_an_answer_has_columns_and_rows() -> None:
    answer = ask("SELECT entry, max_calls FROM upstream WHERE max_calls > 1 ORDER BY entry")
    assert answer.columns == ("entry", "max_calls")
    assert answer.rows == (("/trade", "unbounded"), ("POST /api/orders", 3))
    assert not answer.cut


def test_functions_of_sets_and_windows_work() -> None:
    answer = ask("SELECT upper(kind), count(*), row_number() OVER (ORDER BY kind) FROM entries GROUP BY kind")
    assert answer.rows[0] == ("HOOK", 1, 1)


def test_recursive_queries_work() -> None:
    counted = ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT max(i) FROM n")
    assert counted.rows == ((9,),)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM routes",
        "UPDATE routes SET line = 0",
        "INSERT INTO notices VALUES (9, 'a', 1, 'b', 'c')",
        "DROP TABLE routes",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "CREATE TRIGGER t AFTER INSERT ON routes BEGIN DELETE FROM routes; END",
        "ATTACH ':memory:' AS other",
        "ATTACH '/etc/passwd' AS other",
        "VACUUM INTO 'stolen.db'",
        "PRAGMA writable_schema = 1",
        "PRAGMA hard_heap_limit = 1",
        "SELECT * FROM pragma_database_list",
        "BEGIN",
        "REINDEX",
        "ANALYZE",
    ],
)
def test_only_reading_is_possible(sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = store(INVENTORY)
    with pytest.raises(QueryError):
        query(database, sql)
    database.set_authorizer(None)
    assert database.execute("SELECT count(*), min(line) FROM routes").fetchone() == (4, 1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "call",
    [
        "load_extension('x')",
        "random()",
        "randomblob(9)",
        "datetime('now')",
        "date('now')",
        "printf('%.*c', 1000000000, 'x')",
        "zeroblob(1000000000)",
        "sqlite_version()",
        "edit('x')",
        "readfile('/etc/passwd')",
    ],
)
def test_other_functions_are_refused(call: str) -> None:
    began = monotonic()
    message = refused(f"SELECT {call}")
    assert "not available" in message or "no such function" in message
    assert monotonic() - began < 2


COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
RUNAWAY = {
    "endless": ENDLESS,
    "cross join": f"SELECT count(*) FROM {', '.join(f'entries e{number}' for number in range(12))}",
    "window": f"{COUNTING} SELECT sum(i) OVER (ORDER BY i DESC) FROM n",
    "doubling": "WITH RECURSIVE n(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM n) SELECT length(t) FROM n",
}


@pytest.mark.parametrize("sql", RUNAWAY.values(), ids=RUNAWAY)
def test_what_runs_on_is_stopped(sql: str) -> None:
    began = monotonic()
    refused(sql, seconds=0.5)
    assert monotonic() - began < 3


def test_the_time_limit_says_so() -> None:
    assert refused(ENDLESS, seconds=0.2).startswith("the query was stopped after 0.2 s")


def test_rows_are_cut() -> None:
    answer = ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", most_rows=5)
    assert [row[0] for row in answer.rows] == [1, 2, 3, 4, 5]
    assert answer.cut


def test_answers_of_much_text_are_cut() -> None:
    answer = ask(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000),"
        " long(t) AS (SELECT group_concat(hex(hex(hex(i + 1000000000)))) FROM n) SELECT i, t FROM n, long"
    )
    assert answer.cut
    assert len(answer.rows) < 1000


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM route", "did you mean routes?"),
        ("SELECT endpont FROM upstream", "did you mean endpoint?"),
        ("SELECT * FROM zzz", "no such table: zzz"),
        ("SELEC 1", "syntax error"),
        ("", "nothing to run"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("SELECT 1" + " + 1" * 200, "depth"),
        ("SELECT '\udcff'", ""),
    ],
)
def test_mistakes_are_one_sentence(sql: str, said: str) -> None:
    assert said in refused(sql)


def test_columns_of_one_name_are_kept_apart() -> None:
    assert ask("SELECT 1 AS a, 2 AS a, 3 AS a").columns == ("a", "a_2", "a_3")


def test_values_that_json_cannot_write_become_text() -> None:
    assert ask("SELECT x'00ff', 9e999, -9e999, NULL, CAST(x'ff' AS TEXT)").rows == (
        ("x'00ff'", "inf", "-inf", None, "\ufffd"),
    )


def test_a_database_can_be_asked_again() -> None:
    database = store(INVENTORY)
    with pytest.raises(QueryError):
        query(database, ENDLESS, seconds=0.1)
    assert query(database, "SELECT count(*) FROM routes").rows == ((4,),)
