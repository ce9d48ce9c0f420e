"""Selectors that a function puts on a store for every part of its state."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

SELECTORS = {
    "a loop": "export const withUse = (given) => { const store = given as any; store.use = {}; for (const k of Object.keys(store.getState())) { (store.use as any)[k] = () => store((s) => s[k]); } return store; };",
    "a callback": "export function withUse(store) { store.use = {}; Object.keys(store.getState()).forEach((key) => { const selector = (state) => state[key]; store.use[key] = () => store(selector); }); return store; }",
    "another name": "export function withUse(store) { store.use = {}; for (const name in store.getState()) { store.use[name] = () => store((state) => state[name]); } return store; }",
}
STORES = """
    import { create } from 'zustand';
    import { withUse } from './use';
    export const useItems = withUse(create((set) => ({ items: [], load: async () => { await fetch('https://a.test/items'); } })));
    export const useOther = withUse(create(() => ({ load: () => fetch('https://a.test/other') })));
"""


def _files(selectors: str, used: str) -> Files:
    page = f"'use client'; import {{ useEffect }} from 'react'; import {{ useItems, useOther }} from '../store'; export default function Page() {{ {used} return null; }}"
    package = '{ "dependencies": { "next": "15", "zustand": "5" } }'
    return {"package.json": package, "use.ts": selectors, "store.ts": STORES, "app/page.tsx": page}


@pytest.mark.parametrize("name", SELECTORS)
def test_the_part_that_is_asked_for_is_selected(name: str) -> None:
    files = _files(SELECTORS[name], "const load = useItems.use.load(); useEffect(() => { load(); }, [load]);")
    assert called(audited(files), "page", "/") == {"GET a.test/items": (1, 1)}


@pytest.mark.parametrize("name", SELECTORS)
def test_another_part_is_another(name: str) -> None:
    files = _files(SELECTORS[name], "const items = useItems.use.items(); useEffect(() => { console.log(items); }, []);")
    assert called(audited(files), "page", "/") == {}


@pytest.mark.parametrize("name", SELECTORS)
def test_each_store_has_parts_of_its_own(name: str) -> None:
    files = _files(SELECTORS[name], "const load = useOther.use.load(); useEffect(() => { load(); }, [load]);")
    assert called(audited(files), "page", "/") == {"GET a.test/other": (1, 1)}


def test_other_members_are_no_selectors() -> None:
    selectors = "export function withUse(store) { store.use = {}; return store; }"
    files = _files(selectors, "const load = useItems.use.load(); useEffect(() => { load?.(); }, []);")
    assert called(audited(files), "page", "/") == {}
