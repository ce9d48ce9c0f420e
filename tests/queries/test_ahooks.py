"""`useRequest` of ahooks, what is fetched ahead, hooks that run when they are mounted, and lists of queries."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import entry, reaches
from tests.queries.hooks import page, polls

AHOOKS = "import { useRequest } from 'ahooks';\n"
LIB = "import useRequest from 'ahooks/lib/useRequest';\n"
ONE = ("GET", "a.test", "/one")


@pytest.mark.parametrize("head", [AHOOKS, LIB])
def test_a_poll(head: str) -> None:
    body = "useRequest(one, { pollingInterval: 3000, pollingWhenHidden: false, retryCount: 2, cacheKey: 'k', staleTime: 5000 });"
    inventory = page(body, head)
    (poll,) = polls(inventory)
    assert ([one.ms for one in poll.intervals], poll.period, poll.background, poll.stale_ms) == (
        [3000],
        "interval+run",
        False,
        5000,
    )
    (retry,) = inventory.retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == (3, (2000, 4000), "exponential")
    assert [(one.kind, one.ttl_ms, one.store) for one in inventory.guards] == [("cache", 5000, "browser")]
    assert reaches(entry(inventory, "/", "page")) == {ONE: (1, 1)}


WHEN = {
    "useRequest(one);": ((1, 1), ""),
    "useRequest(() => one(), { manual: true });": ((0, 1), "!(true)"),
    "useRequest(one, { ready: !!id });": ((0, 1), "!!id"),
    "useRequest(one, { ready: true, manual: true });": ((0, 1), "!(true)"),
    "useRequest(one, { manual: false, refreshDeps: [id] });": ((1, 1), ""),
}


@pytest.mark.parametrize("body", WHEN)
def test_when_it_asks(body: str) -> None:
    inventory = page(body, AHOOKS)
    bounds, when = WHEN[body]
    assert reaches(entry(inventory, "/", "page")) == {ONE: bounds}
    assert [one.enabled or "" for one in inventory.triggers] == [when]
    assert not inventory.guards  # nothing is kept or shared without a key
    assert not inventory.retries


def test_what_the_service_is_handed() -> None:
    head = AHOOKS + "const load = (name) => fetch(`https://a.test/${name}`);\n"
    given = page("useRequest(load, { defaultParams: ['orders'] });", head)
    assert {one.path for one in entry(given, "/", "page").reaches} == {"/orders"}
    later = page("useRequest(load, { manual: true });", head)
    assert {one.path for one in entry(later, "/", "page").reaches} == {"/{name}"}


@pytest.mark.parametrize("hook", ["usePrefetchQuery", "usePrefetchInfiniteQuery"])
def test_what_is_fetched_ahead_is_asked_for_once(hook: str) -> None:
    head = f"import {{ {hook} }} from '@tanstack/react-query';\n"
    inventory = page(f"{hook}({{ queryKey: ['k'], queryFn: () => one(), initialPageParam: 0 }});", head)
    assert [one.kind for one in inventory.triggers] == ["load"]
    assert ("retry", "0 by default") in inventory.triggers[0].settings
    assert reaches(entry(inventory, "/", "page")) == {ONE: (1, 1)}


MOUNTED = {
    "import { useAsync } from 'react-use';": ("useAsync(async () => one(), [id]);", (1, 1)),
    "import { useAsyncRetry } from 'react-use';": ("const state = useAsyncRetry(() => one(), []);", (1, 1)),
    "import useAsyncRetry from 'react-use/lib/useAsyncRetry';": ("const { retry } = useAsyncRetry(one);", (1, 1)),
    "import { useAsyncFn } from 'react-use';": ("const [state, load] = useAsyncFn(() => one());", (0, 1)),
}


@pytest.mark.parametrize("head", MOUNTED)
def test_hooks_that_run_when_they_are_mounted(head: str) -> None:
    body, bounds = MOUNTED[head]
    assert reaches(entry(page(body, head), "/", "page")) == {ONE: bounds}


def test_a_list_of_queries_that_is_not_known_says_so() -> None:
    head = "import { useQueries } from '@tanstack/react-query';\nimport { list } from './list';\n"
    known = page("useQueries({ queries: [1, 2].map((k) => ({ queryKey: [k], queryFn: () => one() })) });", head)
    assert reaches(entry(known, "/", "page")) == {ONE: (2, 2)}
    unknown = page("useQueries({ queries: list(one) });", head)
    assert [one.why for one in unknown.unknowns if one.what == "useQueries"] == ["the list of its queries is not known"]
