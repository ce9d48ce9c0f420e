"""Functions that platforms serve: files of a folder, handlers of a configuration, workers."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, entry, routes

PACKAGE = {"package.json": '{"name": "x"}'}
VERCEL = {**PACKAGE, "vercel.json": "{}"}
NETLIFY = {**PACKAGE, "netlify.toml": '[build]\npublish = "dist"\n'}
ASK = "await fetch('https://a.test/one');"
NODE = f"export default async function handler(req, res) {{ {ASK} res.end(); }}"

FILES: dict[str, tuple[dict[str, str], str, str]] = {
    "vercel": (VERCEL, "api/hello.ts", "ANY /api/hello"),
    "vercel index": (VERCEL, "api/users/index.js", "ANY /api/users"),
    "vercel dynamic": (VERCEL, "api/users/[id].mjs", "ANY /api/users/[id]"),
    "vercel by its package": ({"package.json": '{"dependencies": {"@vercel/node": "3"}}'}, "api/hello.ts", "ANY /api/hello"),
    "vercel in a workspace": ({"package.json": '{"workspaces": ["web"]}', "web/package.json": "{}", "web/vercel.json": "{}"}, "web/api/hello.ts", "ANY /api/hello"),
    "netlify": (NETLIFY, "netlify/functions/hello.ts", "ANY /.netlify/functions/hello"),
    "netlify folder": (NETLIFY, "netlify/functions/hello/hello.ts", "ANY /.netlify/functions/hello"),
    "netlify elsewhere": ({**PACKAGE, "netlify.toml": '[functions]\ndirectory = "lambda"\n'}, "lambda/hello.ts", "ANY /.netlify/functions/hello"),
    "no platform": (PACKAGE, "api/hello.ts", ""),
    "another folder": (VERCEL, "lib/hello.ts", ""),
    "private file": (VERCEL, "api/_hello.ts", ""),
    "private folder": (VERCEL, "api/_lib/hello.ts", ""),
    "netlify, too deep": (NETLIFY, "netlify/functions/hello/lib/ask.ts", ""),
    "next serves no api folder": ({"package.json": '{"dependencies": {"next": "14.0.0"}}', "vercel.json": "{}", "pages/index.js": "export default () => null;"}, "api/hello.ts", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(FILES))
def test_the_path_of_a_function_s_file(name: str) -> None:
    files, path, where = FILES[name]
    inventory = audited({**files, path: NODE})
    assert routes(inventory) == ({where} if where else set())
    if where:
        assert called(inventory, "route", where).keys() == {"GET a.test/one"}


HANDLERS: dict[str, tuple[dict[str, str], str, set[str]]] = {
    "of node": (VERCEL, NODE, {"ANY"}),
    "wrapped": (VERCEL, f"const wrap = (f) => async (req, res) => res.json(await f(req));\nexport default wrap(async () => {{ {ASK} }});", {"ANY"}),
    "one of two": (VERCEL, f"const wrap = (f) => {{ const a = async (req, res) => f(req); const b = async (event) => f(event); return process.env.X ? a : b; }};\nexport default wrap(async () => {{ {ASK} }});", {"ANY"}),
    "of the web": (VERCEL, f"export async function GET(request) {{ {ASK} }}\nexport const POST = async () => {{ {ASK} }};", {"GET", "POST"}),
    "commonjs": (VERCEL, f"module.exports = async (req, res) => {{ {ASK} }};", {"ANY"}),
    "asks for its method": (VERCEL, f"export default async function h(req, res) {{ if (req.method !== 'POST') return res.status(405).end(); {ASK} }}", {"POST"}),
    "netlify's": (NETLIFY, f"export const handler = async (event) => {{ {ASK} }};", {"ANY"}),
    "netlify's method": (NETLIFY, f"export const handler = async (event) => {{ if (event.httpMethod !== 'POST') return {{ statusCode: 405 }}; {ASK} }};", {"POST"}),
    "netlify's of the web": (NETLIFY, f"export default async (request) => {{ if (request.method === 'GET') {{ {ASK} }} }};", {"GET"}),
    "no function": (VERCEL, "export const config = { runtime: 'edge' };", set()),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(HANDLERS))
def test_spellings_of_a_function(name: str) -> None:
    files, source, methods = HANDLERS[name]
    folder, path = ("api", "/api/x") if files is VERCEL else ("netlify/functions", "/.netlify/functions/x")
    inventory = audited({**files, f"{folder}/x.js": source})
    assert routes(inventory) == {f"{method} {path}" for method in methods}
    assert all(called(inventory, "route", f"{method} {path}").keys() == {"GET a.test/one"} for method in methods)


def test_a_redirect_of_netlify_leads_to_its_functions() -> None:
    redirects = (
        '[[redirects]]\nfrom = "/api/*"\nto = "/.netlify/functions/:splat"\n[[redirects]]\nfrom = "/old"\nto = "/new"\n'
    )
    page = "export async function load() { await fetch('/api/hello'); }\nload();"
    files = {**PACKAGE, "netlify.toml": redirects, "netlify/functions/hello.js": NODE, "src/main.js": page}
    inventory = audited(files)
    assert routes(inventory) == {"ANY /api/hello", "ANY /.netlify/functions/hello"}


def test_a_function_of_netlify_may_say_its_path() -> None:
    inventory = audited(
        {**NETLIFY, "netlify/functions/hello.js": f"{NODE}\nexport const config = {{ path: '/greet' }};"}
    )
    assert routes(inventory) == {"ANY /greet"}


SERVERLESS: dict[str, tuple[str, str]] = {
    "text": ("- httpApi: GET /hello", "GET /hello"),
    "object": ("- httpApi: { method: post, path: /hello }", "POST /hello"),
    "of the older gateway": ("- http: { method: get, path: 'hello/{id}' }", "GET /hello/{id}"),
    "any method": ("- http: { method: any, path: /hello }", "ANY /hello"),
    "all": ("- httpApi: '*'", "ANY /"),
    "a queue": ("- sqs: arn:aws:sqs:x", ""),
}


@pytest.mark.parametrize("name", cases(SERVERLESS))
def test_events_of_the_serverless_framework(name: str) -> None:
    event, where = SERVERLESS[name]
    config = f"functions:\n  hello:\n    handler: src/hello.main\n    events:\n      {event}\n"
    inventory = audited(
        {**PACKAGE, "serverless.yml": config, "src/hello.ts": f"export const main = async (event) => {{ {ASK} }};"}
    )
    assert routes(inventory) == ({where} if where else set())
    if where:
        assert called(inventory, "route", where).keys() == {"GET a.test/one"}


def test_a_handler_that_is_not_there_is_said() -> None:
    config = "functions:\n  hello:\n    handler: src/gone.main\n    events:\n      - httpApi: GET /hello\n"
    inventory = audited({**PACKAGE, "serverless.yml": config, "src/a.ts": "export {};"})
    assert [(item.file, item.line) for item in inventory.unknowns] == [("serverless.yml", 5)]


WORKERS: dict[str, tuple[str, set[str]]] = {
    "one answer": (f"export default {{ async fetch(request, env) {{ {ASK} return new Response(''); }} }};", {"ANY /*"}),
    "a const": (f"const worker = {{ fetch: async (request) => {{ {ASK} }} }};\nexport default worker;", {"ANY /*"}),
    "by path": (f"export default {{ async fetch(request) {{ const url = new URL(request.url); if (url.pathname === '/one') {{ {ASK} }} return new Response(''); }} }};", {"ANY /one"}),
    "by method": (f"export default {{ async fetch(request) {{ if (request.method !== 'POST') return new Response('', {{ status: 405 }}); {ASK} }} }};", {"POST /*"}),
    "through this": (f"export default {{ async fetch(request) {{ return this.ask(); }}, async ask() {{ {ASK} }} }};", {"ANY /*"}),
    "no fetch": ("export default { async queue(batch) {} };", set()),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(WORKERS))
def test_workers(name: str) -> None:
    source, expected = WORKERS[name]
    inventory = audited({**PACKAGE, "wrangler.toml": 'name = "w"\nmain = "src/index.ts"\n', "src/index.ts": source})
    assert routes(inventory) == expected
    assert all(called(inventory, "route", one).keys() == {"GET a.test/one"} for one in expected)


def test_a_worker_that_a_router_serves_has_the_routes_of_the_router() -> None:
    source = f"import {{ Hono }} from 'hono';\nconst app = new Hono();\napp.get('/one', async (c) => {{ {ASK} }});\nexport default app;"
    package = {"package.json": '{"name": "x", "dependencies": {"hono": "4"}}'}
    inventory = audited({**package, "wrangler.toml": 'main = "src/index.ts"\n', "src/index.ts": source})
    assert routes(inventory) == {"GET /one"}


def test_one_of_two_handlers_answers() -> None:
    files, source, _ = HANDLERS["one of two"]
    assert called(audited({**files, "api/x.js": source}), "route", "ANY /api/x") == {"GET a.test/one": (1, 1)}


def test_a_function_runs_on_a_server() -> None:
    inventory = audited({**VERCEL, "api/hello.ts": NODE})
    assert entry(inventory, "ANY /api/hello", "route").origin == "server"
