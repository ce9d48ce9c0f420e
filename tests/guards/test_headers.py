"""Headers with which a route lets shared caches keep its answer."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases

EXPRESS = 'import express from "express";\nconst app = express();\n'
ASKED = 'const answer = await (await fetch("https://a.test/one")).json();'
HANDLER = f"async (req: any, res: any) => {{ {ASKED} res.json(answer); }}"
HELPER = {"keep.ts": "export function keepFor(res, s) { res.set('Cache-Control', `public, max-age=${s}`); }"}


def _route(body: str, head: str = "") -> str:
    return EXPRESS + head + f'app.get("/x", async (req, res) => {{ {ASKED} {body} res.json(answer); }});'


KEPT: dict[str, tuple[str, float, str]] = {
    "set": (_route("res.set('Cache-Control', 'public, max-age=300');"), 300_000, "s-maxage"),
    "setHeader": (_route("res.setHeader('Cache-Control', 's-maxage=300');"), 300_000, "s-maxage"),
    "an object": (_route("res.set({ 'Cache-Control': 's-maxage=300' });"), 300_000, "s-maxage"),
    "a constant in a template": (
        _route("res.set('Cache-Control', `public, s-maxage=${AGE}`);", "const AGE = 30;\n"), 30_000, "s-maxage"
    ),
    "a constant of the function": (
        _route("const age = 20; res.set('Cache-Control', `public, s-maxage=${age}`);"), 20_000, "s-maxage"
    ),
    "the name is a constant": (_route("res.set(NAME, 's-maxage=20');", "const NAME = 'Cache-Control';\n"), 20_000, "s-maxage"),
    "a function of another file": (
        _route("keepFor(res, 30);", "import { keepFor } from './keep';\n"), 30_000, "s-maxage"
    ),
    "a handler before": (
        EXPRESS + "const keep = (s) => (req, res, next) => { res.set('Cache-Control', `public, s-maxage=${s}`); next(); };\n"
        f'app.get("/x", keep(60), {HANDLER});', 60_000, "s-maxage",
    ),
    "public until a time": (
        _route("res.header('Cache-control', 'public'); "
               "res.setHeader('Expires', new Date(Date.now() + 1000 * 60).toUTCString());"), 60_000, "Expires",
    ),
    "an age goes before a time": (
        _route("res.header('Cache-control', 'public, s-maxage=10'); "
               "res.setHeader('Expires', new Date(Date.now() + 1000 * 60).toUTCString());"), 10_000, "s-maxage",
    ),
    "Hono": (
        f'import {{ Hono }} from "hono";\nconst app = new Hono();\napp.get("/x", async (c) => {{ {ASKED} '
        "c.header('Cache-Control', 's-maxage=30'); return c.json(answer); });\nexport default app;", 30_000, "s-maxage",
    ),
    "Fastify": (
        f'import Fastify from "fastify";\nconst app = Fastify();\napp.get("/x", async (req, reply) => {{ {ASKED} '
        "reply.header('Cache-Control', 's-maxage=30'); return answer; });", 30_000, "s-maxage",
    ),
    "NestJS": (
        "import { Controller, Get, Header } from '@nestjs/common';\n@Controller('x')\nexport class X {\n"
        f"  @Get()\n  @Header('Cache-Control', 'public, max-age=30')\n  async all() {{ {ASKED} return answer; }}\n}}",
        30_000, "s-maxage",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KEPT))
def test_a_header_that_lets_an_answer_be_kept(name: str) -> None:
    """However it is set, the time is what it says."""
    source, ttl, mechanism = KEPT[name]
    found = audited({"main.ts": source, **HELPER}).guards
    assert [(one.mechanism, one.ttl_ms, one.store, one.scope) for one in found] == [(mechanism, ttl, "cdn", "shared")]


OPEN: dict[str, str] = {
    "another header": _route("res.set('X-Cache-Control', 's-maxage=300');"),
    "for one browser": _route("res.set('Cache-Control', 'max-age=300');"),
    "until a time, not public": _route("res.setHeader('Expires', new Date(Date.now() + 60000).toUTCString());"),
    "public until now": _route("res.header('Cache-control', 'public'); res.setHeader('Expires', new Date().toUTCString());"),
    "something is sent": _route("res.set('Cache-Control', 's-maxage=300');").replace("app.get", "app.post"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(OPEN))
def test_a_header_that_keeps_nothing(name: str) -> None:
    """What is for browsers alone, or for no time, lets no shared cache answer."""
    assert audited({"main.ts": OPEN[name], **HELPER}).guards == ()
