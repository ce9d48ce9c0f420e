"""Lists of data that the code cuts short have no more items than that, and numbers are no greater than they may be."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited

ONE = "const one = (id: string) => fetch(`https://a.test/one/${id}`);\n"


def _most(body: str, around: str = "") -> int | None:
    found = audited(
        {
            "package.json": '{"dependencies": {"next": "15.0.0"}}',
            "app/api/x/route.ts": f"{ONE}{around}\nexport async function POST(req: Request) {{\n"
            f"const all: string[] = await req.json();\n{body}\nreturn Response.json({{}}); }}",
        }
    )
    (reach,) = [reach for entry in found.entries for reach in entry.reaches]
    assert reach.min == 0
    return reach.max


CUT = {
    "a loop over a slice": ("for (const id of all.slice(0, 7)) await one(id);", ""),
    "a method of a slice": ("await Promise.all(all.slice(0, 7).map((id) => one(id)));", ""),
    "a slice that begins later": ("await Promise.all(all.slice(3, 10).map(one));", ""),
    "the last items": ("all.slice(-7).forEach((id) => void one(id));", ""),
    "cut, then sifted": (
        "const few = all.slice(0, 7).filter((id) => id.length > 3); for (const id of few) await one(id);",
        "",
    ),
    "sifted, then cut": ("const few = all.filter(Boolean).sort().slice(0, 7); for (const id of few) await one(id);", ""),
    "made of something else, then cut": (
        "const few = all.map((id) => ({ id })).slice(0, 7); await Promise.all(few.map((few) => one(few.id)));",
        "",
    ),
    "a copy of a slice": ("const few = [...all.slice(0, 7)]; for (const id of few) await one(id);", ""),
    "a function that cuts": (
        "for (const id of top(all, 7)) await one(id);",
        "const top = (ids: string[], limit: number) => [...new Set(ids)].sort().slice(0, limit);",
    ),
    "a parameter": ("await run(all.slice(0, 7));", "const run = async (ids: string[]) => { for (const id of ids) await one(id); };"),
    "set in a try": ("let few: string[]; try { few = all.slice(0, 7); } catch { return Response.json({}); } for (const id of few) await one(id);", ""),
    "a number that is cut": ("for (let i = 0; i < Math.min(all.length, 7); i++) await one(all[i]);", ""),
    "the length of a slice": ("const few = all.slice(0, 7); for (let i = 0; i < few.length; i++) await one(few[i]);", ""),
    "a limit that is asked for": (
        "const limit = Math.max(1, Math.min(Number(new URL(req.url).searchParams.get('limit')), 7)); for (const id of all.slice(0, limit)) await one(id);",
        "",
    ),
    "cut twice": ("for (const id of all.slice(0, 20).slice(0, 7)) await one(id);", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_has_at_most_as_many(name: str) -> None:
    assert _most(*CUT[name]) == 7


NOT_CUT = {
    "what is left of a list": "for (const id of all.slice(7)) await one(id);",
    "all but the last": "for (const id of all.slice(0, -7)) await one(id);",
    "a limit that data gives": "for (const id of all.slice(0, Number(all[0]))) await one(id);",
    "a beginning that data gives": "for (const id of all.slice(Number(all[0]), 7)) await one(id);",
    "put together with more": "for (const id of all.slice(0, 7).concat(all)) await one(id);",
    "spread beside more": "for (const id of [...all.slice(0, 7), ...all]) await one(id);",
    "one list of many": "const many: string[][] = []; for (const id of many.concat([all]).slice(0, 7).flat()) await one(id);",
    "many of each": "for (const id of all.slice(0, 7).flatMap((id) => [id, ...all])) await one(id);",
    "filled afterwards": "const few = all.slice(0, 7); for (const id of all) few.push(id); for (const id of few) await one(id);",
    "in a field that is filled": "class Rows { items: string[]; constructor(ids: string[]) { this.items = ids.slice(0, 7); } add(id: string) { this.items.push(id); } } const rows = new Rows(all); for (const id of rows.items) await one(id);",
    "in an object that is filled": "const rows = { few: all.slice(0, 7) }; for (const id of all) rows.few.push(id); for (const id of rows.few) await one(id);",
    "filled by who is handed it": "const fill = (ids: string[]) => { for (const id of all) ids.push(id); }; const few = all.slice(0, 7); fill(few); for (const id of few) await one(id);",
    "cut or whole": "const few = all[0] ? all.slice(0, 7) : all; for (const id of few) await one(id);",
    "at least as many": "for (let i = 0; i < Math.max(all.length, 7); i++) await one(all[i]);",
    "grown in rounds": "let few = all.slice(0, 7); while (few.length) { few = [...few, ...all]; } for (const id of few) await one(id);",
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_CUT)
def test_of_what_may_be_longer_data_decides(name: str) -> None:
    assert _most(NOT_CUT[name]) is None


FLAT = {
    "lists that are written down": "[['a', 'b'], ['c']].flat().forEach((id) => void one(id));",
    "of one list each": "const both = ['a', 'b', 'c'].map((id) => [id]).flat(); for (const id of both) await one(id);",
}


@pytest.mark.parametrize("name", FLAT)
def test_lists_in_a_list_are_counted_by_their_items(name: str) -> None:
    found = audited(
        {
            "package.json": '{"dependencies": {"next": "15.0.0"}}',
            "app/api/x/route.ts": f"{ONE}export async function GET() {{ {FLAT[name]} return Response.json({{}}); }}",
        }
    )
    assert sum(reach.max or 0 for entry in found.entries for reach in entry.reaches) == 3


def test_components_of_a_list_that_is_cut_are_at_most_as_many() -> None:
    found = audited(
        {
            "package.json": '{"dependencies": {"next": "15.0.0", "react": "19.0.0"}}',
            "app/page.tsx": """
                'use client';
                import { useEffect } from 'react';
                function Row({ id }) { useEffect(() => { void fetch(`https://a.test/one/${id}`); }, [id]); return null; }
                export default function Page({ rows }) { return rows.slice(0, 7).map((row) => <Row id={row.id} />); }
            """,
        }
    )
    assert {reach.max for entry in found.entries if entry.kind == "page" for reach in entry.reaches} == {7}
