"""Paths that a server answers with what another server says: rewrites of Next.js, Vercel and Netlify."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, entry

NEXT = {"package.json": '{"name": "x", "dependencies": {"next": "14.0.0", "react": "18.0.0"}}'}
PAGE = "'use client';\nimport { useEffect } from 'react';\nexport default function Page() { useEffect(() => { void fetch('/api/v2/prices?x=1'); }, []); return null; }"
RULE = "{ source: '/api/v2/:path*', destination: 'https://up.test/v2/:path*' }"

REWRITES: dict[str, tuple[str, str]] = {
    "list": (f"module.exports = {{ async rewrites() {{ return [{RULE}]; }} }};", "GET up.test/v2/prices"),
    "lists by time": (f"module.exports = {{ async rewrites() {{ return {{ beforeFiles: [], afterFiles: [{RULE}] }}; }} }};", "GET up.test/v2/prices"),
    "arrow": (f"const config = {{ rewrites: async () => [{RULE}] }};\nmodule.exports = config;", "GET up.test/v2/prices"),
    "wrapped": (f"const wrap = (config) => ({{ ...config }});\nmodule.exports = wrap({{ async rewrites() {{ return [{RULE}]; }} }});", "GET up.test/v2/prices"),
    "one or more": ("module.exports = { async rewrites() { return [{ source: '/api/:rest+', destination: 'https://up.test/:rest+' }]; } };", "GET up.test/v2/prices"),
    "group": ("module.exports = { async rewrites() { return [{ source: '/api/(.*)', destination: 'https://up.test/$1' }]; } };", "GET up.test/v2/prices"),
    "named group": ("module.exports = { async rewrites() { return [{ source: '/api/:all(.*)', destination: 'https://up.test/x/:all' }]; } };", "GET up.test/x/v2/prices"),
    "one segment": ("module.exports = { async rewrites() { return [{ source: '/api/v2/:name', destination: 'https://up.test/:name/now' }]; } };", "GET up.test/prices/now"),
    "fixed": ("module.exports = { async rewrites() { return [{ source: '/api/v2/prices', destination: 'https://up.test/p' }]; } };", "GET up.test/p"),
    "variable": ("module.exports = { async rewrites() { return [{ source: '/api/:path*', destination: `${process.env.UP}/:path*` }]; } };", "GET env:UP/v2/prices"),
    "variable with a default": ("const UP = process.env.UP || 'https://up.test';\nmodule.exports = { async rewrites() { return [{ source: '/api/:path*', destination: `${UP}/:path*` }]; } };", "GET up.test/v2/prices"),
    "another path": ("module.exports = { async rewrites() { return [{ source: '/other/:path*', destination: 'https://up.test/:path*' }]; } };", "GET same-origin/api/v2/prices"),
    "to itself": ("module.exports = { async rewrites() { return [{ source: '/api/:path*', destination: '/x/:path*' }]; } };", "GET same-origin/api/v2/prices"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(REWRITES))
def test_rewrites_of_next(name: str) -> None:
    config, expected = REWRITES[name]
    inventory = audited({**NEXT, "next.config.js": config, "app/page.tsx": PAGE})
    assert called(inventory, "page", "/").keys() == {expected}


def test_what_is_forwarded_is_asked_by_the_server_and_is_no_route() -> None:
    inventory = audited({**NEXT, "next.config.js": REWRITES["list"][0], "app/page.tsx": PAGE})
    (reach,) = entry(inventory, "/", "page").reaches
    assert (reach.origin, reach.site.file, reach.through) == ("server", "next.config.js", ())
    assert reach.via[-1].function == "→ rewrite /api/v2/:path*"
    assert inventory.routes == ()
    assert [(call.file, call.dead) for call in inventory.calls] == [("app/page.tsx", False), ("next.config.js", False)]


def test_a_route_of_the_app_answers_before_a_rewrite() -> None:
    route = "export async function GET() { return Response.json(await (await fetch('https://own.test/one')).json()); }"
    files = {
        **NEXT,
        "next.config.js": REWRITES["one or more"][0],
        "app/page.tsx": PAGE,
        "app/api/v2/prices/route.ts": route,
    }
    assert called(audited(files), "page", "/").keys() == {"GET own.test/one"}


def test_a_rewrite_that_nobody_asks_for_is_silent() -> None:
    inventory = audited({**NEXT, "next.config.js": REWRITES["list"][0], "app/page.tsx": "export default () => null;"})
    assert (inventory.calls, inventory.unknowns) == ((), ())


PLATFORMS: dict[str, tuple[dict[str, str], str]] = {
    "vercel": ({"vercel.json": '{"rewrites": [{"source": "/api/:path*", "destination": "https://up.test/:path*"}]}'}, "GET up.test/v2/prices"),
    "vercel group": ({"vercel.json": '{"rewrites": [{"source": "/api/(.*)", "destination": "https://up.test/$1"}]}'}, "GET up.test/v2/prices"),
    "vercel to itself": ({"vercel.json": '{"rewrites": [{"source": "/(.*)", "destination": "/index.html"}]}'}, "GET same-origin/api/v2/prices"),
    "netlify": ({"netlify.toml": '[[redirects]]\nfrom = "/api/*"\nto = "https://up.test/:splat"\nstatus = 200\n'}, "GET up.test/v2/prices"),
    "netlify, the browser goes there": ({"netlify.toml": '[[redirects]]\nfrom = "/api/*"\nto = "https://up.test/:splat"\n'}, "GET same-origin/api/v2/prices"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(PLATFORMS))
def test_rewrites_of_platforms(name: str) -> None:
    files, expected = PLATFORMS[name]
    inventory = audited({**NEXT, **files, "app/page.tsx": PAGE})
    assert called(inventory, "page", "/").keys() == {expected}


INSIDE = {
    "all below": ("[{ source: '/up/:path*', destination: '/api/:path*' }]", "/up/x", {"GET own.test/one"}),
    "one": ("{ beforeFiles: [{ source: '/prices', destination: '/api/x' }] }", "/prices", {"GET own.test/one"}),
    "another path": ("[{ source: '/up/:path*', destination: '/api/:path*' }]", "/down/x", {"GET same-origin/down/x"}),
    "no route there": ("[{ source: '/up/:path*', destination: '/api/:path*' }]", "/up/y", {"GET same-origin/up/y"}),
}


@pytest.mark.parametrize("name", cases(INSIDE))
def test_rewrites_to_routes_of_the_app(name: str) -> None:
    rewrites, path, expected = INSIDE[name]
    files = {
        **NEXT,
        "next.config.js": f"module.exports = {{ rewrites: async () => ({rewrites}) }};",
        "app/page.tsx": f"'use client'; export default function Page() {{ fetch('{path}'); return null; }}",
        "app/api/x/route.ts": "export async function GET() { await fetch('https://own.test/one'); }",
    }
    assert called(audited(files), "page", "/").keys() == expected


BASES = {
    "below the base": ("{ source: '/up/:path*', destination: '/api/:path*' }", "/base/up/x", {"GET own.test/one"}),
    "not below it": ("{ source: '/up/:path*', destination: '/api/:path*' }", "/up/x", {"GET same-origin/up/x"}),
    "without it": ("{ source: '/up/:path*', destination: 'https://up.test/:path*', basePath: false }", "/up/x", {"GET up.test/x"}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(BASES))
def test_rewrites_are_below_the_path_of_the_app(name: str) -> None:
    rewrite, path, expected = BASES[name]
    files = {
        **NEXT,
        "next.config.js": f"module.exports = {{ basePath: '/base', rewrites: async () => [{rewrite}] }};",
        "app/page.tsx": f"'use client'; export default function Page() {{ fetch('{path}'); return null; }}",
        "app/api/x/route.ts": "export async function GET() { await fetch('https://own.test/one'); }",
    }
    assert called(audited(files), "page", "/base").keys() == expected
