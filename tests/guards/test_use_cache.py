"""`'use cache'` of Next.js, with the times of `cacheLife`."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases

NEXT = {"package.json": '{"dependencies": {"next": "16.0.0", "react": "19.0.0"}}'}
PAGE = "import { prices } from '../lib/prices';\nexport default async function Page() { await prices(); return null; }"
ASK = "return (await fetch('https://a.test/one')).json();"

KEPT: dict[str, tuple[str, int | None, str]] = {
    "function": (f"export async function prices() {{ 'use cache'; {ASK} }}", 900_000, "shared"),
    "arrow": (f"export const prices = async () => {{ 'use cache'; {ASK} }};", 900_000, "shared"),
    "file": (f"'use cache';\nexport async function prices() {{ {ASK} }}", 900_000, "shared"),
    "named life": (f"import {{ cacheLife }} from 'next/cache';\nexport async function prices() {{ 'use cache'; cacheLife('minutes'); {ASK} }}", 60_000, "shared"),
    "older name": (f"import {{ unstable_cacheLife as cacheLife }} from 'next/cache';\nexport async function prices() {{ 'use cache'; cacheLife('hours'); {ASK} }}", 3_600_000, "shared"),
    "another name": (f"import {{ cacheLife as life }} from 'next/cache';\nexport async function prices() {{ 'use cache'; life('days'); {ASK} }}", 86_400_000, "shared"),
    "all of the package": (f"import * as kept from 'next/cache';\nexport async function prices() {{ 'use cache'; kept.cacheTag('a'); kept.cacheLife('days'); {ASK} }}", 86_400_000, "shared"),
    "an own function of that name": (f"const cacheLife = (name: string) => name;\nexport async function prices() {{ 'use cache'; cacheLife('days'); {ASK} }}", 900_000, "shared"),
    "one of another package": (f"import {{ cacheLife }} from 'other';\nexport async function prices() {{ 'use cache'; cacheLife('days'); {ASK} }}", 900_000, "shared"),
    "own life": (f"import {{ cacheLife }} from 'next/cache';\nexport async function prices() {{ 'use cache'; cacheLife({{ stale: 5, revalidate: 20, expire: 60 }}); {ASK} }}", 20_000, "shared"),
    "life of the configuration": (f"import {{ cacheLife }} from 'next/cache';\nexport async function prices() {{ 'use cache'; cacheLife('market'); {ASK} }}", None, "shared"),
    "by argument": (f"export async function prices(symbol?: string) {{ 'use cache'; {ASK} }}", 900_000, "per-key"),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KEPT))
def test_what_a_directive_keeps(name: str) -> None:
    source, times, scope = KEPT[name]
    inventory = audited({**NEXT, "app/page.tsx": PAGE, "lib/prices.ts": source})
    (guard,) = [one for one in inventory.guards if one.kind == "cache"]
    assert (guard.mechanism, guard.store, guard.scope, guard.ttl_ms) == ("use cache", "process", scope, times)
    assert called(inventory, "page", "/") == {"GET a.test/one": (0, 1)}


OPEN = {
    "no directive": f"export async function prices() {{ {ASK} }}",
    "another directive": f"export async function prices() {{ 'use strict'; {ASK} }}",
    "not at the beginning": f"export async function prices() {{ const a = 1; 'use cache'; {ASK} }}",
}


@pytest.mark.parametrize("name", cases(OPEN))
def test_what_no_directive_keeps(name: str) -> None:
    inventory = audited({**NEXT, "app/page.tsx": PAGE, "lib/prices.ts": OPEN[name]})
    assert [one for one in inventory.guards if one.kind == "cache"] == []
    assert called(inventory, "page", "/") == {"GET a.test/one": (1, 1)}
