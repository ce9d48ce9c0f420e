"""An object whose properties only some ways set may have none of them."""

from __future__ import annotations

import pytest

from tests.projects import run

FUNCTION = """
async function main(rows, flag) {{
  const found = {{}};
  {set}
  if ({test}) await fetch('https://a.test/x');
}}
await main(load(), ask());
"""
TESTS = [
    "Object.keys(found).length > 0",
    "Object.keys(found).length !== 0",
    "Object.entries(found).length",
    "Object.values(found).length >= 1",
]


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize(
    "set_",
    [
        "for (const row of rows) { if (row.on) found.name = row.value; }",
        "for (let n = 0; n < rows.length; n++) { if (rows[n].on) found.name = 1; }",
        "for (const row of rows) { found.name = row.value; }",
        "if (flag) found.name = 1;",
        "if (flag) { found.name = 1; } else if (rows) { found.other = 2; }",
    ],
)
def test_what_only_some_ways_set_may_be_missing(set_: str, test: str) -> None:
    assert run(FUNCTION.format(set=set_, test=test)) == {"GET a.test/x": (0, 1)}


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("set_", ["found.name = 1;", "found.name = 1; if (flag) found.other = 2;"])
def test_what_every_way_sets_is_there(set_: str, test: str) -> None:
    assert run(FUNCTION.format(set=set_, test=test)) == {"GET a.test/x": (1, 1)}


def test_an_object_that_nothing_sets_is_empty() -> None:
    assert run(FUNCTION.format(set="", test=TESTS[0])) == {}
