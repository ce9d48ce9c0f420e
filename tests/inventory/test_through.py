"""The own routes that the ways from an entry to a call cross: all of them, however many lead to one call."""

from __future__ import annotations

import pytest

from tests.projects import audited, entry

PACKAGE = '{"name": "x", "dependencies": {"next": "15.0.0"}}'
CLIENT = "export const prices = () => fetch('https://a.test/prices');"
ROUTE = (
    "import { prices } from '@/lib/client';\nexport async function GET() { await prices(); return Response.json({}); }"
)
FILES = {
    "package.json": PACKAGE,
    "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}',
    "lib/client.ts": CLIENT,
    "app/api/one/route.ts": ROUTE,
    "app/api/two/route.ts": ROUTE,
    "app/api/outer/route.ts": "export async function GET() { await fetch('/api/one'); return Response.json({}); }",
}

PAGES: dict[str, tuple[str, tuple[int, int], tuple[str, ...]]] = {
    "one route": ("await fetch('/api/one');", (1, 1), ("GET /api/one",)),
    "two routes": ("await fetch('/api/two'); await fetch('/api/one');", (2, 2), ("GET /api/two", "GET /api/one")),
    "either route": (
        "if (location.hash) { await fetch('/api/one'); } else { await fetch('/api/two'); }",
        (1, 1),
        ("GET /api/one", "GET /api/two"),
    ),
    "a route twice": ("await fetch('/api/one'); await fetch('/api/one');", (2, 2), ("GET /api/one",)),
    "a route of a route": ("await fetch('/api/outer');", (1, 1), ("GET /api/outer", "GET /api/one")),
    "a route and another of it": (
        "await fetch('/api/outer'); await fetch('/api/two');",
        (2, 2),
        ("GET /api/outer", "GET /api/one", "GET /api/two"),
    ),
    "no route": ("await prices();", (1, 1), ()),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_reach_names_every_own_route_on_its_ways(name: str) -> None:
    body, bounds, through = PAGES[name]
    page = "'use client';\nimport { useEffect } from 'react';\nimport { prices } from '@/lib/client';\n"
    page += f"export default function P() {{ useEffect(() => {{ (async () => {{ {body} }})(); }}, []); return null; }}"
    (reach,) = entry(audited({**FILES, "app/page.tsx": page}), "/", "page").reaches
    assert (reach.min, reach.max) == bounds
    assert reach.through == through
