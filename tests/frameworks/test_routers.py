"""Express, Koa, Hono, Fastify: routers, prefixes, mounts; and plain servers of Node."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from callaudit.frameworks.routers import MOST_PREFIXES
from tests.projects import Files, audited, called, cases, places, routes

GET_X = {"GET /api/x"}
H = "async (req: any, res: any) => { await fetch('https://a.test/one'); }"
EXPRESS = "import express, { Router } from 'express';\nconst app = express();\nconst router = Router();\n"
FASTIFY = "import Fastify from 'fastify';\nconst app = Fastify();\n"
HONO = "import { Hono } from 'hono';\nconst app = new Hono();\n"
KOA = (
    "import Koa from 'koa';\nimport Router from '@koa/router';\nconst app = new Koa();\nconst router = new Router();\n"
)

# name: (files, routes); every route's handler calls the same endpoint
ROUTES: dict[str, tuple[Files, set[str]]] = {
    # Express
    "express": ({"main.ts": EXPRESS + f"app.get('/api/x', {H});"}, GET_X),
    "express, methods": ({"main.ts": EXPRESS + "".join(f"app.{v}('/x', {H});" for v in ("get", "post", "put", "patch", "delete"))}, {f"{v} /x" for v in ("GET", "POST", "PUT", "PATCH", "DELETE")}),
    "express, all": ({"main.ts": EXPRESS + f"app.all('/api/x', {H});"}, {"ANY /api/x"}),
    "express, params": ({"main.ts": EXPRESS + f"app.get('/users/:id/posts/:post', {H});"}, {"GET /users/:id/posts/:post"}),
    "express, require": ({"main.js": f"const express = require('express'); const app = express(); app.get('/api/x', {H.replace(': any', '')});"}, GET_X),
    "express, middleware before": ({"main.ts": EXPRESS + f"const auth = (a: any, b: any, next: any) => next(); app.get('/api/x', auth, {H});"}, GET_X),
    "express, middleware array": ({"main.ts": EXPRESS + f"const auth = (a: any, b: any, next: any) => next(); app.get('/api/x', [auth], {H});"}, GET_X),
    "express, handler by name": ({"main.ts": EXPRESS + f"const h = {H}; app.get('/api/x', h);"}, GET_X),
    "express, handler wrapped": ({"main.ts": EXPRESS + f"const wrap = (f: any) => (a: any, b: any, n: any) => f(a, b, n).catch(n); app.get('/api/x', wrap({H}));"}, GET_X),
    "express, handler wrapped by a library": ({"main.ts": EXPRESS + f"import handler from 'express-async-handler'; app.get('/api/x', handler({H}));"}, GET_X),
    "express, method of an object": ({"main.ts": EXPRESS + f"const c = {{ x: {H} }}; app.get('/api/x', c.x);"}, GET_X),
    "express, method of a class": ({"main.ts": EXPRESS + "class C { x = async (req: any, res: any) => { await fetch('https://a.test/one'); } } const c = new C(); app.get('/api/x', c.x);"}, GET_X),
    "express, bound method": ({"main.ts": EXPRESS + "class C { async x(req: any, res: any) { await fetch('https://a.test/one'); } } const c = new C(); app.get('/api/x', c.x.bind(c));"}, GET_X),
    "express, handler of another module": ({"main.ts": EXPRESS + "import * as c from './c'; app.get('/api/x', c.x);", "c.ts": f"export const x = {H};"}, GET_X),
    "express, array of paths": ({"main.ts": EXPRESS + f"app.get(['/a', '/b'], {H});"}, {"GET /a", "GET /b"}),
    "express, path constant": ({"main.ts": EXPRESS + f"const P = '/api'; app.get(`${{P}}/x`, {H});"}, GET_X),
    "express, router": ({"main.ts": EXPRESS + f"router.get('/x', {H}); app.use('/api', router);"}, GET_X),
    "express, router mounted first": ({"main.ts": EXPRESS + f"app.use('/api', router); router.get('/x', {H});"}, GET_X),
    "express, router without path": ({"main.ts": EXPRESS + f"router.get('/api/x', {H}); app.use(router);"}, GET_X),
    "express, router with middleware": ({"main.ts": EXPRESS + f"const auth = (a: any, b: any, next: any) => next(); router.use(auth); router.get('/x', {H}); app.use('/api', auth, router);"}, GET_X),
    "express, express.Router": ({"main.ts": EXPRESS + f"const r = express.Router(); r.get('/x', {H}); app.use('/api', r);"}, GET_X),
    "express, new Router": ({"main.ts": EXPRESS + f"const r = express.Router({{ mergeParams: true }}); r.get('/x', {H}); app.use('/api', r);"}, GET_X),
    "express, nested": ({"main.ts": EXPRESS + f"const inner = Router(); inner.get('/x', {H}); router.use('/v1', inner); app.use('/api', router);"}, {"GET /api/v1/x"}),
    "express, nested three": ({"main.ts": EXPRESS + f"const a = Router(); const b = Router(); b.get('/x', {H}); a.use('/b', b); router.use('/a', a); app.use('/api', router);"}, {"GET /api/a/b/x"}),
    "express, mounted twice": ({"main.ts": EXPRESS + f"router.get('/x', {H}); app.use('/v1', router); app.use('/v2', router);"}, {"GET /v1/x", "GET /v2/x"}),
    "express, root of a router": ({"main.ts": EXPRESS + f"router.get('/', {H}); app.use('/api/x', router);"}, GET_X),
    "express, route": ({"main.ts": EXPRESS + f"app.route('/api/x').get({H}).post({H});"}, {"GET /api/x", "POST /api/x"}),
    "express, route of a router": ({"main.ts": EXPRESS + f"router.route('/x').get({H}); app.use('/api', router);"}, GET_X),
    "express, chained": ({"main.ts": EXPRESS + f"app.get('/a', {H}).post('/b', {H});"}, {"GET /a", "POST /b"}),
    "express, router of another module": ({"main.ts": EXPRESS + "import r from './r'; app.use('/api', r);", "r.ts": f"import {{ Router }} from 'express'; const r = Router(); r.get('/x', {H}); export default r;"}, GET_X),
    "express, named router of another module": ({"main.ts": EXPRESS + "import { users } from './r'; app.use('/api', users);", "r.ts": f"import {{ Router }} from 'express'; export const users = Router(); users.get('/x', {H});"}, GET_X),
    "express, barrel of routers": ({"main.ts": EXPRESS + "import routes from './routes'; app.use('/api', routes);", "routes/index.ts": "import { Router } from 'express'; import x from './x'; const r = Router(); r.use('/x', x); export default r;",
                                    "routes/x.ts": f"import {{ Router }} from 'express'; const r = Router(); r.get('/', {H}); export default r;"}, GET_X),
    "express, required router": ({"main.js": "const express = require('express'); const app = express(); app.use('/api', require('./r'));", "r.js": f"const r = require('express').Router(); r.get('/x', {H.replace(': any', '')}); module.exports = r;"}, GET_X),
    "express, registered by a function": ({"main.ts": EXPRESS + "import { register } from './r'; register(app);", "r.ts": f"import type {{ Express }} from 'express'; export function register(app: Express) {{ app.get('/api/x', {H}); }}"}, GET_X),
    "express, default function of a module": ({"main.js": "const app = require('express')(); require('./r')(app);", "r.js": f"module.exports = (app) => {{ app.get('/api/x', {H.replace(': any', '')}); }};"}, GET_X),
    "express, router made by a function": ({"main.ts": EXPRESS + f"function make() {{ const r = Router(); r.get('/x', {H}); return r; }} app.use('/api', make());"}, GET_X),
    "express, app made by a function": ({"main.ts": f"import express from 'express'; export function createApp() {{ const app = express(); app.get('/api/x', {H}); return app; }} createApp().listen(1);"}, GET_X),
    "express, app in a class": ({"main.ts": f"import express from 'express'; class Server {{ app = express(); constructor() {{ this.routes(); }} routes() {{ this.app.get('/api/x', {H}); }} }} new Server();"}, GET_X),
    "express, router in a class": ({"main.ts": EXPRESS + f"class Users {{ router = Router(); constructor() {{ this.router.get('/x', {H}); }} }} app.use('/api', new Users().router);"}, GET_X),
    "express, in a loop": ({"main.ts": EXPRESS + f"for (const p of ['/a', '/b']) app.get(p, {H});"}, {"GET /a", "GET /b"}),
    "express, forEach": ({"main.ts": EXPRESS + f"['/a', '/b'].forEach((p) => app.get(p, {H}));"}, {"GET /a", "GET /b"}),
    "express, for of": ({"main.ts": EXPRESS + f"for (const p of ['/a', '/b']) app.get(p, {H});"}, {"GET /a", "GET /b"}),
    "express, a function that registers": ({"main.ts": EXPRESS + f"const add = (p: string, h: any) => {{ app.get(p, h); }}; add('/a', {H}); add('/b', {H});"}, {"GET /a", "GET /b"}),
    "express, table of routes": ({"main.ts": EXPRESS + f"const table = [{{ path: '/a', h: {H} }}, {{ path: '/b', h: {H} }}]; table.forEach((r) => app.get(r.path, r.h));"}, {"GET /a", "GET /b"}),
    "express, setting": ({"main.ts": EXPRESS + f"app.get('env'); app.get('/api/x', {H});"}, GET_X),
    "express, static": ({"main.ts": EXPRESS + f"app.use(express.json()); app.use('/files', express.static('x')); app.get('/api/x', {H});"}, GET_X),
    # Fastify
    "fastify": ({"main.ts": FASTIFY + f"app.get('/api/x', {H});"}, GET_X),
    "fastify, named import": ({"main.ts": f"import {{ fastify }} from 'fastify'; const app = fastify({{ logger: true }}); app.get('/api/x', {H});"}, GET_X),
    "fastify, require": ({"main.js": f"const app = require('fastify')({{ logger: true }}); app.get('/api/x', {H.replace(': any', '')});"}, GET_X),
    "fastify, options": ({"main.ts": FASTIFY + f"app.get('/api/x', {{ schema: {{}} }}, {H});"}, GET_X),
    "fastify, handler in options": ({"main.ts": FASTIFY + f"app.get('/api/x', {{ schema: {{}}, handler: {H} }});"}, GET_X),
    "fastify, route object": ({"main.ts": FASTIFY + f"app.route({{ method: 'GET', url: '/api/x', handler: {H} }});"}, GET_X),
    "fastify, route object, methods": ({"main.ts": FASTIFY + f"app.route({{ method: ['GET', 'POST'], url: '/api/x', handler: {H} }});"}, {"GET /api/x", "POST /api/x"}),
    "fastify, plugin": ({"main.ts": FASTIFY + f"app.register(async (f: any) => {{ f.get('/x', {H}); }}, {{ prefix: '/api' }});"}, GET_X),
    "fastify, plugin by name": ({"main.ts": FASTIFY + f"async function users(f: any) {{ f.get('/x', {H}); }} await app.register(users, {{ prefix: '/api' }});"}, GET_X),
    "fastify, plugin of another module": ({"main.ts": FASTIFY + "import users from './users'; app.register(users, { prefix: '/api' });", "users.ts": f"import type {{ FastifyInstance }} from 'fastify'; export default async function users(f: FastifyInstance) {{ f.get('/x', {H}); }}"}, GET_X),
    "fastify, plugin through import()": ({"main.ts": FASTIFY + "app.register(import('./users'), { prefix: '/api' });", "users.ts": f"export default async function users(f: any) {{ f.get('/x', {H}); }}"}, GET_X),
    "fastify, required plugin": ({"main.js": "const app = require('fastify')(); app.register(require('./users'), { prefix: '/api' });", "users.js": f"module.exports = async (f) => {{ f.get('/x', {H.replace(': any', '')}); }};"}, GET_X),
    "fastify, nested plugins": ({"main.ts": FASTIFY + f"app.register(async (a: any) => {{ a.register(async (b: any) => {{ b.get('/x', {H}); }}, {{ prefix: '/v1' }}); }}, {{ prefix: '/api' }});"}, {"GET /api/v1/x"}),
    "fastify, fastify-plugin": ({"main.ts": FASTIFY + f"import fp from 'fastify-plugin'; app.register(fp(async (f: any) => {{ f.get('/api/x', {H}); }}));"}, GET_X),
    "fastify, plugin without prefix": ({"main.ts": FASTIFY + f"app.register(async (f: any) => {{ f.get('/api/x', {H}); }});"}, GET_X),
    "fastify, plugin twice": ({"main.ts": FASTIFY + f"const p = async (f: any) => {{ f.get('/x', {H}); }}; app.register(p, {{ prefix: '/v1' }}); app.register(p, {{ prefix: '/v2' }});"}, {"GET /v1/x", "GET /v2/x"}),
    "fastify, registered by a function": ({"main.ts": FASTIFY + f"import type {{ FastifyInstance }} from 'fastify'; function routes(f: FastifyInstance) {{ f.post('/api/x', {H}); }} routes(app);"}, {"POST /api/x"}),
    "fastify, app made by a function": ({"main.ts": f"import Fastify from 'fastify'; async function build() {{ const app = Fastify(); app.get('/api/x', {H}); return app; }} build().then((a) => a.listen({{ port: 1 }}));"}, GET_X),
    "fastify, type provider": ({"main.ts": FASTIFY + f"app.withTypeProvider<any>().get('/api/x', {{}}, {H});"}, GET_X),
    # Hono
    "hono": ({"main.ts": HONO + f"app.get('/api/x', {H}); export default app;"}, GET_X),
    "hono, chained": ({"main.ts": HONO + f"const r = app.get('/a', {H}).post('/b', {H}); export default app;"}, {"GET /a", "POST /b"}),
    "hono, chained at once": ({"main.ts": f"import {{ Hono }} from 'hono'; const app = new Hono().get('/a', {H}).post('/b', {H}); export default app;"}, {"GET /a", "POST /b"}),
    "hono, basePath": ({"main.ts": HONO + f"const api = app.basePath('/api'); api.get('/x', {H});"}, GET_X),
    "hono, basePath at once": ({"main.ts": f"import {{ Hono }} from 'hono'; const app = new Hono().basePath('/api'); app.get('/x', {H});"}, GET_X),
    "hono, route": ({"main.ts": HONO + f"const users = new Hono(); users.get('/x', {H}); app.route('/api', users);"}, GET_X),
    "hono, route chained": ({"main.ts": HONO + f"const users = new Hono().get('/x', {H}); const routes = app.route('/api', users).route('/v2', users);"}, {"GET /api/x", "GET /v2/x"}),
    "hono, route of another module": ({"main.ts": HONO + "import users from './users'; app.route('/api', users);", "users.ts": f"import {{ Hono }} from 'hono'; const app = new Hono(); app.get('/x', {H}); export default app;"}, GET_X),
    "hono, nested": ({"main.ts": HONO + f"const a = new Hono(); const b = new Hono(); b.get('/x', {H}); a.route('/v1', b); app.route('/api', a);"}, {"GET /api/v1/x"}),
    "hono, middleware": ({"main.ts": HONO + f"app.use('*', async (c: any, next: any) => next()); app.get('/api/x', async (c: any, next: any) => next(), {H});"}, GET_X),
    "hono, on": ({"main.ts": HONO + f"app.on('GET', '/api/x', {H});"}, GET_X),
    "hono, on methods": ({"main.ts": HONO + f"app.on(['GET', 'POST'], '/api/x', {H});"}, {"GET /api/x", "POST /api/x"}),
    "hono, all": ({"main.ts": HONO + f"app.all('/api/x', {H});"}, {"ANY /api/x"}),
    "hono, openapi": ({"main.ts": f"import {{ OpenAPIHono, createRoute }} from '@hono/zod-openapi'; const app = new OpenAPIHono(); const r = createRoute({{ method: 'get', path: '/api/x', responses: {{}} }}); app.openapi(r, {H});"}, GET_X),
    "hono, typed": ({"main.ts": f"import {{ Hono }} from 'hono'; const app = new Hono<{{ Bindings: any }}>(); app.get('/api/x', {H});"}, GET_X),
    # Koa
    "koa": ({"main.ts": KOA + f"router.get('/api/x', {H}); app.use(router.routes());"}, GET_X),
    "koa, allowedMethods": ({"main.ts": KOA + f"router.get('/api/x', {H}); app.use(router.routes()).use(router.allowedMethods());"}, GET_X),
    "koa, prefix option": ({"main.ts": KOA + f"const r = new Router({{ prefix: '/api' }}); r.get('/x', {H}); app.use(r.routes());"}, GET_X),
    "koa, prefix method": ({"main.ts": KOA + f"router.prefix('/api'); router.get('/x', {H}); app.use(router.routes());"}, GET_X),
    "koa, nested": ({"main.ts": KOA + f"const inner = new Router(); inner.get('/x', {H}); router.use('/api', inner.routes(), inner.allowedMethods()); app.use(router.routes());"}, GET_X),
    "koa, named route": ({"main.ts": KOA + f"router.get('user', '/api/x', {H}); app.use(router.routes());"}, GET_X),
    "koa, del": ({"main.ts": KOA + f"router.del('/api/x', {H}); app.use(router.routes());"}, {"DELETE /api/x"}),
    "koa, chained": ({"main.ts": KOA + f"router.get('/a', {H}).post('/b', {H}); app.use(router.routes());"}, {"GET /a", "POST /b"}),
    "koa-router": ({"main.js": f"const Router = require('koa-router'); const router = new Router(); router.get('/api/x', {H.replace(': any', '')}); module.exports = router;"}, GET_X),
    # plain servers
    "http, if": ({"main.ts": "import http from 'http'; const one = () => fetch('https://a.test/one'); http.createServer(async (req, res) => { if (req.url === '/api/x' && req.method === 'GET') { await one(); } }).listen(1);"}, GET_X),
    "http, node:http": ({"main.ts": "import { createServer } from 'node:http'; createServer(async (req, res) => { if (req.method === 'GET' && req.url === '/api/x') { await fetch('https://a.test/one'); } res.end(); }).listen(1);"}, GET_X),
    "http, nested if": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { if (req.method === 'GET') { if (req.url === '/api/x') { await fetch('https://a.test/one'); } } }).listen(1);"}, GET_X),
    "http, handler by name": ({"main.ts": "import http from 'http'; async function handle(req: any, res: any) { if (req.method === 'GET' && req.url === '/api/x') await fetch('https://a.test/one'); } http.createServer(handle).listen(1);"}, GET_X),
    "http, URL": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { const url = new URL(req.url!, 'http://localhost'); if (req.method === 'GET' && url.pathname === '/api/x') { await fetch('https://a.test/one'); } }).listen(1);"}, GET_X),
    "http, destructured pathname": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { const { pathname } = new URL(req.url!, 'http://x'); if (req.method === 'GET' && pathname === '/api/x') await fetch('https://a.test/one'); }).listen(1);"}, GET_X),
    "http, switch": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { switch (req.url) { case '/api/x': await fetch('https://a.test/one'); break; default: res.end(); } }).listen(1);"}, {"ANY /api/x"}),
    "http, startsWith": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { if (req.url?.startsWith('/api/x')) { await fetch('https://a.test/one'); } }).listen(1);"}, {"ANY /api/x"}),
    "http, prefix of others": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { if (req.url?.startsWith('/api/')) { if (req.url === '/api/x') { await fetch('https://a.test/one'); } } }).listen(1);"}, {"ANY /api/x"}),
    "http, split query": ({"main.ts": "import http from 'http'; http.createServer(async (req, res) => { const path = (req.url ?? '/').split('?')[0]; if (path === '/api/x' && req.method === 'GET') await fetch('https://a.test/one'); }).listen(1);"}, GET_X),
    "http, object map": ({"main.ts": "import http from 'http'; const table: Record<string, any> = { '/api/x': async () => { await fetch('https://a.test/one'); } }; http.createServer(async (req, res) => { const h = table[req.url!]; if (h) await h(req, res); }).listen(1);"}, {"ANY /api/x"}),
    "http, object map by method and path": ({"main.ts": "import http from 'http'; const table: Record<string, any> = { 'GET /api/x': async () => { await fetch('https://a.test/one'); } }; http.createServer(async (req, res) => { const h = table[`${req.method} ${req.url}`]; if (h) await h(req, res); }).listen(1);"}, GET_X),
}  # fmt: skip


GAPS_ROUTES: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(ROUTES, GAPS_ROUTES))
def test_routes(name: str) -> None:
    files, expected = ROUTES[name]
    inventory = audited({"package.json": '{"name": "x"}', **files})
    assert routes(inventory) == expected
    for route in expected:
        assert called(inventory, "route", route) == {"GET a.test/one": (1, 1)}


NONE = {
    "express, never mounted": EXPRESS.replace("const app = express();\n", "") + "console.log(router);",
    "a client's get": "import axios from 'axios'; axios.get('/api/x', { a: () => 1 });",
    "a map's get": "const app = new Map(); app.get('/api/x');",
    "express, setting alone": EXPRESS + "app.get('/api/x');",
    "fastify, decorator": FASTIFY + "app.decorate('x', () => 1);",
    "http, nothing compared": "import http from 'http'; http.createServer((req, res) => { res.end(); }).listen(1);",
    "another package": "import { app } from 'some-library'; app.get('/api/x', () => 1);",
}


@pytest.mark.parametrize("name", cases(NONE))
def test_what_is_no_route(name: str) -> None:
    assert routes(audited({"main.ts": NONE[name]})) == set()


PLACES = {
    "express": EXPRESS
    + "\napp.get(\n  '/a',\n  (req, res) => { res.end(); },\n);\napp.post('/b', (req, res) => { res.end(); });",
    "hono": HONO + "\n\napp.get(\n  '/a',\n  (c) => c.text(''),\n);\napp.post('/b', (c) => c.text(''));",
}


@pytest.mark.parametrize("name", cases(PLACES))
def test_the_place_of_a_route_is_its_registration(name: str) -> None:
    assert places(audited({"main.ts": PLACES[name]})) == {("GET /a", "main.ts", 5), ("POST /b", "main.ts", 9)}


def test_the_place_of_a_route_is_in_the_module_that_registers_it() -> None:
    files = {
        "main.ts": EXPRESS + "import r from './r';\napp.use('/api', r);",
        "r.ts": "import { Router } from 'express';\nimport { x } from './c';\nconst r = Router();\nr.get('/x', x);\nexport default r;",
        "c.ts": "export const x = (req: any, res: any) => res.end();",
    }
    assert places(audited(files)) == {("GET /api/x", "r.ts", 4)}


def test_middleware_of_a_route_runs_with_it() -> None:
    source = (
        EXPRESS
        + "const auth = async (req: any, res: any, next: any) => { await fetch('https://a.test/auth'); next(); };\napp.get('/x', auth, async (req, res) => { await fetch('https://a.test/one'); });"
    )
    assert called(audited({"main.ts": source}), "route", "GET /x") == {
        "GET a.test/auth": (1, 1),
        "GET a.test/one": (1, 1),
    }


MIDDLEWARE = {
    "of the app": EXPRESS
    + "app.use(async (req, res, next) => { await fetch('https://a.test/auth'); next(); });\napp.get('/x', async (req, res) => { res.end(); });",
    "of a router": EXPRESS
    + "router.use(async (req, res, next) => { await fetch('https://a.test/auth'); next(); });\nrouter.get('/x', async (req, res) => { res.end(); });\napp.use(router);",
    "of hono": HONO
    + "app.use('*', async (c, next) => { await fetch('https://a.test/auth'); await next(); });\napp.get('/x', (c) => c.text(''));",
    "hook of fastify": FASTIFY
    + "app.addHook('preHandler', async () => { await fetch('https://a.test/auth'); });\napp.get('/x', async () => 1);",
}


GAPS_MIDDLEWARE: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(MIDDLEWARE, GAPS_MIDDLEWARE))
def test_middleware_before_a_route_runs_with_it(name: str) -> None:
    assert called(audited({"main.ts": MIDDLEWARE[name]}), "route", "GET /x") == {"GET a.test/auth": (1, 1)}


def test_routers_that_are_mounted_below_each_other_are_followed_once() -> None:
    routers = [f"r{number}" for number in range(12)]
    made = "".join(f"const {name} = express.Router(); {name}.get('/{name}', () => {{}});\n" for name in routers)
    mounted = "".join(f"{one}.use('/{two}', {two});\n" for one in routers for two in routers if one != two)
    source = f"import express from 'express';\nconst app = express();\n{made}{mounted}app.use('/at', r0);\n"
    found = {route.path for route in audited({"server.ts": source}).routes}
    assert "/at/r0" in found
    assert len(found) <= len(routers) * MOST_PREFIXES
