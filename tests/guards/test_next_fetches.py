"""What Next.js 13 and 14 keep of fetches that say nothing, up to where something reads the request."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, cases, entry

FETCH = 'const answer = await fetch("https://a.test/one");'
COOKIES = 'import { cookies } from "next/headers";\n'
AUTH = """
export async function withUser(request: Request, run: (user: string) => Promise<Response>) {
  const token = bearer(request);
  return run(token);
}
function bearer(request: Request) { return request.headers.get("authorization") ?? ""; }
"""


def _app(version: str, files: Files) -> Files:
    return {"package.json": f'{{"name": "app", "dependencies": {{"next": "{version}", "react": "18"}}}}', **files}


def _route(body: str, top: str = "", version: str = "14.2.3", more: str = "", **files: str) -> Files:
    source = f"{top}\nexport async function GET(request: Request, {{ params }}: any) {{\n{body}\n}}\n{more}"
    return _app(version, {"app/api/[id]/route.ts": source, **files})


def _page(body: str, top: str = "", version: str = "14.2.3", props: str = "{ params }: any", **files: str) -> Files:
    source = f"{top}\nexport default async function Page({props}) {{\n{body}\nreturn <p>{{answer.status}}</p>;\n}}\n"
    return _app(version, {"app/[id]/page.tsx": source, **files})


SURE = {
    "a page with a parameter": _page(FETCH),
    "a page of 13": _page(FETCH, version="^13.4.0"),
    "a page that reads nothing of its own": _page(FETCH, **{"lib/other.ts": COOKIES + "export const a = cookies;"}),
    "a handler that asks for its parameter": _route(f"{FETCH} return Response.json([params.id, answer]);"),
    "a handler that reads the request afterwards": _route(
        f"{FETCH}\nconst url = new URL(request.url);\nreturn Response.json([url, answer]);"
    ),
    "what 15 is told to keep": _page(FETCH, 'export const fetchCache = "default-cache";', "15.1.0"),
}

PERHAPS = {
    "a cookie under a condition": _page(f'if (params.id) {{ cookies().get("a"); }}\n{FETCH}', COOKIES),
    "the query": _page(FETCH, props="{ searchParams }: any"),
    "a layout that reads a header": _page(
        FETCH,
        **{
            "app/layout.tsx": 'import { headers } from "next/headers";\n'
            "export default function Layout({ children }: any) { headers(); return <html>{children}</html>; }"
        },
    ),
    "a function of another file that may": _page(
        f"await session();\n{FETCH}",
        'import { session } from "../../lib/session";',
        **{"lib/session.ts": COOKIES + 'export async function session() { return cookies().get("a"); }'},
    ),
    "a handler that hands the request to who knows whom": _route(
        f"log(request);\n{FETCH}\nreturn Response.json(answer);", 'import log from "some-logger";'
    ),
    "with a key of its own": _page(
        'const answer = await fetch("https://a.test/one", { headers: { Authorization: "a" } });'
    ),
}

NOT = {
    "a page of 15": _page(FETCH, version="15.1.0"),
    "after a cookie": _page(f'const kept = cookies().get("a");\n{FETCH}', COOKIES),
    "after the address": _route(f"const url = new URL(request.url);\n{FETCH}\nreturn Response.json([url, answer]);"),
    "after its own headers, through functions": _route(
        f"return withUser(request, async () => {{\n{FETCH}\nreturn Response.json(answer);\n}});",
        'import { withUser } from "../../../lib/auth";',
        **{"lib/auth.ts": AUTH},
    ),
    "a file that also takes POST": _route(
        f"{FETCH} return Response.json(answer);", more="export async function POST() { return Response.json(1); }"
    ),
    "a handler that takes POST": _app(
        "14.2.3", {"app/api/a/route.ts": f"export async function POST() {{ {FETCH} return Response.json(answer); }}"}
    ),
    "made anew": _page(FETCH, 'export const dynamic = "force-dynamic";'),
    "a layout that says so": _page(
        FETCH,
        **{
            "app/layout.tsx": 'export const fetchCache = "force-no-store";\n'
            "export default function Layout({ children }: any) { return <html>{children}</html>; }"
        },
    ),
    "valid for no time": _page(FETCH, "export const revalidate = 0;"),
    "told not to": _page('const answer = await fetch("https://a.test/one", { cache: "no-store" });'),
    "another client": _page('const answer = await axios.get("https://a.test/one");', 'import axios from "axios";'),
    "an action": _app(
        "14.2.3", {"app/actions.ts": f'"use server";\nexport async function act() {{ {FETCH} return answer; }}'}
    ),
    "what the browser asks for": _page(
        "useEffect(() => { fetch('https://a.test/one'); }, []);\nconst answer = { status: 1 };",
        "'use client';\nimport { useEffect } from 'react';",
    ),
}


def _kept(files: Files) -> list[tuple[str, bool]]:
    found = audited(files)
    return [(one.scope, one.why == "kept until it is revalidated") for one in found.guards if one.kind == "cache"]


@pytest.mark.parametrize("name", cases(SURE))
def test_what_is_kept(name: str) -> None:
    assert _kept(SURE[name]) == [("shared", True)]


@pytest.mark.parametrize("name", cases(PERHAPS))
def test_what_may_be_kept(name: str) -> None:
    """Where the order in which code runs decides, that is said, and no bound is lowered."""
    assert _kept(PERHAPS[name]) == [("shared", False)]
    inventory = audited(PERHAPS[name])
    assert [reach.min for one in inventory.entries for reach in one.reaches] == [1]


@pytest.mark.parametrize("name", cases(NOT))
def test_what_is_not_kept(name: str) -> None:
    assert _kept(NOT[name]) == []


def test_only_what_comes_before_is_kept() -> None:
    body = f"""{FETCH}
      const url = new URL(request.url);
      const more = await fetch("https://a.test/two/" + url.search);
      return Response.json([answer, more]);"""
    inventory = audited(_route(body))
    found = entry(inventory, "GET /api/[id]")
    assert {(reach.path.split("/")[1], reach.min, len(reach.guards)) for reach in found.reaches} == {
        ("one", 0, 1),
        ("two", 1, 0),
    }


def test_the_url_is_the_key() -> None:
    body = "const answer = await fetch(`https://a.test/one/${params.id}`);"
    assert _kept(_page(body)) == [("per-key", True)]
