"""Items of lists that a predicate keeps or leaves out."""

from __future__ import annotations

import pytest

from tests.projects import run

LIST = """
const one = () => fetch('https://a.test/one');
const two = () => fetch('https://a.test/two');
const all = [{ name: 'one', ask: one, on: true }, { name: 'two', ask: two, on: false }];
const given = process.argv[2];
"""
ONE, TWO = "GET a.test/one", "GET a.test/two"

CASES = {
    "find": ("all.find((each) => each.name === 'one').ask();", {ONE: (1, 1)}),
    "filter and first": ("all.filter(({ name }) => name === 'two')[0].ask();", {TWO: (1, 1)}),
    "filter by a flag": ("all.filter((each) => each.on).forEach((each) => each.ask());", {ONE: (1, 1)}),
    "nothing is kept": ("all.filter((each) => each.name === 'three').forEach((each) => each.ask());", {}),
    "a function with a body": (
        "all.find(function (each) { return each.name !== 'one'; })?.ask();",
        {TWO: (1, 1)},
    ),
    "asked for by what is given": ("all.find((each) => each.name === given)?.ask();", {ONE: (0, 1), TWO: (0, 1)}),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_kept(name: str) -> None:
    source, wanted = CASES[name]
    assert run(LIST + source) == wanted
