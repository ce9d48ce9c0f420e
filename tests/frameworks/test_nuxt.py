"""Plugins and middleware of Nuxt run around its pages."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

BASE: Files = {"package.json": '{"dependencies": {"nuxt": "3"}}', "app.vue": "<template><NuxtPage /></template>"}
ASK = "await fetch('https://a.test/x');"
PLUGINS = {
    "a function": f"export default defineNuxtPlugin(async (app) => {{ {ASK} }});",
    "an object": f"export default defineNuxtPlugin({{ name: 'x', async setup(app) {{ {ASK} }} }});",
    "imported": (
        f"import {{ defineNuxtPlugin as plugin }} from 'nuxt/app';\nexport default plugin(async (app) => {{ {ASK} }});"
    ),
    "nothing around it": f"export default async (app) => {{ {ASK} }};",
}


@pytest.mark.parametrize("folder", ["", "app/"])
@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_of_the_browser(name: str, folder: str) -> None:
    inventory = audited({**BASE, f"{folder}plugins/live.client.ts": PLUGINS[name]})
    assert called(inventory, "component", "plugin live.client") == {"GET a.test/x": (1, 1)}
    found = {(one.kind, one.name, one.origin, one.dead) for one in inventory.entries}
    assert found == {("component", "plugin live.client", "browser", False), ("page", "/", "browser", False)}


def test_a_plugin_runs_on_both_sides_or_on_one() -> None:
    both = audited({**BASE, "plugins/live.ts": PLUGINS["a function"]})
    assert sorted(reach.origin for entry in both.entries for reach in entry.reaches) == ["browser", "server"]
    server = audited({**BASE, "plugins/live.server.ts": PLUGINS["a function"]})
    assert {(one.kind, one.name, one.origin) for one in server.entries} == {
        ("component", "plugin live.server", "server"),
        ("page", "/", "browser"),
    }


def test_a_timer_of_a_plugin_polls() -> None:
    source = "export default defineNuxtPlugin(() => { setInterval(() => fetch('https://a.test/x'), 5000); });"
    inventory = audited({**BASE, "plugins/live.client.ts": source})
    assert [(one.intervals[0].ms, one.dead) for one in inventory.triggers] == [(5000, False)]


@pytest.mark.parametrize(("name", "least"), [("auth.global", 2), ("auth", 0)])
def test_middleware_runs_before_pages_on_the_server_and_again_in_the_browser(name: str, least: int) -> None:
    source = f"export default defineNuxtRouteMiddleware(async (to) => {{ {ASK} }});"
    inventory = audited({**BASE, f"middleware/{name}.ts": source})
    assert called(inventory, "component", f"middleware {name}") == {"GET a.test/x": (least, 2)}
    assert sorted(reach.origin for entry in inventory.entries for reach in entry.reaches) == ["browser", "server"]


def test_a_folder_of_plugins_is_its_index() -> None:
    inventory = audited({**BASE, "plugins/deep/index.ts": PLUGINS["a function"]})
    assert called(inventory, "component", "plugin deep")


def test_files_of_others_are_none() -> None:
    other = {"package.json": '{"dependencies": {"vue": "3"}}'}
    assert not audited({**BASE, **other, "plugins/live.client.ts": PLUGINS["a function"]}).entries
    deep = audited({**BASE, "plugins/deep/live.ts": PLUGINS["a function"]})
    assert [(one.kind, one.reaches) for one in deep.entries] == [("page", ())]


HOOKED = f"{{ name: 'live', hooks: {{ 'app:mounted': async () => {{ {ASK} }} }} }}"


@pytest.mark.parametrize("source", ["#imports", "#app", "nuxt/app", ""])
@pytest.mark.parametrize("given", [f"async (app) => {{ {ASK} }}", f"{{ async setup(app) {{ {ASK} }} }}"])
def test_a_plugin_that_a_file_of_nuxt_defines_is_no_script(source: str, given: str) -> None:
    head = f"import {{ defineNuxtPlugin }} from '{source}';\n" if source else ""
    inventory = audited({**BASE, "plugins/live.client.ts": f"{head}export default defineNuxtPlugin({given});"})
    (entry,) = (one for one in inventory.entries if one.kind != "page")
    assert (entry.kind, entry.origin) == ("component", "browser")
    assert called(inventory, "component", "plugin live.client") == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize(
    ("file", "hook", "bounds"),
    [
        ("live", "app:mounted", (0, 1)),
        ("live.client", "page:finish", (0, 1)),
        ("live", "app:created", (0, 2)),
        ("live.server", "app:rendered", (0, 1)),
        ("live.server", "app:mounted", None),
        ("live.client", "app:rendered", None),
    ],
)
def test_hooks_of_a_plugin_may_run_on_their_side(file: str, hook: str, bounds: tuple[int, int] | None) -> None:
    source = f"export default defineNuxtPlugin({HOOKED.replace('app:mounted', hook)});"
    inventory = audited({**BASE, f"plugins/{file}.ts": source})
    if bounds is None:
        assert not [entry for entry in inventory.entries if entry.kind == "component"]
    else:
        assert called(inventory, "component", f"plugin {file}") == {"GET a.test/x": bounds}


def test_another_object_of_a_plugin_holds_no_hooks() -> None:
    source = f"export default defineNuxtPlugin({HOOKED.replace('hooks', 'others')});"
    assert not [one for one in audited({**BASE, "plugins/live.ts": source}).entries if one.kind != "page"]
