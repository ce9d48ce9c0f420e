"""The query and the fragment of a URL are never part of a path, whatever they are."""

# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ENDS = {
    "query and fragment behind the path": "const u = new URL('/one', 'https://b.test'); u.search = new URLSearchParams({ a: x }).toString(); await fetch('https://a.test' + u.pathname + u.search + u.hash);",
    "by a function": "const path = (u: URL) => u.pathname + u.search + u.hash; await fetch('https://a.test' + path(new URL('/one', 'https://b.test')));",
    "a query that is written": "const u = new URL('/two?a=1#top', 'https://b.test'); await fetch(`https://a.test/one${u.search}`);",
    "a fragment that is written": "const u = new URL('/two?a=1#top', 'https://b.test'); await fetch(`https://a.test/one${u.hash}`);",
    "of a URL that is not known": "const go = (text: string) => fetch(`https://a.test/one${new URL(text).search}`); await go(process.argv[2]);",
    "of the page": "await fetch(`https://a.test/one${location.search}`);",
    "of the window's page": "await fetch('https://a.test/one' + window.location.search);",
    "of a request of Next.js": "const go = (request: NextRequest) => fetch(`https://a.test/one${request.nextUrl.search}`); await go(JSON.parse(process.argv[2]));",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(ENDS))
def test_an_end_of_a_url_is_no_part_of_its_path(name: str) -> None:
    assert run(ENDS[name]) == {"GET a.test/one": (1, 1)}


OTHER = {
    "a path that is not known": (
        "const go = (text: string) => fetch(`https://a.test/one${new URL(text).pathname}`); await go(process.argv[2]);",
        {"GET a.test/one{}": (1, 1)},
    ),
    "a field of another object": (
        "const go = (form: Form) => fetch(`https://a.test/one${form.search}`); await go(JSON.parse(process.argv[2]));",
        {"GET a.test/one{}": (1, 1)},
    ),
    "another part of the page's address": (
        "await fetch(`https://a.test/one${location.pathname}`);",
        {"GET a.test/one{}": (1, 1)},
    ),
    "what a package calls a location": (
        "import { location } from 'some-package'; await fetch(`https://a.test/one${location.search}`);",
        {"GET a.test/one{}": (1, 1)},
    ),
    "an end may be empty": (
        "async function go() { const u = new URL('https://a.test/one'); if (u.search) await fetch(u); } await go();",
        {"GET a.test/one": (0, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(OTHER))
def test_what_is_no_end_of_a_url(name: str) -> None:
    source, expected = OTHER[name]
    assert run(source) == expected
