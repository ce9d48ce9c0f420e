"""Names that Nuxt and Nitro import by themselves, aliases that frameworks make, and components that are not read."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, unresolved

NUXT = {"package.json": '{"dependencies": {"nuxt": "3.10.0"}}'}
HANDLER = "export default defineEventHandler(async () => { await ask(); });"
ASK = "export async function ask() { await fetch('https://a.test/one'); }"
ASKED = {"GET a.test/one": (1, 1)}

SEEN: dict[str, Files] = {
    "of the server": {"server/utils/ask.ts": ASK},
    "in a folder inside": {"server/utils/deep/ask.ts": ASK},
    "a default": {"server/utils/ask.ts": "export default async () => { await fetch('https://a.test/one'); };"},
    "what is shared": {"shared/utils/ask.ts": ASK},
    "through a barrel": {"server/utils/index.ts": "export * from '../lib/all';", "server/lib/all.ts": ASK},
}
NOT_SEEN: dict[str, Files] = {
    "of the app": {"composables/ask.ts": ASK},
    "another folder": {"server/lib/ask.ts": ASK},
}


@pytest.mark.parametrize("name", SEEN)
def test_a_server_sees_its_utilities(name: str) -> None:
    inventory = audited({**NUXT, **SEEN[name], "server/api/x.get.ts": HANDLER})
    assert called(inventory, "route", "GET /api/x") == ASKED


@pytest.mark.parametrize("name", NOT_SEEN)
def test_a_server_sees_nothing_else(name: str) -> None:
    inventory = audited({**NUXT, **NOT_SEEN[name], "server/api/x.get.ts": HANDLER})
    assert called(inventory, "route", "GET /api/x") == {}


def test_what_a_module_declares_comes_first() -> None:
    code = f"async function ask() {{ await fetch('https://b.test/own'); }} {HANDLER}"
    inventory = audited({**NUXT, "server/utils/ask.ts": ASK, "server/api/x.get.ts": code})
    assert called(inventory, "route", "GET /api/x") == {"GET b.test/own": (1, 1)}


def test_an_app_without_the_framework_has_no_such_names() -> None:
    files = {"package.json": "{}", "utils/ask.ts": ASK, "main.ts": "await ask();"}
    assert not [one for one in audited(files).entries if one.reaches]


def test_the_rest_of_an_app_sees_composables() -> None:
    files = {
        "app/composables/ask.ts": ASK,
        "app/composables/useAll.ts": "export default function () { return useAsyncData('all', () => ask()); }",
    }
    use = {"app/composables/useMore.ts": "export const useMore = () => useAll();"}
    assert called(audited({**NUXT, **files, **use}), "hook", "useMore") == ASKED


ALIASES = {
    "SvelteKit": ("@sveltejs/kit", "src/lib/ask.ts", "src/routes/x/+server.ts", "import { ask } from '$lib/ask'; export const GET = () => ask();", "GET /x"),
    "SvelteKit, the folder": ("@sveltejs/kit", "src/lib/index.ts", "src/routes/x/+server.ts", "import * as lib from '$lib'; export const GET = () => lib.ask();", "GET /x"),
    "Nuxt 4": ("nuxt", "app/lib/ask.ts", "server/api/x.get.ts", "import { ask } from '~/lib/ask'; export default defineEventHandler(() => ask());", "GET /api/x"),
    "Nuxt, shared": ("nuxt", "shared/ask.ts", "server/api/x.get.ts", "import { ask } from '#shared/ask'; export default defineEventHandler(() => ask());", "GET /api/x"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALIASES)
def test_aliases_that_a_framework_makes(name: str) -> None:
    dependency, file, user, code, wanted = ALIASES[name]
    package = f'{{"devDependencies": {{"{dependency}": "4.0.0"}}}}'
    inventory = audited(
        {"package.json": package, "tsconfig.json": '{"extends": "./.made/tsconfig.json"}', file: ASK, user: code}
    )
    assert called(inventory, "route", wanted) == ASKED


COMPONENTS = {
    "Vue": ("pages/index.vue", "<template lang='pug'>b</template>", "<template><b /></template>"),
    "Svelte": ("src/routes/+page.svelte", "<b>" * 90 + "</b>" * 90, "<b />"),
    "Astro": ("src/pages/index.astro", "<Box />", "<b />"),
}


@pytest.mark.parametrize("name", COMPONENTS)
def test_what_only_components_may_use_that_are_not_wholly_read_is_not_dead(name: str) -> None:
    path, source, _ = COMPONENTS[name]
    inventory = audited({"package.json": "{}", "lib/ask.ts": ASK, path: source})
    assert [one.dead for one in inventory.calls] == [False]
    assert any("components are not wholly read" in why for why in unresolved(inventory))


@pytest.mark.parametrize("name", COMPONENTS)
def test_what_no_component_uses_is_dead(name: str) -> None:
    path, _, source = COMPONENTS[name]
    inventory = audited({"package.json": "{}", "lib/ask.ts": ASK, path: source})
    assert [one.dead for one in inventory.calls] == [True]


def test_where_everything_is_read_it_is() -> None:
    inventory = audited({"package.json": "{}", "lib/ask.ts": ASK, "lib/style.scss": "b {}"})
    assert [one.dead for one in inventory.calls] == [True]
    assert unresolved(inventory) == []
