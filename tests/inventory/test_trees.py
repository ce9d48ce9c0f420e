"""Trees show what runs, where and how often, and stay of a size that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.flow.effects.effects import (
    Called,
    Choice,
    Connection,
    Effect,
    Repeated,
    Request,
    Requested,
    Site,
    Target,
)
from callaudit.frameworks.model import Entry
from callaudit.inventory.answers import Answers
from callaudit.inventory.boundary import Boundary
from callaudit.inventory.runs import Run
from callaudit.inventory.trees import MOST_NODES, Trees
from callaudit.providers.match import Catalogue
from tests.report.sample import entry, reach

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry as Known
    from callaudit.inventory.tree import TreeNode


def asks(path: str, *, line: int = 1, host: str = "a.test", method: str = "GET") -> Request:
    target = Target(method, f"https://{host}{path}" if host else path, host, path)
    return Request((Requested(Site("client.ts", line, 1, "send", "web"), target),))


def calls(name: str, *body: Effect, line: int = 1, awaited: bool = True) -> Called:
    return Called(name, "main.ts", line, f"{name}.ts", 1, body, awaited=awaited)


def starts(name: str, *effects: Effect, kind: str = "page") -> Run:
    method, _, path = name.partition(" ")
    if kind == "route":
        return Run(Entry(kind, name, "route.ts", 3, "server", "web", (), "next-app", method, path), {}, effects)
    return Run(Entry(kind, name, "main.ts", 1, "server", "web", ()), {}, effects)


def tree(*runs: Run, known: Known | None = None) -> TreeNode:
    """The tree of the first of `runs`."""
    boundary = Boundary([run.entry for run in runs], lambda _host: False)
    answers = Answers(boundary, lambda route, _: next((run for run in runs if run.entry is route), None))
    return Trees(answers, Catalogue(())).tree(runs[0], known)


def shown(node: TreeNode) -> list[str]:
    """A line for each node: how deep, what, and its bounds."""
    marks = "".join(f" ({mark})" for mark in node.marks)
    most = "n" if node.max is None else node.max
    own = f"{node.kind} {node.text}{marks} {node.min}..{most}"
    return [own, *("  " + line for child in node.children for line in shown(child))]


def count(node: TreeNode) -> int:
    return 1 + sum(map(count, node.children))


def test_functions_lead_to_requests() -> None:
    found = tree(starts("/", calls("load", calls("send", asks("/x", line=9)), line=4)))
    assert shown(found) == [
        "entry / 1..1",
        "  function load 1..1",
        "    function send 1..1",
        "      request GET a.test/x 1..1",
    ]
    load = found.children[0]
    assert (load.file, load.line) == ("main.ts", 4)
    sent = load.children[0].children[0]
    assert (sent.file, sent.line, sent.host) == ("client.ts", 9, "a.test")


def test_one_of_several_ways_is_taken() -> None:
    both = Choice(5, (("a > 1", (asks("/x"), asks("/y"))), ("otherwise", (asks("/z"),))))
    assert shown(tree(starts("/", both))) == [
        "entry / 1..2",
        "  choice one of 1..2",
        "    way a > 1 0..2",
        "      request GET a.test/x 0..1",
        "      request GET a.test/y 0..1",
        "    way otherwise 0..1",
        "      request GET a.test/z 0..1",
    ]


def test_a_way_alone_may_be_taken_or_not() -> None:
    assert shown(tree(starts("/", Choice(5, (("a", (asks("/x"),)),)))))[1] == "  way a 0..1"


def test_ways_that_do_the_same_are_one() -> None:
    same = Choice(5, (("a", (asks("/x"),)), ("b", (asks("/x"),)), ("otherwise", (asks("/y"),))))
    assert shown(tree(starts("/", same)))[2] == "    way a or b 0..1"


@pytest.mark.parametrize(
    ("loop", "line"),
    [
        (Repeated("loop", 2, 3, 3, (asks("/x"),)), "loop loop \N{MULTIPLICATION SIGN}3 3..3"),
        (Repeated("loop", 2, 1, 3, (asks("/x"),)), "loop loop \N{MULTIPLICATION SIGN}1…3 1..3"),
        (
            Repeated("items", 2, 0, None, (asks("/x"),), "accounts"),
            "loop for each of accounts \N{MULTIPLICATION SIGN}0…n 0..n",
        ),
        (
            Repeated("loop", 2, 0, None, (asks("/x"),), "more"),
            "loop loop \N{MULTIPLICATION SIGN}0…n while more 0..n",
        ),
        (Repeated("timer", 2, 1, 1, (asks("/x"),)), "loop later, by a timer 1..1"),
    ],
)
def test_loops_multiply(loop: Repeated, line: str) -> None:
    found = shown(tree(starts("/", loop)))
    assert found[1] == f"  {line}"


def test_loops_in_loops_multiply() -> None:
    inner = Repeated("loop", 2, 2, 4, (asks("/x"),))
    assert shown(tree(starts("/", Repeated("loop", 1, 3, 3, (inner,)))))[-1] == "      request GET a.test/x 6..12"


def test_what_is_not_awaited_counts_and_is_marked() -> None:
    assert shown(tree(starts("/", calls("log", asks("/x"), awaited=False))))[1] == "  function log (not awaited) 1..1"


def test_equal_siblings_are_one() -> None:
    twice = [calls("send", asks("/x")) for _ in range(3)]
    assert shown(tree(starts("/", *twice))) == [
        "entry / 3..3",
        "  function send (3 times) 3..3",
        "    request GET a.test/x 3..3",
    ]


def test_siblings_that_show_the_same_are_one() -> None:
    apart = [calls("send", Request((Requested(Site("c.ts", 1, 1, "s", "web"), Target("GET", url, "a.test", "/x")),)))
             for url in ("https://a.test/x?n=1", "https://a.test/x?n=2")]  # fmt: skip
    assert shown(tree(starts("/", *apart)))[1] == "  function send (2 times) 2..2"


def test_calls_of_one_function_at_two_lines_stay_two() -> None:
    assert len(tree(starts("/", calls("send", asks("/x"), line=1), calls("send", asks("/x"), line=2))).children) == 2


def test_one_of_several_urls() -> None:
    x, y = asks("/x").requests[0], asks("/y").requests[0]
    assert shown(tree(starts("/", Request((x, y))))) == [
        "entry / 1..1",
        "  choice one of 1..1",
        "    request GET a.test/x 0..1",
        "    request GET a.test/y 0..1",
    ]


def test_a_request_crosses_into_the_own_route() -> None:
    route = starts("GET /api/x", calls("send", asks("/up")), kind="route")
    page = starts("/", Repeated("loop", 1, 2, 2, (asks("/api/x", host=""),)))
    assert shown(tree(page, route)) == [
        "entry / 2..2",
        "  loop loop \N{MULTIPLICATION SIGN}2 2..2",
        "    request GET /api/x 2..2",
        "      route GET /api/x 2..2",
        "        function send 2..2",
        "          request GET a.test/up 2..2",
    ]


def test_a_route_is_shown_once_and_counts_twice() -> None:
    route = starts("GET /api/x", asks("/up"), kind="route")
    page = starts("/", calls("one", asks("/api/x", host="")), calls("two", asks("/api/x", host="")))
    found = shown(tree(page, route))
    assert found[0] == "entry / 2..2"
    assert found[-1] == "      route GET /api/x (shown above) 1..1"


def test_routes_that_ask_each_other_come_to_an_end() -> None:
    first = starts("GET /api/a", asks("/up"), asks("/api/b", host=""), kind="route")
    second = starts("GET /api/b", asks("/up2", line=2), asks("/api/a", host=""), kind="route")
    assert shown(tree(first, second)) == [
        "entry GET /api/a 2..2",
        "  request GET a.test/up 1..1",
        "  request GET /api/b 1..1",
        "    route GET /api/b 1..1",
        "      request GET a.test/up2 1..1",
        "      request GET /api/a 0..0",
        "        route GET /api/a (in a circle) 0..0",
    ]


def test_a_tree_that_shares_its_parts_is_cut() -> None:
    effect: Effect = asks("/x")
    for depth in range(40):  # 2^40 paths
        effect = calls(f"f{depth}", Choice(1, (("a", (effect,)),)), Choice(2, (("b", (effect,)),)))
    found = tree(starts("/", effect))
    assert count(found) < 2 * MOST_NODES
    assert any("left out" in line for line in shown(found))
    assert (found.min, found.max) == (0, 2**40)


def test_a_deep_tree_is_cut() -> None:
    effect: Effect = asks("/x")
    for depth in range(5_000):
        effect = calls(f"f{depth}", effect)
    found = tree(starts("/", effect))
    assert count(found) < MOST_NODES
    assert (found.min, found.max) == (1, 1)


def test_the_tree_says_no_more_than_the_inventory() -> None:
    """A branch that returns early is not in the effects, but in the costs of the inventory."""
    known = entry("page", "/", "main.ts", 1, reach("GET /x", at=("client.ts", 1), least=0))
    found = tree(starts("/", calls("send", asks("/x"))), known=known)
    assert shown(found)[-1] == "    request GET a.test/x 0..1"


def test_connections_are_no_calls() -> None:
    opened = Connection(Site("s.ts", 4, 1, "open", "web"), "wss://a.test", "websocket")
    assert shown(tree(starts("/", calls("open", opened)))) == [
        "entry / 0..0",
        "  function open 0..0",
        "    connection websocket wss://a.test 0..0",
    ]


def test_an_unknown_url_says_why() -> None:
    target = Target("GET", "", "", "", unknown="made when it runs")
    request = Request((Requested(Site("c.ts", 1, 1, "s", "web"), target),))
    assert shown(tree(starts("/", request)))[1] == "  request GET unknown URL (made when it runs) 1..1"
