"""Objects of the program that loops go over."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

PAGE = "await (await fetch('https://a.test/pages')).json()"
PROGRAMS = {
    "a class": (
        f"class Pages {{ async *[Symbol.asyncIterator]() {{ while (true) {{ const page = {PAGE}; if (!page.length) return; yield page; }} }} }} for await (const page of new Pages()) console.log(page);",
        {"GET a.test/pages": (1, None)},
    ),
    "an object": (
        f"const pages = {{ async *[Symbol.asyncIterator]() {{ yield {PAGE}; yield {PAGE}; }} }}; for await (const page of pages) {{}}",
        {"GET a.test/pages": (2, 2)},
    ),
    "not awaited": (
        "class Asked { *[Symbol.iterator]() { yield fetch('https://a.test/pages'); } } for (const answer of new Asked()) console.log(await answer);",
        {"GET a.test/pages": (1, 1)},
    ),
    "its own iterator": (
        f"class Pages {{ [Symbol.asyncIterator]() {{ return this; }} async next() {{ const value = {PAGE}; return {{ value, done: !value.length }}; }} }} for await (const page of new Pages()) {{}}",
        {"GET a.test/pages": (1, None)},
    ),
    "an iterator that it makes": (
        f"const pages = {{ [Symbol.asyncIterator]: () => ({{ next: async () => ({{ value: {PAGE}, done: false }}) }}) }}; for await (const page of pages) console.log(page);",
        {"GET a.test/pages": (1, None)},
    ),
    "what a function gives": (
        f"const list = () => ({{ async *[Symbol.asyncIterator]() {{ yield {PAGE}; }} }}); async function main() {{ for await (const page of list()) await fetch('https://b.test/saved'); }} main();",
        {"GET a.test/pages": (1, 1), "GET b.test/saved": (0, None)},
    ),
    "one of two": (
        f"class Pages {{ async *[Symbol.asyncIterator]() {{ yield {PAGE}; }} }} class Other {{ async *[Symbol.asyncIterator]() {{ yield await fetch('https://b.test/pages'); }} }} const pages = process.argv[2] ? new Pages() : new Other(); for await (const page of pages) console.log(page);",
        {"GET a.test/pages": (0, 1), "GET b.test/pages": (0, 1)},
    ),
    "one that is asked for each, or a list": (
        f"class Pages {{ [Symbol.asyncIterator]() {{ return this; }} async next() {{ const value = {PAGE}; return {{ value, done: !value.length }}; }} }} const pages = process.argv[2] ? new Pages() : [1, 2]; for await (const page of pages) console.log(page);",
        {"GET a.test/pages": (0, None)},
    ),
    "by hand": (
        f"class Pages {{ async *[Symbol.asyncIterator]() {{ yield {PAGE}; }} }} await new Pages()[Symbol.asyncIterator]().next();",
        {"GET a.test/pages": (1, 1)},
    ),
}
NONE = {
    "nobody goes over it": f"class Pages {{ async *[Symbol.asyncIterator]() {{ yield {PAGE}; }} }} console.log(new Pages());",
    "another symbol": f"class Pages {{ async [Symbol.asyncDispose]() {{ {PAGE}; }} }} for (const page of [new Pages()]) console.log(page);",
    "its keys": "class Pages { *[Symbol.iterator]() { yield fetch('https://a.test/pages'); } } for (const name in new Pages()) console.log(name);",
}


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_a_loop_asks_what_it_goes_over(name: str) -> None:
    source, expected = PROGRAMS[name]
    assert run(source) == expected


@pytest.mark.parametrize("name", cases(NONE))
def test_nothing_else_does(name: str) -> None:
    assert run(NONE[name]) == {}
