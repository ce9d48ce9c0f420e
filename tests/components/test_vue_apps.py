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
