"""`?.` gives nothing where what stands before it is absent."""

from __future__ import annotations

import pytest

from tests.projects import run

KNOWN = {"GET a.test/": (1, 1)}
PERHAPS = {"GET a.test/": (0, 1)}


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("(await read('k'))?.map((one) => one.id)", PERHAPS),
        ("(await read('k'))?.items.map((one) => one.id)", PERHAPS),
        ("(await read('k'))?.items?.flatMap((one) => one.ids)", PERHAPS),
        ("(await read('k'))?.items['of'].map((one) => one.id)", PERHAPS),
        ("(await read('k')).map((one) => one.id)", {}),  # else it throws
        ("['a', 'b']?.map((one) => one + 1)", {}),
    ],
)
def test_what_a_cut_chain_gives_is_asked_for(kept: str, asked: dict[str, tuple[int, int]]) -> None:
    source = f"""
import {{ read }} from "./store";
let items = {kept};
if (!items) items = await (await fetch("https://a.test/")).json();
console.log(items);
"""
    assert run(source, {"store.ts": "export declare function read(key: string): Promise<any>;"}) == asked


@pytest.mark.parametrize("spelling", ["list?.map(load)", "list.map(load)", "list?.filter(Boolean)?.map(load)"])
def test_what_is_there_is_walked(spelling: str) -> None:
    source = f"""
const load = (id: string) => fetch(`https://a.test/${{id}}`);
const list = ["x", "y"];
await Promise.all({spelling} ?? []);
"""
    assert run(source) == {"GET a.test/x": (1, 1), "GET a.test/y": (1, 1)}
