"""RTK Query: endpoints, their hooks, and the requests that they send through the base query."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import brief
from tests.queries.hooks import page, polls, spans

IMPORT = "import { createApi, fetchBaseQuery, retry } from '@reduxjs/toolkit/query/react';\n"
BASE = "fetchBaseQuery({ baseUrl: 'https://a.test/v1/', prepareHeaders: (headers) => headers })"
ENDPOINTS = """
    getOne: builder.query({ query: () => 'one' }),
    getItem: builder.query<Item, string>({
      query: (id) => `items/${id}`,
      providesTags: ['Item'],
    }),
    addItem: builder.mutation({
      query: (body) => ({ url: 'items', method: 'POST', body }),
      invalidatesTags: [{ type: 'Item', id: 'LIST' }],
    }),
    getDirect: builder.query({ queryFn: async () => ({ data: await fetch('https://b.test/direct') }) }),
"""


def api(base: str = BASE, head: str = "", endpoints: str = ENDPOINTS) -> dict[str, str]:
    """A module with an API."""
    text = (
        f"{IMPORT}{head}\nexport const api = createApi({{\n  baseQuery: {base},\n  tagTypes: ['Item'],\n"
        f"  endpoints: (builder) => ({{{endpoints}  }}),\n}});\n"
        "export const { useGetOneQuery, useGetItemQuery, useLazyGetItemQuery, useAddItemMutation, useGetDirectQuery } = api;"
    )
    return {"lib/api.ts": text}


HOOKS = "import { api, useGetOneQuery, useGetItemQuery, useLazyGetItemQuery, useAddItemMutation, useGetDirectQuery } from '../lib/api';"

REACHES: dict[str, dict[str, tuple[int, int | None]]] = {
    "useGetOneQuery();": {"GET a.test/v1/one": (1, 1)},
    "useGetItemQuery(id);": {"GET a.test/v1/items/{}": (1, 1)},
    "useGetItemQuery('7');": {"GET a.test/v1/items/7": (1, 1)},
    "useLazyGetItemQuery();": {"GET a.test/v1/items/{}": (0, 1)},
    "useAddItemMutation();": {"POST a.test/v1/items": (0, 1)},
    "useGetDirectQuery();": {"GET b.test/direct": (1, 1)},
    "api.useGetOneQuery();": {"GET a.test/v1/one": (1, 1)},
    "api.endpoints.getOne.useQuery();": {"GET a.test/v1/one": (1, 1)},
    "given.dispatch(api.endpoints.getOne.initiate());": {"GET a.test/v1/one": (1, 1)},
    "useGetOneQuery(undefined, { skip: given });": {"GET a.test/v1/one": (0, 1)},
    "api.useGetNothingQuery();": {},
}


@pytest.mark.parametrize("body", REACHES)
def test_what_a_hook_reaches(body: str) -> None:
    (entry,) = (one for one in page(body, HOOKS, api()).entries if one.kind == "page")
    assert brief(entry) == REACHES[body]


BASES = {
    "fetchBaseQuery": (BASE, ""),
    "a constant": ("base", f"const base = {BASE};"),
    "a function around it": (
        "base",
        f"const raw = {BASE};\nconst base = async (args, api, extra) => {{ const r = await raw(args, api, extra); return r; }};",
    ),
    "retry around it": (f"retry({BASE}, {{ maxRetries: 2 }})", ""),
    "axios": (
        "axiosBase({ baseUrl: 'https://a.test/v1/' })",
        "import axios from 'axios';\nconst axiosBase = ({ baseUrl }) => async (path) => { const r = await axios({ url: baseUrl + path, method: 'GET' }); return { data: r.data }; };",
    ),
}


@pytest.mark.parametrize("name", BASES)
def test_base_queries(name: str) -> None:
    base, head = BASES[name]
    (entry,) = (one for one in page("useGetOneQuery();", HOOKS, api(base, head)).entries if one.kind == "page")
    assert brief(entry) == {"GET a.test/v1/one": (1, 1)}


def test_endpoints_that_are_injected() -> None:
    files = {
        **api(),
        "lib/more.ts": "import { api } from './api';\nconst more = api.injectEndpoints({ endpoints: (build) => ({ getMore: build.query({ query: () => ({ url: 'more', params: { a: 1 } }) }) }) });\nexport const { useGetMoreQuery } = more;",
    }
    (entry,) = (
        one
        for one in page("useGetMoreQuery();", "import { useGetMoreQuery } from '../lib/more';", files).entries
        if one.kind == "page"
    )
    assert brief(entry) == {"GET a.test/v1/more": (1, 1)}


POLLS: dict[str, list[tuple[float, str]]] = {
    "useGetOneQuery(undefined, { pollingInterval: 3000 });": [(3_000, "")],
    "api.endpoints.getOne.useQuery(undefined, { pollingInterval: 3000 });": [(3_000, "")],
    "useGetItemQuery(id, { pollingInterval: given ? 1000 : 0 });": [(1_000, "given")],
    "useGetOneQuery(undefined, { pollingInterval: 0 });": [],
    "useGetOneQuery();": [],
    "useGetOneQuery(undefined, { refetchOnFocus: true });": [],
}


@pytest.mark.parametrize("body", POLLS)
def test_intervals(body: str) -> None:
    found = polls(page(body, HOOKS, api()))
    assert [spans(trigger) for trigger in found] == ([POLLS[body]] if POLLS[body] else [])
    assert all(trigger.mechanism == "pollingInterval" and trigger.background for trigger in found)


def test_only_hooks_are_told_to_poll() -> None:
    base = f"{BASE}, pollingInterval: 3000, refetchOnFocus: true"
    found = page("useGetOneQuery();", HOOKS, api(base)).triggers
    assert [(one.kind, one.intervals) for one in found] == [("focus", ())]
    endpoints = ENDPOINTS.replace("query: () => 'one'", "query: () => 'one', pollingInterval: 3000, skip: true")
    inventory = page("useGetOneQuery();", HOOKS, api(endpoints=endpoints))
    assert polls(inventory) == []
    (entry,) = (one for one in inventory.entries if one.kind == "page")
    assert brief(entry) == {"GET a.test/v1/one": (1, 1)}


def test_polling_that_stops_in_hidden_tabs() -> None:
    body = "useGetOneQuery(undefined, { pollingInterval: 3000, skipPollingIfUnfocused: true });"
    (trigger,) = polls(page(body, HOOKS, api()))
    assert trigger.background is False


def test_focus_only_where_it_is_asked_for() -> None:
    assert [one.kind for one in page("useGetOneQuery();", HOOKS, api()).triggers] == ["load"]
    body = "useGetOneQuery(undefined, { refetchOnFocus: true });"
    assert [one.kind for one in page(body, HOOKS, api()).triggers] == ["focus"]


def test_retries_of_the_base_query() -> None:
    base = f"retry({BASE}, {{ maxRetries: 2 }})"
    (retry,) = page("useGetOneQuery();", HOOKS, api(base)).retries
    assert (retry.max_attempts, retry.delays_ms, retry.jitter) == (3, (600, 1_200), True)
    assert retry.file == "lib/api.ts"
    assert page("useGetOneQuery();", HOOKS, api()).retries == ()


def test_tags_make_queries_ask_again() -> None:
    inventory = page("useGetItemQuery(id);\nuseGetOneQuery();\nuseAddItemMutation();", HOOKS, api())
    (trigger,) = (one for one in inventory.triggers if one.mechanism == "invalidatesTags")
    assert trigger.key == "Item"
    assert [end.path for end in trigger.endpoints] == ["/v1/items/{id}"]


def test_the_time_that_unused_data_is_kept() -> None:
    endpoints = ENDPOINTS.replace("query: () => 'one'", "query: () => 'one', keepUnusedDataFor: 30")
    (guard,) = page("useGetOneQuery();", HOOKS, api(endpoints=endpoints)).guards
    assert (guard.kind, guard.ttl_ms) == ("cache", 30_000)
