"""Server functions and server routes of TanStack Start."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry, routes

PACKAGE = '{ "dependencies": { "@tanstack/react-router": "1", "@tanstack/react-start": "1", "react": "19" } }'
ASK = "import { createServerFn } from '@tanstack/react-start';\n"
PAGE = """
    import { createFileRoute } from '@tanstack/react-router';
    import { useServerFn } from '@tanstack/react-start';
    import { load, save } from './functions';
    export const Route = createFileRoute('/')({
      loader: () => load({ data: '7' }),
      component: Home,
    });
    function Home() {
      const saved = useServerFn(save);
      return <button onClick={() => saved()} />;
    }
"""
FUNCTIONS = {
    "handlers of their own": """
        export const load = createServerFn({ method: 'GET' })
          .validator((id) => id)
          .handler(async ({ data }) => fetch(`https://a.test/${data}`));
        export const save = createServerFn({ method: 'POST' })
          .handler(async () => fetch('https://a.test/save', { method: 'POST' }));
    """,
    "handlers by their names": """
        async function ask({ data }) { return fetch(`https://a.test/${data}`); }
        const put = () => fetch('https://a.test/save', { method: 'POST' });
        export const load = createServerFn().inputValidator((id) => id).middleware([]).handler(ask);
        export const save = createServerFn({ method: 'POST' }).handler(put);
    """,
}


def _files(functions: str) -> Files:
    return {"package.json": PACKAGE, "src/routes/functions.ts": ASK + functions, "src/routes/index.tsx": PAGE}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_server_function_is_an_action(name: str) -> None:
    inventory = audited(_files(FUNCTIONS[name]))
    assert called(inventory, "action", "load") == {"GET a.test/{}": (1, 1)}
    assert entry(inventory, "save", "action").origin == "server"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_page_calls_of_one_runs_on_the_server(name: str) -> None:
    inventory = audited(_files(FUNCTIONS[name]))
    page = entry(inventory, "/", "page")
    assert {(one.path, one.origin) for one in page.reaches} == {("/7", "server"), ("/save", "server")}


ROUTES = {
    "handlers of a file route": "createFileRoute('/api/x')({ server: { handlers: { GET: async () => fetch('https://a.test/x') } } })",
    "handlers that are made": "createFileRoute('/api/x')({ server: { handlers: ({ createHandlers }) => createHandlers({ GET: { middleware: [], handler: () => fetch('https://a.test/x') } }) } })",
    "of earlier versions": "createServerFileRoute('/api/x').methods({ GET: () => fetch('https://a.test/x') })",
}


@pytest.mark.parametrize("name", ROUTES)
def test_a_server_route_is_a_route(name: str) -> None:
    imports = "import { createFileRoute } from '@tanstack/react-router'; import { createServerFileRoute } from '@tanstack/react-start';\n"
    source = f"{imports}export const Route = {ROUTES[name]};"
    inventory = audited({"package.json": PACKAGE, "src/routes/api/x.ts": source})
    assert routes(inventory) == {"GET /api/x"}
    assert called(inventory, "route", "GET /api/x") == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize(
    "source",
    [
        "import { createServerFn } from './own'; export const load = createServerFn().handler(() => fetch('https://a.test/x'));",
        ASK + "export const load = own().handler(() => fetch('https://a.test/x'));",
    ],
)
def test_another_builder_makes_none(source: str) -> None:
    own = "export const createServerFn = () => ({ handler: (given) => given });"
    inventory = audited({"package.json": PACKAGE, "src/own.ts": own, "src/load.ts": source})
    assert [one for one in inventory.entries if one.kind == "action"] == []
