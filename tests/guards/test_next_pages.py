"""Pages that Next.js keeps whole: by a time of their own or of a layout, or because nothing reads the request."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

LAYOUT = "export default function Layout({ children }: any) { return <html>{children}</html>; }"
PAGE = """
export default async function Page(PROPS) {
  const answer = await fetch("https://a.test/one");
  return <p>{answer.status}</p>;
}
"""


def _files(version: str, page: str, layout: str = LAYOUT, folder: str = "app", **more: str) -> Files:
    manifest = f'{{"name": "app", "dependencies": {{"next": "{version}", "react": "18"}}}}'
    return {"package.json": manifest, f"{folder}/page.tsx": page, "app/layout.tsx": layout, **more}


def _page(head: str = "", props: str = "") -> str:
    return head + PAGE.replace("PROPS", props)


REVALIDATE = "export const revalidate = {};\n"
DYNAMIC = 'export const dynamic = "force-dynamic";\n'

KEPT: dict[str, tuple[Files, str, int | None, bool]] = {
    "its own time": (_files("15.0.0", _page(REVALIDATE.format(60))), "revalidate", 60_000, True),
    "the time of the layout": (
        _files("15.0.0", _page(), REVALIDATE.format(20) + LAYOUT), "revalidate", 20_000, True
    ),
    "the lowest, of the layout": (
        _files("14.2.0", _page(REVALIDATE.format(60)), REVALIDATE.format(20) + LAYOUT), "revalidate", 20_000, True
    ),
    "the lowest, of the page": (
        _files("14.2.0", _page(REVALIDATE.format(10)), REVALIDATE.format(20) + LAYOUT), "revalidate", 10_000, True
    ),
    "a layout further out": (
        _files("14.2.0", _page(), REVALIDATE.format(30) + LAYOUT, "app/a/b"), "revalidate", 30_000, True
    ),
    "static by default": (_files("14.2.0", _page()), "static page", None, False),
    "static by default, 15": (_files("15.1.0", _page()), "static page", None, False),
    "parameters that are listed": (
        _files("14.2.0", _page("export function generateStaticParams() { return [{ id: 'a' }]; }\n", "{ params }: any"),
               folder="app/[id]"), "static page", None, False
    ),
    "static though it is handed the query": (
        _files("14.2.0", _page('export const dynamic = "force-static";\n', "{ searchParams }: any")),
        "force-static", None, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KEPT))
def test_a_page_that_is_kept(name: str) -> None:
    """The lowest time counts; what is static without being said is uncertain, and lowers no bound."""
    files, mechanism, ttl, _ = KEPT[name]
    inventory = audited(files)
    assert [(one.mechanism, one.ttl_ms) for one in inventory.guards] == [(mechanism, ttl)]
    assert bool(inventory.guards[0].why) == (ttl is None)


OPEN: dict[str, Files] = {
    "said to be made anew": _files("14.2.0", _page(DYNAMIC)),
    "the layout says so": _files("14.2.0", _page(REVALIDATE.format(60)), DYNAMIC + LAYOUT),
    "no time at all": _files("14.2.0", _page(REVALIDATE.format(60)), REVALIDATE.format(0) + LAYOUT),
    "it reads a cookie": _files("14.2.0", _page("import { cookies } from 'next/headers';\n").replace(
        "const answer", "cookies(); const answer")),
    "the layout reads a header, under another name": _files(
        "14.2.0", _page(), "import { headers as h } from 'next/headers';\n" + LAYOUT.replace("return", "h(); return")
    ),
    "it is handed the query": _files("14.2.0", _page("", "{ searchParams }: any")),
    "it is handed the rest, which may hold the query": _files("14.2.0", _page("", "{ params, ...rest }: any")),
    "it asks for the query": _files("14.2.0", _page("", "props: any").replace("a.status", "props.searchParams.a")
                                    .replace("answer.status", "props.searchParams.a")),
    "any parameter": _files("14.2.0", _page("", "{ params }: any"), folder="app/[id]"),
    "a version that is not known": _files("latest", _page()),
    "a page of the browser": _files("14.2.0", "'use client';\nimport { useAll } from '../lib/all';\n"
        "export default function Page() { useAll(); return null; }",
        **{"lib/all.ts": "import { useEffect } from 'react';\n"
           "export const useAll = () => useEffect(() => { fetch('https://a.test/one'); }, []);"}),
}  # fmt: skip


PERHAPS = "kept by default: only where nothing before it reads the request"
FETCHES = {
    "it reads a cookie": PERHAPS,  # on the same line, whose order is not looked at
    "the layout reads a header, under another name": PERHAPS,
    "it is handed the query": PERHAPS,
    "it is handed the rest, which may hold the query": PERHAPS,
    "it asks for the query": PERHAPS,
    "any parameter": "kept until it is revalidated",
}
"""What is kept of the fetches of such pages by themselves."""


@pytest.mark.parametrize("name", cases(OPEN))
def test_a_page_that_is_not_kept(name: str) -> None:
    """What reads the request is made for each one, and what a browser runs no server keeps."""
    kept = [(one.mechanism, one.why) for one in audited(OPEN[name]).guards if one.kind == "cache"]
    assert kept == ([("fetch, by default", FETCHES[name])] if name in FETCHES else [])


def test_an_own_function_of_that_name_reads_nothing() -> None:
    """`cookies` is what Next.js exports, not any function called so."""
    page = _page("const cookies = () => 1;\n").replace("const answer", "cookies(); const answer")
    assert [one.mechanism for one in audited(_files("14.2.0", page)).guards] == ["static page"]


def test_what_the_page_does_in_browsers_is_not_kept() -> None:
    """The time of a page is for the server's requests; a timer in the browser asks as before."""
    page = _page("import { Live } from './live';\n" + REVALIDATE.format(60)).replace("<p>", "<Live /><p>")
    page = page.replace("return <Live /><p>{answer.status}</p>", "return <div><Live />{answer.status}</div>")
    live = (
        "'use client';\nimport { useEffect } from 'react';\n"
        "export function Live() { useEffect(() => { fetch('https://a.test/two'); }, []); return null; }"
    )
    inventory = audited(_files("15.0.0", page, **{"app/live.tsx": live}))
    assert [(one.mechanism, one.endpoints) for one in inventory.guards] == [("revalidate", ("GET a.test/one",))]
    assert called(inventory, "page", "/") == {"GET a.test/one": (0, 1), "GET a.test/two": (1, 1)}
