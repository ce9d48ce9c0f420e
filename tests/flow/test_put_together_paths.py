"""Modules that are loaded by a path which code puts together first."""

from __future__ import annotations

import pytest

from tests.projects import audited, brief, called, entry

PARTS = {
    "src/jobs/one/oneJob.ts": "export default () => fetch('https://a.test/one'); export const name = 'one';",
    "src/jobs/two/twoJob.ts": "export default () => fetch('https://a.test/two');",
    "src/jobs/two/other.ts": "export default () => fetch('https://a.test/other');",
}
BOTH = {"GET a.test/one": (0, None), "GET a.test/two": (0, None)}


@pytest.mark.parametrize(
    "loading",
    [
        "const path = `${__dirname}/jobs/${name}/${name}Job.ts`; const job = await import(path); job.default();",
        "const path = __dirname + '/jobs/' + name + '/' + name + 'Job'; const job = require(path); job.default();",
        "const job = require(join(__dirname, 'jobs', name, `${name}Job.js`)); job.default();",
        "const to = `${__dirname}/jobs/`; const p = `${to}${name}/${name}Job.${suffix}`; (await import(p)).default();",
        "const job = await load(`./jobs/${name}/${name}Job`); job.default();",
        "require('./jobs/' + name + '/' + name + 'Job').default();",
    ],
)
def test_what_fits_is_loaded(loading: str) -> None:
    files = {
        "src/main.ts": f"""
import {{ join }} from "node:path";
import {{ existsSync, readdirSync }} from "node:fs";
const suffix = process.env.NODE_ENV === "production" ? "js" : "ts";
async function load(path: string): Promise<any> {{ try {{ return await import(path); }} catch {{ return undefined; }} }}
async function main() {{
  for (const name of readdirSync("jobs")) {{ {loading} }}
}}
main();
""",
        **PARTS,
    }
    assert brief(entry(audited(files), "src/main.ts", "script")) == BOTH


@pytest.mark.parametrize(
    "loading",
    [
        "const path = `/opt/jobs/${name}Job`; const job = await import(path); job.default();",
        "const path = process.argv[2]; const job = await import(path); job.default();",
        "const path = `${__dirname}/tasks/${name}`; const job = await import(path); job.default();",
        "const path = join('jobs', name, `${name}Job`); const job = await import(path); job.default();",
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
