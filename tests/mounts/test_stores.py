"""Actions of stores and objects in a component's state: run by the components that take them out."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0", "zustand": "5.0.0"}}'
IMPORTS = """
'use client';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import { create, createStore, useStore as useAny } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
"""
STATE = """(set, get) => ({
    items: [] as any[],
    load: async () => { const r = await fetch('https://a.test/items'); set({ items: await r.json() }); },
    again: () => { void get().load(); },
})"""
ITEMS: dict[str, Bounds] = {"GET a.test/items": (1, 1)}
CONTEXT = f"""
const make = (first: any) => createStore<any>()({STATE});
const Held = createContext<any>(null);
export const useHeld = (pick: any) => {{ const store = useContext(Held); return useAny(store, pick); }};
"""


def _app(code: str, body: str) -> Files:
    page = f"export default function Page() {{ {body} return <p/>; }}"
    return {"package.json": PACKAGE, "app/page.tsx": f"{IMPORTS}\n{code}\n{page}"}


STORE = f"const useItems = create<any>()({STATE});"
CASES: dict[str, Files] = {
    "a selector": _app(STORE, "const load = useItems((s) => s.load); useEffect(() => { load(); }, [load]);"),
    "the whole state": _app(STORE, "const { load } = useItems(); useEffect(() => { load(); }, [load]);"),
    "through another action": _app(STORE, "const go = useItems((s) => s.again); useEffect(() => { go(); }, [go]);"),
    "outside of components": _app(STORE, "useEffect(() => { useItems.getState().load(); }, []);"),
    "a shallow selector": _app(
        STORE, "const { load } = useItems(useShallow((s) => ({ load: s.load }))); useEffect(() => { load(); }, []);"
    ),
    "a hook for any store": _app(
        f"const store = createStore<any>()({STATE});",
        "const load = useAny(store, (s: any) => s.load); useEffect(() => { load(); }, [load]);",
    ),
    "a store in a context, made in a state": _app(
        CONTEXT + "export function Provider({ children }: any) { const [store] = useState(() => make({}));"
        " return <Held.Provider value={store}>{children}</Held.Provider>; }",
        "const load = useHeld((s: any) => s.load); useEffect(() => { load(); }, [load]);",
    ),
    "a store in a context, made in a ref": _app(
        CONTEXT + "export function Provider({ children }: any) { const ref = useRef<any>(null);"
        " if (!ref.current) ref.current = make({});"
        " return <Held.Provider value={ref.current}>{children}</Held.Provider>; }",
        "const load = useHeld((s: any) => s.load); useEffect(() => { load(); }, [load]);",
    ),
    "an object in a state": _app(
        "class Api { load() { return fetch('https://a.test/items'); } }",
        "const [api] = useState(() => new Api()); useEffect(() => { api.load(); }, [api]);",
    ),
    "an object in a state that may be set": _app(
        "class Api { load() { return fetch('https://a.test/items'); } }",
        "const [api, setApi] = useState(new Api()); useEffect(() => { api.load(); }, [api]);",
    ),
}


@pytest.mark.parametrize("name", cases(CASES))
def test_what_is_taken_out_of_a_store_is_run(name: str) -> None:
    assert called(audited(CASES[name]), "page", "/") == ITEMS


def test_a_state_that_begins_as_data_is_not_known() -> None:
    """What a state begins as is not what it stays: both ways of a test count."""
    body = "const [on] = useState(false); useEffect(() => { if (on) fetch('https://a.test/items'); }, [on]);"
    assert called(audited(_app("", body)), "page", "/") == {"GET a.test/items": (0, 1)}
