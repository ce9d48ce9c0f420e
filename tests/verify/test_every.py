"""Claims that every run makes a call, or waits for retries: one caller for whom it is not so contradicts them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from callaudit.audit import audit
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.verify.ground import Ground, ground_of
from callaudit.verify.verify import verify

ROUTE = """\
import { NextResponse } from 'next/server';

export async function POST(request: Request) {
  const { side, item } = await request.json();
  if (side === 'buy') {
    await fetch('https://shop.test/v1/purchases', { method: 'POST', body: item });
    void watch(item);
  } else {
    await fetch('https://shop.test/v1/returns', { method: 'POST', body: item });
  }
  await fetch('https://shop.test/v1/balance');
  return NextResponse.json({});
}

async function watch(item: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const answer = await fetch(`https://shop.test/v1/shipments?item=${item}`);
    if (answer.ok) break;
  }
}
"""
WAITED = """\
export async function GET() {
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await fetch('https://shop.test/v1/stock');
    if (answer.ok) return Response.json(await answer.json());
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return new Response(null, { status: 502 });
}
"""
HOOK = """\
import { useMutation } from '@tanstack/react-query';

export function use%s() {
  return useMutation({
    mutationFn: (item: string) =>
      fetch('/api/deals', { method: 'POST', body: JSON.stringify({ side: '%s', item }) }),
  });
}
"""
PAGE = """\
'use client';
import { useBuy } from '@/hooks/useBuy';
import { useReturn } from '@/hooks/useReturn';

export default function Page() {
  const buy = useBuy();
  const back = useReturn();
  return <button onClick={() => { buy.mutate('a'); back.mutate('b'); }}>go</button>;
}
"""
FILES = {
    "package.json": '{"dependencies": {"next": "14.2.0", "react": "18.0.0", "@tanstack/react-query": "5.0.0"}}\n',
    "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}\n',
    "src/app/api/deals/route.ts": ROUTE,
    "src/app/api/stock/route.ts": WAITED,
    "src/hooks/useBuy.ts": HOOK % ("Buy", "buy"),
    "src/hooks/useReturn.ts": HOOK % ("Return", "sell"),
    "src/app/page.tsx": PAGE,
}


@cache
def ground() -> Ground:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in FILES.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = ground_of(root, audit(root).inventory, Catalogue(builtin_profiles()))
        for path_ in found.paths:
            found.text(path_)
        return found


def fared(text: str, kind: str = "cost") -> list[str]:
    return [claim.verdict for claim in verify("audit.md", text, ground()).claims if claim.kind == kind]


HEADER = "| Route | How often | Besides |\n| --- | --- | --- |\n"


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("`POST /api/deals`: after every deal the balance is read.", ["confirmed"]),
        ("`POST /api/deals`: after every deal, read shipments.", ["contradicted"]),
        ("`POST /api/deals`: for each deal shipments are polled.", []),  # a deal, or a deal shipment
        ("`POST /api/deals`: for each deal we poll shipments.", ["contradicted"]),
        ("`POST /api/deals`: for each deal balances are read.", ["confirmed"]),
        ("`POST /api/deals`: after every bought deal, read shipments.", []),
        ("`POST /api/deals`: 30 deals/min = 30 shipment reads/min", ["contradicted"]),
        ("`POST /api/deals`: 30 deals/min = 30 balance reads/min", ["confirmed"]),
        ("`POST /api/deals`: 30 bought deals/min = 30 shipment reads/min", []),
        (f"{HEADER}| `POST /api/deals` | per deal | +3 shipment lookups |", ["contradicted"]),
        (f"{HEADER}| `POST /api/deals` | per deal | **+ 3 retries for shipments** |", ["contradicted"]),
        (f"{HEADER}| `POST /api/deals` | per deal | up to 3 shipment lookups |", []),
        (f"{HEADER}| `POST /api/deals` | per deal | +3 shipment lookups for purchases |", []),
        (f"{HEADER}| `POST /api/deals` | per deal | +1 balance read |", []),
        (f"{HEADER}| `POST /api/deals` | sometimes | +3 shipment lookups |", []),
    ],
)
def test_every_run(said: str, verdicts: list[str]) -> None:
    assert fared(f"{said}\n") == verdicts


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("`watch`: the response waits for these retries.", ["contradicted"]),
        ("The retries of `watch` block the response.", ["contradicted"]),
        ("Each lookup of `watch` is awaited before the route answers.", ["contradicted"]),
        ("`watch` retries in the background.", ["confirmed"]),
        ("`watch` is fire-and-forget: users do not wait for its retries.", ["confirmed"]),
        ("The retries of `watch` add 6 s of delay.", ["confirmed"]),
        ("Retries of `watch`: 3 calls + 6 s delay.", ["confirmed"]),
        ("Retries of `watch`: 3 calls + 9 seconds of waiting.", ["contradicted"]),
        ("The retries of `src/app/api/stock/route.ts` block the response.", ["confirmed"]),
        ("The retries of `src/app/api/stock/route.ts` run in the background.", ["contradicted"]),
        ("The retries of `useBuy` block the response.", []),
        ("Users should not wait for the retries of `watch`.", []),
    ],
)
def test_who_waits_for_retries(said: str, verdicts: list[str]) -> None:
    assert fared(f"{said}\n", "retry") == verdicts
