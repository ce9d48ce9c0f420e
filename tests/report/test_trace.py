"""A trace is a tree that can be read, at any width."""
# ruff: noqa: E501 - a node on one line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.frameworks.model import Entry
from callaudit.inventory.tree import TreeNode
from callaudit.report.table import Screen
from callaudit.report.trace import trace_text
from tests.report.sample import HOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.providers.match import Catalogue

FILE = "apps/web/src/app/api/orders/route.ts"
CLIENT = "apps/web/src/lib/client.ts"
ENTRY = Entry("route", "POST /api/orders", FILE, 8, "server", "apps/web", (), "next-app")


def node(
    kind: str,
    text: str,
    least: int,
    most: int | None,
    line: int,
    *inside: TreeNode,
    file: str = FILE,
    **more: object,
) -> TreeNode:
    return TreeNode(kind, text, least, most, file, line, children=inside, **more)  # type: ignore[arg-type]


def sent(endpoint: str, least: int, most: int, line: int, *, file: str = CLIENT, key: bool = True) -> TreeNode:
    headers = ("pf-api-key",) if key else ()
    fields: dict[str, object] = {
        "provider": "pacifica",
        "endpoint": endpoint,
        "host": HOST,
        "headers": headers,
    }
    return node("request", endpoint, least, most, line, file=file, **fields)


TREE = node(
    "entry", "POST /api/orders", 3, 5, 8,
    node("choice", "one of", 1, 1, 14,
         node("way", 'type === "market"', 0, 1, 14,
              node("function", "createMarket", 0, 1, 15,
                   node("function", "request", 0, 1, 95, sent("POST /api/v1/orders/create_market", 0, 1, 32), file=CLIENT))),
         node("way", "otherwise", 0, 1, 14, node("function", "create", 0, 1, 16, sent("POST /api/v1/orders/create", 0, 1, 32)))),
    node("function", "findTrade", 1, 3, 19,
         node("loop", "loop \N{MULTIPLICATION SIGN}3", 1, 3, 44, sent("GET /api/v1/trades/history", 1, 3, 45, file=FILE, key=False)),
         marks=("not awaited",)),
    node("function", "notify", 1, 1, 22,
         node("request", "POST /api/notify", 1, 1, 30,
              node("route", "POST /api/notify", 1, 1, 4, sent("GET /api/v1/positions", 1, 1, 32), file="apps/web/src/app/api/notify/route.ts"),
              file=CLIENT)),
)  # fmt: skip


@pytest.mark.parametrize(("name", "width", "full"), [("trace.txt", 100, False), ("trace-full.txt", 130, True)])
def test_trace(catalogue: Catalogue, golden: Callable[[str, str], None], name: str, width: int, full: bool) -> None:
    golden(name, trace_text(ENTRY, TREE, catalogue, Screen(width), full=full))


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_screen(catalogue: Catalogue, width: int) -> None:
    lines = trace_text(ENTRY, TREE, catalogue, Screen(width)).splitlines()
    assert max(map(len, lines[2:])) <= max(width, 80)


def test_requests_keep_their_place_when_functions_are_joined(catalogue: Catalogue) -> None:
    text = trace_text(ENTRY, TREE, catalogue, Screen(160))
    line = next(line for line in text.splitlines() if "createMarket" in line)
    assert ":15 apps/web/src/lib/client.ts:32" in line


def test_an_entry_that_calls_nothing_says_so(catalogue: Catalogue) -> None:
    empty = node("entry", "POST /api/orders", 0, 0, 8)
    assert "nothing that this entry runs calls the network" in trace_text(ENTRY, empty, catalogue, Screen(100))


def test_names_of_functions_do_no_harm(catalogue: Catalogue) -> None:
    hostile = node(
        "entry",
        "x",
        1,
        1,
        8,
        node("function", "\x1b[2J[bold]\u202e", 1, 1, 9, sent("GET /api/v1/info", 1, 1, 3)),
    )
    text = trace_text(ENTRY, hostile, catalogue, Screen(100))
    assert "\\x1b[2J[bold]\\u202e" in text
    assert "\x1b" not in text


def deep(levels: int) -> TreeNode:
    """A tree of ways inside ways, each with a request beside what is inside."""
    inner: tuple[TreeNode, ...] = ()
    for level in range(levels, 0, -1):
        call = sent("GET /api/v1/positions", 0, 1, 32)
        way = node("way", f"theWorkerIsReady{level}", 0, 1, level, call, *inner)
        inner = (
            node("function", f"synchronizeEverything{level}", 0, 1, level, node("choice", "one of", 0, 1, level, way)),
        )
    return node("entry", "POST /api/orders", 0, levels, 8, *inner, sent("GET /api/v1/positions", 0, 1, 32))


@pytest.mark.parametrize(("levels", "width"), [(2, 100), (6, 100), (9, 100), (6, 80)])
def test_names_are_whole_however_deep_a_tree_is(levels: int, width: int, catalogue: Catalogue) -> None:
    text = trace_text(ENTRY, deep(levels), catalogue, Screen(width))
    for level in range(1, levels + 1):
        assert f"synchronizeEverything{level}" in text
        assert f"theWorkerIsReady{level}" in text
    assert max(map(len, text.splitlines())) <= width


def test_a_deep_tree(catalogue: Catalogue, golden: Callable[[str, str], None]) -> None:
    golden("trace-deep.txt", trace_text(ENTRY, deep(9), catalogue, Screen(80)))
