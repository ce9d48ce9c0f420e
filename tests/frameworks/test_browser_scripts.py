"""Scripts that run in a browser although they mention no document: of extensions, and around components."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited

SEND = 'fetch("https://a.test/things");'
EXTENSIONS: dict[str, Files] = {
    "a global": {"background.js": f"chrome.runtime.onInstalled.addListener(() => {{}});\n{SEND}"},
    "the other global": {
        "background.ts": f"browser.storage.local.get('a');\nasync function run() {{ {SEND} }}\nrun();"
    },
    "a package": {"background.js": f"import browser from 'webextension-polyfill';\nbrowser.tabs.create({{}});\n{SEND}"},
    "what it loads": {
        "background.js": f"import {{ kept }} from './kept.js';\nkept();\n{SEND}",
        "kept.js": "export const kept = () => chrome.storage.local.get('a');",
    },
    "beside a parameter of that name": {
        "background.js": f"const told = (chrome) => chrome.runtime.id;\ntold(chrome);\nchrome.alarms.create('a', {{}});\n{SEND}"
    },
}
PROCESSES: dict[str, Files] = {
    "a variable of that name": {
        "a.ts": f"const chrome = {{ runtime: {{ id: 1 }} }};\nconsole.log(chrome.runtime.id);\n{SEND}"
    },
    "a browser that is driven": {
        "a.ts": f"import {{ chromium }} from 'playwright';\nconst browser = await chromium.launch();\nbrowser.contexts();\n{SEND}"
    },
    "another member": {
        "a.ts": f"import {{ browser }} from './own';\nbrowser.go();\n{SEND}",
        "own.ts": "export const browser = { go() {} };",
    },
    "a parameter of that name": {
        "a.ts": f"import {{ kept }} from './kept';\n{SEND}\nkept(JSON.parse('{{}}'));",
        "kept.ts": "export const kept = async (browser) => { await browser.cookies(); };",
    },
    "a part of a parameter": {
        "a.ts": f"import {{ kept }} from './kept';\n{SEND}\nkept(JSON.parse('{{}}'));",
        "kept.ts": "export async function kept({ browser }) { for (const one of [1]) await browser.cookies(one); }",
    },
    "a variable of a function": {
        "a.ts": f"import {{ open }} from './open';\nasync function run() {{ const browser = await open(); browser.cookies(); {SEND} }}\nrun();",
        "open.ts": "import { launch } from 'puppeteer';\nexport const open = () => launch();",
    },
}
APP = '{"name": "a", "dependencies": {"vue": "3"}}'
COMPONENTS: dict[str, Files] = {
    "vue": {
        "src/main.ts": f"import {{ createApp }} from 'vue';\nimport App from './App.vue';\n{SEND}\ncreateApp(App).mount('#app');"
    },
    "svelte": {
        "src/main.ts": f"import {{ mount }} from 'svelte';\nimport App from './App.svelte';\n{SEND}\nmount(App, {{}});"
    },
}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_a_script_of_an_extension_runs_in_a_browser(name: str) -> None:
    (entry,) = audited(EXTENSIONS[name]).entries
    assert (entry.kind, entry.origin) == ("page", "browser")
    assert [reach.path for reach in entry.reaches] == ["/things"]


@pytest.mark.parametrize("name", PROCESSES)
def test_what_only_looks_like_it_is_a_process(name: str) -> None:
    (entry,) = audited(PROCESSES[name]).entries
    assert (entry.kind, entry.origin) == ("script", "server")


@pytest.mark.parametrize("name", COMPONENTS)
def test_what_shows_components_that_are_missing_runs_in_a_browser(name: str) -> None:
    (entry,) = audited({"package.json": APP, **COMPONENTS[name]}).entries
    assert (entry.kind, entry.origin) == ("page", "browser")


LOADED = {
    "src/store.ts": f"export const store = {{ a: 1 }};\n{SEND}",
    "src/types.ts": "import { store } from './store';\nexport interface Thing { a: typeof store }\nexport const b = () => store;",
}


def test_what_only_such_components_may_import_is_no_process() -> None:
    files = {"package.json": APP, **COMPONENTS["vue"], **LOADED}
    assert [(one.kind, one.name) for one in audited(files).entries] == [("page", "src/main.ts")]
    assert {(one.kind, one.name) for one in audited({"package.json": APP, **LOADED}).entries} == {
        ("script", "src/types.ts")
    }


def test_what_draws_such_components_on_a_server_is_a_process() -> None:
    source = f"import {{ renderToString }} from 'vue/server-renderer';\nimport App from './App.vue';\n{SEND}\nrenderToString(App);"
    (entry,) = audited({"package.json": APP, "src/main.ts": source}).entries
    assert (entry.kind, entry.origin) == ("script", "server")
