"""Modules that a server loads by a computed path, and tables of many functions."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, run

MANY = 20
NAMES = [f"r{number}" for number in range(MANY)]


def _server(path: str, ending: str, call: str = "const { load } = await import(PATH); return load();") -> Files:
    files = {
        "server.ts": f"""
import express from "express";
const app = express();
app.get("/:name", async (req, res) => {{
  const name = req.params.name;
  {call.replace("PATH", path)}
}});
app.listen(3000);
"""
    }
    for name in NAMES:
        files[f"parts/{name}.{ending}"] = f"export const load = () => fetch('https://a.test/{name}');"
    return files


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("`./parts/${name}.js`", "ts"),
        ("`./parts/${name}.js`", "js"),
        ("`./parts/${name}.js`", "tsx"),
        ("`./parts/${name}.mjs`", "mts"),
        ("`./parts/${name}.ts`", "ts"),
        ("`./parts/${name}`", "ts"),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        "const { load } = await import(PATH); return load();",
        "const part = await import(PATH); return part.load();",
    ],
)
def test_every_module_that_the_path_fits_is_called(path: str, ending: str, call: str) -> None:
    """However many they are: one of them answers."""
    found = audited(_server(path, ending, call))
    assert called(found, "route", "GET /:name") == {f"GET a.test/{name}": (0, 1) for name in NAMES}


@pytest.mark.parametrize(("path", "ending"), [("`./parts/${name}.mjs`", "ts"), ("`./parts/${name}.ts`", "js")])
def test_another_ending_is_another_file(path: str, ending: str) -> None:
    source = _server(path, ending)
    if ending == "ts":  # what `.mjs` may stand for, and a module that it may not
        source = {
            name.replace(".ts", ".cts") if name.startswith("parts") else name: text for name, text in source.items()
        }
    assert called(audited(source), "route", "GET /:name") == {}


def test_a_table_of_many_functions() -> None:
    table = ", ".join(f"{name}: () => fetch('https://a.test/{name}')" for name in NAMES)
    assert run(f"const table = {{ {table} }}; await table[process.argv[2]]();") == {
        f"GET a.test/{name}": (0, 1) for name in NAMES
    }


@pytest.mark.parametrize(
    ("written", "loaded"),
    [
        ('export { type One, type Other } from "./types";', False),
        ('export type { One } from "./types";', False),
        ('import { type One } from "./types";', False),
        ('export { type One, two } from "./types";', True),
        ('export * from "./types";', True),
    ],
)
def test_what_is_exported_as_a_type_loads_nothing(written: str, loaded: bool) -> None:
    types = (
        "fetch('https://a.test/started'); export type One = string; export type Other = string; export const two = 2;"
    )
    found = run(f"{written}\nfetch('https://a.test/own');", {"types.ts": types})
    assert ("GET a.test/started" in found) == loaded
    assert found["GET a.test/own"] == (1, 1)
