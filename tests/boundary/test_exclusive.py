"""Own routes of which only one is asked bring what they ask for once, however the choice is written."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry

NEXT = '{"name": "web", "dependencies": {"next": "15.0.0"}}'
HANDLER = (
    "import { load } from '../../../load'; export async function GET() { await load(); return Response.json({}); }"
)


def page(body: str, **more: str) -> Files:
    return {
        "package.json": NEXT,
        "load.ts": "export const load = () => fetch('https://a.test/one');",
        "app/page.tsx": f"export default async function P({{ x, list }}: any) {{ {body} return null; }}",
        "app/api/a/route.ts": HANDLER,
        "app/api/b/route.ts": HANDLER,
        "app/api/c/route.ts": "export async function GET() { return Response.json({}); }",
        **more,
    }


ONE_OF_THEM = {
    "if and else": "if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); }",
    "ternary": "await (x ? fetch('/api/a') : fetch('/api/b'));",
    "ternary of the URL": "await fetch(x ? '/api/a' : '/api/b');",
    "early return": "if (x) { await fetch('/api/a'); return null; } await fetch('/api/b');",
    "switch": "switch (x) { case 1: await fetch('/api/a'); break; default: await fetch('/api/b'); }",
    "functions": "const a = () => fetch('/api/a'); const b = () => fetch('/api/b'); await (x ? a : b)();",
    "beside another route": "await fetch('/api/c'); if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); }",
}
BOUNDS = {
    "both": ("await fetch('/api/a'); await fetch('/api/b');", (2, 2)),
    "one or none": ("if (x) { await fetch('/api/a'); } else if (list) { await fetch('/api/b'); }", (0, 1)),
    "one asks nothing": ("if (x) { await fetch('/api/a'); } else { await fetch('/api/c'); }", (0, 1)),
    "both, each if it is needed": ("if (x) { await fetch('/api/a'); } if (list) { await fetch('/api/b'); }", (0, 2)),
    "one, then one more": (
        "if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); } await fetch('/api/a');",
        (2, 2),
    ),
    "one, twice": (
        "for (const n of [1, 2]) { if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); } }",
        (2, 2),
    ),
    "one, as often as data says": (
        "for (const n of list) { if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); } }",
        (0, None),
    ),
    "two against one": (
        "if (x) { await fetch('/api/a'); await fetch('/api/b'); } else { await fetch('/api/b'); }",
        (1, 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_OF_THEM)
def test_one_of_two_routes_asks_once(name: str) -> None:
    inventory = audited(page(ONE_OF_THEM[name]))
    assert called(inventory, "page", "/") == {"GET a.test/one": (1, 1)}
    found = entry(inventory, "/", "page")
    assert (found.calls_min, found.calls_max) == (1, 1)


@pytest.mark.parametrize("name", BOUNDS)
def test_what_does_not_exclude_each_other_adds_up(name: str) -> None:
    body, bounds = BOUNDS[name]
    inventory = audited(page(body))
    assert called(inventory, "page", "/") == {"GET a.test/one": bounds}
    found = entry(inventory, "/", "page")
    assert (found.calls_min, found.calls_max) == bounds


def test_a_choice_that_may_fail_is_still_one_of_both() -> None:
    body = "try { if (x) { await fetch('/api/a'); } else { await fetch('/api/b'); } } catch { console.log(1); }"
    assert called(audited(page(body)), "page", "/") == {"GET a.test/one": (1, 1)}
