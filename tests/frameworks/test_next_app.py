"""Next.js app router: which files are routes, at which paths, with which methods."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, called, cases, entry, places, routes

PACKAGE = {"package.json": '{"name": "x", "dependencies": {"next": "15.5.0"}}'}
GET = "export async function GET() { await fetch('https://a.test/one'); return Response.json({}); }"

# file: path of its route; "" for none
FILES = {
    "app/api/hello/route.ts": "/api/hello",
    "app/api/hello/route.js": "/api/hello",
    "app/api/hello/route.tsx": "/api/hello",
    "app/api/hello/route.jsx": "/api/hello",
    "app/route.ts": "/",
    "src/app/api/hello/route.ts": "/api/hello",
    "app/(group)/api/hello/route.ts": "/api/hello",
    "app/(a)/(b)/hello/route.ts": "/hello",
    "app/dash/@team/api/in-slot/route.ts": "/dash/api/in-slot",
    "app/api/users/[id]/route.ts": "/api/users/[id]",
    "app/api/users/[id]/posts/[postId]/route.ts": "/api/users/[id]/posts/[postId]",
    "app/api/all/[...path]/route.ts": "/api/all/[...path]",
    "app/api/opt/[[...path]]/route.ts": "/api/opt/[[...path]]",
    "app/api/%5Fhidden/route.ts": "/api/_hidden",
    "app/api/intercept/(.)x/route.ts": "/api/intercept/(.)x",
    "app/api/sp ace/route.ts": "/api/sp ace",
    "app/sitemap.xml/route.ts": "/sitemap.xml",
    "app/.well-known/x/route.ts": "/.well-known/x",
    "app/api/_private/route.ts": "",
    "app/api/_private/deep/route.ts": "",
    "app/api/hello/Route.ts": "",
    "app/api/hello/routes.ts": "",
    "app/api/hello/route.test.ts": "",
    "app/api/hello/handlers.ts": "",
    "app/api/hello/route.d.ts": "",
    "lib/api/hello/route.ts": "",
    "src/lib/app/api/hello/route.ts": "",
}


@pytest.mark.parametrize("file", cases(FILES))
def test_the_path_of_a_handler_s_file(file: str) -> None:
    inventory = audited(
        {**PACKAGE, file: GET, "app/page.js": "export default () => null;"}
        if not file.startswith("src/app")
        else {**PACKAGE, file: GET}
    )
    assert routes(inventory) == ({f"GET {FILES[file]}"} if FILES[file] else set())


PAGES = {
    "app/page.tsx": "/",
    "app/dash/page.tsx": "/dash",
    "app/(shop)/cart/page.tsx": "/cart",
    "app/dash/@team/page.tsx": "/dash",
    "app/feed/(.)photo/[id]/page.tsx": "/feed/photo/[id]",
    "app/[...slug]/page.tsx": "/[...slug]",
    "src/app/dash/page.jsx": "/dash",
    "app/_parts/page.tsx": "",
    "app/dash/view.tsx": "",
}


@pytest.mark.parametrize("file", cases(PAGES))
def test_the_path_of_a_page_s_file(file: str) -> None:
    source = "export default async function Page() { await fetch('https://a.test/one'); return null; }"
    inventory = audited({**PACKAGE, file: source})
    pages = [item.name for item in inventory.entries if item.kind == "page"]
    assert pages == ([PAGES[file]] if PAGES[file] else [])


METADATA = {
    "app/sitemap.ts": "/sitemap.xml",
    "app/robots.js": "/robots.txt",
    "src/app/(shop)/items/sitemap.ts": "/items/sitemap.xml",
    "app/manifest.ts": "/manifest.webmanifest",
    "app/blog/[slug]/opengraph-image.tsx": "/blog/[slug]/opengraph-image",
    "app/icon2.tsx": "/icon2",
    "app/_parts/sitemap.ts": "",
    "lib/sitemap.ts": "",
    "app/icons.tsx": "",
}


@pytest.mark.parametrize("file", cases(METADATA))
def test_files_that_describe_the_site_are_routes(file: str) -> None:
    source = "export default async function Image() { await fetch('https://a.test/one'); return null; }"
    folder = "src/app" if file.startswith("src/") else "app"
    inventory = audited({**PACKAGE, file: source, f"{folder}/page.tsx": "export default () => null;"})
    assert routes(inventory) == ({f"GET {METADATA[file]}"} if METADATA[file] else set())
    if METADATA[file]:
        assert called(inventory, "route", f"GET {METADATA[file]}") == {"GET a.test/one": (1, 1)}
        assert not [one for one in inventory.entries if one.kind == "component"]


def test_a_map_of_the_site_is_kept_from_the_build_on() -> None:
    source = "export default async function sitemap() { await fetch('https://a.test/one'); return []; }"
    page = {"app/page.tsx": "export default () => null;"}
    (guard,) = audited({**PACKAGE, "app/sitemap.ts": source, **page}).guards
    assert (guard.kind, guard.mechanism) == ("cache", "static handler")
    anew = f"export const dynamic = 'force-dynamic';\n{source}"
    assert audited({**PACKAGE, "app/sitemap.ts": anew, **page}).guards == ()


# exports: (source, methods with lines)
EXPORTS: dict[str, tuple[str, dict[str, int]]] = {
    "function": ("export function GET() { return one(); }", {"GET": 2}),
    "async function": ("\nexport async function POST(request: Request) { return one(); }", {"POST": 3}),
    "arrow": ("export const GET = () => one();", {"GET": 2}),
    "function expression": ("export const GET = async function () { return one(); };", {"GET": 2}),
    "wrapped": ("const withAuth = (h: any) => async (...a: any[]) => h(...a);\nexport const GET = withAuth(async () => one());", {"GET": 3}),
    "wrapped by a library": ("import { withX } from 'some-library';\nexport const GET = withX(async () => one());", {"GET": 3}),
    "wrapped twice": ("const a = (h: any) => () => h();\nconst b = (h: any) => () => h();\nexport const GET = a(b(() => one()));", {"GET": 4}),
    "wrapped with options": ("const make = ({ handler }: any) => async () => handler();\nexport const GET = make({ handler: async () => one() });", {"GET": 3}),
    "satisfies": ("export const GET = (() => one()) satisfies Handler;", {"GET": 2}),
    "as": ("export const GET = (() => one()) as Handler;", {"GET": 2}),
    "let": ("export let GET = () => one();", {"GET": 2}),
    "renamed": ("const handler = () => one();\nexport { handler as POST };", {"POST": 2}),
    "renamed function": ("export { handler as POST };\nfunction handler() { return one(); }", {"POST": 3}),
    "one handler, two methods": ("const handler = () => one();\nexport { handler as GET, handler as POST };", {"GET": 2, "POST": 2}),
    "constant of a constant": ("const handler = () => one();\nexport const GET = handler;\nexport const POST = handler;", {"GET": 3, "POST": 4}),
    "destructured": ("const handlers = { GET: () => one(), POST: () => one() };\nexport const { GET, POST } = handlers;", {"GET": 3, "POST": 3}),
    "several in one const": ("export const GET = () => one(), PUT = () => one();", {"GET": 2, "PUT": 2}),
    "all methods": (
        "\n".join(f"export const {verb} = () => one();" for verb in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")),
        {"GET": 2, "HEAD": 3, "POST": 4, "PUT": 5, "PATCH": 6, "DELETE": 7, "OPTIONS": 8},
    ),
    "settings": ("export const dynamic = 'force-dynamic';\nexport const revalidate = 60;\nexport const runtime = 'edge';\nexport const GET = () => one();", {"GET": 5}),
    "type": ("export type POST = string;\nexport interface PUT { a: string }\nexport const GET = () => one();", {"GET": 4}),
    "lower case": ("export const get = () => one();\nexport const GET = () => one();", {"GET": 3}),
    "not exported": ("function POST() { return one(); }\nexport const GET = () => POST();", {"GET": 3}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(EXPORTS))
def test_the_methods_that_a_file_exports(name: str) -> None:
    source, methods = EXPORTS[name]
    file = "app/api/x/route.ts"
    inventory = audited({**PACKAGE, file: "const one = () => fetch('https://a.test/one');\n" + source})
    assert places(inventory) == {(f"{method} /api/x", file, line) for method, line in methods.items()}
    for method in methods:
        assert called(inventory, "route", f"{method} /api/x") == {"GET a.test/one": (1, 1)}


ELSEWHERE = {
    "export from": "export { GET } from '../../../lib/h';",
    "export from, renamed": "export { handler as GET } from '../../../lib/h';",
    "export default from": "export { default as GET } from '../../../lib/h';",
    "export all": "export * from '../../../lib/h';",
    "imported and exported": "import { GET } from '../../../lib/h'; export { GET };",
    "imported, renamed, exported": "import { handler } from '../../../lib/h'; export { handler as GET };",
    "imported into a constant": "import { handler } from '../../../lib/h'; export const GET = handler;",
    "imported and called": "import { handler } from '../../../lib/h'; export async function GET() { return handler(); }",
    "object of another module": "import { handlers } from '../../../lib/h'; export const { GET } = handlers;",
    "CommonJS": "const { handler } = require('../../../lib/h'); module.exports = { GET: handler };",
    "CommonJS, exports": "const { handler } = require('../../../lib/h'); exports.GET = handler;",
}


@pytest.mark.parametrize("name", cases(ELSEWHERE))
def test_handlers_of_another_module(name: str) -> None:
    shared = "export const handler = () => fetch('https://a.test/one'); export { handler as GET }; export default handler; export const handlers = { GET: handler };"
    suffix = "js" if "CommonJS" in name else "ts"
    inventory = audited({**PACKAGE, f"app/api/x/route.{suffix}": ELSEWHERE[name], "lib/h.ts": shared})
    assert routes(inventory) == {"GET /api/x"}
    assert inventory.routes[0].file == f"app/api/x/route.{suffix}"
    assert called(inventory, "route", "GET /api/x") == {"GET a.test/one": (1, 1)}


def test_a_chain_of_reexports_through_a_tsconfig_path() -> None:
    inventory = audited(
        {
            **PACKAGE,
            "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}',
            "app/api/x/route.ts": "export * from '@/lib/a';",
            "lib/a.ts": "export * from '@/lib/b';",
            "lib/b.ts": "export * from './c';",
            "lib/c.ts": GET + " export default GET;",
        }
    )
    assert routes(inventory) == {"GET /api/x"}


def test_a_root_app_folder_wins_over_src() -> None:
    inventory = audited(
        {
            **PACKAGE,
            "app/api/a/route.ts": GET,
            "src/app/api/b/route.ts": GET,
            "src/pages/api/c.ts": "export default function h() {}",
        }
    )
    assert routes(inventory) == {"GET /api/a", "ANY /api/c"}


CONFIGS = {
    "object": ("next.config.js", "module.exports = { basePath: '/base' };"),
    "constant": ("next.config.mjs", "const nextConfig = { basePath: '/base' }; export default nextConfig;"),
    "typed": (
        "next.config.ts",
        "import type { NextConfig } from 'next'; const c: NextConfig = { basePath: '/base' }; export default c;",
    ),
    "function": ("next.config.js", "module.exports = (phase) => ({ basePath: '/base' });"),
    "async function": ("next.config.mjs", "export default async () => { return { basePath: '/base' }; };"),
    "wrapped by a plugin": (
        "next.config.js",
        "const withX = require('some-plugin')(); module.exports = withX({ basePath: '/base' });",
    ),
    "wrapped with options": (
        "next.config.js",
        "const { withSentryConfig } = require('@sentry/nextjs'); module.exports = withSentryConfig({ basePath: '/base' }, { org: 'x' });",
    ),
    "constant of a constant": (
        "next.config.js",
        "const basePath = '/base'; module.exports = { reactStrictMode: true, basePath };",
    ),
    "known ternary": (
        "next.config.ts",
        "const isProd = true; export default { basePath: isProd ? '/base' : '' };",
    ),
    "environment": (
        "next.config.mjs",
        "const basePath = process.env.BASE_PATH ?? '/base'; export default { basePath };",
    ),
    "plugin with options of its own": (
        "next.config.mjs",
        "import withX from 'some-plugin'; export default (phase) => withX({ enabled: false })({ basePath: '/base' });",
    ),
    "spread": ("next.config.js", "const shared = { basePath: '/base' }; module.exports = { ...shared };"),
}


@pytest.mark.parametrize("name", cases(CONFIGS))
def test_the_base_path_is_in_front_of_everything(name: str) -> None:
    file, text = CONFIGS[name]
    page = "export default async function P() { await fetch('https://a.test/one'); return null; }"
    inventory = audited({**PACKAGE, file: text, "app/api/x/route.ts": GET, "app/dash/page.tsx": page})
    assert routes(inventory) == {"GET /base/api/x"}
    assert entry(inventory, "/base/dash").kind == "page"


def test_a_base_path_by_environment_is_that_of_production() -> None:
    text = "const isProd = process.env.NODE_ENV === 'production'; export default { basePath: isProd ? '/prod' : '' };"
    assert routes(audited({**PACKAGE, "next.config.ts": text, "app/api/x/route.ts": GET})) == {"GET /prod/api/x"}


def test_page_extensions_apply_to_both_routers() -> None:
    text = "const more = ['mdx.tsx']; export default { pageExtensions: ['page.tsx', 'api.ts', ...more] };"
    handler = "export default function handler(req, res) { res.end(); }"
    inventory = audited(
        {
            **PACKAGE,
            "next.config.ts": text,
            "app/api/a/route.api.ts": GET,
            "app/api/b/route.ts": GET,
            "pages/api/c.api.ts": handler,
            "pages/api/d.ts": handler,
        }
    )
    assert routes(inventory) == {"GET /api/a", "ANY /api/c"}


def test_layouts_around_a_page_run_with_it() -> None:
    inventory = audited(
        {
            **PACKAGE,
            "app/layout.tsx": "export default async function L({ children }) { await fetch('https://a.test/root'); return children; }",
            "app/dash/layout.tsx": "export default async function L({ children }) { await fetch('https://a.test/dash'); return children; }",
            "app/other/layout.tsx": "export default async function L({ children }) { await fetch('https://a.test/other'); return children; }",
            "app/dash/page.tsx": "export default async function P() { await fetch('https://a.test/page'); return null; }",
        }
    )
    assert called(inventory, "page", "/dash") == {
        "GET a.test/root": (1, 1),
        "GET a.test/dash": (1, 1),
        "GET a.test/page": (1, 1),
    }


def test_metadata_and_static_params_belong_to_a_page() -> None:
    source = """
        export async function generateMetadata() { await fetch('https://a.test/meta'); return {}; }
        export async function generateStaticParams() { await fetch('https://a.test/params'); return []; }
        export default function P() { return null; }
    """
    inventory = audited({**PACKAGE, "app/x/page.tsx": source})
    assert called(inventory, "page", "/x") == {"GET a.test/meta": (1, 1), "GET a.test/params": (1, 1)}


@pytest.mark.parametrize(("directive", "origin"), [("'use client';\n", "browser"), ("", "server")])
def test_the_origin_of_a_page(directive: str, origin: str) -> None:
    source = directive + "export default function P() { fetch('https://a.test/one'); return null; }"
    assert entry(audited({**PACKAGE, "app/x/page.tsx": source}), "/x").origin == origin


@pytest.mark.parametrize("file", ["middleware.ts", "middleware.js", "src/middleware.ts", "proxy.ts"])
@pytest.mark.parametrize(
    "spelling",
    [
        "export async function {}() {{ await fetch('https://a.test/one'); }}",
        "export default async function x() {{ await fetch('https://a.test/one'); }}",
        "export const {} = async () => {{ await fetch('https://a.test/one'); }};",
    ],
)
def test_middleware(file: str, spelling: str) -> None:
    name = file.rpartition("/")[2].partition(".")[0]
    app = "src/app/api/x/route.ts" if file.startswith("src") else "app/api/x/route.ts"
    inventory = audited({**PACKAGE, file: spelling.format(name), app: "export const GET = () => null;"})
    assert called(inventory, "route", f"ANY {name}") == {"GET a.test/one": (1, 1)}
    assert routes(inventory) == {"GET /api/x"}


def test_middleware_in_another_folder_is_none() -> None:
    inventory = audited(
        {
            **PACKAGE,
            "lib/middleware.ts": "export function middleware() { return fetch('https://a.test/one'); }",
            "app/page.tsx": "export default () => null;",
        }
    )
    assert [item.name for item in inventory.entries if item.kind == "route"] == []


ACTIONS: dict[str, tuple[str, str]] = {
    "module": ("'use server';\nexport async function save() { await fetch('https://a.test/one'); }", "save"),
    "module, arrow": (
        "'use server';\nexport const save = async () => { await fetch('https://a.test/one'); };",
        "save",
    ),
    "module, list": (
        "'use server';\nasync function save() { await fetch('https://a.test/one'); }\nexport { save };",
        "save",
    ),
    "module, wrapped": (
        "'use server';\nconst safe = (f: any) => async () => f();\nexport const save = safe(async () => { await fetch('https://a.test/one'); });",
        "save",
    ),
    "module, double quotes": (
        "\"use server\";\nexport async function save() { await fetch('https://a.test/one'); }",
        "save",
    ),
    "function": ("export async function save() { 'use server'; await fetch('https://a.test/one'); }", "save"),
}


@pytest.mark.parametrize("name", cases(ACTIONS))
def test_server_actions(name: str) -> None:
    source, title = ACTIONS[name]
    inventory = audited({**PACKAGE, "app/actions.ts": source, "app/page.tsx": "export default () => null;"})
    (action,) = (item for item in inventory.entries if item.kind == "action")
    assert (action.name, action.origin, brief(action)) == (title, "server", {"GET a.test/one": (1, 1)})


def test_an_action_inside_a_component() -> None:
    source = "export default function P() { async function save() { 'use server'; await fetch('https://a.test/one'); } return <form action={save} />; }"
    inventory = audited({**PACKAGE, "app/page.tsx": source})
    assert [(item.kind, brief(item)) for item in inventory.entries if item.kind == "action"] == [
        ("action", {"GET a.test/one": (1, 1)})
    ]


FORMS: dict[str, str] = {
    "handed over": "<form action={save} />",
    "bound": "<form action={save.bind(null, 1)} />",
    "bound, of each": "<ul>{rows.map((row) => <form action={save.bind(null, row.id)} />)}</ul>",
    "of a button": "<button formAction={save.bind(null, 1)} />",
}


@pytest.mark.parametrize("name", cases(FORMS))
def test_a_form_does_not_run_its_action_when_the_page_loads(name: str) -> None:
    page = f'import {{ save }} from "./actions"; import {{ rows }} from "rows"; export default function P() {{ return {FORMS[name]}; }}'
    inventory = audited({**PACKAGE, "app/actions.ts": ACTIONS["module"][0], "app/page.tsx": page})
    assert {item.kind: brief(item) for item in inventory.entries} == {
        "action": {"GET a.test/one": (1, 1)},
        "page": {},
    }


def test_a_page_that_calls_an_action_runs_it() -> None:
    page = 'import { save } from "./actions"; export default async function P() { await save(); return <p />; }'
    inventory = audited({**PACKAGE, "app/actions.ts": ACTIONS["module"][0], "app/page.tsx": page})
    assert {item.kind: brief(item) for item in inventory.entries}["page"] == {"GET a.test/one": (1, 1)}


def test_a_function_without_the_directive_is_no_action() -> None:
    inventory = audited(
        {
            **PACKAGE,
            "app/actions.ts": "export async function save() { await fetch('https://a.test/one'); }",
            "app/page.tsx": "export default () => null;",
        }
    )
    assert [item.kind for item in inventory.entries if item.kind == "action"] == []


def test_two_apps_keep_their_own_settings() -> None:
    package = PACKAGE["package.json"]
    inventory = audited(
        {
            "package.json": '{"name": "root", "workspaces": ["apps/*"]}',
            "apps/web/package.json": package.replace('"x"', '"web"'),
            "apps/web/next.config.js": "module.exports = { basePath: '/web' };",
            "apps/web/app/api/x/route.ts": GET,
            "apps/admin/package.json": package.replace('"x"', '"admin"'),
            "apps/admin/src/app/api/x/route.ts": GET,
        }
    )
    assert {(f"{r.method} {r.path}", r.app) for r in inventory.routes} == {
        ("GET /web/api/x", "apps/web"),
        ("GET /api/x", "apps/admin"),
    }


def test_without_next_there_are_no_routes() -> None:
    assert routes(audited({"package.json": '{"name": "x"}', "app/api/x/route.ts": GET})) == set()
