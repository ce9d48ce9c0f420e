"""The client that is typed by a Hono app asks for its routes."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry

SERVER = """
import { Hono } from 'hono';
const orders = new Hono()
  .get('/', async (c) => { await fetch('https://a.test/list'); return c.json([]); })
  .get('/:id', async (c) => { await fetch('https://a.test/one'); return c.json({}); })
  .post('/', async (c) => { await fetch('https://a.test/new'); return c.json({}); });
const app = new Hono().basePath('/api').route('/orders', orders);
export type AppType = typeof app;
export default app;
"""
HEAD = "import { hc } from 'hono/client'; import type { AppType } from './server';"
ASKS = {
    "a host": ("const client = hc<AppType>('http://localhost:8787/'); await client.api.orders.$get();", "GET a.test/list"),
    "a path": ("const client = hc<AppType>('/'); await client.api.orders.$get();", "GET a.test/list"),
    "a base that is not known": ("const client = hc<AppType>(base()); await client.api.orders.$get();", "GET a.test/list"),
    "taken apart": ("const { api } = hc<AppType>('/'); await api.orders.index.$get();", "GET a.test/list"),
    "a parameter": ("const client = hc<AppType>('/'); await client.api.orders[':id'].$get({ param: { id: value } });", "GET a.test/one"),
    "another method": ("const client = hc<AppType>('/'); await client.api.orders.$post({ json: {} });", "GET a.test/new"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKS)
def test_paths_are_the_members_of_the_client(name: str) -> None:
    code, wanted = ASKS[name]
    inventory = audited({"server.ts": SERVER, "main.ts": f"{HEAD} {code}"})
    assert called(inventory, "script", "main.ts") == {wanted: (1, 1)}


def test_hooks_that_ask_for_them_poll() -> None:
    client = f"{HEAD} export const client = hc<AppType>(import.meta.env.VITE_API);"
    hook = "import { useQuery } from '@tanstack/react-query'; import { client } from './client'; export function useOrders() { return useQuery({ queryKey: ['orders'], queryFn: async () => (await client.api.orders.$get()).json(), refetchInterval: 5000 }); }"
    inventory = audited({"server.ts": SERVER, "client.ts": client, "hook.ts": hook})
    assert called(inventory, "hook", "useOrders") == {"GET a.test/list": (1, 1)}
    (poll,) = (one for one in inventory.triggers if one.kind == "poll")
    assert [each.ms for each in poll.intervals] == [5000]


def test_an_app_that_is_elsewhere_is_asked_by_its_url() -> None:
    code = "import { hc } from 'hono/client'; import type { AppType } from 'theirs'; const client = hc<AppType>('https://b.test'); await client.orders.$get();"
    assert called(audited({"main.ts": code}), "script", "main.ts") == {"GET b.test/orders": (1, 1)}


NOTHING = {
    "only its URL": f"{HEAD} const client = hc<AppType>('/'); console.log(client.api.orders.$url());",
    "another object": "import { client } from './own'; await client.api.orders.$get();",
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_asks_nothing(name: str) -> None:
    inventory = audited({"server.ts": SERVER, "own.ts": "export const client = make();", "main.ts": NOTHING[name]})
    assert not [one for one in inventory.entries if one.kind == "script" and one.reaches]


def test_a_path_that_the_app_has_not_leaves_it() -> None:
    code = f"{HEAD} const client = hc<AppType>('https://c.test'); await client.api.gone.$get();"
    inventory = audited({"server.ts": SERVER, "main.ts": code})
    assert called(inventory, "script", "main.ts") == {"GET c.test/api/gone": (1, 1)}
    assert [reach.through for reach in entry(inventory, "main.ts").reaches] == [()]
