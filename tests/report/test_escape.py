"""Text out of source code does no harm where it is shown."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from callaudit.report.csv_report import csv_text, inventory_csv
from callaudit.report.escape import LONGEST, csv_cell, markdown, markdown_code, visible
from callaudit.report.json_report import inventory_json
from callaudit.report.markdown import document_markdown
from callaudit.report.table import Screen
from callaudit.report.tables import tables
from callaudit.report.text import document_text
from tests.report.sample import HOSTILE, INVENTORY, entry, reach

if TYPE_CHECKING:
    from callaudit.providers.match import Catalogue

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What terminals act on, and what no encoder takes."""

NAMES = (
    HOSTILE,
    "a\r\nb\tc",
    "\x9b2Jgone",
    "\x1b]8;;http://evil.test\x1b\\click\x1b]8;;\x1b\\",
    "| a | b |",
    "``` `` `",
    "[x](http://evil.test) ![y](//evil.test/z.png)",
    "<script>alert(1)</script>",
    "@everyone #12 www.evil.test http://evil.test a@evil.test",
    "::error file=a,line=1::b",
    "- * + 1. # > text",
    "\\|\\`\\",
    "=HYPERLINK(1)",
    "[bold red]not markup[/]",
    ":smile: &amp; &#64;x",
)

HOSTILE_INVENTORY = replace(
    INVENTORY,
    entries=tuple(
        entry("page", name, name, 1, reach("GET /x", at=(name, 2), provider="", endpoint="", host=name))
        for name in NAMES
    ),
    calls=tuple(replace(call, function=name, file=name) for call, name in zip(INVENTORY.calls, NAMES, strict=False)),
    unknowns=tuple(replace(INVENTORY.unknowns[0], what=name, why=name, file=name) for name in NAMES),
    notices=tuple(replace(INVENTORY.notices[0], what=name, why=name, file=name) for name in NAMES),
)


def test_control_characters_are_shown_as_numbers() -> None:
    assert visible("\x1b[31mred\x07\x9b\u202e\udcff\U000e0041") == "\\x1b[31mred\\x07\\x9b\\u202e\\xff\\U000e0041"


def test_letters_of_all_scripts_stay() -> None:
    assert visible("Größe/Ж/日本/🎉") == "Größe/Ж/日本/🎉"


def test_long_text_is_cut() -> None:
    assert len(visible("x" * 10_000)) == LONGEST + 1


@given(st.text())
def test_visible_text_is_printable(text: str) -> None:
    assert visible(text).isprintable()
    assert visible(visible(text)[:LONGEST]) == visible(text)[:LONGEST]


@pytest.mark.parametrize("name", NAMES)
def test_markdown_shows_the_text_itself(name: str) -> None:
    for escape in (markdown, markdown_code):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(f"| a |\n| --- |\n| {escape(name)} |\n")
        assert html.count("<td>") == 1
        assert not re.search(r"<(a|img|script|h\d|li|em|strong|del)\b", html)
        assert not re.search(r"[@#]\w", re.sub(r"<code>.*?</code>|&#?\w+;", "", html))


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_markdown_cells_never_break_their_row(text: str) -> None:
    for escape in (markdown, markdown_code):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(f"| a | b |\n| - | - |\n| {escape(text)} | z |\n")
        assert html.count("<tr>") == 2
        assert "<td>z</td>" in html


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\N{FULLWIDTH EQUALS SIGN}1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert csv_cell(text).startswith("'")


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_csv_keeps_its_shape(cells: list[str]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(cells, [cells]))))
    assert read == [[csv_cell(cell) for cell in cells]] * 2


def test_a_report_in_any_format_is_free_of_what_terminals_act_on(catalogue: Catalogue) -> None:
    document = tables(HOSTILE_INVENTORY, catalogue)
    for text in (
        document_text(document, Screen(100), whole=True),
        document_markdown(document).replace("\u200b", ""),  # after @ and #, on purpose
        inventory_csv(HOSTILE_INVENTORY, catalogue),
        inventory_json(HOSTILE_INVENTORY),
    ):
        assert ACTING.search(text) is None
        text.encode("utf-8")


def test_json_says_what_was_there() -> None:
    read = json.loads(inventory_json(HOSTILE_INVENTORY))
    assert [item["name"] for item in read["entries"]] == [name.replace("\udcff", "\\udcff") for name in NAMES]


def test_a_hostile_report_has_only_its_own_markdown(catalogue: Catalogue) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(document_markdown(tables(HOSTILE_INVENTORY, catalogue)))
    assert not re.search(r"<(a|img|script|em|del|ol)\b", html)
    assert html.count("<h1>") == 1
