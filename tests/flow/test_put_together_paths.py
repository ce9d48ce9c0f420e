"""Modules that are loaded by a path which code puts together first."""

from __future__ import annotations

import pytest

from tests.projects import audited, brief, called, entry

PARTS = {
    "src/steps/one/one-step.ts": "export default () => fetch('https://a.test/one'); export const name = 'one';",
    "src/steps/two/two-step.ts": "export default () => fetch('https://a.test/two');",
    "src/steps/two/other.ts": "export default () => fetch('https://a.test/other');",
}
BOTH = {"GET a.test/one": (0, None), "GET a.test/two": (0, None)}


@pytest.mark.parametrize(
    "loading",
    [
        "const path = `${__dirname}/steps/${name}/${name}-step.ts`; const step = await import(path); step.default();",
        "const path = __dirname + '/steps/' + name + '/' + name + '-step'; const step = require(path); step.default();",
        "const step = require(join(__dirname, 'steps', name, `${name}-step.js`)); step.default();",
        "const at = `${__dirname}/steps/`; const p = `${at}${name}/${name}-step.${end}`; (await import(p)).default();",
        "const step = await load(`./steps/${name}/${name}-step`); step.default();",
        "require('./steps/' + name + '/' + name + '-step').default();",
    ],
)
def test_what_fits_is_loaded(loading: str) -> None:
    files = {
        "src/main.ts": f"""
import {{ join }} from "node:path";
import {{ existsSync, readdirSync }} from "node:fs";
const end = process.env.NODE_ENV === "production" ? "js" : "ts";
async function load(path: string): Promise<any> {{ try {{ return await import(path); }} catch {{ return undefined; }} }}
async function main() {{
  for (const name of readdirSync("steps")) {{ {loading} }}
}}
main();
""",
        **PARTS,
    }
    assert brief(entry(audited(files), "src/main.ts", "script")) == BOTH


@pytest.mark.parametrize(
    "loading",
    [
        "const path = `/opt/steps/${name}-step`; const step = await import(path); step.default();",
        "const path = process.argv[2]; const step = await import(path); step.default();",
        "const path = `${__dirname}/tasks/${name}`; const step = await import(path); step.default();",
        "const path = join('steps', name, `${name}-step`); const step = await import(path); step.default();",
    ],
)
def test_what_is_not_known_to_lie_beside_it_is_not(loading: str) -> None:
    files = {
        "src/main.ts": f"""
import {{ join }} from "node:path";
async function main(name: string) {{ {loading} await fetch("https://a.test/main"); }}
main("one");
""",
        **PARTS,
    }
    assert brief(entry(audited(files), "src/main.ts", "script")) == {"GET a.test/main": (1, 1)}


def test_routes_of_modules_in_a_folder() -> None:
    files = {
        "src/app.js": """
const express = require("express");
const fs = require("fs");
const path = require("path");
const app = express();
const folder = path.join(__dirname, "routes");
fs.readdirSync(folder).forEach((file) => { require(path.join(folder, file))(app); });
app.listen(3000);
""",
        "src/routes/users.js": "module.exports = (app) => app.get('/users', () => fetch('https://a.test/users'));",
    }
    assert called(audited(files), "route", "GET /users") == {"GET a.test/users": (1, 1)}
