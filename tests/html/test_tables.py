"""Tables sort and filter; chains unfold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.html import sample

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.html.conftest import Opened


def _column(table: Locator, number: int) -> list[str]:
    return table.locator(f"tbody tr:not([hidden]) td:nth-child({number})").all_inner_texts()


def _rates(page: Page) -> Locator:
    return page.locator("table", has=page.locator("caption", has_text="Rates"))


def test_numbers_sort_as_numbers_up_down_and_back(opened: Opened) -> None:
    table = _rates(opened())
    before = _column(table, 2)
    head = table.get_by_role("columnheader", name="Requests/s")
    button = head.get_by_role("button")
    shown = [f"{value:,g}" for value in sorted(sample.RATES)]
    button.click()
    assert (head.get_attribute("aria-sort"), _column(table, 2)) == ("ascending", shown)
    button.click()
    assert (head.get_attribute("aria-sort"), _column(table, 2)) == ("descending", shown[::-1])
    button.click()
    assert (head.get_attribute("aria-sort"), _column(table, 2)) == ("none", before)


def test_words_sort_by_the_keyboard_and_one_column_at_a_time(opened: Opened) -> None:
    page = opened()
    table = _rates(page)
    table.get_by_role("columnheader", name="Requests/s").get_by_role("button").click()
    table.get_by_role("columnheader", name="Route").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert _column(table, 1) == [f"GET /api/{name}" for name in "abcdefg"]
    assert table.get_by_role("columnheader", name="Requests/s").get_attribute("aria-sort") == "none"


def test_a_filter_keeps_rows_with_all_of_its_words_and_says_how_many(opened: Opened) -> None:
    page = opened()
    table = _rates(page)
    field = page.get_by_role("searchbox", name="Filter rows: Rates")
    field.fill("get ROW api/a")
    assert _column(table, 1) == ["GET /api/a"]
    field.fill("/api/d")
    assert _column(table, 1) == ["GET /api/d"]
    assert page.get_by_role("status").filter(has_text="1 of 7 rows").count() == 1
    field.fill("nothing like this")
    assert _column(table, 1) == []
    field.fill("")
    assert len(_column(table, 1)) == 7


def test_chains_unfold_one_by_one_and_all_at_once(opened: Opened) -> None:
    page = opened()
    chain = page.locator("#chain-list > li", has_text="/api/v1/trades/history")
    steps = chain.locator("ol li")
    assert not steps.first.is_visible()
    chain.locator("summary").focus()
    page.keyboard.press("Enter")
    assert steps.first.is_visible()
    assert "POST /api/orders" in chain.inner_text()
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator("#chain-list details:not([open])").count() == 0
    page.get_by_role("button", name="Fold all").click()
    assert page.locator("#chain-list details[open]").count() == 0


def test_endpoints_filter_by_what_asks_for_them(opened: Opened) -> None:
    page = opened()
    page.get_by_role("searchbox", name="Filter endpoints and callers").fill("usePositions")
    shown = page.locator("#chain-list > li:not([hidden]) summary code").all_inner_texts()
    assert shown == ["GET /api/v1/positions"]


def test_every_way_of_the_map_stands_in_its_table(opened: Opened) -> None:
    page = opened()
    page.get_by_text("The map as a table").click()
    table = page.locator("#map table")
    drawn = page.evaluate("new Set([...document.querySelectorAll('svg.map path')].map(one => one.dataset.flows)).size")
    assert table.locator("tbody tr").count() == drawn
    widths = page.eval_on_selector_all(
        "svg.map path", "ways => ways.map(way => [way.dataset.flows, way.getAttribute('stroke-width')])"
    )
    rates = page.eval_on_selector_all("#map td [data-value]", "cells => cells.map(cell => Number(cell.dataset.value))")
    strong = {int(flow): float(width) for flow, width in widths}
    assert strong[0] == max(strong.values())
    assert abs(strong[0] / strong[1] - rates[0] / rates[1]) < 0.05


def test_charts_have_a_title_and_the_same_in_words(opened: Opened) -> None:
    page = opened()
    charts = page.locator("#load-charts svg")
    assert charts.count() == len({bucket.id for bucket in sample.model().buckets})
    words = charts.first.locator("desc").text_content() or ""
    assert "250 users: " in words
    assert "Limit " in words
    assert page.locator("#load-charts tbody tr").count() == 3 * charts.count()
