"""Modules that are started: as nobody else loads them, or as package.json says so."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

ASK = 'export async function ask() { await fetch("https://a.test/x"); }'
OTHER = 'import { ask } from "./example"; export const again = ask;'
CALLS = {
    "a call": ("ask();", (1, 1)),
    "an async main": ("const main = async () => { await ask(); }; main().catch(console.error);", (1, 1)),
    "when it is the main module": ("if (require.main === module) { ask(); }", (0, 1)),
}


def scripts(files: Files) -> list[str]:
    return [item.name for item in audited(files).entries if item.kind == "script"]


@pytest.mark.parametrize("name", CALLS)
def test_a_module_that_nobody_loads_is_a_script(name: str) -> None:
    call, bounds = CALLS[name]
    files = {"examples/example.ts": f"{ASK} {call}"}
    assert called(audited(files), "script", "examples/example.ts") == {"GET a.test/x": bounds}


@pytest.mark.parametrize("command", ["ts-node example.ts", "node dist/example.js", "FOO=1 tsx ./example.ts --once"])
@pytest.mark.parametrize("name", CALLS)
def test_a_module_that_package_json_starts_is_a_script(name: str, command: str) -> None:
    call, bounds = CALLS[name]
    files = {
        "package.json": f'{{"scripts": {{"example": "{command}"}}}}',
        "example.ts": f"{ASK} {call}",
        "other.ts": OTHER,
    }
    assert called(audited(files), "script", "example.ts") == {"GET a.test/x": bounds}


def test_a_module_that_others_load_is_none() -> None:
    assert scripts({"example.ts": f"{ASK} ask();", "other.ts": OTHER}) == ["other.ts"]
    assert scripts({"example.ts": ASK, "other.ts": OTHER}) == []
