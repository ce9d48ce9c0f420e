"""Columns fit into the width, and text is broken where it can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from callaudit.report.layout import CALLS, GAP, fitted, longest_piece, wrapped


def test_lines_end_after_slashes_and_blanks() -> None:
    assert wrapped("GET /api/markets/[symbol]/orderbook", 20, len) == [
        "GET /api/markets/",
        "  [symbol]/orderbook",
    ]


def test_what_has_no_break_is_cut() -> None:
    assert wrapped("abcdefghij", 4, len) == ["abcd", "  ef", "  gh", "  ij"]


def test_a_path_keeps_its_first_slash_and_a_number_its_unit() -> None:
    assert wrapped("hook useMarkets, page /trade, every 5 s", 14, len) == [
        "hook",
        "  useMarkets,",
        "  page /trade,",
        "  every 5 s",
    ]
    assert wrapped("GET /api/orders (apps/web)", 20, len) == ["GET /api/orders", "  (apps/web)"]
    assert wrapped("at most 15/s, https://ex.io/api", 12, len) == ["at most", "  15/s,", "  https://", "  ex.io/api"]


def test_a_long_name_is_broken_where_its_words_begin() -> None:
    assert wrapped("TradingViewChartAdvanced", 16, len) == ["TradingViewChart", "  Advanced"]
    assert wrapped("retry-after-ignored.config", 14, len) == ["retry-after-", "  ignored.", "  config"]


def test_a_column_keeps_room_for_its_names_while_others_can_give_way() -> None:
    cells = [[34, 40]] * 3
    names = [longest_piece("AccountSummaryPanel here and there", len), longest_piece("a list of short words", len)]
    assert fitted(cells, 35, rigid=[False, False], least=names)[0] == len("AccountSummaryPanel")


def test_a_method_stays_with_its_path_in_a_chain() -> None:
    assert wrapped("load → send → GET /api/v1/info", 20, len, pieces=CALLS) == [
        "load → send →",
        "  GET /api/v1/info",
    ]


@given(st.text(alphabet="ab/, →(", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    for pieces in ({}, {"pieces": CALLS}):
        lines = wrapped(text, width, len, **pieces)  # type: ignore[arg-type]
        assert all(len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_columns_that_fit_keep_their_width() -> None:
    assert fitted([[5, 3], [9, 4]], 40, rigid=[False, False]) == [9, 4]


def test_the_column_with_few_long_cells_gives_way() -> None:
    cells = [[30, 30]] + [[10, 30]] * 20
    assert fitted(cells, 50, rigid=[False, False]) == [18, 30]


def test_numbers_keep_their_width() -> None:
    assert fitted([[60, 20]], 40, rigid=[False, True]) == [40 - 20 - GAP, 20]
