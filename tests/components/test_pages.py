"""Components that files make pages."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry

NUXT = '{"dependencies": {"nuxt": "3"}}'
KIT = '{"devDependencies": {"@sveltejs/kit": "2"}}'


def vue(path: str) -> str:
    return f"<script setup>\nfetch('https://a.test/{path}');\n</script>\n<template><b /></template>"


PAGES: dict[str, tuple[Files, str, set[str]]] = {
    "Nuxt": ({"package.json": NUXT, "pages/users/[id].vue": vue("1")}, "/users/[id]", {"GET a.test/1"}),
    "its index": ({"package.json": NUXT, "app/pages/(a)/b/index.vue": vue("1")}, "/b", {"GET a.test/1"}),
    "without pages": ({"package.json": NUXT, "app.vue": vue("1")}, "/", {"GET a.test/1"}),
    "what is around it": (
        {"package.json": NUXT, "app.vue": vue("1"), "layouts/default.vue": vue("2"), "pages/a.vue": vue("3")},
        "/a",
        {"GET a.test/1", "GET a.test/2", "GET a.test/3"},
    ),
    "SvelteKit": (
        {"package.json": KIT, "src/routes/a/+page.svelte": "<script>\nfetch('https://a.test/1');\n</script>\n<b />"},
        "/a",
        {"GET a.test/1"},
    ),
    "its layout": (
        {
            "package.json": KIT,
            "src/routes/+layout.svelte": "<script>\nfetch('https://a.test/1');\n</script>\n<slot />",
            "src/routes/a/+page.ts": "export const load = () => fetch('https://a.test/2');",
            "src/routes/a/+page.svelte": "<b />",
        },
        "/a",
        {"GET a.test/1", "GET a.test/2"},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_file_is_a_page(name: str) -> None:
    files, path, asked = PAGES[name]
    assert set(called(audited(files), "page", path)) == asked


def test_files_elsewhere_are_none() -> None:
    assert [one.kind for one in audited({"package.json": NUXT, "other/a.vue": vue("1")}).entries] == ["component"]


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("components/Row.vue", "Row"),
        ("components/big/Row.vue", "BigRow"),
        ("components/big/BigRow.vue", "big-row"),
        ("app/components/a/b/Row.client.vue", "LazyABRow"),
    ],
)
def test_components_that_nuxt_imports(path: str, tag: str) -> None:
    files = {"package.json": NUXT, path: vue("1"), "app.vue": f"<template><{tag} /></template>"}
    assert called(audited(files), "page", "/") == {"GET a.test/1": (1, 1)}
    assert "/" not in [
        one.name for one in audited({**files, "app.vue": "<template><Other /></template>"}).entries if one.reaches
    ]


def test_a_server_asks_before_it_draws() -> None:
    page = "<script setup>\nconst { data } = await useFetch('https://a.test/1');\n</script>\n<template><b /></template>"
    found = entry(audited({"package.json": NUXT, "pages/index.vue": page}), "/", "page")
    assert sorted(reach.origin for reach in found.reaches) == ["browser", "server"]


def page(meta: str) -> str:
    return f"<script setup>\n{meta}\nfetch('https://a.test/page');\n</script>\n<template><b /></template>"


LAYOUTS = {"package.json": NUXT, "layouts/default.vue": vue("usual"), "layouts/admin/mainPart.vue": vue("admin")}
NAMED: dict[str, tuple[str, dict[str, tuple[int, int]]]] = {
    "none": ("", {"usual": (1, 1)}),
    "another setting": ("definePageMeta({ title: 'a' });", {"usual": (1, 1)}),
    "another": ("definePageMeta({ layout: 'admin-main-part' });", {"admin": (1, 1)}),
    "the usual": ("definePageMeta({ layout: 'default' });", {"usual": (1, 1)}),
    "off": ("definePageMeta({ title: 'a', layout: false });", {}),
    "not known": ("definePageMeta({ layout: window.layout });", {"usual": (0, 1), "admin": (0, 1)}),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_page_has_the_layout_that_it_names(name: str) -> None:
    meta, around = NAMED[name]
    inventory = audited({**LAYOUTS, "pages/a.vue": page(meta)})
    expected = {f"GET a.test/{path}": bounds for path, bounds in {**around, "page": (1, 1)}.items()}
    assert called(inventory, "page", "/a") == expected
    gaps = [one.why for one in inventory.unknowns if "layout" in one.why]
    assert gaps == (["which layout this page has is not known"] if name == "not known" else [])
