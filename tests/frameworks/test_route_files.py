"""Frameworks whose files are routes: Nitro and Nuxt, SvelteKit, Remix and React Router, Astro and SolidStart."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry, routes

ASK = "await fetch('https://a.test/one');"
ASKED = {"GET a.test/one": (1, 1)}


def package(name: str) -> Files:
    return {"package.json": f'{{"dependencies": {{"{name}": "3.0.0"}}}}'}


# --- Nitro and Nuxt -----------------------------------------------------------------------------

HANDLER = f"export default defineEventHandler(async (event) => {{ {ASK} return 1; }});"
NITRO = {
    "a method": ("nuxt", "server/api/hello.get.ts", HANDLER, "GET /api/hello"),
    "any method": ("nuxt", "server/api/items/[id].ts", HANDLER, "ANY /api/items/[id]"),
    "an index": ("nuxt", "server/api/items/index.post.ts", HANDLER, "POST /api/items"),
    "beside the api": ("nuxt", "server/routes/feed.ts", HANDLER, "ANY /feed"),
    "all below": ("nuxt", "server/api/x/[...slug].ts", HANDLER, "ANY /api/x/[...slug]"),
    "imported": ("nuxt", "server/api/hello.get.ts", f"import {{ eventHandler as on }} from 'h3'; export default on(async () => {{ {ASK} }});", "GET /api/hello"),
    "a plain function": ("nuxt", "server/api/hello.get.ts", f"export default async () => {{ {ASK} }};", "GET /api/hello"),
    "an object": ("nuxt", "server/api/hello.get.ts", f"export default defineEventHandler({{ handler: async () => {{ {ASK} }} }});", "GET /api/hello"),
    "Nitro alone": ("nitropack", "routes/hello.get.ts", HANDLER, "GET /hello"),
    "Nitro in a folder": ("nitropack", "server/routes/hello.get.ts", HANDLER, "GET /hello"),
}  # fmt: skip


@pytest.mark.parametrize("name", NITRO)
def test_files_of_the_server_are_routes(name: str) -> None:
    dependency, file, code, wanted = NITRO[name]
    inventory = audited({**package(dependency), file: code})
    assert routes(inventory) == {wanted}
    assert called(inventory, "route", wanted) == ASKED
    assert not [one for one in inventory.entries if one.kind == "script"]


def test_middleware_of_nitro_runs_before_every_route() -> None:
    files = {
        "server/middleware/log.ts": "export default defineEventHandler(async () => { await fetch('https://m.test/x'); });"
    }
    inventory = audited({**package("nuxt"), **files, "server/api/hello.get.ts": HANDLER})
    assert called(inventory, "route", "GET /api/hello") == {**ASKED, "GET m.test/x": (1, 1)}


def test_cached_handlers_answer_from_a_cache() -> None:
    code = f"export default defineCachedEventHandler(async () => {{ {ASK} return 1; }}, {{ maxAge: 60 }});"
    (guard,) = (one for one in audited({**package("nuxt"), "server/api/x.get.ts": code}).guards if one.kind == "cache")
    assert guard.ttl_ms == 60_000


def test_plugins_and_tasks_of_nitro() -> None:
    files = {
        "server/plugins/warm.ts": f"export default defineNitroPlugin(async () => {{ {ASK} }});",
        "server/tasks/sync.ts": f"export default defineTask({{ meta: {{ name: 'sync' }}, async run() {{ {ASK} return {{}}; }} }});",
        "server/utils/ask.ts": f"export async function ask() {{ {ASK} }}",
    }
    inventory = audited({**package("nuxt"), **files})
    assert {(one.kind, one.name) for one in inventory.entries} == {("script", "warm"), ("job", "task sync")}


def test_what_nuxt_asks_with_is_followed_to_its_routes() -> None:
    files = {
        "server/api/hello.get.ts": HANDLER,
        "composables/hello.ts": "export const useHello = () => useFetch('/api/hello'); export async function load() { return $fetch('/api/hello'); }",
        "plugins/start.client.ts": "import { load } from '../composables/hello'; export default defineNuxtPlugin(async () => { await load(); });",
    }
    found = [one for one in audited({**package("nuxt"), **files}).calls if one.file == "composables/hello.ts"]
    assert {one.internal_route for one in found} == {"GET /api/hello"}


NOT_NITRO = {
    "no such framework": ("express", "server/api/hello.get.ts", HANDLER),
    "another folder": ("nuxt", "lib/api/hello.get.ts", HANDLER),
    "no handler": ("nuxt", "server/api/hello.get.ts", "export default { title: 'x' };"),
}


@pytest.mark.parametrize("name", NOT_NITRO)
def test_other_files_are_no_routes_of_nitro(name: str) -> None:
    dependency, file, code = NOT_NITRO[name]
    assert routes(audited({**package(dependency), file: code})) == set()


# --- SvelteKit ----------------------------------------------------------------------------------

SVELTE = package("@sveltejs/kit")
ENDPOINTS = {
    "a constant": ("src/routes/api/x/+server.ts", f"export const GET = async ({{ fetch }}) => {{ {ASK} return new Response(''); }};", "GET /api/x"),
    "a function": ("src/routes/api/x/+server.js", f"export async function POST() {{ {ASK} }}", "POST /api/x"),
    "in a group": ("src/routes/(app)/x/[id=integer]/+server.ts", f"export async function GET() {{ {ASK} }}", "GET /x/[id]"),
    "any method": ("src/routes/x/+server.ts", f"export async function fallback() {{ {ASK} }}", "ANY /x"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDPOINTS)
def test_endpoints_of_svelte_kit(name: str) -> None:
    file, code, wanted = ENDPOINTS[name]
    inventory = audited({**SVELTE, file: code})
    assert routes(inventory) == {wanted}
    assert called(inventory, "route", wanted) == ASKED


def test_pages_of_svelte_kit_load_with_their_layouts() -> None:
    files = {
        "src/routes/+layout.server.ts": "export const load = async () => { await fetch('https://l.test/x'); };",
        "src/routes/b/[id]/+page.server.ts": f"export async function load() {{ {ASK} }}",
        "src/routes/c/+page.ts": "export const load = async ({ fetch }) => { await fetch('/api/x'); };",
        "src/routes/api/x/+server.ts": f"export async function GET() {{ {ASK} }}",
    }
    inventory = audited({**SVELTE, **files})
    assert called(inventory, "page", "/b/[id]") == {**ASKED, "GET l.test/x": (1, 1)}
    assert called(inventory, "page", "/c") == {**ASKED, "GET l.test/x": (1, 1)}
    assert ("GET /api/x",) in {reach.through for reach in entry(inventory, "/c").reaches}


def test_actions_and_hooks_of_svelte_kit() -> None:
    files = {
        "src/hooks.server.ts": "export const handle = async ({ event, resolve }) => { await fetch('https://h.test/x'); return resolve(event); };",
        "src/routes/b/+page.server.ts": f"export const actions = {{ default: async () => {{ {ASK} }}, save: async () => {{ {ASK} }} }};",
        "src/routes/b/helpers.ts": f"export async function GET() {{ {ASK} }}",
    }
    inventory = audited({**SVELTE, **files})
    assert called(inventory, "action", "POST /b") == {**ASKED, "GET h.test/x": (1, 1)}
    assert called(inventory, "action", "POST /b?/save") == {**ASKED, "GET h.test/x": (1, 1)}
    assert routes(inventory) == set()


# --- Remix and React Router ---------------------------------------------------------------------

SHOW = "export default function Shown() { return <b />; }"
LOADS = f"export async function loader() {{ {ASK} return null; }}"
NAMES = {
    "a parameter": ("app/routes/posts.$id.tsx", "/posts/:id"),
    "an index": ("app/routes/_index.tsx", "/"),
    "a layout without a path": ("app/routes/_auth.login.tsx", "/login"),
    "a folder": ("app/routes/posts.$id/route.tsx", "/posts/:id"),
    "not nested": ("app/routes/posts_.edit.tsx", "/posts/edit"),
    "a dot": ("app/routes/feed[.]xml.tsx", "/feed.xml"),
    "all that follows": ("app/routes/files.$.tsx", "/files/*"),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_paths_of_remix(name: str) -> None:
    file, path = NAMES[name]
    inventory = audited({**package("@remix-run/react"), file: f"{LOADS} {SHOW}", "app/routes/posts.$id/part.tsx": SHOW})
    assert called(inventory, "page", path) == ASKED


TABLES = {
    "by other names": "import { index as start, layout as frame, prefix as under, route as at } from '@react-router/dev/routes'; export default [start('./home.tsx'), frame('./shell.tsx', [at('posts/:id', './post.tsx')]), ...under('api', [at('x', './end.ts')])];",
    "all of the package": "import * as r from '@react-router/dev/routes'; export default [r.index('./home.tsx'), r.layout('./shell.tsx', [r.route('posts/:id', './post.tsx')]), ...r.prefix('api', [r.route('x', './end.ts')])];",
    "a list": "import { index, layout, prefix, route } from '@react-router/dev/routes'; export default [index('./home.tsx'), layout('./shell.tsx', [route('posts/:id', './post.tsx')]), ...prefix('api', [route('x', './end.ts')])];",
    "a constant": "import { type RouteConfig, index, layout, prefix, route } from '@react-router/dev/routes'; const API = 'api'; const routes: RouteConfig = [index('home.tsx'), layout('shell.tsx', [...prefix('posts', [route(':id', 'post.tsx')])]), route(`${API}/x`, 'end.ts')]; export default routes;",
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_routes_that_a_file_of_them_says(name: str) -> None:
    files = {
        "app/routes.ts": TABLES[name],
        "app/root.tsx": f"export async function loader() {{ await fetch('https://r.test/x'); }} {SHOW}",
        "app/home.tsx": f"export async function clientLoader() {{ {ASK} }} {SHOW}",
        "app/shell.tsx": f"export async function loader() {{ await fetch('https://s.test/x'); }} {SHOW}",
        "app/post.tsx": f"{LOADS} export async function action() {{ {ASK} }} {SHOW}",
        "app/end.ts": f"{LOADS} export async function action() {{ {ASK} }}",
        "app/routes/other.tsx": f"{LOADS} {SHOW}",
    }
    inventory = audited({**package("@react-router/dev"), **files})
    assert {one.name for one in inventory.entries if one.kind == "page"} == {"/", "/posts/:id"}
    assert called(inventory, "page", "/") == {**ASKED, "GET r.test/x": (1, 1)}
    assert called(inventory, "page", "/posts/:id") == {**ASKED, "GET r.test/x": (1, 1), "GET s.test/x": (1, 1)}
    assert called(inventory, "action", "action /posts/:id") == ASKED
    assert routes(inventory) == {f"{one} /api/x" for one in ("GET", "POST", "PUT", "PATCH", "DELETE")}
    sides = {
        (reach.host, reach.origin) for page in ("/", "/posts/:id") for reach in entry(inventory, page, "page").reaches
    }
    assert sides == {("a.test", "browser"), ("a.test", "server"), ("r.test", "server"), ("s.test", "server")}


def test_a_table_that_is_made_otherwise_is_said() -> None:
    table = "import { autoRoutes } from 'some-routes'; export default autoRoutes({ ignored: ['x'] });"
    inventory = audited(
        {**package("@react-router/dev"), "app/routes.ts": table, "app/routes/posts.tsx": f"{LOADS} {SHOW}"}
    )
    assert [(one.file, one.why) for one in inventory.unknowns] == [
        ("app/routes.ts", "how they are made is not followed")
    ]


OWN = {
    "a function of the table": "import { route } from '@react-router/dev/routes'; const index = (file) => route('own', file); export default [index('./home.tsx'), route('x', './x.tsx')];",
    "a function of the program": "import { route } from '@react-router/dev/routes'; import { index } from './made'; export default [index('./home.tsx'), route('x', './x.tsx')];",
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_a_function_that_is_called_like_one_of_the_package(name: str) -> None:
    files = {"app/routes.ts": OWN[name], "app/home.tsx": f"{LOADS} {SHOW}", "app/x.tsx": f"{LOADS} {SHOW}"}
    made = "import { route } from '@react-router/dev/routes'; export const index = (file) => route('own', file);"
    inventory = audited({**package("@react-router/dev"), **files, "app/made.ts": made})
    assert {one.name for one in inventory.entries if one.kind == "page"} == {"/x"}
    assert [(one.file, one.why) for one in inventory.unknowns] == [
        ("app/routes.ts", "how they are made is not followed")
    ]


ACTION = f"export async function action() {{ {ASK} }}"
SENDS = {
    "Remix": ("@remix-run/node", {"app/routes/save.ts": ACTION}),
    "React Router": (
        "@react-router/dev",
        {
            "app/routes.ts": "import { route } from '@react-router/dev/routes'; export default [route('save', './save.ts')];",
            "app/save.ts": ACTION,
        },
    ),
}


@pytest.mark.parametrize("name", SENDS)
def test_an_action_answers_every_method_that_sends(name: str) -> None:
    dependency, files = SENDS[name]
    inventory = audited({**package(dependency), **files})
    assert routes(inventory) == {"POST /save", "PUT /save", "PATCH /save", "DELETE /save"}
    assert called(inventory, "route", "DELETE /save") == ASKED


def test_a_table_that_takes_paths_from_names() -> None:
    table = "import { flatRoutes } from '@react-router/fs-routes'; export default flatRoutes();"
    inventory = audited(
        {**package("@react-router/dev"), "app/routes.ts": table, "app/routes/posts.tsx": f"{LOADS} {SHOW}"}
    )
    assert called(inventory, "page", "/posts") == ASKED


def test_a_router_in_the_browser_alone_has_no_such_files() -> None:
    inventory = audited({**package("react-router"), "app/routes/posts.tsx": f"{LOADS} {SHOW}"})
    assert not [one for one in inventory.entries if one.kind in ("page", "route")]


# --- Astro and SolidStart -----------------------------------------------------------------------

ASTRO = {
    "a constant": ("astro", "src/pages/api/x.ts", f"export const GET = async () => {{ {ASK} }};", "GET /api/x"),
    "before 3": ("astro", "src/pages/feed.xml.js", f"export async function get() {{ {ASK} }}", "GET /feed.xml"),
    "any method": ("astro", "src/pages/[...slug].json.ts", f"export const ALL = async () => {{ {ASK} }};", "ANY /[...slug].json"),
    "SolidStart": ("@solidjs/start", "src/routes/(group)/api/x.ts", f"export async function GET() {{ {ASK} }}", "GET /api/x"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASTRO)
def test_endpoints_are_exports_by_method(name: str) -> None:
    dependency, file, code, wanted = ASTRO[name]
    inventory = audited(
        {**package(dependency), file: code, "src/pages/_part.ts": f"export async function GET() {{ {ASK} }}"}
    )
    assert routes(inventory) == {wanted}
    assert called(inventory, "route", wanted) == ASKED


def test_middleware_and_actions_of_astro() -> None:
    files = {
        "src/middleware.ts": "export const onRequest = async (context, next) => { await fetch('https://m.test/x'); return next(); };",
        "src/pages/api/x.ts": f"export const GET = async () => {{ {ASK} }};",
        "src/actions/index.ts": f"import {{ defineAction }} from 'astro:actions'; export const server = {{ save: defineAction({{ handler: async () => {{ {ASK} }} }}), more: {{ drop: defineAction({{ handler: async () => {{ {ASK} }} }}) }} }};",
    }
    inventory = audited({**package("astro"), **files})
    assert called(inventory, "route", "GET /api/x") == {**ASKED, "GET m.test/x": (1, 1)}
    assert {one.name for one in inventory.entries if one.kind == "action"} == {"save", "more.drop"}
    assert not [one for one in inventory.entries if one.kind == "script"]
