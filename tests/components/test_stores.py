"""Stores of Pinia in components."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

PACKAGE = '{"dependencies": {"vue": "3", "pinia": "2"}}'
ASK = "fetch('https://a.test/1')"
OPTIONS = f"""
import {{ defineStore }} from 'pinia';
export const useOrders = defineStore('orders', {{
  state: () => ({{ orders: [], base: 'https://a.test' }}),
  actions: {{
    async load() {{ this.orders = await {ASK}; }},
    again() {{ return this.load(); }},
  }},
}});
"""
SETUP = f"""
import {{ defineStore }} from 'pinia';
export const useOrders = defineStore('orders', () => {{
  async function load() {{ await {ASK}; }}
  return {{ load, again: () => load() }};
}});
"""


def using(store: str, code: str, template: str = "<b />") -> Files:
    script = f"import {{ useOrders }} from './store';\nconst orders = useOrders();\n{code}"
    return {
        "package.json": PACKAGE,
        "store.ts": store,
        "A.vue": f"<script setup>\n{script}\n</script>\n<template>{template}</template>",
    }


@pytest.mark.parametrize("store", [OPTIONS, SETUP])
@pytest.mark.parametrize(
    "code", ["orders.load();", "onMounted(() => orders.again());", "const { load } = orders; load();"]
)
def test_actions_run(store: str, code: str) -> None:
    assert called(audited(using(store, code)), "component", "A") == {"GET a.test/1": (1, 1)}


@pytest.mark.parametrize("store", [OPTIONS, SETUP])
def test_actions_run_when_a_user_does_something(store: str) -> None:
    inventory = audited(using(store, "", "<button @click='orders.load()' />"))
    assert called(inventory, "component", "A") == {"GET a.test/1": (0, 1)}


@pytest.mark.parametrize("store", [OPTIONS, SETUP])
def test_a_store_alone_asks_for_nothing(store: str) -> None:
    assert not [one for one in audited(using(store, "")).entries if one.reaches]


KEPT = {
    "state": ("state: () => ({ orders: [],", "state: () => ({ page: 1, orders: [],", "this.page"),
    "a getter": ("actions:", "getters: { page: () => 3 },\n  actions:", "this.page"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_a_store_holds_may_be_something_else_later(name: str) -> None:
    old, new, asked = KEPT[name]
    store = OPTIONS.replace(old, new).replace(ASK, f"fetch('https://a.test/' + {asked})")
    assert "GET a.test/{}" in called(audited(using(store, "orders.load();")), "component", "A")
