"""A host that is empty until somebody sets it is the page's own origin, or one that is not known."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited

PAGE = """
    'use client';
    import { useEffect } from 'react';
    import { load } from '../load';
    export default function Page() {
      useEffect(() => { void load(); }, []);
      return null;
    }
"""
EITHER = {
    "set by a function": """
        let base = '';
        export function use(url: string) { base = url; }
        export const load = () => fetch(`${base}/prices`);
    """,
    "a parameter that may be empty": """
        const ask = (base: string) => fetch(base + '/prices');
        export const load = () => ask(Math.random() > 0.5 ? '' : localStorage.getItem('base')!);
    """,
}
UNKNOWN = {
    "kept, or empty": """
        const base = localStorage.getItem('base') || '';
        export const load = () => fetch(`${base}/prices`);
    """,
    "kept, or else empty": "export const load = () => fetch((sessionStorage.getItem('base') ?? '') + '/prices');",
}
OWN = {
    "a constant": "const base = '';\nexport const load = () => fetch(`${base}/prices`);",
    "no base": "export const load = () => fetch('/prices');",
}


def _files(source: str) -> Files:
    return {
        "package.json": '{"dependencies": {"next": "15.0.0", "react": "19.0.0"}}',
        "app/page.tsx": PAGE,
        "load.ts": source,
    }


def _hosts(source: str) -> set[str]:
    (call,) = audited(_files(source)).calls
    return {one.host for one in call.urls} or {call.host}


@pytest.mark.parametrize("name", EITHER)
def test_a_base_that_is_empty_at_first_may_be_another_host(name: str) -> None:
    assert _hosts(EITHER[name]) == {"", "same-origin"}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_somebody_kept_is_not_the_own_origin_alone(name: str) -> None:
    assert "" in _hosts(UNKNOWN[name])


@pytest.mark.parametrize("name", OWN)
def test_a_base_that_is_always_empty_is_the_own_origin(name: str) -> None:
    assert _hosts(OWN[name]) == {"same-origin"}


def test_a_reach_names_the_own_origin_as_an_alternative() -> None:
    inventory = audited(_files(EITHER["set by a function"]))
    (reach,) = [one for entry in inventory.entries if entry.kind == "page" for one in entry.reaches]
    assert (reach.host, reach.other_hosts) == ("", ("same-origin",))


SERVED = {
    "an option": "const settings = { url: '' };\nexport const set = (url) => { settings.url = url; };",
    "a variable": "let url = ''; export const set = (to) => { url = to; };\n"
    "const settings = { get url() { return url; } };",
}


@pytest.mark.parametrize("name", SERVED)
def test_on_a_server_an_empty_base_is_no_origin_but_what_is_set_is_asked(name: str) -> None:
    source = (
        f"{SERVED[name]}\nexport async function GET() {{ "
        "await fetch(`${settings.url}/message`, { method: 'POST' }); return new Response(); }"
    )
    found = audited({"package.json": '{"dependencies": {"next": "15.0.0"}}', "app/api/tell/route.js": source})
    (reach,) = [reach for entry in found.entries for reach in entry.reaches]
    assert (reach.host, reach.method, reach.path, reach.other_hosts) == ("", "POST", "/message", ())
    assert any("no origin" in one.why for one in found.unknowns)
