"""What only fetch of a server keeps stands before nothing that browsers ask for, whoever draws them."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Files, audited, entry

NEXT = {"package.json": '{"dependencies": {"next": "15.0.0", "react": "19.0.0"}}'}
KEPT = {
    "lib/load.ts": "export const load = async () => fetch('https://a.test/x', { next: { revalidate: 60 } });",
    "lib/load_forced.ts": "export const load = () => fetch('https://a.test/x', { cache: 'force-cache' });",
}
EFFECT = "'use client';\nimport { useEffect } from 'react';\nimport { load } from '../lib/%s';\n"
SHOWN = {
    "an effect": "export function Board() { useEffect(() => { load(); }, []); return <b />; }",
    "a query": "import { useQuery } from '@tanstack/react-query';\n"
    "export function Board() { useQuery({ queryKey: ['x'], queryFn: load, refetchInterval: 5000 }); return <b />; }",
}  # fmt: skip
PAGE = "import { Board } from '../parts/Board';\n"


def _files(name: str, page: str, loader: str = "load") -> Files:
    file = f"lib/{loader}.ts"
    return {**NEXT, file: KEPT[file], "parts/Board.tsx": EFFECT % loader + SHOWN[name], "app/page.tsx": PAGE + page}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("loader", ["load", "load_forced"])
def test_a_server_s_page_that_draws_what_asks_in_browsers(name: str, loader: str) -> None:
    inventory = audited(_files(name, "export default function Page() { return <Board />; }", loader))
    assert not [one for one in inventory.guards if one.kind == "cache"]
    assert all(not name.startswith("cache:") for reach in entry(inventory, "/").reaches for name in reach.guards)


@pytest.mark.parametrize("name", SHOWN)
def test_the_same_on_both_sides(name: str) -> None:
    page = (
        "import { load } from '../lib/load';\nexport default async function Page() { await load(); return <Board />; }"
    )
    inventory = audited(_files(name, page))
    assert [one.store for one in inventory.guards if one.mechanism == "next.revalidate"] == ["process"]
    kept = {one.origin: [name for name in one.guards if "load.ts" in name] for one in entry(inventory, "/").reaches}
    assert kept == {"browser": [], "server": ["cache:lib/load.ts:1:60000"]}


ROUTE = "export async function GET() { return Response.json(await (await fetch('https://a.test/y', { cache: 'no-store' })).json()); }"
KEEPER = (
    "const kept: Record<string, { at: number; data: any }> = {};\n"
    "export async function load(id: string) {\n  const hit = kept[id];\n  if (hit && Date.now() - hit.at < 60_000) return hit.data;\n"
    "  const data = await (await fetch(%s)).json();\n  kept[id] = { at: Date.now(), data };\n  return data;\n}\n"
)
ASKS = "'use client';\nimport { useEffect } from 'react';\n%sexport default function Page() { useEffect(() => { %s }, []); return <b />; }"


@pytest.mark.parametrize("url", ["'/api/y'", "`/api/y?id=${id}`"])
def test_what_a_browser_keeps_of_an_own_route_is_kept_in_browsers(url: str) -> None:
    page = ASKS % ("import { load } from '../lib/keeper';\n", "void load('a');")
    inventory = audited({**NEXT, "lib/keeper.ts": KEEPER % url, "app/page.tsx": page, "app/api/y/route.ts": ROUTE})
    assert [(one.store, one.ttl_ms) for one in inventory.guards if one.kind == "cache"] == [("browser", 60_000)]


def test_what_the_route_keeps_is_kept_by_the_server() -> None:
    route = "import { load } from '../../../lib/keeper';\nexport async function GET(request: Request) { return Response.json(await load(new URL(request.url).search)); }"
    page = ASKS % ("", "void fetch('/api/y');")
    files = {"lib/keeper.ts": KEEPER % "'https://a.test/y', { cache: 'no-store' }", "app/api/y/route.ts": route}
    inventory = audited({**NEXT, **files, "app/page.tsx": page})
    assert [(one.store, one.ttl_ms) for one in inventory.guards if one.kind == "cache"] == [("process", 60_000)]
