"""Lists of lists that are made flat, and lists of holes."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

DEEP = "const all = [[['a', 'b'], ['c']], [['d', 'e']]];"
LEVELS: dict[str, Bounds] = {
    "all.flat()": (3, 3),
    "all.flat(1)": (3, 3),
    "all.flat(0)": (2, 2),
    "all.flat(2)": (5, 5),
    "all.flat(9)": (5, 5),
    "all.flat(Infinity)": (5, 5),
    "all.flat(Number.POSITIVE_INFINITY)": (5, 5),
    "all.flat(Number(process.argv[2]))": (0, None),
    "all.flat().flat()": (5, 5),
}


@pytest.mark.parametrize("list_", cases(LEVELS))
def test_a_list_is_as_flat_as_is_said(list_: str) -> None:
    assert run(f"{DEEP} for (const one of {list_}) await fetch('https://a.test/one');") == {
        "GET a.test/one": LEVELS[list_]
    }


ITEMS: dict[str, Bounds] = {
    "['b', ['a']]": (2, 2),
    "[JSON.parse(process.argv[2]), ['a']]": (0, None),
    "[['a'], process.argv.slice(2)]": (0, None),
}


@pytest.mark.parametrize("list_", cases(ITEMS))
def test_what_may_be_a_list_is_as_many_as_that_has(list_: str) -> None:
    assert run(f"for (const one of {list_}.flat()) await fetch('https://a.test/one');") == {
        "GET a.test/one": ITEMS[list_]
    }


ASK = "() => fetch('https://a.test/one')"
HOLES: dict[str, Bounds | None] = {
    f"new Array(5).map({ASK})": None,
    f"Array(5).forEach({ASK})": None,
    f"Array(5).map(String).map({ASK})": None,
    f"Array(5).fill(0).map({ASK})": (5, 5),
    f"new Array(5).fill(null).forEach({ASK})": (5, 5),
    f"Array.from({{ length: 5 }}, {ASK})": (5, 5),
    f"Array.from(Array(5)).map({ASK})": (5, 5),
    f"[...Array(5)].map({ASK})": (5, 5),
    f"[...new Array(5).keys()].map({ASK})": (5, 5),
    f"new Array('a', 'b').map({ASK})": (2, 2),
    f"Array(5).findIndex({ASK})": (1, 5),
}


@pytest.mark.parametrize("source", cases(HOLES))
def test_what_runs_for_each_item_skips_holes(source: str) -> None:
    expected = HOLES[source]
    assert run(f"await Promise.all({source});") == ({} if expected is None else {"GET a.test/one": expected})


@pytest.mark.parametrize(
    ("fill", "bounds"),
    [("", (0, 3)), ("for (let i = 0; i < 3; i++) list[i] = i;", (0, None)), ("list.fill(1);", (0, 3))],
)
def test_a_variable_may_have_been_filled_since(fill: str, bounds: Bounds) -> None:
    assert run(f"const list = new Array(3); {fill} list.map({ASK});")["GET a.test/one"] == bounds
