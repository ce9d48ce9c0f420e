"""Which pages mount a component or hook, however it is handed around."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, entry

NEXT: Files = {
    "package.json": '{"dependencies": {"next": "15", "react": "19"}}',
    "src/box.tsx": """
        "use client";
        import { useEffect } from "react";
        export function useBox() { useEffect(() => { fetch("https://api.example.com/box"); }, []); }
        export function Box(props: { children?: any; icon?: any; render?: any }) { useBox(); return <div />; }
        export default Box;
        """,
    "src/frame.tsx": """
        export function Frame({ children, side, as: As, render, tabs }: any) {
          const shown = typeof children === "function" ? children() : children;
          return <div>{shown}{side}{As ? <As /> : null}{render ? render() : null}</div>;
        }
        export function Unwrapped() { return <p />; }
        """,
    "app/other/page.tsx": "export default function Page() { return <p />; }",
}
HEAD = """
    import { memo, forwardRef, lazy, createElement, createContext } from "react";
    import dynamic from "next/dynamic";
    import { Box, useBox } from "../src/box";
    import { Frame, Unwrapped } from "../src/frame";
    """
MOUNTED = {
    "an element": "<Box />",
    "a child": "<Frame><Box /></Frame>",
    "a child of a child": "<main><Frame><section><Box /></section></Frame></main>",
    "an element as a prop": "<Frame side={<Box />} />",
    "a component as a prop": "<Frame as={Box} />",
    "a render prop": "<Frame render={() => <Box />} />",
    "a function as child": "<Frame>{() => <Box />}</Frame>",
    "an element variable": "(() => { const box = <Box />; return <Frame>{box}</Frame>; })()",
    "a condition": "Math.random() > 0.5 ? <Box /> : null",
    "a component variable": "(() => { const C = Math.random() > 0.5 ? Box : Unwrapped; return <C />; })()",
    "memo": "<Memo />",
    "forwardRef": "<Forwarded />",
    "lazy": "<Lazy />",
    "dynamic": "<Dynamic />",
    "dynamic, one export": "<DynamicNamed />",
    "a wrapper of components": "<Wrapped />",
    "a map, by name": "(() => { const C = TABS.box; return <C />; })()",
    "a map, by a key that is not known": "(() => { const C = TABS[props.tab]; return <C />; })()",
    "a namespace": "<Tabs.Box />",
    "a list": "[1, 2].map((n) => <Box key={n} />)",
    "a list of components": "[Box, Unwrapped].map((C, n) => <C key={n} />)",
    "createElement": "createElement(Box)",
}
TOOLS = """
    const Memo = memo(Box);
    const Forwarded = forwardRef(function Inner(props, ref) { return <Box />; });
    const Lazy = lazy(() => import("../src/box"));
    const Dynamic = dynamic(() => import("../src/box"), { ssr: false });
    const DynamicNamed = dynamic(() => import("../src/box").then((m) => m.Box));
    const withFrame = (C: any) => function Framed(props: any) { return <Frame><C {...props} /></Frame>; };
    const Wrapped = withFrame(Box);
    const TABS: Record<string, any> = { box: Box, other: Unwrapped };
    const Tabs = { Box };
    """
NOT_MOUNTED = {
    "named only": "<p>{String(Box)}</p>",
    "another of a map": "(() => { const C = TABS.other; return <C />; })()",
    "never taken": "false && <Box />",
}


def page(shown: str) -> Files:
    source = f'"use client";\n{HEAD}\n{TOOLS}\nexport default function Page(props: any) {{ return {shown}; }}'
    return {**NEXT, "app/page.tsx": source}


@pytest.mark.parametrize("name", MOUNTED)
def test_it_is_mounted(name: str) -> None:
    inventory = audited(page(MOUNTED[name]))
    assert entry(inventory, "useBox").mounted_on == ("/",)
    assert not entry(inventory, "Box").dead


@pytest.mark.parametrize("name", NOT_MOUNTED)
def test_it_is_not(name: str) -> None:
    inventory = audited(page(NOT_MOUNTED[name]))
    assert entry(inventory, "useBox").mounted_on == ()
    assert entry(inventory, "useBox").dead


AROUND = {
    "a layout": {"app/layout.tsx": "{ return <body><Box />{props.children}</body>; }"},
    "a template": {"app/template.tsx": "{ return <body><Box />{props.children}</body>; }"},
    "a provider": {"app/layout.tsx": "{ return <body><Box>{props.children}</Box></body>; }"},
}


@pytest.mark.parametrize("name", AROUND)
def test_what_lies_around_pages_is_on_all_of_them(name: str) -> None:
    files = {
        path: f'import {{ Box }} from "../src/box";\nexport default function Around(props: any) {body}'
        for path, body in AROUND[name].items()
    }
    files["app/page.tsx"] = "export default function Page() { return <p />; }"
    assert entry(audited({**NEXT, **files}), "useBox").mounted_on == ("/", "/other")


@pytest.mark.parametrize(
    "exported",
    [
        "export const Shown = () => { useBox(); return <p />; };\nexport default Shown;",
        "const Shown = () => { useBox(); return <p />; };\nexport default Shown;",
        "function Shown() { useBox(); return <p />; }\nexport default memo(Shown);",
    ],
)
def test_a_component_that_is_also_the_default_export_is_one_entry(exported: str) -> None:
    files = {**NEXT, "src/shown.tsx": HEAD.replace("../src/", "./") + exported}
    found = [item for item in audited(files).entries if item.file == "src/shown.tsx"]
    assert [(item.kind, item.name) for item in found] == [("component", "Shown")]
