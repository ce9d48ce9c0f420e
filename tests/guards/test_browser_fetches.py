"""What only fetch of a server keeps stands before nothing that browsers ask for, whoever draws them."""

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
