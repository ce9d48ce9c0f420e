"""What pages ask for when they open: their costs without what triggers ask for, which have streams of their own."""

from __future__ import annotations

import pytest

from tests.load.models import project

PACKAGE = '{"dependencies": {"next": "15.0.0", "react": "18.0.0", "@tanstack/react-query": "5.0.0"}}'
LIST = "https://api.example.com/list"
PAGE = """
    'use client';
    import {{ useCallback, useEffect }} from 'react';
    import {{ useMutation, useQuery }} from '@tanstack/react-query';
    const load = () => fetch('{url}');
    {hook}
    function Part() {{ useThing(); return <i/>; }}
    export default function Page() {{ {page} }}
"""


def loads(hook: str, page: str) -> list[tuple[float, float]]:
    """Lowest and highest calls of each stream of page loads."""
    source = PAGE.format(url=LIST, hook=hook, page=page)
    streams = project({"package.json": PACKAGE, "app/a/page.tsx": source}).streams
    return [(one.calls.low, one.calls.high) for one in streams if one.mechanism == "page load"]


HANDED_OUT = {
    "a function of an object": "return { again: () => load() };",
    "a callback": "const again = useCallback(() => load(), []); return { again };",
    "in a list": "const again = async () => { await load(); }; return [1, again];",
}


@pytest.mark.parametrize("name", HANDED_OUT)
def test_what_a_hook_hands_out_is_not_taken_off_what_its_mount_asks_for(name: str) -> None:
    hook = f"export function useThing() {{ useEffect(() => {{ load(); }}, []); {HANDED_OUT[name]} }}"
    assert loads(hook, "useThing(); return null;") == [(1, 1)]
    assert loads(hook, "return <div><Part/><Part/></div>;") == [(2, 2)]


def test_what_a_hook_hands_out_is_no_load_itself() -> None:
    assert loads("export function useThing() { return { again: () => load() }; }", "useThing(); return null;") == []


OF_TRIGGERS = {
    "a mutation": "useMutation({ mutationFn: () => load() });",
    "a query": "useQuery({ queryKey: ['list'], queryFn: () => load() });",
    "a poll": "useQuery({ queryKey: ['list'], queryFn: () => load(), refetchInterval: 5000 });",
    "a timer": "useEffect(() => { const t = setInterval(load, 5000); return () => clearInterval(t); }, []);",
}


@pytest.mark.parametrize("name", OF_TRIGGERS)
def test_what_triggers_ask_for_is_no_load_however_often_they_are_mounted(name: str) -> None:
    hook = f"export function useThing() {{ {OF_TRIGGERS[name]} }}"
    assert loads(hook, "useThing(); return null;") == []
    assert loads(hook, "return <div><Part/><Part/><Part/></div>;") == []


CLICKS = {
    "in place": "<button onClick={() => load()}/>",
    "by name": "<button onClick={load}/>",
}


@pytest.mark.parametrize("name", CLICKS)
def test_clicks_are_no_loads(name: str) -> None:
    hook = "export function useThing() { useEffect(() => { load(); }, []); }"
    page = f"useThing(); return <div>{CLICKS[name]}{CLICKS[name]}</div>;"
    assert loads(hook, page) == [(1, 1)]


@pytest.mark.parametrize("name", OF_TRIGGERS)
def test_the_first_request_of_a_page_is_counted_beside_a_trigger_for_the_same(name: str) -> None:
    hook = f"export function useThing() {{ useEffect(() => {{ load(); }}, []); {OF_TRIGGERS[name]} }}"
    assert loads(hook, "useThing(); return null;") == [(1, 1)]


def test_an_early_return_is_known_to_the_page() -> None:
    effect = "if (window.name) return; load();"
    hook = f"export function useThing() {{ useEffect(() => {{ {effect} }}, []); }}"
    assert loads(hook, "useThing(); return null;") == [(0, 1)]
