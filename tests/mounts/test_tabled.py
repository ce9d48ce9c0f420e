"""Elements in tables of modules: pages, tabs and panels that are shown by what looks them up."""

from __future__ import annotations

import pytest

from tests.mounts.test_single_page import BASE, IMPORTS, MAIN, A, B
from tests.projects import Files, audited, called, entry

TABS = """
    export const tabs = [{ label: "one", content: <Alpha /> }, { label: "two", content: <Beta /> }];
    """


def app(shown: str, head: str = "", tabs: str = TABS) -> Files:
    text = f"{IMPORTS}{head}{tabs}\nexport function App(props: any) {{ {shown} }}"
    return {**BASE, "src/app.tsx": text, "src/main.tsx": MAIN}


SHOWN = {
    "found by name": 'return <main>{tabs.find((tab) => tab.label === "one")?.content}</main>;',
    "by number": "return <main>{tabs[0].content}</main>;",
    "given back": "const tab = tabs[0]; return tab.content;",
    "handed to a component": "return <Box>{tabs[0].content}</Box>;",
}
BOX = "function Box(props: any) { return <div>{props.children}</div>; }\n"


@pytest.mark.parametrize("how", SHOWN)
def test_one_of_them_is_shown(how: str) -> None:
    found = audited(app(SHOWN[how], BOX))
    assert called(found, "page", "/")[A] == (1, 1)
    assert called(found, "page", "/").get(B, (0, 0))[0] == 0


ALL = {
    "each": "return <main>{tabs.map((tab) => <p key={tab.label}>{tab.content}</p>)}</main>;",
    "in a loop": "const all = []; for (const tab of tabs) { all.push(tab.content); } return <main>{all}</main>;",
}


@pytest.mark.parametrize("how", ALL)
def test_all_of_them_are_shown(how: str) -> None:
    assert called(audited(app(ALL[how])), "page", "/") == {A: (1, 1), B: (1, 1)}


MAYBE = {
    "one of them": "return <main>{tabs[props.number].content}</main>;",
    "a state": "const [tab, set] = useState(tabs[0]); return <a onClick={() => set(props.tab)}>{tab.content}</a>;",
    "a component of a package": "return <Tabs items={tabs} />;",
}


@pytest.mark.parametrize("how", MAYBE)
def test_any_of_them_may_be_shown(how: str) -> None:
    head = 'import { useState } from "react";\nimport { Tabs } from "antd";\n'
    found = audited(app(MAYBE[how], head))
    assert called(found, "page", "/")[B] == (0, 1)
    assert not entry(found, "Alpha", "component").dead
    assert not entry(found, "Beta", "component").dead


def test_each_route_shows_its_own() -> None:
    routes = """
        import { BrowserRouter, Routes, Route } from "react-router-dom";
        const pages = [{ path: "/", element: <Alpha /> }, { path: "/b", element: <Beta /> }];
        """
    drawn = "pages.map((page) => <Route path={page.path} element={<Box>{page.element}</Box>} />)"
    found = audited(app(f"return <BrowserRouter><Routes>{{{drawn}}}</Routes></BrowserRouter>;", BOX, routes))
    assert called(found, "page", "/") == {A: (1, 1)}
    assert called(found, "page", "/b") == {B: (1, 1)}


def test_routes_as_objects_show_each_its_own() -> None:
    routes = """
        import { createBrowserRouter, RouterProvider } from "react-router-dom";
        const inner = [{ path: "/b", element: <Beta /> }];
        const router = createBrowserRouter([{ path: "/", element: <Alpha /> }, ...inner]);
        """
    found = audited(app("return <RouterProvider router={router} />;", "", routes))
    assert called(found, "page", "/") == {A: (1, 1)}
    assert called(found, "page", "/b") == {B: (1, 1)}


def test_an_element_that_is_rendered_itself_is_surely_mounted() -> None:
    found = audited(
        app("return <p />;", "", "")
        | {
            "src/main.tsx": """
        import { createRoot } from "react-dom/client";
        import { Alpha } from "./a";
        const shown = <Alpha />;
        createRoot(document.getElementById("root")!).render(shown);
        """
        }
    )
    assert called(found, "page", "/") == {A: (1, 1)}
