"""Stores that are put on a server or a request, and taken from there in handlers."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited

MAKE = "import { LRUCache } from 'lru-cache'; const cache = new LRUCache({ max: 10, ttl: 60000 });"
EXPRESS = "import express from 'express'; const app = express();"


def _handler(request: str, cache: str) -> str:
    return f"async ({request}, res) => {{ const hit = {cache}.get('x'); if (hit) return res.json(hit); const got = await (await fetch('https://a.test/x')).json(); {cache}.set('x', got); res.json(got); }}"


KEPT: dict[str, Files] = {
    "on the server": {"main.js": f"{EXPRESS} {MAKE} app.locals.cache = cache; app.get('/x', {_handler('req', 'req.app.locals.cache')});"},
    "made there": {"main.js": f"{EXPRESS} import {{ LRUCache }} from 'lru-cache'; app.locals.cache = new LRUCache({{ ttl: 60000 }}); app.get('/x', {_handler('req', 'app.locals.cache')});"},
    "on each request": {"main.js": f"{EXPRESS} {MAKE} app.use((req, res, next) => {{ req.cache = cache; next(); }}); app.get('/x', {_handler('req', 'req.cache')});"},
    "in another file": {
        "main.js": f"{EXPRESS} {MAKE} import {{ routes }} from './routes'; app.use((request, response, next) => {{ request.kept = cache; next(); }}); app.use(routes);",
        "routes.js": f"import {{ Router }} from 'express'; export const routes = Router(); routes.get('/x', {_handler('request', 'request.kept')});",
    },
    "on the context of Koa": {"main.js": f"import Koa from 'koa'; import Router from '@koa/router'; const app = new Koa(); const router = new Router(); {MAKE} app.context.cache = cache; router.get('/x', async (ctx) => {{ const hit = ctx.cache.get('x'); if (hit) {{ ctx.body = hit; return; }} ctx.body = await (await fetch('https://a.test/x')).json(); ctx.cache.set('x', ctx.body); }}); app.use(router.routes());"},
    "decorating Fastify": {"main.js": "import Fastify from 'fastify'; import { LRUCache } from 'lru-cache'; const app = Fastify(); app.decorate('cache', new LRUCache({ ttl: 60000 })); app.get('/x', async () => { const hit = app.cache.get('x'); if (hit) return hit; const got = await (await fetch('https://a.test/x')).json(); app.cache.set('x', got); return got; });"},
}  # fmt: skip
NOT_KEPT: dict[str, Files] = {
    "made for each request": {"main.js": f"{EXPRESS} app.use((req, res, next) => {{ req.cache = new Map(); next(); }}); app.get('/x', {_handler('req', 'req.cache')});"},
    "another name": {"main.js": f"{EXPRESS} {MAKE} app.locals.cache = cache; app.get('/x', {_handler('req', 'req.app.locals.other')});"},
    "options of a function": {"main.js": f"{EXPRESS} {MAKE} app.use((req, res, next) => {{ req.cache = cache; next(); }}); export const load = {_handler('options', 'options.cache')}; load({{ cache: made() }}, {{ json() {{}} }});"},
    "on what serves nothing": {"main.js": f"{EXPRESS} {MAKE} import axios from 'axios'; const client = axios.create({{}}); client.cache = cache; app.get('/x', {_handler('req', 'req.cache')});"},
    "decorating another one": {"main.js": "import Fastify from 'fastify'; import { LRUCache } from 'lru-cache'; const app = Fastify(); app.decorate('cache', new LRUCache({ ttl: 60000 })); const own = JSON.parse(process.argv[2]); app.get('/x', async () => { const hit = own.cache.get('x'); if (hit) return hit; const got = await (await fetch('https://a.test/x')).json(); own.cache.set('x', got); return got; });"},
    "of another app": {
        "one/package.json": '{"name": "one", "dependencies": {"express": "5"}}',
        "one/main.js": f"{EXPRESS} {MAKE} app.locals.cache = cache; app.listen(1);",
        "two/package.json": '{"name": "two", "dependencies": {"express": "5"}}',
        "two/main.js": f"{EXPRESS} app.locals.cache = made(); app.get('/x', {_handler('req', 'req.app.locals.cache')});",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_a_store_that_is_put_somewhere_keeps_answers(name: str) -> None:
    (guard,) = audited(KEPT[name]).guards
    assert (guard.kind, guard.mechanism, guard.ttl_ms) == ("cache", "lru-cache", 60_000)


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_none_keeps_nothing(name: str) -> None:
    assert audited(NOT_KEPT[name]).guards == ()
