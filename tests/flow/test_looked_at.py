"""Functions that are handed to what looks at them, or shows them, and calls none: they are not run there."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

ASK = "const ask = () => fetch('https://a.test/x');\nconst tasks = [ask];\nconst table = { ask };\n"


def asked(code: str) -> list[tuple[int, int | None]]:
    """The bounds of each request of the one program."""
    inventory = audited({"main.ts": ASK + code})
    return [(reach.min, reach.max) for entry in inventory.entries for reach in entry.reaches]


@pytest.mark.parametrize(
    "code",
    [
        "Array.isArray(tasks);",
        "Array.isArray([() => ask()]);",
        "Object.hasOwn(table, 'ask');",
        "Object.getOwnPropertyNames(table);",
        "Reflect.ownKeys({ f: () => ask() });",
        "JSON.stringify(table);",
        "console.table([() => ask()]);",
        "Boolean(ask);",
        "String(() => ask());",
        "Number.isFinite(ask as any);",
        "[1].includes(ask as any);",
        "new Map().has(() => ask());",
    ],
)
def test_looking_at_a_function_does_not_run_it(code: str) -> None:
    assert asked(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "async function run(all: any) { if (!Array.isArray(all)) return; for (let n = 0; n < all.length; n++) await all[n](); } run(tasks);",
        "async function run(all: any) { if (!all || !Array.isArray(all)) throw new Error('x'); for (const one of all) await one(); } run([() => ask()]);",
    ],
)
def test_a_list_that_is_looked_at_first_runs_once(code: str) -> None:
    assert asked(code) == [(1, 1)]


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("const kept = new Set([() => ask()]); for (const one of kept) one();", (0, 1)),
        ("const made = {}; Object.defineProperty(made, 'ask', { value: () => ask() });", (0, 1)),
        ("Array.from([1, 2], () => ask());", (2, 2)),
        ("new Thing([() => ask()]);", (0, 1)),
    ],
)
def test_what_keeps_functions_or_is_not_known_may_run_them(code: str, bounds: tuple[int, int]) -> None:
    assert asked(code) == [bounds]


LISTED = """
async function load(ids: any) {
  const all = Array.isArray(ids) ? ids : [ids];
  for (const id of all) await fetch('https://a.test/x', { body: String(id) });
}
"""


@pytest.mark.parametrize(
    ("call", "bounds"),
    [
        ("load([1, 2, 3]);", (3, 3)),
        ("load('one');", (1, 1)),
        ("load({ id: 1 });", (1, 1)),
        ("load(JSON.parse(process.argv[2]));", (0, None)),
        ("load(process.argv[2] ? [1, 2] : 3);", (0, None)),
    ],
)
def test_what_is_known_to_be_a_list_is_taken_for_one(call: str, bounds: tuple[int, int | None]) -> None:
    inventory = audited({"main.ts": LISTED + call})
    ((low, high),) = {(reach.min, reach.max) for entry in inventory.entries for reach in entry.reaches}
    assert (low, high) == bounds


LOOK = "async function run(all: any, n: any) {{ if ({}) return; await fetch('https://a.test/x'); }} run(JSON.parse(process.argv[2]), JSON.parse(process.argv[3]));"


@pytest.mark.parametrize(
    "test",
    ["Array.isArray(all)", "!Array.isArray(all)", "all === null || Array.isArray(all)", "!(n && Array.isArray(all))"],
)
def test_what_a_test_makes_of_something_unknown_may_be_either(test: str) -> None:
    inventory = audited({"main.ts": LOOK.format(test)})
    assert [(reach.min, reach.max) for entry in inventory.entries for reach in entry.reaches] == [(0, 1)]


@pytest.mark.parametrize(("test", "bounds"), [("Array.isArray([n])", []), ("Array.isArray({ n })", [(1, 1)])])
def test_what_is_known_to_be_a_list_or_none_opens_one_way(test: str, bounds: list[tuple[int, int]]) -> None:
    inventory = audited({"main.ts": LOOK.format(test)})
    assert [(reach.min, reach.max) for entry in inventory.entries for reach in entry.reaches] == bounds
