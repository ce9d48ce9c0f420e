"""Whatever a document holds: reading it ends, raises nothing, and is the same each time."""
# ruff: noqa: E501 - a table of pieces

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.test_documents import verified

PIECES = (
    "# ", "- ", "1. ", "| ", " |", "\n", "\n\n", "```ts\n", "```\n", "`", "**", "GET /api/orders", "POST /api/x/{y}", "usePositions",
    "every 15s", "15-30 seconds", "up to 5 calls", "each order", "=", " × ", " / ", "125 users", "50%", "exponential backoff",
    "1s, 2s, 3s", "no server-side cache", "apps/web/src/hooks/usePositions.ts:16-900", "(256 lines)", "100 req/s per API key",
    "rate limit", "7 background jobs", "without WebSocket", "identical data is identical", "1,000", "getPositions()", "never", "--- | ---",
    "Total effort: 3-4", "lines 3 to 9", "### ", "`a/b.ts`", "a.ts#L9", "+ 3 trade history lookups", "per order", "after every order", "positions",
    "the response waits", "retries", "+ 6 s of delay", "getPrices() fallback", "~10/sec", "40 orders/min = 40 position reads/min",
    "does not exist", "uses the package `left-pad`", "0 lines", "9" * 30, "\x00", "\u2028", "\x1b[31m", "é", "\u202e", "<!--", "-->", "](", "[", "\\",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_reading_never_raises(text: str) -> None:
    assert verified(text) == verified(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    verified(text)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 50_000,
        "a." * 25_000,
        "/" * 50_000,
        "a/" * 25_000,
        "1" * 50_000,
        "1 / " * 12_000,
        "`" * 50_000,
        "x = " * 12_000,
        "no " * 15_000,
        "1s, " * 12_000,
        "GET /" + "a{" * 20_000,
    ],
    ids=lambda line: line[:6],
)
def test_lines_of_data_are_passed_over(line: str) -> None:
    text = f"{line}\n\n`usePositions` polls every 15 s.\n"
    assert [(claim.line, claim.verdict) for claim in verified(text).claims] == [(3, "confirmed")]


@pytest.mark.parametrize("before", ["- # ", "- # a\n- b\n", "1. ## Title\n   text\n2. more\n", "- a\n  - # b\n  - c\n"])
def test_headings_inside_lists_are_read(before: str) -> None:
    verified(before)
    text = f"{before}\n\n# Next\n\n`usePositions` polls every 15 s.\n"
    assert [claim.verdict for claim in verified(text).claims] == ["confirmed"]


@pytest.mark.parametrize("piece", ["(", "1", "1s, ", "x = ", "GET /a{", "a.", "- ", "each order "])
def test_what_repeats_in_a_line_is_read(piece: str) -> None:
    assert verified((piece * 1900)[:1900]).count("contradicted") == 0
