"""What is looked up under a key that is not known is any of what the map or the object was made with."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

TOOLS = """
const a = { name: 'a', execute: async () => { await fetch('https://x.test/a'); } };
const b = { name: 'b', execute: async () => { await fetch('https://x.test/b'); } };
const all = [a, b];
const asked = process.argv[2];
"""
EITHER = {"GET x.test/a": (0, 1), "GET x.test/b": (0, 1)}

REGISTRIES = {
    "map": "const tool = new Map([['a', a], ['b', b]]).get(asked); if (tool) await tool.execute();",
    "map of a list": "const tools = new Map(all.map((t) => [t.name, t] as const)); await tools.get(asked)?.execute();",
    "map of pairs": "const pairs = all.map((t) => [t.name, t]); const tools = new Map(pairs); await tools.get(asked)!.execute();",
    "map of some": "const tools = new Map(all.filter((t) => t.name !== process.env.HIDDEN).map((t) => [t.name, t])); await tools.get(asked).execute();",
    "map of functions": "const tools = new Map([['a', a.execute], ['b', b.execute]]); await tools.get(asked)();",
    "map of an object": "const tools = new Map(Object.entries({ a, b })); await tools.get(asked).execute();",
    "map with other keys": "const tools = new Map(all.map((t) => [hash(t.name), t])); await tools.get(hash(asked)).execute();",
    "either of two lists": "const more = JSON.parse(asked); const list = more.length ? [...all, ...more] : all; const tools = new Map(list.map((t) => [t.name, t])); await tools.get(asked).execute();",
    "object of pairs": "const tools = Object.fromEntries(all.map((t) => [t.name, t])); await tools[asked].execute();",
    "object of a map": "const tools = Object.fromEntries(new Map([['a', a], ['b', b]])); await tools[asked].execute();",
    "taken apart": "const { execute } = new Map([['a', a], ['b', b]]).get(asked); await execute();",
    "handed over": "async function run(name: string, tools: Map<string, any>) { const tool = tools.get(name); if (!tool) return; await tool.execute(); }\nawait run(asked, new Map(all.map((t) => [t.name, t])));",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(REGISTRIES))
def test_an_unknown_key(name: str) -> None:
    assert run(TOOLS + REGISTRIES[name]) == EITHER


KNOWN = {
    "map": "const tools = new Map(all.map((t) => [t.name, t])); await tools.get('a')!.execute();",
    "map of functions": "const tools = new Map([['a', a.execute], ['b', b.execute]]); await tools.get('a')();",
    "object of pairs": "const tools = Object.fromEntries(all.map((t) => [t.name, t])); await tools.a.execute();",
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_key(name: str) -> None:
    assert run(TOOLS + KNOWN[name]) == {"GET x.test/a": (1, 1)}


def test_what_a_map_is_made_with_is_not_called_by_that() -> None:
    assert run(TOOLS + "const tools = new Map([['a', a.execute]]); console.log(tools.size);") == {}


RACES = [
    "const list = await Promise.race([load(), new Promise((_, no) => setTimeout(no, 5000))]);",
    "const list = await Promise.any([load()]);",
    "const list = await within(load(), 5000);\nasync function within<T>(work: Promise<T>, ms: number): Promise<T> { return Promise.race([work, new Promise<never>((_, no) => setTimeout(no, ms))]); }",
]


@pytest.mark.parametrize("race", RACES)
def test_a_race_gives_what_one_of_its_promises_does(race: str) -> None:
    source = f"{TOOLS}async function load() {{ return a; }}\n{race}\nawait list.execute();"
    assert run(source) == {"GET x.test/a": (1, 1)}
