"""A function that waits and starts itself again is one round, whatever its data decide in that."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

HEAD = "const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms)); const list: string[] = JSON.parse(process.argv[2]);\n"
ASK = "const res = await fetch('https://a.test/one');"
ANY = {
    "a loop over data": f"async function f() {{ for (const x of list) {{ {ASK} }} await sleep(1000); return f(); }} await f();",
    "while something holds": f"async function f() {{ while (list.includes('a')) {{ {ASK} }} await sleep(1000); await f(); }} await f();",
}
ONE = {
    "one call": f"async function f() {{ {ASK} await sleep(1000); return f(); }} await f();",
}


@pytest.mark.parametrize("name", cases(ANY))
def test_how_much_one_round_asks_is_not_known(name: str) -> None:
    assert run(HEAD + ANY[name]) == {"GET a.test/one": (0, None)}


@pytest.mark.parametrize("name", cases(ONE))
def test_one_round_is_told(name: str) -> None:
    assert run(HEAD + ONE[name]) == {"GET a.test/one": (1, 1)}
