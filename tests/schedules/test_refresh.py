"""A router that refreshes the page on a timer: the page's server components run again."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import audited, cases

if TYPE_CHECKING:
    from tests.projects import Files

SERVER = "import { Live } from './live';\nexport default async function Page() { await fetch('https://a.test/page'); return <main><Live /></main>; }"
QUIET = "import { Live } from './live';\nexport default async function Page() { return <main><Live /></main>; }"
IMPORTS = (
    "'use client';\nimport { useEffect, useTransition } from 'react';\nimport { useRouter } from 'next/navigation';\n"
)
PACKAGE = '{"name": "x", "dependencies": {"next": "15.0.0"}}'


def project(live: str, page: str = SERVER) -> Files:
    return {"package.json": PACKAGE, "app/shop/page.tsx": page, "app/shop/live.tsx": IMPORTS + live}


LIVE: dict[str, str] = {
    "effect": "export function Live() { const router = useRouter(); useEffect(() => { const t = setInterval(() => router.refresh(), 30_000); return () => clearInterval(t); }, [router]); return null; }",
    "by name": "export const Live = () => { const { refresh } = useRouter(); useEffect(() => { setInterval(refresh, 30 * 1000); }, []); return null; };",
    "transition": "export function Live() { const router = useRouter(); const [, start] = useTransition(); useEffect(() => { setInterval(() => { start(() => { router.refresh(); }); }, 30000); }, []); return null; }",
    "function": "export function Live() { const router = useRouter(); const again = () => { router.refresh(); }; useEffect(() => { setInterval(again, 30000); }, []); return null; }",
}  # fmt: skip

GAPS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(LIVE, GAPS))
def test_a_refresh_on_a_timer_asks_for_the_page_again(name: str) -> None:
    (trigger,) = (item for item in audited(project(LIVE[name])).triggers if item.kind == "timer")
    assert (trigger.mechanism, trigger.file, trigger.entry) == ("router.refresh", "app/shop/live.tsx", "Live")
    assert [interval.ms for interval in trigger.intervals] == [30_000]
    assert [(e.method, e.host, e.path) for e in trigger.endpoints] == [("GET", "a.test", "/page")]
    assert (trigger.reaches_upstream, trigger.mounted_on) == (True, ("/shop",))


def test_a_page_whose_server_components_ask_for_nothing() -> None:
    (trigger,) = (item for item in audited(project(LIVE["effect"], QUIET)).triggers if item.kind == "timer")
    assert (trigger.mechanism, trigger.endpoints, trigger.reaches_upstream) == ("router.refresh", (), False)


def test_requests_of_client_components_are_not_sent_again() -> None:
    live = LIVE["effect"].replace(
        "return null", "useEffect(() => { fetch('https://a.test/client'); }, []); return null"
    )
    (trigger,) = (item for item in audited(project(live)).triggers if item.kind == "timer")
    assert [e.path for e in trigger.endpoints] == ["/page"]


def test_a_refresh_after_a_click_is_an_event() -> None:
    live = "export function Live() { const router = useRouter(); return <button onClick={() => router.refresh()} />; }"
    found = audited(project(live)).triggers
    assert {(item.kind, item.mechanism) for item in found} == {("event", "router.refresh")}


def test_another_refresh_is_none() -> None:
    live = "export function Live() { const token = makeToken(); useEffect(() => { setInterval(() => token.refresh(), 1000); }, []); return null; }\nfunction makeToken() { return { refresh() {} }; }"
    assert audited(project(live)).triggers == ()
