"""Routers that are filled in further ways: folders of plugins, groups, hapi, h3."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, routes, unresolved

ASK = "await fetch('https://a.test/one');"
ASKED = {"GET a.test/one": (1, 1)}
PLUGIN = f"export default async function (app) {{ app.get('/x', async () => {{ {ASK} }}); }}"
HEAD = "import Fastify from 'fastify'; import autoload from '@fastify/autoload'; import path, { join } from 'node:path'; const app = Fastify();"

FOLDERS: dict[str, tuple[str, Files, str]] = {
    "beside": ("app.register(autoload, { dir: join(__dirname, 'routes') });", {"src/routes/root.ts": PLUGIN}, "GET /x"),
    "a folder inside": ("app.register(autoload, { dir: path.join(import.meta.dirname, 'routes') });", {"src/routes/users/index.ts": PLUGIN}, "GET /users/x"),
    "below a prefix": ("app.register(autoload, { dir: join(__dirname, 'routes'), options: { prefix: '/api' } });", {"src/routes/users/list.ts": PLUGIN}, "GET /api/users/x"),
    "parameters": ("app.register(autoload, { dir: join(__dirname, './routes'), routeParams: true });", {"src/routes/users/_id/index.ts": PLUGIN}, "GET /users/:id/x"),
    "a prefix of its own": ("app.register(autoload, { dir: join(__dirname, 'routes') });", {"src/routes/users/index.ts": f"export const autoPrefix = '/people'; {PLUGIN}"}, "GET /people/x"),
    "no folders": ("app.register(autoload, { dir: join(__dirname, 'routes'), dirNameRoutePrefix: false });", {"src/routes/users/index.ts": PLUGIN}, "GET /x"),
    "beside an index": ("app.register(autoload, { dir: join(__dirname, 'routes') });", {"src/routes/users/index.ts": PLUGIN, "src/routes/users/schema.ts": PLUGIN.replace("/x", "/y")}, "GET /users/x"),
    "above": ("app.register(autoload, { dir: join(__dirname, '..', 'routes') });", {"routes/users.ts": PLUGIN}, "GET /x"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_plugins_of_a_folder(name: str) -> None:
    code, files, wanted = FOLDERS[name]
    inventory = audited({"package.json": "{}", "src/main.ts": f"{HEAD} {code}", **files})
    assert routes(inventory) == {wanted}
    assert called(inventory, "route", wanted) == ASKED


def test_a_folder_that_is_not_known_is_said() -> None:
    inventory = audited(
        {"src/main.ts": f"{HEAD} app.register(autoload, {{ dir: process.argv[2] }});", "src/routes/x.ts": PLUGIN}
    )
    assert routes(inventory) == set()
    assert "the folder whose plugins it loads is not known, or holds none" in unresolved(inventory)


ELYSIA = "import { Elysia } from 'elysia';"
OTHERS = {
    "a group": (f"{ELYSIA} new Elysia({{ prefix: '/p' }}).group('/g', (app) => app.get('/x', async () => {{ {ASK} }})).listen(1);", "GET /p/g/x"),
    "a guard": (f"{ELYSIA} new Elysia().guard({{ body: shape }}, (app) => app.post('/x', async () => {{ {ASK} }})).listen(1);", "POST /x"),
    "a group with a guard": (f"{ELYSIA} new Elysia().group('/g', {{ body: shape }}, (app) => app.post('/x', async () => {{ {ASK} }}));", "POST /g/x"),
    "a plugin": (f"{ELYSIA} const users = new Elysia({{ prefix: '/u' }}).get('/x', async () => {{ {ASK} }}); new Elysia().use(users).listen(1);", "GET /u/x"),
    "hapi": (f"import Hapi from '@hapi/hapi'; const server = Hapi.server({{ port: 1 }}); server.route({{ method: 'GET', path: '/x', handler: async () => {{ {ASK} }} }});", "GET /x"),
    "hapi, options": (f"import {{ Server }} from '@hapi/hapi'; const server = new Server(); server.route({{ method: ['PUT'], path: '/x', options: {{ handler: async () => {{ {ASK} }} }} }});", "PUT /x"),
    "h3": (f"import {{ createApp, createRouter, eventHandler }} from 'h3'; const app = createApp(); const router = createRouter(); router.get('/x', eventHandler(async () => {{ {ASK} }})); app.use(router);", "GET /x"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_routers(name: str) -> None:
    code, wanted = OTHERS[name]
    inventory = audited({"main.ts": code})
    assert routes(inventory) == {wanted}
    assert called(inventory, "route", wanted) == ASKED


def test_what_has_a_method_of_that_name_is_no_router() -> None:
    code = f"const server = make(); server.route({{ method: 'GET', path: '/x', handler: async () => {{ {ASK} }} }});"
    assert routes(audited({"main.ts": code})) == set()
