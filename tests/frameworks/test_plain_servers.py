"""Servers of Node, Bun and Deno that no framework stands around."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, routes

ASK = "await fetch('https://a.test/one');"
ASKED = {"GET a.test/one": (1, 1)}
BY_PATH = {
    "Bun": f"Bun.serve({{ port: 1, async fetch(req) {{ const url = new URL(req.url); if (url.pathname === '/x') {{ {ASK} }} return new Response(''); }} }});",
    "Bun, imported": f"import {{ serve }} from 'bun'; serve({{ fetch: async (req) => {{ if (new URL(req.url).pathname === '/x') {{ {ASK} }} return new Response(''); }} }});",
    "Deno": f"Deno.serve({{ port: 1 }}, async (req) => {{ const {{ pathname }} = new URL(req.url); if (pathname === '/x') {{ {ASK} }} return new Response(''); }});",
    "Deno, alone": f"Deno.serve(async (req) => {{ const {{ pathname }} = new URL(req.url); if (pathname === '/x') {{ {ASK} }} return new Response(''); }});",
    "Deno, an option": f"Deno.serve({{ handler: async (req) => {{ if (new URL(req.url).pathname === '/x') {{ {ASK} }} return new Response(''); }} }});",
    "a table": f"Bun.serve({{ routes: {{ '/x': async (req) => {{ {ASK} return new Response(''); }}, '/still': new Response('') }} }});",
}
EVERY_PATH = {
    "Node": f"import http from 'node:http'; http.createServer(async (req, res) => {{ {ASK} res.end(); }}).listen(1);",
    "Bun": f"Bun.serve({{ async fetch(req) {{ {ASK} return new Response(''); }} }});",
    "Deno": f"Deno.serve(async (req) => {{ {ASK} return new Response(''); }});",
    "Deno's standard library": f"import {{ serve }} from 'https://deno.land/std@0.168.0/http/server.ts'; serve(async (req) => {{ {ASK} return new Response(''); }});",
    "Deno's, after an address": f"import * as http from 'https://deno.land/std/http/server.ts'; http.listenAndServe(':80', async (req) => {{ {ASK} return new Response(''); }});",
}


@pytest.mark.parametrize("name", BY_PATH)
def test_servers_that_know_paths(name: str) -> None:
    inventory = audited({"main.ts": BY_PATH[name]})
    assert routes(inventory) == {"ANY /x"}
    assert called(inventory, "route", "ANY /x") == ASKED
    assert not [one for one in inventory.entries if one.kind == "script"]


@pytest.mark.parametrize("name", EVERY_PATH)
def test_servers_that_answer_everything_alike(name: str) -> None:
    inventory = audited({"main.ts": EVERY_PATH[name]})
    assert called(inventory, "route", "ANY /*") == ASKED


def test_tables_by_method() -> None:
    code = f"Bun.serve({{ routes: {{ '/x/:id': {{ GET: async (req) => {{ {ASK} return new Response(''); }}, PUT: async () => new Response('') }} }} }});"
    inventory = audited({"main.ts": code})
    assert routes(inventory) == {"GET /x/:id", "PUT /x/:id"}
    assert called(inventory, "route", "GET /x/:id") == ASKED


SILENT = {
    "another server's handler": "import http from 'http'; import express from 'express'; const app = express(); app.get('/y', (q, s) => s.end()); http.createServer((req, res) => app(req, res)).listen(1);",
    "it asks nothing": "Bun.serve({ fetch: (req) => new Response('') });",
    "another object's method": f"const Bun = make(); Bun.serve({{ async fetch(req) {{ {ASK} return new Response(''); }} }});",
}


@pytest.mark.parametrize("name", SILENT)
def test_servers_that_ask_nothing_are_no_routes_of_their_own(name: str) -> None:
    assert "ANY /*" not in routes(audited({"main.ts": SILENT[name]}))


HOST = "import { serve } from 'https://deno.land/std@0.224.0/http/server.ts';\n"
FUNCTIONS = {
    "all paths": (f"Deno.serve(async (req) => {{ {ASK} return new Response(''); }});", "ANY /functions/v1/sum/*"),
    "all paths, imported": (
        HOST + f"serve(async (req) => {{ {ASK} return new Response(''); }});",
        "ANY /functions/v1/sum/*",
    ),
    "a path": (
        f"Deno.serve(async (req) => {{ if (new URL(req.url).pathname === '/sum/x') {{ {ASK} }} return new Response(''); }});",
        "ANY /functions/v1/sum/x",
    ),
    "a path of its own": (
        HOST
        + f"serve(async (req) => {{ const {{ pathname }} = new URL(req.url); if (pathname === '/x') {{ {ASK} }} return new Response(''); }});",
        "ANY /functions/v1/sum/x",
    ),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_a_service_stand_below_their_names(name: str) -> None:
    """An app beside them asks its own origin for something else, which nothing answers."""
    code, route = FUNCTIONS[name]
    page = "'use client';\nexport default () => <button onClick={() => fetch('/api/gone', { method: 'POST' })} />;"
    app = {"package.json": '{"dependencies": {"next": "15.0.0"}}', "app/page.tsx": page}
    inventory = audited({**app, "supabase/functions/sum/index.ts": code})
    assert routes(inventory) == {route}
    assert called(inventory, "route", route) == ASKED
    assert not [one.internal_route for one in inventory.calls if one.internal_route]
    assert routes(audited({**app, "supabase/functions/_shared/index.ts": code})) != {route}
    elsewhere = routes(audited({"functions/sum/main.ts": code}))
    assert elsewhere == {route.replace("/functions/v1/sum", "/sum" if "'/sum/x'" in code else "")}
