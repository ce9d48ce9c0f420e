"""Components that reach a page by what objects hold: routes in variables, parts of a component, layouts, columns."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases, entry, run

NEXT: Files = {
    "package.json": '{"dependencies": {"next": "15", "react": "19", "@tanstack/react-table": "8"}}',
    "lib/box.tsx": "'use client';\nimport { useEffect } from 'react';\nexport function Box() { useEffect(() => { fetch('https://a.test/box'); }, []); return null; }\n",
}
ONE = "GET a.test/box"
PARTS = {
    "Object.assign": "const Root = (p: any) => <div>{p.children}</div>;\nconst Part = () => <Box />;\nexport const Card = Object.assign(Root, { Part });",
    "Object.assign as a statement": "export const Card = (p: any) => <div>{p.children}</div>;\nObject.assign(Card, { Part: () => <Box /> });",
    "a property": "export const Card: any = (p: any) => <div>{p.children}</div>;\nCard.Part = () => <Box />;",
}


@pytest.mark.parametrize("name", cases(PARTS))
def test_a_part_of_a_component(name: str) -> None:
    card = f"import {{ Box }} from './box';\n{PARTS[name]}"
    page = "import { Card } from '../lib/card';\nexport default function P() { return <Card>@</Card>; }"
    files = {**NEXT, "lib/card.tsx": card}
    assert called(audited({**files, "app/page.tsx": page.replace("@", "<Card.Part />")}), "page", "/") == {ONE: (1, 1)}
    assert called(audited({**files, "app/page.tsx": page.replace("@", "<p />")}), "page", "/") == {}


APPS = {
    "a function": (
        "const getLayout = Component.getLayout ?? ((page) => page);\nreturn getLayout(<Component {...pageProps} />);",
        "A.getLayout = (page) => <Box>{page}</Box>;",
    ),
    "a component": (
        "const Layout = Component.Layout || Fragment;\nreturn <Layout><Component {...pageProps} /></Layout>;",
        "A.Layout = Box;",
    ),
}


@pytest.mark.parametrize("name", cases(APPS))
def test_a_layout_that_a_page_brings(name: str) -> None:
    app, given = APPS[name]
    files = {
        **NEXT,
        "pages/_app.tsx": f"import {{ Fragment }} from 'react';\nexport default function App({{ Component, pageProps }}: any) {{ {app} }}",
        "pages/a.tsx": f"import {{ Box }} from '../lib/box';\nconst A: any = () => <p />;\n{given}\nexport default A;",
        "pages/b.tsx": "const B: any = () => <p />;\nB.title = 'b';\nexport default B;",
    }
    assert set(called(audited(files), "page", "/a")) == {ONE}
    assert called(audited(files), "page", "/b") == {}


COLUMNS = {
    "in place": "useReactTable({ columns: [{ cell: () => <Box /> }] });",
    "of another module": "useReactTable({ data: [], columns });",
}


@pytest.mark.parametrize("name", cases(COLUMNS))
def test_columns_of_a_table_draw_their_cells(name: str) -> None:
    files = {
        **NEXT,
        "app/columns.tsx": "'use client';\nimport { Box } from '../lib/box';\nexport const columns = [{ header: 'x', cell: () => <Box /> }];",
        "app/page.tsx": f"'use client';\nimport {{ useReactTable }} from '@tanstack/react-table';\nimport {{ Box }} from '../lib/box';\nimport {{ columns }} from './columns';\nexport default function P() {{ {COLUMNS[name]} return null; }}",
    }
    assert called(audited(files), "page", "/") == {ONE: (0, 1)}
    assert entry(audited(files), "Box").mounted_on == ("/",)


ROUTER: Files = {
    "package.json": '{"dependencies": {"react": "19", "react-dom": "19", "react-router-dom": "6"}}',
    "src/box.tsx": NEXT["lib/box.tsx"],
    "src/main.tsx": "import { createRoot } from 'react-dom/client';\nimport { RouterProvider } from 'react-router-dom';\nimport { router } from './router';\ncreateRoot(document.body).render(<RouterProvider router={router} />);",
}
IMPORTS = "import { createBrowserRouter, Outlet } from 'react-router-dom';\nimport { Box } from './box';\n"
KEPT = {
    "two variables": "const open = [{ path: '/login', element: <p /> }];\nconst closed = [{ element: <><Box /><Outlet /></>, children: [{ path: '/trade', element: <i /> }] }];\nexport const router = createBrowserRouter([...open, ...closed]);",
    "one variable": "const routes = [{ path: '/login', element: <p /> }, { path: '/trade', element: <Box /> }];\nexport const router = createBrowserRouter(routes);",
    "children in a variable": "const closed = [{ path: 'trade', element: <Box /> }];\nexport const router = createBrowserRouter([{ path: '/login', element: <p /> }, { path: '/', children: closed }]);",
}


@pytest.mark.parametrize("name", cases(KEPT))
def test_routes_in_variables_are_mounted_on_their_own_pages(name: str) -> None:
    inventory = audited({**ROUTER, "src/router.tsx": IMPORTS + KEPT[name]})
    assert called(inventory, "page", "/trade") == {ONE: (1, 1)}
    assert called(inventory, "page", "/login") == {}


FEED = "export class Feed { async bars() { return fetch('https://a.test/bars'); } }"
LIBRARIES = {
    "a class": "import { widget } from './vendor/charts';\nnew widget({ datafeed: new Feed() });",
    "a namespace": "import * as charts from './vendor/charts';\nnew charts.widget({ datafeed: new Feed() });",
    "a function": "import { create } from './vendor/charts';\ncreate(new Feed());",
}


@pytest.mark.parametrize("name", cases(LIBRARIES))
def test_a_library_that_is_put_beside_the_code_calls_what_it_is_handed(name: str) -> None:
    source = f"import {{ Feed }} from './feed';\n{LIBRARIES[name]}"
    assert run(source, {"feed.ts": FEED}) == {"GET a.test/bars": (0, 1)}
