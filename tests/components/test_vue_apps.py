"""Apps of Vue and their routes."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

VUE = '{"dependencies": {"vue": "3", "vue-router": "4"}}'


def vue(path: str, template: str = "<b />") -> str:
    return f"<script setup>\nfetch('https://a.test/{path}');\n</script>\n<template>{template}</template>"


MAIN = "import { createApp } from 'vue';\nimport App from './App.vue';\ncreateApp(App).mount('#app');"
APP: Files = {"package.json": VUE, "src/main.ts": MAIN, "src/App.vue": vue("app")}
ROUTERS = {
    "at once": "import { createRouter } from 'vue-router';\nimport A from './A.vue';\nexport default createRouter({ routes: [{ path: '/a', component: A }] });",  # noqa: E501 - a small project
    "when it is asked for": "import { createRouter } from 'vue-router';\nconst routes = [{ path: '/a', component: () => import('./A.vue') }];\nexport const router = createRouter({ routes });",  # noqa: E501 - a small project
    "below another": "import { createRouter } from 'vue-router';\nexport default createRouter({ routes: [{ path: '/', component: () => import('./Box.vue'), children: [{ path: 'a', component: () => import('./A.vue') }] }] });",  # noqa: E501 - a small project
    "by names": "import { createRouter } from 'vue-router';\nimport A from './A.vue';\nexport default createRouter({ routes: [{ path: '/a', components: { default: A } }] });",  # noqa: E501 - a small project
    "version 3": "import VueRouter from 'vue-router';\nimport A from './A.vue';\nexport default new VueRouter({ routes: [{ path: '/a', component: A }] });",  # noqa: E501 - a small project
}


@pytest.mark.parametrize("name", ROUTERS)
def test_a_route_is_a_page(name: str) -> None:
    files = {
        **APP,
        "src/router.ts": ROUTERS[name],
        "src/A.vue": vue("a"),
        "src/Box.vue": "<template><RouterView /></template>",
    }
    inventory = audited({**files, "src/main.ts": f"import './router';\n{MAIN}"})
    assert called(inventory, "page", "/a") == {"GET a.test/app": (1, 1), "GET a.test/a": (1, 1)}
    assert not [one for one in inventory.entries if one.dead]


def test_without_routes_what_is_shown_is_the_page() -> None:
    inventory = audited(APP)
    assert called(inventory, "page", "/") == {"GET a.test/app": (1, 1)}
    assert [one.name for one in inventory.entries if one.kind == "page"] == ["/"]


def test_what_no_route_shows_is_dead() -> None:
    inventory = audited({**APP, "src/router.ts": ROUTERS["at once"], "src/A.vue": vue("a"), "src/B.vue": vue("b")})
    assert [one.name for one in inventory.entries if one.dead] == ["B"]


def test_a_route_that_shows_what_is_not_known_is_a_gap() -> None:
    router = ROUTERS["at once"].replace("component: A", "component: window.all.A")
    inventory = audited(
        {**APP, "src/main.ts": f"import './router';\n{MAIN}", "src/router.ts": router, "src/A.vue": vue("a")}
    )
    assert ("src/router.ts", "which component this route shows is not known") in [
        (one.file, one.why) for one in inventory.unknowns
    ]


HANDED = "import B from './B.vue';\nexport const open = (dialogs) => { dialogs.shown = B; };"


def test_what_is_imported_and_not_seen_to_be_shown_is_not_known_to_be_dead() -> None:
    files = {**APP, "src/B.vue": vue("b"), "src/open.ts": HANDED}
    inventory = audited({**files, "src/main.ts": f"import {{ open }} from './open';\nopen(window.all);\n{MAIN}"})
    assert not [one for one in inventory.entries if one.dead]
    assert any("not seen to be shown" in one.why for one in inventory.unknowns if one.file == "src/B.vue")


TASKS = {
    "performed": ("task.perform();", 1),
    "of one at a time": ("task.drop().perform();", 1),
    "only made": ("task.drop();", 0),
}


@pytest.mark.parametrize("name", TASKS)
def test_a_task_runs_when_it_is_performed(name: str) -> None:
    code, runs = TASKS[name]
    ask = "yield fetch('https://a.test/1');"
    task = f"import {{ useTask }} from 'vue-concurrency';\nconst task = useTask(function* () {{ {ask} }});"
    inventory = audited({**APP, "src/App.vue": f"<script setup>\n{task}\n{code}\n</script>"})
    found = [reach for one in inventory.entries if one.name == "/" for reach in one.reaches]
    assert [reach.min for reach in found] == [1] * runs


CHOSEN = {
    "at once": "component: location.hash ? A : B",
    "when it is asked for": "component: () => location.hash ? import('./A.vue') : import('./B.vue')",
    "by a name": "components: { default: location.hash ? A : B }",
}


@pytest.mark.parametrize("name", CHOSEN)
def test_each_component_that_a_route_may_show_is_shown_sometimes(name: str) -> None:
    imports = "import { createRouter } from 'vue-router';\nimport A from './A.vue';\nimport B from './B.vue';"
    router = f"{imports}\nexport default createRouter({{ routes: [{{ path: '/a', {CHOSEN[name]} }}] }});"
    files = {**APP, "src/router.ts": router, "src/A.vue": vue("a"), "src/B.vue": vue("b")}
    inventory = audited({**files, "src/main.ts": f"import './router';\n{MAIN}"})
    sometimes = {"GET a.test/a": (0, 1), "GET a.test/b": (0, 1)}
    assert called(inventory, "page", "/a") == {"GET a.test/app": (1, 1), **sometimes}


def test_each_component_that_an_app_may_be_made_of_is_shown_sometimes() -> None:
    main = MAIN.replace("createApp(App)", "createApp(location.hash ? App : B)")
    inventory = audited({**APP, "src/main.ts": f"import B from './B.vue';\n{main}", "src/B.vue": vue("b")})
    assert [one.name for one in inventory.entries if one.kind == "page"] == ["/"]
    assert called(inventory, "page", "/") == {"GET a.test/app": (0, 1), "GET a.test/b": (0, 1)}


UNKNOWN_ROUTES = {
    "options of data": "createRouter(window.all)",
    "no routes": "createRouter({ history: null })",
    "routes of data": "createRouter({ routes: window.all })",
    "routes that are spread": "createRouter({ routes: [...window.all, { path: '/a', component: A }] })",
    "a route of data": "createRouter({ routes: [{ path: '/a', component: A }, window.all.one] })",
    "children of data": "createRouter({ routes: [{ path: '/a', component: A, children: window.all }] })",
    "a path of data": "createRouter({ routes: [{ path: window.all.path, component: A }] })",
    "all known": "createRouter({ routes: [{ path: '/', redirect: '/a' }, { path: '/a', component: A, children: [] }] })",  # noqa: E501 - a small project
}


@pytest.mark.parametrize("name", UNKNOWN_ROUTES)
def test_routes_that_are_not_known_are_said_to_be_so(name: str) -> None:
    router = f"import {{ createRouter }} from 'vue-router';\nimport A from './A.vue';\n{UNKNOWN_ROUTES[name]};"
    files = {**APP, "src/router.ts": router, "src/A.vue": vue("a"), "src/main.ts": f"import './router';\n{MAIN}"}
    gaps = [one.why for one in audited(files).unknowns if one.file == "src/router.ts" and "route" in one.why]
    assert bool(gaps) == (name != "all known")


@pytest.mark.parametrize("ending", ["ts", "tsx", "jsx"])
def test_a_router_may_be_in_a_file_of_any_kind(ending: str) -> None:
    router = ROUTERS["when it is asked for"]
    files = {**APP, f"src/router.{ending}": router, "src/A.vue": vue("a")}
    inventory = audited({**files, "src/main.ts": f"import './router';\n{MAIN}"})
    assert called(inventory, "page", "/a") == {"GET a.test/app": (1, 1), "GET a.test/a": (1, 1)}


def test_a_component_of_a_file_with_markup_is_itself() -> None:
    router = ROUTERS["at once"].replace("./A.vue", "./A")
    component = "import { defineComponent } from 'vue';\nexport default defineComponent(() => { fetch('https://a.test/a'); return () => <b />; });"  # noqa: E501 - a small project
    files = {**APP, "src/router.ts": router, "src/A.tsx": component, "src/main.ts": f"import './router';\n{MAIN}"}
    assert called(audited(files), "page", "/a") == {"GET a.test/app": (1, 1), "GET a.test/a": (1, 1)}
