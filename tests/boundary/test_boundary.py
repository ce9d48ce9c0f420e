"""Requests to the repository's own routes are followed into their handlers."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from callaudit.inventory.store import store
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.report.rows import Callers, rows
from tests.projects import Files, audited, called, cases, entry

NEXT = '{"name": "web", "dependencies": {"next": "15.0.0"}}'
ONE = {"GET a.test/one": (1, 1)}
HANDLER = "export async function GET() { await fetch('https://a.test/one'); return Response.json({}); }"


def page(call: str, handler: str = HANDLER, route: str = "app/api/x/route.ts", **more: str) -> Files:
    return {
        "package.json": NEXT,
        "app/page.tsx": f"export default async function P() {{ {call} return null; }}",
        route: handler,
        **{name.replace("__", "."): text for name, text in more.items()},
    }


RELATIVE: dict[str, tuple[str, str]] = {
    "literal": ("await fetch('/api/x');", "app/api/x/route.ts"),
    "query": ("await fetch(`/api/x?a=${Math.random()}`);", "app/api/x/route.ts"),
    "trailing slash": ("await fetch('/api/x/');", "app/api/x/route.ts"),
    "parameter": ("const id = String(Math.random()); await fetch(`/api/users/${id}`);", "app/api/users/[id]/route.ts"),
    "parameter by plus": ("const id = String(Math.random()); await fetch('/api/users/' + id);", "app/api/users/[id]/route.ts"),
    "literal for a parameter": ("await fetch('/api/users/me');", "app/api/users/[id]/route.ts"),
    "two parameters": ("const id = String(Math.random()); await fetch(`/api/users/${id}/posts/${id}`);", "app/api/users/[id]/posts/[post]/route.ts"),
    "catch-all": ("await fetch('/api/all/a/b');", "app/api/all/[...path]/route.ts"),
    "optional catch-all, none": ("await fetch('/api/all');", "app/api/all/[[...path]]/route.ts"),
    "group": ("await fetch('/api/x');", "app/(a)/api/x/route.ts"),
    "wrapper": ("const get = (p: string) => fetch(`/api${p}`); await get('/x');", "app/api/x/route.ts"),
    "axios": ("const axios = (await import('axios')).default; await axios.get('/api/x');", "app/api/x/route.ts"),
    "origin": ("await fetch(`${window.location.origin}/api/x`);", "app/api/x/route.ts"),
    "base URL variable": ("await fetch(`${process.env.NEXT_PUBLIC_BASE_URL}/api/x`);", "app/api/x/route.ts"),
    "app URL variable with a fallback": ("await fetch(`${process.env.NEXT_PUBLIC_APP_URL || 'http://localhost:3000'}/api/x`);", "app/api/x/route.ts"),
    "localhost": ("await fetch('http://localhost:3000/api/x');", "app/api/x/route.ts"),
    "127.0.0.1": ("await fetch('http://127.0.0.1:3000/api/x');", "app/api/x/route.ts"),
    "base URL that may be empty": ("const B = typeof window === 'undefined' ? 'http://localhost:3000' : ''; await fetch(`${B}/api/x`);", "app/api/x/route.ts"),
}  # fmt: skip


GAPS_RELATIVE: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(RELATIVE, GAPS_RELATIVE))
def test_a_request_to_an_own_route_reaches_what_its_handler_reaches(name: str) -> None:
    call, route = RELATIVE[name]
    inventory = audited(page(call, route=route))
    assert called(inventory, "page", "/") == ONE
    (reach,) = entry(inventory, "/", "page").reaches
    assert reach.through == (f"GET {inventory.routes[0].path}",)
    assert any(step.function.startswith("→") for step in reach.via)


NOT_OWN: dict[str, tuple[str, str, str]] = {
    "another path": ("await fetch('/api/y');", "app/api/x/route.ts", "GET same-origin/api/y"),
    "a longer path": ("await fetch('/api/x/y');", "app/api/x/route.ts", "GET same-origin/api/x/y"),
    "a shorter path": ("await fetch('/api');", "app/api/x/route.ts", "GET same-origin/api"),
    "catch-all without a rest": (
        "await fetch('/api/all');",
        "app/api/all/[...path]/route.ts",
        "GET same-origin/api/all",
    ),
    "another method": (
        "await fetch('/api/x', { method: 'POST' });",
        "app/api/x/route.ts",
        "POST same-origin/api/x",
    ),
    "a public host": ("await fetch('https://b.test/api/x');", "app/api/x/route.ts", "GET b.test/api/x"),
    "a provider's host": (
        "await fetch('https://api.pacifica.fi/api/x');",
        "app/api/x/route.ts",
        "GET api.pacifica.fi/api/x",
    ),
    "a literal for another literal": (
        "await fetch('/api/me/z');",
        "app/api/x/z/route.ts",
        "GET same-origin/api/me/z",
    ),
}


@pytest.mark.parametrize("name", cases(NOT_OWN))
def test_what_is_not_an_own_route_leaves_the_app(name: str) -> None:
    call, route, expected = NOT_OWN[name]
    files = page(call, route=route)
    files["app/page.tsx"] = f'"use client";\n{files["app/page.tsx"]}'  # a server has no origin to ask
    assert called(audited(files), "page", "/") == {expected: (1, 1)}


def test_a_public_host_whose_variable_has_a_public_default_is_never_an_own_route() -> None:
    inventory = audited(page("await fetch(`${process.env.UPSTREAM_URL ?? 'https://b.test'}/api/x`);"))
    assert called(inventory, "page", "/") == {"GET b.test/api/x": (1, 1)}


SOMEBODY_ELSES = {
    "a provider's base URL": "await fetch(`${process.env.ZERION_BASE_URL}/api/x`);",
    "one with a default": "await fetch(`${process.env.ZERION_BASE_URL ?? 'https://b.test'}/api/x`);",
    "a base URL that says nothing, with a default": "await fetch(`${process.env.API_BASE_URL ?? 'https://b.test'}/api/x`);",
    "a setting of a provider": "const { config } = await import('./config'); await fetch(`${config.zerion.baseUri}/api/x`);",
    "a base URL that is only known when it runs": "const get = (s: { baseUrl: string }) => fetch(`${s.baseUrl}/api/x`); await get(JSON.parse('{}'));",
    "a server of the user": "const get = (s: any) => fetch(`https://${s.hostname}:${s.port}/api/x`); await get(JSON.parse('{}'));",
}
OWN_WORDS = {
    "SITE": "await fetch(`${process.env.SITE_URL ?? 'https://b.test'}/api/x`);",
    "a bundler's prefix": "await fetch(`${process.env.VITE_APP_BASE_URL ?? 'https://b.test'}/api/x`);",
    "nothing but any words": "await fetch(`${process.env.API_BASE_URL}/api/x`);",
}


@pytest.mark.parametrize("name", cases(SOMEBODY_ELSES))
def test_an_address_of_somebody_else_is_no_own_route(name: str) -> None:
    files = page(SOMEBODY_ELSES[name])
    files["app/config.ts"] = "export const config = { zerion: { baseUri: JSON.parse('1') } };"
    (reach,) = entry(audited(files), "/", "page").reaches
    assert (reach.path, reach.through) == ("/api/x", ())


@pytest.mark.parametrize("name", cases(OWN_WORDS))
def test_an_address_that_may_be_the_own_is_answered_by_the_route_of_its_path(name: str) -> None:
    assert called(audited(page(OWN_WORDS[name])), "page", "/") == ONE


def test_an_address_that_may_be_the_own_needs_more_than_a_route_for_all_paths() -> None:
    files = page("await fetch(`${process.env.API_BASE_URL}/v2/charges`);", route="app/[...path]/route.ts")
    assert called(audited(files), "page", "/") == {"GET env:API_BASE_URL/v2/charges": (1, 1)}


def test_an_unset_upstream_variable_is_not_taken_for_the_own_app() -> None:
    inventory = audited(page("await fetch(`${process.env.PAYMENTS_API_URL}/v2/charges`);"))
    assert called(inventory, "page", "/") == {"GET env:PAYMENTS_API_URL/v2/charges": (1, 1)}


def test_the_more_literal_route_answers() -> None:
    files = page("await fetch('/api/users/me');", route="app/api/users/[id]/route.ts")
    files["app/api/users/me/route.ts"] = HANDLER.replace("/one", "/me")
    assert called(audited(files), "page", "/") == {"GET a.test/me": (1, 1)}


def test_the_method_chooses_among_the_handlers_of_a_route() -> None:
    handlers = (
        "export const GET = () => fetch('https://a.test/get');\nexport const POST = () => fetch('https://a.test/post');"
    )
    assert called(audited(page("await fetch('/api/x', { method: 'POST' });", handlers)), "page", "/") == {
        "GET a.test/post": (1, 1)
    }


@pytest.mark.parametrize("verb", ["POST", "DELETE"])
def test_the_method_of_a_pages_route_is_handed_to_its_handler(verb: str) -> None:
    handler = "export default async function h(req, res) { if (req.method === 'POST') { await fetch('https://a.test/post'); } else if (req.method === 'DELETE') { await fetch('https://a.test/delete'); } }"
    files = page(f"await fetch('/api/x', {{ method: '{verb}' }});", handler, route="pages/api/x.ts")
    assert called(audited(files), "page", "/") == {f"GET a.test/{verb.lower()}": (1, 1)}


BOUNDS = {
    "twice": ("await fetch('/api/x'); await fetch('/api/x');", (2, 2)),
    "maybe": ("if (Math.random() > 0.5) { await fetch('/api/x'); }", (0, 1)),
    "three times": ("for (let i = 0; i < 3; i++) { await fetch('/api/x'); }", (3, 3)),
    "per item": ("for (const id of JSON.parse('[]')) { await fetch('/api/x'); }", (0, None)),
}


@pytest.mark.parametrize("name", cases(BOUNDS))
def test_bounds_multiply_over_the_boundary(name: str) -> None:
    call, bounds = BOUNDS[name]
    assert called(audited(page(call)), "page", "/") == {"GET a.test/one": bounds}


def test_a_route_that_calls_a_route() -> None:
    files = page("await fetch('/api/y');")
    files["app/api/y/route.ts"] = "export const GET = () => fetch('/api/x');"
    inventory = audited(files)
    assert called(inventory, "page", "/") == ONE
    assert entry(inventory, "/", "page").reaches[0].through == ("GET /api/y", "GET /api/x")


def test_routes_that_call_each_other_end() -> None:
    files = page(
        "await fetch('/api/x');",
        "export async function GET() { await fetch('https://a.test/one'); return fetch('/api/y'); }",
    )
    files["app/api/y/route.ts"] = (
        "export async function GET() { await fetch('https://a.test/two'); return fetch('/api/x'); }"
    )
    inventory = audited(files)
    assert set(called(inventory, "page", "/")) >= {"GET a.test/one", "GET a.test/two"}
    assert set(called(inventory, "route", "GET /api/x")) >= {"GET a.test/one", "GET a.test/two"}
    assert set(called(inventory, "route", "GET /api/y")) >= {"GET a.test/one", "GET a.test/two"}


def test_a_route_that_calls_itself_ends() -> None:
    inventory = audited(
        page(
            "await fetch('/api/x');",
            "export async function GET() { await fetch('https://a.test/one'); return fetch('/api/x'); }",
        )
    )
    assert "GET a.test/one" in called(inventory, "route", "GET /api/x")


ROOT = '{"name": "root", "workspaces": ["apps/*"]}'
MONOREPO = {
    "package.json": ROOT,
    "apps/web/package.json": NEXT,
    "apps/web/app/api/x/route.ts": HANDLER,
    "apps/jobs/package.json": '{"name": "jobs"}',
}

JOBS = {
    "variable named after the app": "import cron from 'node-cron'; cron.schedule('* * * * *', async () => { await fetch(`${process.env.WEB_URL}/api/x`); });",
    "variable with a local fallback": "import cron from 'node-cron'; const B = process.env.WEB_APP_URL || 'http://localhost:3000'; cron.schedule('* * * * *', async () => { await fetch(B + '/api/x'); });",
    "localhost": "import cron from 'node-cron'; cron.schedule('* * * * *', () => fetch('http://localhost:3000/api/x'));",
    "axios instance": "import cron from 'node-cron'; import axios from 'axios'; const api = axios.create({ baseURL: process.env.INTERNAL_API_URL ?? 'http://localhost:3000' }); cron.schedule('* * * * *', () => api.get('/api/x'));",
}


@pytest.mark.parametrize("name", cases(JOBS))
def test_a_job_of_another_app_reaches_what_the_web_app_s_route_reaches(name: str) -> None:
    inventory = audited({**MONOREPO, "apps/jobs/src/main.ts": JOBS[name]})
    (job,) = (item for item in inventory.entries if item.kind == "job")
    assert [(r.host, r.path, r.min, r.max, r.through) for r in job.reaches] == [
        ("a.test", "/one", 1, 1, ("GET /api/x",))
    ]


def test_a_relative_request_prefers_the_own_app() -> None:
    admin = {
        "apps/admin/package.json": NEXT.replace("web", "admin"),
        "apps/admin/app/api/x/route.ts": HANDLER.replace("/one", "/admin"),
        "apps/admin/app/page.tsx": "export default async function P() { await fetch('/api/x'); return null; }",
    }
    inventory = audited(
        {
            **MONOREPO,
            **admin,
            "apps/web/app/page.tsx": "export default async function P() { await fetch('/api/x'); return null; }",
        }
    )
    found = {item.app: [reach.path for reach in item.reaches] for item in inventory.entries if item.kind == "page"}
    assert found == {"apps/admin": ["/admin"], "apps/web": ["/one"]}


def test_the_same_route_of_another_app_is_not_asked() -> None:
    admin = {
        "apps/admin/package.json": NEXT.replace("web", "admin"),
        "apps/admin/app/api/x/route.ts": HANDLER,
        "apps/web/app/page.tsx": "export default async function P() { await fetch('/api/x'); return null; }",
    }
    inventory = audited({**MONOREPO, **admin})
    (call,) = (item for item in inventory.calls if item.internal_route)
    assert call.internal_route_file == "apps/web/app/api/x/route.ts"
    callers = Callers(inventory)
    served = [row for row in rows(inventory, Catalogue(builtin_profiles())) if row.entry.kind == "route"]
    started = {row.entry.app: callers.trigger(row) for row in served}
    assert started == {"apps/admin": "no caller found", "apps/web": "page /"}
    found = store(inventory).execute("SELECT route, app FROM callers").fetchall()
    assert found == [("GET /api/x", "apps/web")]


@pytest.mark.parametrize(("variable", "expected"), [("WEB_URL", "/one"), ("ADMIN_URL", "/admin")])
def test_the_base_url_s_name_chooses_among_apps_with_the_same_path(variable: str, expected: str) -> None:
    admin = {
        "apps/admin/package.json": NEXT.replace("web", "admin"),
        "apps/admin/app/api/x/route.ts": HANDLER.replace("/one", "/admin"),
    }
    inventory = audited(
        {**MONOREPO, **admin, "apps/jobs/main.ts": f"await fetch(`${{process.env.{variable}}}/api/x`);"}
    )
    (script,) = (item for item in inventory.entries if item.kind == "script")
    assert [reach.path for reach in script.reaches] == [expected]


SERVERS = {
    "express": "import express from 'express'; const app = express(); app.get('/api/x', async (req, res) => { await fetch('https://a.test/one'); });",
    "express with a router": "import express from 'express'; const app = express(); const r = express.Router(); r.get('/:name', async (req, res) => { await fetch('https://a.test/one'); }); app.use('/api', r);",
    "fastify": "import Fastify from 'fastify'; const app = Fastify(); app.get('/api/:name', async () => { await fetch('https://a.test/one'); });",
    "hono": "import { Hono } from 'hono'; const app = new Hono(); app.get('/api/:name', async () => { await fetch('https://a.test/one'); }); export default app;",
    "node": "import http from 'http'; http.createServer(async (req, res) => { if (req.method === 'GET' && req.url === '/api/x') await fetch('https://a.test/one'); }).listen(1);",
}


@pytest.mark.parametrize("name", cases(SERVERS))
def test_every_framework_s_routes_answer(name: str) -> None:
    files = {
        "package.json": ROOT,
        "apps/api/package.json": '{"name": "api"}',
        "apps/api/main.ts": SERVERS[name],
        "apps/web/package.json": '{"name": "web"}',
        "apps/web/run.ts": "await fetch(`${process.env.API_URL ?? 'http://localhost:4000'}/api/x`);",
    }
    assert called(audited(files), "script", "apps/web/run.ts") == ONE


def test_the_call_site_names_the_route_that_answers() -> None:
    inventory = audited(page("await fetch('/api/x');"))
    assert [(call.file, call.path, call.internal_route) for call in inventory.calls if call.file == "app/page.tsx"] == [
        ("app/page.tsx", "/api/x", "GET /api/x")
    ]


ORIGINS = {
    "of a request": ("const { origin } = new URL(req.url); await fetch(`${origin}/api/v1/x`);", "ANY /api/[...all]"),
    "the host of a request": ("const { host } = new URL(req.url); await fetch(`https://${host}/api/v1/x`);", "ANY /api/[...all]"),
    "of data": ("const app = apps.find((one) => one.id === req.query.id); const at = new URL(app.url); await fetch(`${at.origin}/api/v1/x`);", ""),
    "the host of data": ("const { host } = new URL(apps[req.query.id].url); await fetch(`https://${host}/api/v1/x`);", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ORIGINS)
def test_the_origin_of_an_address_that_is_data_is_not_our_own(name: str) -> None:
    code, wanted = ORIGINS[name]
    files = {
        "package.json": '{"dependencies": {"next": "14.0.0"}}',
        "pages/api/[...all].ts": "export default function handler(req, res) { res.end(); }",
        "pages/api/ask.ts": f"import {{ apps }} from '../../apps'; export default async function handler(req: any, res) {{ {code} }}",
        "apps.ts": "export const apps = JSON.parse(process.env.APPS!);",
    }
    (call,) = (one for one in audited(files).calls if one.path)
    assert call.internal_route == wanted
