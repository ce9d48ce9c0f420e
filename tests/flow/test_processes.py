"""Which modules a process loads when it starts, and which only on demand."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, run

PART = 'await fetch("https://a.test/part");'
SURE = {
    "an import": 'import "./part";',
    "an export": 'export * from "./part";',
    "require": 'require("./part");',
    "a variable": 'const part = await import("./part"); console.log(part);',
}
PERHAPS = {
    "a branch": 'if (process.argv[2]) { await import("./part"); }',
    "a condition": 'process.argv[2] && require("./part");',
    "a computed path": "await import(`./pa${process.argv[2]}`);",
    "a function": 'export const start = async () => { await import("./part"); };',
}


@pytest.mark.parametrize("name", SURE)
def test_what_is_loaded_at_once(name: str) -> None:
    assert run(SURE[name], {"part.ts": PART}) == {"GET a.test/part": (1, 1)}


@pytest.mark.parametrize("name", PERHAPS)
def test_what_may_be_loaded(name: str) -> None:
    assert run(PERHAPS[name], {"part.ts": PART}) == {"GET a.test/part": (0, 1)}


@pytest.mark.parametrize("name", [*SURE, *PERHAPS])
def test_what_another_module_loads_is_no_script(name: str) -> None:
    found = audited({"main.ts": {**SURE, **PERHAPS}[name], "part.ts": PART})
    assert [item.name for item in found.entries] == ["main.ts"]


def test_types_load_nothing() -> None:
    files = {"main.ts": 'import type { Part } from "./part";', "part.ts": f"export type Part = string; {PART}"}
    assert called(audited(files), "script", "part.ts") == {"GET a.test/part": (1, 1)}
    assert [item.name for item in audited(files).entries] == ["part.ts"]


def test_what_is_copied_into_an_object_is_not_called_by_it() -> None:
    source = """
        function load() { return fetch("https://a.test/one"); }
        export const named = Object.assign(load, { title: "load" });
        """
    assert run(source) == {}
    assert run(source + "named();") == {"GET a.test/one": (1, 1)}
