"""Slots of the app router, and exports that something stands around."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry, routes

NEXT = {"package.json": '{"dependencies": {"next": "15.1.0"}}'}
ASKS = "export default async function Team() { await fetch('https://a.test/team'); return <b />; }"
LAYOUT = "export default function Layout({ children, team }) { return <>{children}{team}</>; }"
PAGE = "export default async function Page() { await fetch('https://a.test/page'); return <b />; }"

SHOWN: dict[str, tuple[Files, set[str]]] = {
    "the page of the same path": ({"app/d/@team/page.tsx": ASKS}, {"GET a.test/page", "GET a.test/team"}),
    "its default": ({"app/d/@team/default.tsx": ASKS}, {"GET a.test/page", "GET a.test/team"}),
    "its page before its default": ({"app/d/@team/default.tsx": ASKS.replace("a.test", "b.test"), "app/d/@team/page.tsx": ASKS}, {"GET a.test/page", "GET a.test/team"}),
    "another path": ({"app/d/@team/other/page.tsx": ASKS}, {"GET a.test/page"}),
    "a slot of another layout": ({"app/e/@team/page.tsx": ASKS, "app/e/page.tsx": PAGE}, {"GET a.test/page"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_stands_in_slots_is_shown_with_the_page(name: str) -> None:
    files, wanted = SHOWN[name]
    inventory = audited({**NEXT, "app/d/layout.tsx": LAYOUT, "app/d/page.tsx": PAGE, **files})
    assert called(inventory, "page", "/d").keys() == wanted


def test_a_slot_whose_path_has_no_other_page_is_one() -> None:
    inventory = audited(
        {**NEXT, "app/d/layout.tsx": LAYOUT, "app/d/page.tsx": PAGE, "app/d/@team/other/page.tsx": ASKS}
    )
    assert called(inventory, "page", "/d/other").keys() == {"GET a.test/team"}


HANDLERS = {
    "an object": "module.exports = { GET: async () => { await fetch('https://a.test/x'); } };",
    "an object of names": "async function GET() { await fetch('https://a.test/x'); } module.exports = { GET };",
    "one by one": "exports.GET = async () => { await fetch('https://a.test/x'); };",
    "an object with others": "module.exports = { GET: async () => { await fetch('https://a.test/x'); }, helper() {}, dynamic: 'force-dynamic' };",
}


@pytest.mark.parametrize("name", HANDLERS)
def test_handlers_of_common_js(name: str) -> None:
    inventory = audited({**NEXT, "app/api/x/route.js": HANDLERS[name]})
    assert routes(inventory) == {"GET /api/x"}
    assert called(inventory, "route", "GET /api/x") == {"GET a.test/x": (1, 1)}


WRAPPED = {
    "default": "import { withAuth } from 'next-auth/middleware'; export default withAuth(async function middleware(req) { await fetch('https://a.test/x'); });",
    "named": "import { clerkMiddleware } from '@clerk/nextjs/server'; export const middleware = clerkMiddleware(async (auth, req) => { await fetch('https://a.test/x'); });",
    "by own code": "const logged = (run) => async (req) => run(req); export default logged(async (req) => { await fetch('https://a.test/x'); });",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_middleware_that_something_wraps_is_followed(name: str) -> None:
    inventory = audited({**NEXT, "middleware.ts": WRAPPED[name], "app/page.tsx": "export default () => null;"})
    assert {reach.host for reach in entry(inventory, "ANY middleware").reaches} == {"a.test"}


ACTIONS = {
    "schema": "client.schema(shape).action(async ({ parsedInput }) => { await fetch('https://a.test/x'); })",
    "metadata": "client.metadata({ name: 'x' }).inputSchema(shape).stateAction(async () => { await fetch('https://a.test/x'); })",
}


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_of_a_library_are_server_actions(name: str) -> None:
    head = "'use server'; import { createSafeActionClient } from 'next-safe-action'; const client = createSafeActionClient();"
    page = "import { save } from './actions'; export default function Page() { return <form action={save} />; }"
    inventory = audited(
        {**NEXT, "app/actions.ts": f"{head} export const save = {ACTIONS[name]};", "app/page.tsx": page}
    )
    assert called(inventory, "action", "save") == {"GET a.test/x": (1, 1)}
    assert not [one for one in inventory.entries if one.kind == "script"]


def test_a_method_of_that_name_of_something_else_makes_no_action() -> None:
    code = "'use server'; import { client } from './own'; export const save = client.schema(shape).action(async () => { await fetch('https://a.test/x'); });"
    own = "export const client = { schema: (shape) => ({ action: (run) => ({ shape }) }) };"
    inventory = audited({**NEXT, "app/actions.ts": code, "app/own.ts": own})
    assert not [one for one in inventory.entries if one.kind == "action" and one.reaches]
