"""Next.js pages router."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, entry, places, routes

PACKAGE = {"package.json": '{"name": "x", "dependencies": {"next": "14.2.0"}}'}
HANDLER = "export default async function handler(req, res) { await fetch('https://a.test/one'); res.end(); }"

FILES = {
    "pages/api/hello.ts": "/api/hello",
    "pages/api/hello.js": "/api/hello",
    "src/pages/api/hello.ts": "/api/hello",
    "pages/api/index.ts": "/api",
    "pages/api/users/index.ts": "/api/users",
    "pages/api/users/[id].ts": "/api/users/[id]",
    "pages/api/users/[id]/posts.ts": "/api/users/[id]/posts",
    "pages/api/all/[...path].ts": "/api/all/[...path]",
    "pages/api/opt/[[...path]].ts": "/api/opt/[[...path]]",
    "pages/api/_under.ts": "/api/_under",
    "pages/api/_dir/x.ts": "/api/_dir/x",
    "pages/api.ts": "/api",
    "pages/(group)/api/x.ts": "",
    "lib/pages/api/hello.ts": "",
    "pages/api/hello.d.ts": "",
    "pages/api/hello.test.ts": "",
}


@pytest.mark.parametrize("file", cases(FILES))
def test_the_path_of_an_api_route_s_file(file: str) -> None:
    inventory = audited(
        {**PACKAGE, file: HANDLER, "pages/index.js": "export default () => null;"}
        if not file.startswith("src")
        else {**PACKAGE, file: HANDLER}
    )
    assert routes(inventory) == ({f"ANY {FILES[file]}"} if FILES[file] else set())


METHODS: dict[str, tuple[str, set[str]]] = {
    "switch": ("export default async function h(req, res) { switch (req.method) { case 'GET': await get(); break; case 'POST': await post(); break; default: res.status(405).end(); } }", {"GET", "POST"}),
    "if": ("export default async function h(req, res) { if (req.method === 'GET') { await get(); } else if (req.method === 'POST') { await post(); } }", {"GET", "POST"}),
    "if with return": ("export default async function h(req, res) { if (req.method === 'GET') return get(); if (req.method === 'POST') { return post(); } res.status(405).end(); }", {"GET", "POST"}),
    "destructured": ("export default async function h(req, res) { const { method } = req; switch (method) { case 'GET': return get(); case 'POST': return post(); } }", {"GET", "POST"}),
    "refused": ("export default async function h(req, res) { if (req.method !== 'POST') { return res.status(405).end(); } await post(); }", {"POST"}),
    "arrow": ("const h = async (req, res) => { if (req.method === 'GET') { await get(); } };\nexport default h;", {"GET"}),
    "wrapped": ("const withAuth = (f) => async (req, res) => f(req, res);\nexport default withAuth(async (req, res) => { if (req.method === 'GET') await get(); });", {"GET"}),
    "any": ("export default async function h(req, res) { await get(); }", {"ANY"}),
    "map": ("const handlers = { GET: get, POST: post };\nexport default async function h(req, res) { const f = handlers[req.method]; if (!f) return res.status(405).end(); await f(req, res); }", {"GET", "POST"}),
}  # fmt: skip
REACHED = {"GET": "GET a.test/get", "POST": "POST a.test/post", "ANY": "GET a.test/get"}


OTHERS = {
    "behind a return": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.status(201).json({}); } await get(); return res.status(200).json([]); }",
    "else": "export default async (req, res) => { const { method } = req; if (method === 'POST') { await post(); res.end(); } else { await get(); res.json([]); } };",
    "by default": "export default async function h(req, res) { switch (req.method) { case 'POST': await post(); return res.json({}); default: await get(); return res.json([]); } }",
    "tried": "export default async function h(req, res) { try { if (req.method == 'POST') { await post(); return res.send(''); } await get(); res.send('[]'); } catch (e) { res.status(500).end(); } }",
    "not the one": "export default async function h(req, res) { if (!(req.method === 'POST')) { await get(); return res.sendStatus(204); } await post(); return res.json({}); }",
}  # fmt: skip
REFUSED = {
    "a status": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.json({}); } res.setHeader('Allow', 'POST'); return res.status(405).json({}); }",
    "the other way round": "export default async function h(req, res) { if (req.method !== 'POST') { return res.status(405).end(); } await post(); return res.json({}); }",
    "a field": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.json({}); } res.statusCode = 405; res.end(); }",
    "not the one": "export default async function h(req, res) { if (!(req.method === 'POST')) return res.status(405).end(); await post(); return res.json({}); }",
    "sent at once": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.json({}); } res.sendStatus(405); }",
    "an error": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.json({}); } throw new Error('no'); }",
    "a status that is computed": "export default async function h(req, res) { if (req.method === 'POST') { await post(); return res.json({}); } res.status(codes.no).end(); }",
}  # fmt: skip
HELPERS = "const get = () => fetch('https://a.test/get');\nconst post = () => fetch('https://a.test/post', { method: 'POST' });\n"


@pytest.mark.parametrize("name", OTHERS)
def test_methods_that_no_test_names_are_answered_too(name: str) -> None:
    page = "import { useEffect } from 'react';\nexport default function P() { useEffect(() => { fetch('/api/x'); }, []); return null; }"
    inventory = audited({**PACKAGE, "pages/api/x.ts": HELPERS + OTHERS[name], "pages/index.tsx": page})
    assert routes(inventory) == {"POST /api/x", "ANY /api/x"}
    assert called(inventory, "route", "POST /api/x") == {"POST a.test/post": (1, 1)}
    assert called(inventory, "route", "ANY /api/x") == called(inventory, "page", "/") == {"GET a.test/get": (1, 1)}


EITHER = {
    "either": "export default async function h(req, res) { if (req.method === 'POST' || req.method === 'PUT') { await post(); return res.json({}); } await get(); return res.json([]); }",
    "neither": "export default async function h(req, res) { if (req.method !== 'POST' && req.method !== 'PUT') { await get(); return res.json([]); } await post(); return res.json({}); }",
}  # fmt: skip


@pytest.mark.parametrize("name", EITHER)
def test_methods_that_no_test_of_two_names_are_answered_too(name: str) -> None:
    inventory = audited({**PACKAGE, "pages/api/x.ts": HELPERS + EITHER[name]})
    assert routes(inventory) == {"POST /api/x", "PUT /api/x", "ANY /api/x"}
    assert called(inventory, "route", "ANY /api/x") == {"GET a.test/get": (1, 1)}
    assert called(inventory, "route", "PUT /api/x") == {"POST a.test/post": (1, 1)}


@pytest.mark.parametrize("name", EITHER)
def test_methods_that_no_test_of_two_names_may_be_refused(name: str) -> None:
    refusing = EITHER[name].replace("await get(); return res.json([]);", "return res.status(405).end();")
    assert routes(audited({**PACKAGE, "pages/api/x.ts": HELPERS + refusing})) == {"POST /api/x", "PUT /api/x"}


@pytest.mark.parametrize("name", REFUSED)
def test_methods_that_are_refused_are_not(name: str) -> None:
    assert routes(audited({**PACKAGE, "pages/api/x.ts": HELPERS + REFUSED[name]})) == {"POST /api/x"}


GAPS_METHODS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(METHODS, GAPS_METHODS))
def test_the_methods_that_a_handler_answers(name: str) -> None:
    source, methods = METHODS[name]
    helpers = "const get = () => fetch('https://a.test/get');\nconst post = () => fetch('https://a.test/post', { method: 'POST' });\n"
    inventory = audited({**PACKAGE, "pages/api/x.ts": helpers + source})
    assert routes(inventory) == {f"{method} /api/x" for method in methods}
    for method in methods:
        assert called(inventory, "route", f"{method} /api/x") == {REACHED[method]: (1, 1)}


def test_the_place_of_an_api_route_is_its_handler() -> None:
    inventory = audited({**PACKAGE, "pages/api/x.ts": "\n\n" + "const a = 1;\n" + HANDLER})
    assert places(inventory) == {("ANY /api/x", "pages/api/x.ts", 2)}


def test_pages_with_their_data_functions() -> None:
    source = """
        export async function getServerSideProps() { await fetch('https://a.test/props'); return { props: {} }; }
        export default function Page() { return null; }
    """
    files = {
        **PACKAGE,
        "pages/users/[id].tsx": source,
        "pages/_app.tsx": "export default function A({ Component }) { fetch('https://a.test/app'); return null; }",
    }
    inventory = audited(files)
    assert called(inventory, "page", "/users/[id]") == {"GET a.test/props": (1, 1), "GET a.test/app": (1, 1)}
    assert {item.name for item in inventory.entries if item.kind == "page"} == {"/users/[id]"}


@pytest.mark.parametrize(
    "spelling",
    [
        "export const getStaticProps = async () => {{ {} return {{ props: {{}} }}; }};",
        "export async function getStaticProps() {{ {} return {{ props: {{}} }}; }}",
        "async function load() {{ {} return {{ props: {{}} }}; }}\nexport {{ load as getStaticProps }};",
    ],
)
def test_static_props(spelling: str) -> None:
    source = spelling.format("await fetch('https://a.test/one');") + "\nexport default function P() { return null; }"
    assert called(audited({**PACKAGE, "pages/index.tsx": source}), "page", "/") == {"GET a.test/one": (1, 1)}


def test_a_function_of_another_name_is_not_run() -> None:
    source = "export const loadProps = () => fetch('https://a.test/one');\nexport default function P() { return null; }"
    inventory = audited({**PACKAGE, "pages/index.tsx": source})
    assert entry(inventory, "/", "page").reaches == ()
