"""Handlers before a route's own that answer from what they have kept."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases

EXPRESS = 'import express from "express";\nconst app = express();\n'
HANDLER = 'async (req: any, res: any) => { res.json(await (await fetch("https://a.test/one")).json()); }'
HONO = 'import { Hono } from "hono";\nimport { cache } from "hono/cache";\nconst app = new Hono();\n'
BY_HONO = 'async (c) => c.json(await (await fetch("https://a.test/one")).json())'

KEPT: dict[str, tuple[str, float | None, str]] = {
    "a package, looked up by address": (
        EXPRESS
        + """
        import memory from "memory-cache";
        const cache = (seconds: number) => (req, res, next) => {
          const key = "page" + req.originalUrl;
          const body = memory.get(key);
          if (body) { res.send(body); return; }
          res.sendResponse = res.send;
          res.send = (body) => { memory.put(key, body, seconds * 1000); res.sendResponse(body); };
          next();
        };
        app.get("/x", cache(10), HANDLER);
        """, 10_000, "process",
    ),
    "a map, in an else": (
        EXPRESS
        + """
        const kept = new Map<string, any>();
        const cache = (ms: number) => (req, res, next) => {
          const hit = kept.get(req.url);
          if (hit && Date.now() - hit.at < ms) { res.send(hit.body); }
          else {
            const send = res.send.bind(res);
            res.send = (body) => { kept.set(req.url, { body, at: Date.now() }); return send(body); };
            next();
          }
        };
        app.get("/x", cache(10_000), HANDLER);
        """, 10_000, "process",
    ),
    "for all routes": (
        EXPRESS
        + """
        import Redis from "ioredis";
        const redis = new Redis();
        async function cache(req, res, next) {
          const hit = await redis.get(req.originalUrl);
          if (hit) return res.json(JSON.parse(hit));
          const json = res.json.bind(res);
          res.json = (body) => { redis.setex(req.originalUrl, 60, JSON.stringify(body)); return json(body); };
          next();
        }
        app.use(cache);
        app.get("/x", HANDLER);
        """, 60_000, "distributed",
    ),
    "Koa": (
        """
        import Koa from "koa";
        import Router from "@koa/router";
        const app = new Koa();
        const router = new Router();
        const kept = new Map();
        const cache = async (ctx, next) => {
          const hit = kept.get(ctx.url);
          if (hit) { ctx.body = hit; return; }
          await next();
          kept.set(ctx.url, ctx.body);
        };
        router.get("/x", cache, async (ctx) => { ctx.body = await (await fetch("https://a.test/one")).json(); });
        app.use(router.routes());
        """, None, "process",
    ),
    "apicache": (
        EXPRESS + 'import apicache from "apicache";\napp.get("/x", apicache.middleware("5 minutes"), HANDLER);',
        300_000, "process",
    ),
    "apicache, milliseconds": (
        EXPRESS + 'import { middleware } from "apicache";\napp.use(middleware(2_000));\napp.get("/x", HANDLER);',
        2_000, "process",
    ),
    "apicache, nothing said": (
        EXPRESS + 'import { middleware } from "apicache";\napp.get("/x", middleware(), HANDLER);', 3_600_000, "process",
    ),
    "hono/cache": (
        HONO + f'app.get("/x", cache({{ cacheName: "a", cacheControl: "max-age=3600" }}), {BY_HONO});\n',
        3_600_000, "cdn",
    ),
    "hono/cache for all": (
        HONO + f'app.use("*", cache({{ cacheName: "a", cacheControl: "max-age=60" }}));\napp.get("/x", {BY_HONO});\n',
        60_000, "cdn",
    ),
    "hono/cache without a time": (
        HONO + f'app.get("/x", cache({{ cacheName: "a" }}), {BY_HONO});\n', None, "cdn",
    ),
}  # fmt: skip


def _text(source: str) -> str:
    return source.replace("HANDLER", HANDLER)


@pytest.mark.parametrize("name", cases(KEPT))
def test_a_handler_that_answers(name: str) -> None:
    """It stands before the requests of the handlers after it, and is shared where the path is one."""
    source, ttl, store = KEPT[name]
    inventory = audited({"main.ts": _text(source)})
    assert [(one.kind, one.ttl_ms, one.scope, one.store) for one in inventory.guards] == [
        ("cache", ttl, "shared", store)
    ]
    assert inventory.guards[0].endpoints == ("GET a.test/one",)


def test_a_path_with_a_parameter_has_an_answer_for_each() -> None:
    source = _text(KEPT["apicache"][0]).replace('"/x"', '"/x/:id"')
    assert [one.scope for one in audited({"main.ts": source}).guards] == ["per-key"]


def test_the_lower_bound_behind_it_is_nothing() -> None:
    found = audited({"main.ts": _text(KEPT["for all routes"][0])})
    assert called(found, "route", "GET /x") == {"GET a.test/one": (0, 1)}


OPEN: dict[str, str] = {
    "who is known may pass": """
        const users = new Map<string, any>();
        app.post("/in", (req, res) => { users.set(req.body.id, { name: req.body.name }); res.end(); });
        const known = (req, res, next) => { const user = users.get(req.id); if (!user) return res.end(); next(); };
        app.get("/x", known, HANDLER);
        """,
    "who is banned may not": """
        const banned = new Map<string, any>();
        app.post("/ban", (req, res) => { banned.set(req.body.ip, { why: req.body.why }); res.end(); });
        const allowed = (req, res, next) => { if (banned.get(req.ip)) return res.status(403).end(); next(); };
        app.get("/x", allowed, HANDLER);
        """,
    "it only keeps": """
        const kept = new Map<string, any>();
        const keep = (req, res, next) => {
          const send = res.send.bind(res);
          res.send = (body) => { kept.set(req.url, body); return send(body); };
          next();
        };
        app.get("/x", keep, HANDLER);
        """,
    "it stands before another route": """
        import apicache from "apicache";
        app.get("/y", apicache.middleware("5 minutes"), (req, res) => res.end());
        app.get("/x", HANDLER);
        """,
    "it comes after the route": """
        import apicache from "apicache";
        app.get("/x", HANDLER);
        app.use(apicache.middleware("5 minutes"));
        """,
    "something is sent to the route": """
        import apicache from "apicache";
        app.post("/x", apicache.middleware("5 minutes"), HANDLER);
        """,
}  # fmt: skip


@pytest.mark.parametrize("name", cases(OPEN))
def test_a_handler_that_answers_nothing(name: str) -> None:
    """What refuses, keeps or stands elsewhere answers no request of the route."""
    assert [one for one in audited({"main.ts": _text(EXPRESS + OPEN[name])}).guards if one.endpoints] == []
