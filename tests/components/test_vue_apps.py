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
