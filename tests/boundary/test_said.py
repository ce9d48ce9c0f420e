"""What a request to an own route says in its query is known to the handler, as far as the caller's code tells."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

NEXT = '{"name": "web", "dependencies": {"next": "15.0.0", "axios": "1.7.0", "ky": "1.0.0"}}'
BY_NEXT_URL = """
    export async function GET(request) {
      const kind = request.nextUrl.searchParams.get('kind') || 'all';
      return fetch(`https://a.test/v1/${kind}`);
    }
"""
HANDLERS = {
    "nextUrl": BY_NEXT_URL,
    "nextUrl, taken apart": """
        export async function GET(req) {
          const { searchParams } = req.nextUrl;
          const kind = searchParams.get('kind') ?? 'all';
          return fetch('https://a.test/v1/' + kind);
        }
    """,
    "url": """
        export const GET = async (request) => {
          const query = new URL(request.url).searchParams;
          return fetch(`https://a.test/v1/${query.get('kind') || 'all'}`);
        };
    """,
    "url, taken apart": """
        export async function GET(request: Request) {
          const { searchParams } = new URL(request.url);
          return fetch(`https://a.test/v1/${searchParams.get('kind') || 'all'}`);
        }
    """,
}  # fmt: skip


def project(call: str, handler: str = BY_NEXT_URL, **more: str) -> Files:
    return {
        "package.json": NEXT,
        "app/page.tsx": f"export default async function P({{ id, maybe }}: any) {{ {call} return null; }}",
        "app/api/ask/route.ts": handler,
        **more,
    }


def asked(files: Files) -> dict[str, tuple[int, int | None]]:
    return called(audited(files), "page", "/")


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_reads_the_query_that_its_caller_sends(handler: str) -> None:
    assert asked(project("await fetch('/api/ask?kind=one');", HANDLERS[handler])) == {"GET a.test/v1/one": (1, 1)}
    assert asked(project("await fetch('/api/ask');", HANDLERS[handler])) == {"GET a.test/v1/all": (1, 1)}


SENT = {
    "template": "const get = (p: string) => fetch(`/api/ask?kind=${p}`); await get('one');",
    "encoded": "const get = (p: string) => fetch('/api/ask?kind=' + encodeURIComponent(p)); await get('one');",
    "with a query of its own": "await fetch(`/api/ask?kind=${encodeURIComponent(`one?id=${id}&n=2`)}`);",
    "second": "await fetch(`/api/ask?account=${id}&kind=one`);",
    "set of a URL": "const url = new URL('/api/ask', window.location.origin); url.searchParams.set('kind', 'one'); if (maybe) url.searchParams.set('n', '5'); await fetch(url.toString());",
    "set by a wrapper": "async function get(p: string) { const u = new URL('http://localhost:3000/api/ask'); u.searchParams.append('kind', p); return fetch(u); } await get('one');",
    "axios": "const axios = (await import('axios')).default; await axios.get('/api/ask', { params: { kind: 'one' } });",
    "ky": "const ky = (await import('ky')).default; await ky.get('/api/ask', { searchParams: { kind: 'one' }, retry: 0 });",
}


@pytest.mark.parametrize("spelling", SENT)
def test_however_it_is_sent(spelling: str) -> None:
    assert asked(project(SENT[spelling])) == {"GET a.test/v1/one": (1, 1)}


def test_what_is_behind_a_value_is_asked_with_what_varies_in_it() -> None:
    found = asked(project("await fetch(`/api/ask?kind=${encodeURIComponent(`users/${id}/orders`)}`);"))
    assert found == {"GET a.test/v1/users/{}/orders": (1, 1)}


def test_each_caller_is_told_apart() -> None:
    found = asked(project("await fetch('/api/ask?kind=one'); if (maybe) await fetch('/api/ask?kind=two');"))
    assert found == {"GET a.test/v1/one": (1, 1), "GET a.test/v1/two": (0, 1)}


NOT_KNOWN = {
    "a value that is not known": "await fetch(`/api/ask?kind=${id}`);",
    "one of two": "await fetch(`/api/ask?kind=${maybe ? 'one' : 'two'}`);",
    "a query that is not known": "await fetch(`/api/ask?${id}`);",
    "a query behind the path": "await fetch('/api/ask' + (maybe ? `?kind=${id}` : ''));",
    "set later": "const url = new URL('/api/ask', window.location.origin); if (maybe) url.searchParams.set('kind', 'one'); await fetch(url);",
    "parameters that are not known": "const axios = (await import('axios')).default; await axios.get('/api/ask', { params: id });",
    "a parameter that may be left out": "const axios = (await import('axios')).default; await axios.get('/api/ask', { params: { kind: id } });",
}


@pytest.mark.parametrize("spelling", NOT_KNOWN)
def test_what_is_not_known_stays_so(spelling: str) -> None:
    assert "GET a.test/v1/{}" in asked(project(NOT_KNOWN[spelling]))
    assert "GET a.test/v1/one" not in asked(project(NOT_KNOWN[spelling]))


def test_a_handler_that_asks_for_another_parameter_is_told_nothing() -> None:
    handler = BY_NEXT_URL.replace("get('kind') || 'all'", "get('other')")
    assert asked(project("await fetch(`/api/ask?kind=one&${id}`);", handler)) == {"GET a.test/v1/{}": (1, 1)}


def test_the_query_chooses_the_way() -> None:
    handler = """
        export async function GET(request) {
          const kind = request.nextUrl.searchParams.get('kind');
          if (kind === 'one') return fetch('https://a.test/one');
          return fetch('https://a.test/other');
        }
    """
    assert asked(project("await fetch('/api/ask?kind=one');", handler)) == {"GET a.test/one": (1, 1)}
    assert asked(project("await fetch('/api/ask?kind=x');", handler)) == {"GET a.test/other": (1, 1)}


SERVERS: dict[str, Files] = {
    "express": {
        "package.json": '{"dependencies": {"express": "4.0.0"}}',
        "server.ts": "import express from 'express'; const app = express(); app.get('/api/ask', async (req, res) => { const { kind } = req.query; res.json(await fetch(`https://a.test/v1/${kind}`)); }); app.listen(1);",
    },
    "express, by url": {
        "package.json": '{"dependencies": {"express": "4.0.0"}}',
        "server.ts": "import express from 'express'; const app = express(); app.get('/api/ask', async (req, res) => { const kind = new URL(req.url, 'http://x').searchParams.get('kind'); res.json(await fetch(`https://a.test/v1/${kind}`)); }); app.listen(1);",
    },
    "fastify": {
        "package.json": '{"dependencies": {"fastify": "4.0.0"}}',
        "server.ts": "import Fastify from 'fastify'; const app = Fastify(); app.get('/api/ask', async (request) => fetch(`https://a.test/v1/${request.query.kind}`)); app.listen({ port: 1 });",
    },
    "hono": {
        "package.json": '{"dependencies": {"hono": "4.0.0"}}',
        "server.ts": "import { Hono } from 'hono'; const app = new Hono(); app.get('/api/ask', async (c) => c.json(await fetch(`https://a.test/v1/${c.req.query('kind')}`))); export default app;",
    },
    "koa": {
        "package.json": '{"dependencies": {"koa": "2.0.0", "@koa/router": "12.0.0"}}',
        "server.ts": "import Koa from 'koa'; import Router from '@koa/router'; const app = new Koa(); const r = new Router(); r.get('/api/ask', async (ctx) => { ctx.body = await fetch(`https://a.test/v1/${ctx.query.kind}`); }); app.use(r.routes()); app.listen(1);",
    },
    "nest": {
        "package.json": '{"dependencies": {"@nestjs/core": "10.0.0", "@nestjs/common": "10.0.0"}}',
        "server.ts": "import { NestFactory } from '@nestjs/core'; import { AppModule } from './app.module'; async function main() { const app = await NestFactory.create(AppModule); await app.listen(1); } main();",
        "app.module.ts": "import { Module } from '@nestjs/common'; import { AskController } from './ask.controller'; @Module({ controllers: [AskController] }) export class AppModule {}",
        "ask.controller.ts": "import { Controller, Get, Query } from '@nestjs/common'; @Controller('api') export class AskController { @Get('ask') async ask(@Query('kind') kind: string) { return fetch(`https://a.test/v1/${kind}`); } }",
    },
}  # fmt: skip


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(("query", "path"), [("?kind=one", "one"), ("?kind=${x}", "{}")])
def test_servers_hand_it_over_in_their_own_ways(server: str, query: str, path: str) -> None:
    client = f"const load = (x: string) => fetch(`http://localhost:3000/api/ask{query}`); load(process.argv[2]);"
    package = SERVERS[server]["package.json"][:-1] + ', "scripts": {"job": "node job.ts"}}'
    found = called(audited({**SERVERS[server], "package.json": package, "job.ts": client}), "script", "job.ts")
    assert found == {f"GET a.test/v1/{path}": (1, 1)}


def test_pages_of_next_hand_it_over_with_the_parameters_of_the_path() -> None:
    files = {
        "package.json": NEXT,
        "pages/index.tsx": "export async function getServerSideProps() { await fetch('http://localhost:3000/api/m/7?kind=one'); return { props: {} }; } export default function P() { return null; }",
        "pages/api/m/[id].ts": "export default async function handler(req, res) { const { id, kind } = req.query; res.json(await fetch(`https://a.test/${kind}/${id}`)); }",
    }
    assert called(audited(files), "page", "/") == {"GET a.test/one/{}": (1, 1)}


def test_a_part_of_the_body_is_handed_over_where_it_is_asked_for() -> None:
    files = {
        **SERVERS["nest"],
        "ask.controller.ts": "import { Controller, Post, Body } from '@nestjs/common'; @Controller('api') export class AskController { @Post('ask') async ask(@Body('kind') kind: string) { return fetch(`https://a.test/v1/${kind}`); } }",
        "job.ts": "fetch('http://localhost:3000/api/ask', { method: 'POST', body: JSON.stringify({ kind: 'one' }) });",
        "package.json": SERVERS["nest"]["package.json"][:-1] + ', "scripts": {"job": "node job.ts"}}',
    }
    assert called(audited(files), "script", "job.ts") == {"GET a.test/v1/one": (1, 1)}
