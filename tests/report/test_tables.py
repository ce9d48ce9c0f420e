"""The tables show everything that an inventory knows, in each format."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from callaudit.inventory.times import about_words, time_words
from callaudit.report.callers import asked, callers_document
from callaudit.report.csv_report import COLUMNS, inventory_csv
from callaudit.report.json_report import inventory_json
from callaudit.report.markdown import document_markdown
from callaudit.report.summary import summary_text
from callaudit.report.table import Document, Screen, bounds
from callaudit.report.tables import tables
from callaudit.report.text import document_text
from callaudit.rules.model import Member, Step
from tests.report.audit_sample import FINDINGS, material
from tests.report.sample import INVENTORY, entry, reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.providers.match import Catalogue

    Golden = Callable[[str, str], None]


def rows(document: Document, title: str) -> list[tuple[str, ...]]:
    return [row for table in document.tables if table.title == title for row in table.rows]


def test_text(catalogue: Catalogue, golden: Golden) -> None:
    golden("inventory.txt", document_text(tables(INVENTORY, catalogue), Screen(100)))


def test_wide_text_has_files_beside_the_rows(catalogue: Catalogue) -> None:
    text = document_text(tables(INVENTORY, catalogue), Screen(160))
    line = next(line for line in text.splitlines() if line.startswith("  GET /api/positions"))
    assert line.endswith("src/positions.ts:4")


def test_markdown(catalogue: Catalogue, golden: Golden) -> None:
    golden("inventory.md", document_markdown(tables(INVENTORY, catalogue)))


def test_a_view_without_rows_says_so(catalogue: Catalogue) -> None:
    empty = replace(INVENTORY, triggers=(), guards=())
    shown = tables(empty, catalogue, ("guards", "polling"))
    text = "No guards: no timeout, queue, limit, 429 handling or metric.\nNothing polls.\n"
    assert document_text(shown, Screen(100)) == text


def test_a_view_is_its_table_alone(catalogue: Catalogue) -> None:
    shown = tables(INVENTORY, catalogue, ("dead",))
    assert document_text(shown, Screen(100)).startswith("Call sites that nothing reaches\n")
    assert document_markdown(shown).startswith("## 1. Call sites that nothing reaches\n")
    assert not shown.notes


def test_csv(catalogue: Catalogue, golden: Golden) -> None:
    golden("inventory.csv", inventory_csv(INVENTORY, catalogue))


def test_csv_has_a_row_for_everything(catalogue: Catalogue) -> None:
    read = list(csv.DictReader(io.StringIO(inventory_csv(INVENTORY, catalogue))))
    assert tuple(read[0]) == COLUMNS
    sections = [row["section"] for row in read]
    assert {name: sections.count(name) for name in sections} == {
        "upstream": 8,
        "connection": 1,
        "dead": 1,
        "unknown": 2,
        "notice": 1,
    }


def test_json_is_the_contract() -> None:
    text = inventory_json(INVENTORY)
    assert text.endswith("}\n")
    read = json.loads(text)
    assert read["schema"] == "callaudit/inventory/1"
    assert read["files"] == {"analyzed": 12, "skipped": 1, "with_errors": 2}
    trade = next(item for item in read["entries"] if item["name"] == "/trade")
    assert trade["reaches"][1] == {
        "host": "api.pacifica.fi",
        "method": "GET",
        "path": "/api/v1/kline",
        "min": 0,
        "conditional": True,
        "site": {"file": "src/chart.ts", "line": 8},
        "provider": "pacifica",
        "endpoint": "GET /api/v1/kline",
    }
    assert next(item for item in read["calls"] if item["file"] == "src/old.ts")["dead"] is True


def test_calls_are_grouped_as_the_provider_groups_them(catalogue: Catalogue) -> None:
    document = tables(INVENTORY, catalogue)
    assert [table.title for table in document.tables if table.chapter.startswith("Pacifica")] == [
        "Market",
        "Account",
        "Orders",
        "Not in the profile",
    ]


def test_entries_of_one_name_are_told_apart_by_their_app(catalogue: Catalogue) -> None:
    names = {row[0] for row in rows(tables(INVENTORY, catalogue), "Orders")}
    assert names == {"POST /api/orders (apps/api)", "POST /api/orders (apps/web)"}


def test_the_impact_is_that_of_the_key_or_of_whose_ip_it_is(catalogue: Catalogue) -> None:
    document = tables(INVENTORY, catalogue)
    assert [row[2:5] for row in rows(document, "Account")] == [
        ("1…3", "12…36", "server IP"),
        ("1", "1", "API key"),
    ]
    assert [row[2:5] for row in rows(document, "Market")] == [("0…n", "0…n", "visitor IP")]


def test_a_path_that_is_not_in_the_profile_has_the_nearest_one(catalogue: Catalogue) -> None:
    ((*_, quota, _trigger, _file),) = rows(tables(INVENTORY, catalogue), "Not in the profile")
    assert quota == "unknown (did you mean GET /api/v1/positions?)"


def test_how_often_has_tables_of_its_own(catalogue: Catalogue) -> None:
    document = tables(INVENTORY, catalogue)
    assert rows(document, "What polls") == [
        (
            "usePositions",
            "30 s if connected, 15 s if !connected",
            "refetchInterval",
            "browser",
            "GET /api/v1/positions",
            "/trade",
            "src/hook.ts:8",
        ),
        ("tick", "unknown: every: a parameter", "setInterval", "worker", "none", "", "src/clock.ts:3"),
    ]
    assert rows(document, "What is scheduled") == [
        ("cron '* * * * *' sync", "1 min", "1", "GET /v2/rates", "src/jobs.ts:1")
    ]
    assert [row[1:5] for row in rows(document, "What tries again")] == [
        ("3", "500 ms, 1 s", "linear", "yes"),
        ("unbounded (nothing bounds it)", "none", "unknown with jitter", "no"),
    ]
    assert [row[1:4] for row in rows(document, "What answers before the network")] == [
        ("5 s", "per-key: account", "process")
    ]


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (500, "500 ms"),
        (1500, "1.5 s"),
        (15_000, "15 s"),
        (90_000, "90 s"),
        (900_000, "15 min"),
        (604_800_000, "1 week"),
    ],
)
def test_times_are_written_as_people_write_them(ms: int, words: str) -> None:
    assert time_words(ms) == words


@pytest.mark.parametrize(
    ("ms", "words"),
    [(0.25, "0.25 ms"), (1000, "1 s"), (90_000, "1.5 min"), (200_000_000, "2.3 days"), (604_800_000, "1 week")],
)
def test_times_that_are_computed_are_rounded(ms: float, words: str) -> None:
    assert about_words(ms) == words


@pytest.mark.parametrize(
    ("name", "trigger"),
    [("GET /api/positions", "page /trade"), ("POST /api/orders (apps/web)", "no caller found")],
)
def test_routes_are_triggered_by_who_asks_for_them(catalogue: Catalogue, name: str, trigger: str) -> None:
    document = tables(INVENTORY, catalogue)
    found = {row[5] for title in ("Account", "Orders") for row in rows(document, title) if row[0] == name}
    assert found == {trigger}


def test_hosts_without_a_profile_are_listed(catalogue: Catalogue) -> None:
    assert rows(tables(INVENTORY, catalogue), "Hosts without a profile") == [
        ("rates.test", "GET /v2/rates", "job cron '* * * * *' sync", "1", "every 1 min", "src/jobs.ts:1")
    ]


def test_what_is_not_known_is_listed_with_its_reason(catalogue: Catalogue) -> None:
    assert rows(tables(INVENTORY, catalogue), "Not known") == [
        ("src/dyn.ts:5", "import", "the module's name is made when it runs"),
        ("src/strange.ts:3", "URL of web in strange", "the URL comes from the database"),
    ]


def test_views_leave_out_the_rest(catalogue: Catalogue) -> None:
    document = tables(INVENTORY, catalogue, ("dead", "hosts"))
    assert [table.key for table in document.tables] == ["hosts", "dead"]


def test_long_tables_are_cut_with_a_note(catalogue: Catalogue) -> None:
    dead = INVENTORY.calls[2]
    many = replace(INVENTORY, calls=tuple(replace(dead, line=line) for line in range(1, 41)))
    text = document_text(tables(many, catalogue), Screen(100))
    assert "25 of 40; all with --view dead" in text
    assert text.count("src/old.ts:") == 25
    assert document_text(tables(many, catalogue), Screen(100), whole=True).count("src/old.ts:") == 40


def test_no_line_is_wider_than_the_screen(catalogue: Catalogue) -> None:
    for width in (60, 80, 100, 160):
        text = document_text(tables(INVENTORY, catalogue), Screen(width))
        assert max(map(len, text.splitlines())) <= width


def test_colors_are_all_that_they_add(catalogue: Catalogue) -> None:
    plain = document_text(tables(INVENTORY, catalogue), Screen(100))
    colored = document_text(tables(INVENTORY, catalogue), Screen(100, color=True))
    assert "\x1b[" in colored
    bare = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_an_empty_inventory_is_a_report_too(catalogue: Catalogue) -> None:
    empty = replace(
        INVENTORY,
        routes=(),
        calls=(),
        connections=(),
        entries=(),
        triggers=(),
        retries=(),
        guards=(),
        unknowns=(),
        notices=(),
    )
    assert tables(empty, catalogue).tables == ()
    assert "0 routes, 0 reach upstream" in document_text(tables(empty, catalogue), Screen(100))
    assert document_markdown(tables(empty, catalogue)).startswith("# ")


def test_who_calls_an_endpoint(catalogue: Catalogue, golden: Golden) -> None:
    name = "GET /api/v1/positions"
    found = asked(INVENTORY, name)
    golden(
        "callers.txt",
        document_text(callers_document(name, found, INVENTORY, catalogue), Screen(100), whole=True),
    )


def test_the_summary(catalogue: Catalogue, golden: Golden) -> None:
    golden("summary.txt", summary_text(INVENTORY, catalogue, Screen(100), name="sample", path="."))


def test_the_summary_says_what_gives_way_first_and_what_is_worst(catalogue: Catalogue, golden: Golden) -> None:
    found = material(catalogue)
    text = summary_text(
        INVENTORY, catalogue, Screen(100), name="sample", path=".", scenario=found.smallest, findings=FINDINGS
    )
    golden("summary-load.txt", text)


def test_what_uses_up_a_quota_is_worse_than_an_error_elsewhere(catalogue: Catalogue) -> None:
    found = material(catalogue)
    first = found.smallest.buckets[0].contributors[0]
    error = next(one for one in FINDINGS if one.severity == "error" and one.counts)
    polls = replace(error, rule="poll", severity="warning", message="asks too often", file=first.file, line=first.line)
    text = summary_text(
        INVENTORY, catalogue, Screen(100), name="s", path=".", scenario=found.smallest, findings=(error, polls)
    )
    assert text.index("asks too often") < text.index(error.message)
    elsewhere = replace(polls, line=999, members=(Member(Step("f", first.file, first.line)),))
    text = summary_text(
        INVENTORY, catalogue, Screen(100), name="s", path=".", scenario=found.smallest, findings=(error, elsewhere)
    )
    assert text.index("asks too often") < text.index(error.message)
    calm = replace(found.smallest, gives_way=())
    text = summary_text(INVENTORY, catalogue, Screen(100), name="s", path=".", scenario=calm, findings=(polls, error))
    assert text.index(error.message) < text.index("asks too often")


def test_the_summary_quotes_what_a_shell_would_read(catalogue: Catalogue) -> None:
    only = replace(INVENTORY, entries=(entry("page", "$(rm -rf /)", "a.ts", 1, reach("GET /x", at=("a.ts", 1))),))
    text = summary_text(only, catalogue, Screen(100), name="sample", path="a b")
    assert "callaudit trace '$(rm -rf /)' 'a b'" in text


@pytest.mark.parametrize(
    ("least", "most", "text"), [(1, 1, "1"), (0, 3, "0…3"), (0, None, "0…n"), (0, 0, "0"), (2, None, "2…n")]
)
def test_bounds(least: int, most: int | None, text: str) -> None:
    assert bounds(least, most) == text
