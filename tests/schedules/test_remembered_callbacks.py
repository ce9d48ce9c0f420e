"""Timers whose function is remembered in a ref, each use of them with its own."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0"}}'
IMPORTS = """
'use client';
import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
"""
HOOKS = {
    "set in an effect": """
        function useEvery(callback: (...args: any[]) => any, delay: number) {
            const saved = useRef<() => void>();
            useEffect(() => { saved.current = callback; }, [callback]);
            useEffect(() => {
                function tick() { saved.current && saved.current(); }
                if (delay !== null) { const id = setInterval(tick, delay); return () => clearInterval(id); }
            }, [delay]);
        }
    """,
    "begins as the function": """
        const useEvery = (callback: () => void, delay: number | null) => {
            const saved = useRef(callback);
            useLayoutEffect(() => { saved.current = callback; }, [callback]);
            useEffect(() => {
                if (delay === null) return;
                const id = setInterval(() => saved.current(), delay);
                return () => clearInterval(id);
            }, [delay]);
        };
    """,
    "set while it is drawn": """
        function useLatest<T>(value: T) { const ref = useRef<T>(); ref.current = value; return ref; }
        function useEvery(callback: () => void, delay: number) {
            const latest = useLatest(callback);
            useEffect(() => {
                const id = window.setInterval(() => latest.current?.(), delay);
                return () => window.clearInterval(id);
            }, [delay]);
        }
    """,
}


def _page(code: str, body: str) -> Files:
    page = f"export default function Page() {{ {body} return <p/>; }}"
    return {"package.json": PACKAGE, "app/page.tsx": f"{IMPORTS}\n{code}\n{page}"}


def _timers(files: Files) -> list[tuple[list[float], list[str]]]:
    found = [one for one in audited(files).triggers if one.kind == "timer"]
    return sorted(([span.ms for span in one.intervals], sorted(end.path for end in one.endpoints)) for one in found)


@pytest.mark.parametrize("name", cases(HOOKS))
def test_each_use_of_a_hook_runs_what_it_is_handed(name: str) -> None:
    body = """
        useEvery(() => { fetch('https://a.test/one'); }, 7 * 1000);
        useEvery(async () => { await fetch('https://a.test/two'); }, 9_000);
    """
    files = _page(HOOKS[name], body)
    assert {request: most for request, (_, most) in called(audited(files), "page", "/").items()} == {
        "GET a.test/one": 1,
        "GET a.test/two": 1,
    }
    assert _timers(files) == [([7_000], ["/one"]), ([9_000], ["/two"])]


def test_uses_that_ask_an_own_route_keep_their_interval() -> None:
    """Though nothing upstream is behind it, it is not the interval of another use."""
    body = """
        useEvery(() => { fetch('/api/build'); }, 300_000);
        useEvery(() => { fetch('https://a.test/two'); }, 9_000);
    """
    route = "export async function GET() { return Response.json({ build: process.env.BUILD }); }"
    files = {**_page(HOOKS["set in an effect"], body), "app/api/build/route.ts": route}
    assert _timers(files) == [([9_000], ["/two"]), ([300_000], [])]


def test_a_query_of_a_context_is_polled_by_a_consumer() -> None:
    context = """
        const Prices = createContext<any>(null);
        export function Provider({ children }: any) {
            const { data, refetch } = useQuery({ queryKey: ['x'], queryFn: () => fetch('https://a.test/x') });
            return <Prices.Provider value={{ data, refetch }}>{children}</Prices.Provider>;
        }
        export const Around = () => <Provider><Page/></Provider>;
    """
    body = "const { refetch } = useContext(Prices); useEffect(() => { setInterval(() => refetch(), 5000); }, []);"
    assert _timers(_page(context, body)) == [([5_000], ["/x"])]
