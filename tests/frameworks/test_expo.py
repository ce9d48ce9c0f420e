"""Apps of Expo: what its own entry module shows, and the files of Expo Router."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry, routes

A, B, AROUND = "GET api.example.com/a", "GET api.example.com/b", "GET api.example.com/around"
LOADING = """
    import { useEffect } from "react";
    import { View } from "react-native";
    export default function Shown({ children }: any) {
      useEffect(() => { fetch("https://api.example.com/PATH"); }, []);
      return <View>{children}</View>;
    }
    """


def shown(path: str) -> str:
    return LOADING.replace("PATH", path)


def package(main: str, name: str = "expo") -> str:
    return f'{{"main": "{main}", "dependencies": {{"{name}": "50", "react-native": "0.73"}}}}'


ALONE: dict[str, Files] = {
    "the entry module of Expo": {"package.json": package("node_modules/expo/AppEntry.js"), "App.tsx": shown("a")},
    "its short name": {"package.json": package("expo/AppEntry"), "App.tsx": shown("a")},
    "no main": {"package.json": '{"dependencies": {"expo": "49"}}', "App.js": shown("a").replace(": any", "")},
    "registered by hand": {
        "package.json": package("index.js"),
        "index.js": """
            import { registerRootComponent } from "expo";
            import App from "./App";
            registerRootComponent(App);
            """,
        "App.tsx": shown("a"),
    },
}


@pytest.mark.parametrize("name", ALONE)
def test_what_the_entry_module_shows_is_the_page(name: str) -> None:
    assert called(audited(ALONE[name]), "page", "/") == {A: (1, 1)}


def test_a_main_of_its_own_shows_what_it_says() -> None:
    files = {"package.json": package("index.js"), "index.js": "export const nothing = 1;", "App.tsx": shown("a")}
    assert not [one for one in audited(files).entries if one.kind == "page"]


ROUTED: Files = {
    "package.json": package("expo-router/entry", "expo-router"),
    "app/_layout.tsx": shown("around"),
    "app/index.tsx": shown("a"),
    "app/(tabs)/_layout.tsx": "export default function Tabs({ children }: any) { return <>{children}</>; }",
    "app/(tabs)/orders/[id].tsx": shown("b"),
    "app/+not-found.tsx": shown("missing"),
    "app/prices+api.ts": 'export async function GET() { return Response.json(await fetch("https://up.test/prices")); }',
}


@pytest.mark.parametrize("folder", ["app", "src/app"])
def test_files_of_the_router_are_pages_inside_their_layouts(folder: str) -> None:
    inventory = audited({path.replace("app/", f"{folder}/", 1): text for path, text in ROUTED.items()})
    pages = {one.name for one in inventory.entries if one.kind == "page"}
    assert pages == {"/", "/orders/[id]"}
    assert called(inventory, "page", "/") == {AROUND: (1, 1), A: (1, 1)}
    assert called(inventory, "page", "/orders/[id]") == {AROUND: (1, 1), B: (1, 1)}
    assert entry(inventory, "/").origin == "browser"


def test_api_routes_of_the_router() -> None:
    inventory = audited(ROUTED)
    assert routes(inventory) == {"GET /prices"}
    assert called(inventory, "route", "GET /prices") == {"GET up.test/prices": (1, 1)}
