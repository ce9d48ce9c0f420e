"""TanStack Query: intervals, retries, fresh times, and who sets them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, called, unresolved
from tests.queries.hooks import page, polls, spans, tanstack

Q = "import { useQuery } from '@tanstack/react-query';\n"

INTERVALS: dict[str, tuple[str, str, list[tuple[float, str]]]] = {
    "number": ("refetchInterval: 15000", "", [(15_000, "")]),
    "arithmetic": ("refetchInterval: 5 * 60 * 1000", "", [(300_000, "")]),
    "constant": ("refetchInterval: EVERY", "const EVERY = 30 * 1000;", [(30_000, "")]),
    "shorthand": ("refetchInterval", "const refetchInterval = 4_000;", [(4_000, "")]),
    "member of a constant": ("refetchInterval: TIMES.fast", "const TIMES = { fast: 2000, slow: 9000 } as const;", [(2_000, "")]),
    "ternary": ("refetchInterval: given ? 30000 : 15000", "", [(30_000, "given"), (15_000, "!given")]),
    "ternary, off": ("refetchInterval: given ? 1000 : false", "", [(1_000, "given")]),
    "and": ("refetchInterval: given && 1000", "", [(1_000, "given")]),
    "function of the query": ("refetchInterval: (query) => query.state.data ? 5000 : false", "", [(5_000, "query.state.data")]),
    "function of data and query": ("refetchInterval: (data, query) => { if (data) return false; return 3000; }", "", [(3_000, "")]),
    "spread": ("...OPTIONS", "const OPTIONS = { refetchInterval: 7000 };", [(7_000, "")]),
    "false": ("refetchInterval: false", "", []),
    "zero": ("refetchInterval: 0", "", []),
    "undefined": ("refetchInterval: undefined", "", []),
    "not given": ("staleTime: 5000", "", []),
}  # fmt: skip


@pytest.mark.parametrize("name", INTERVALS)
def test_intervals(name: str) -> None:
    options, head, wanted = INTERVALS[name]
    found = polls(tanstack(options, head=head))
    assert [spans(trigger) for trigger in found] == ([wanted] if wanted else [])
    assert all(trigger.mechanism == "refetchInterval" and trigger.period == "interval+run" for trigger in found)


def test_an_interval_that_is_not_known_says_why() -> None:
    (trigger,) = polls(tanstack("refetchInterval: given.every"))
    assert spans(trigger) == []
    assert trigger.why


def test_the_place_is_the_line_of_the_option() -> None:
    (trigger,) = polls(tanstack("staleTime: 1000,\nrefetchInterval: 5000"))
    assert (trigger.file, trigger.line) == ("app/page.tsx", 8)


SPELLINGS: dict[str, tuple[str, str]] = {
    "version 5": (Q, "useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "version 4, after the key": ("import { useQuery } from '@tanstack/react-query';", "useQuery(['k'], () => one(), { refetchInterval: 5000 });"),
    "version 3": ("import { useQuery } from 'react-query';", "useQuery('k', one, { refetchInterval: 5000 });"),
    "version 3, function in the options": ("import { useQuery } from 'react-query';", "useQuery('k', { queryFn: one, refetchInterval: 5000 });"),
    "namespace": ("import * as RQ from '@tanstack/react-query';", "RQ.useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "suspense": ("import { useSuspenseQuery } from '@tanstack/react-query';", "useSuspenseQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "infinite": ("import { useInfiniteQuery } from '@tanstack/react-query';", "useInfiniteQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "queries": ("import { useQueries } from '@tanstack/react-query';", "useQueries({ queries: [{ queryKey: ['k'], queryFn: one, refetchInterval: 5000 }] });"),
    "queries of version 3": ("import { useQueries } from 'react-query';", "useQueries([{ queryKey: ['k'], queryFn: one, refetchInterval: 5000 }]);"),
    "queries over data": ("import { useQueries } from '@tanstack/react-query';", "useQueries({ queries: id.map((x: string) => ({ queryKey: ['k', x], queryFn: one, refetchInterval: 5000 })) });"),
    "queryOptions": ("import { useQuery, queryOptions } from '@tanstack/react-query';\nconst o = queryOptions({ queryKey: ['k'], queryFn: () => one(), refetchInterval: 5000 });", "useQuery(o);"),
    "queryOptions of a parameter": ("import { useQuery, queryOptions } from '@tanstack/react-query';\nconst o = (id: string) => queryOptions({ queryKey: ['k', id], queryFn: () => one(), refetchInterval: 5000 });", "useQuery({ ...o(id), staleTime: 1 });"),
    "own hook, interval handed over": (Q + "const useOne = (every: number) => useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: every });", "useOne(5000);"),
    "own hook, interval by default": (Q + "function useOne(every = 5000) { return useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: every }); }", "useOne();"),
    "own hook, options handed over": (Q + "const useOne = (options: any) => useQuery({ queryKey: ['k'], queryFn: one, ...options });", "useOne({ refetchInterval: 5000 });"),
    "own hook, in an object": (Q + "const useOne = ({ every }: any) => useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: every });", "useOne({ every: 5000 });"),
    "Solid": ("import { createQuery } from '@tanstack/solid-query';", "createQuery(() => ({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 }));"),
    "Svelte": ("import { createQuery } from '@tanstack/svelte-query';", "createQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "Vue": ("import { useQuery } from '@tanstack/vue-query';", "useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "Angular": ("import { injectQuery } from '@tanstack/angular-query-experimental';", "injectQuery(() => ({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 }));"),
    "for all queries": (Q + "import { QueryClient } from '@tanstack/react-query';\nnew QueryClient({ defaultOptions: { queries: { refetchInterval: 5000 } } });", "useQuery({ queryKey: ['k'], queryFn: one });"),
    "for all queries, set later": (Q + "import { QueryClient } from '@tanstack/react-query';\nconst c = new QueryClient(); c.setDefaultOptions({ queries: { refetchInterval: 5000 } });", "useQuery({ queryKey: ['k'], queryFn: one });"),
    "for some keys": (Q + "import { QueryClient } from '@tanstack/react-query';\nconst c = new QueryClient(); c.setQueryDefaults(['k'], { refetchInterval: 5000 });", "useQuery({ queryKey: ['k', 1], queryFn: one });"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_spellings(name: str) -> None:
    head, body = SPELLINGS[name]
    found = polls(page(body, head))
    assert [spans(trigger) for trigger in found] == [[(5_000, "")]]
    assert {end.path for end in found[0].endpoints} == {"/one"}


OFF: dict[str, tuple[str, str]] = {
    "another key's defaults": (Q + "import { QueryClient } from '@tanstack/react-query';\nconst c = new QueryClient(); c.setQueryDefaults(['other'], { refetchInterval: 5000 });", "useQuery({ queryKey: ['k'], queryFn: one });"),
    "own option before that of all": (Q + "import { QueryClient } from '@tanstack/react-query';\nnew QueryClient({ defaultOptions: { queries: { refetchInterval: 5000 } } });", "useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: false });"),
    "defaults of mutations": (Q + "import { QueryClient } from '@tanstack/react-query';\nnew QueryClient({ defaultOptions: { mutations: { refetchInterval: 5000 } } });", "useQuery({ queryKey: ['k'], queryFn: one });"),
    "another library's useQuery": ("import { useQuery } from 'elsewhere';", "useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000 });"),
    "another class of the same name": (Q + "class QueryClient { constructor(public o: unknown) {} }\nnew QueryClient({ defaultOptions: { queries: { refetchInterval: 5000 } } });", "useQuery({ queryKey: ['k'], queryFn: one });"),
    "switched off": (Q, "useQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5000, enabled: false });"),
    "nothing on the network": (Q, "useQuery({ queryKey: ['k'], queryFn: () => 1, refetchInterval: 5000 });"),
}  # fmt: skip


@pytest.mark.parametrize("name", OFF)
def test_what_does_not_poll(name: str) -> None:
    head, body = OFF[name]
    assert polls(page(body, head)) == []


def test_what_else_is_known_of_a_poll() -> None:
    (trigger,) = polls(
        tanstack(
            "refetchInterval: 5000, staleTime: given ? 1 : 2, enabled: !!given && id, refetchOnWindowFocus: 'always'"
        )
    )
    assert trigger.enabled == "!!given && id"
    assert [(span.ms, span.when) for span in trigger.stale_ms] == [(1, "given"), (2, "!given")]  # type: ignore[union-attr]
    assert trigger.background is False
    assert trigger.key == "['k']"
    settings = dict(trigger.settings)
    assert settings["refetchOnWindowFocus"] == "always"
    assert settings["refetchOnReconnect"] == "true by default"
    assert settings["retry"] == "3 by default"


@pytest.mark.parametrize(("option", "wanted"), [("true", True), ("false", False), ("given", None)])
def test_background(option: str, wanted: bool | None) -> None:
    (trigger,) = polls(tanstack(f"refetchInterval: 5000, refetchIntervalInBackground: {option}"))
    assert trigger.background is wanted


FOCUS = {
    "staleTime: 1": "focus",
    "refetchOnWindowFocus: true": "focus",
    "refetchOnWindowFocus: false": "load",
    "refetchOnWindowFocus: false, refetchInterval: 5": "poll",
    "enabled: false": "event",
}


@pytest.mark.parametrize("options", FOCUS)
def test_without_an_interval(options: str) -> None:
    assert [trigger.kind for trigger in tanstack(options).triggers] == [FOCUS[options]]


ATTEMPTS: dict[str, tuple[int | None, tuple[float, ...], str]] = {
    "retry: 1": (2, (1_000,), "exponential"),
    "retry: 1, retryDelay: 3000": (2, (3_000,), "fixed"),
    "retry: 2, retryDelay: (n) => Math.min(1000 * 2 ** n, 10000)": (3, (1_000, 2_000), "exponential"),
    "retry: 5": (6, (1_000, 2_000, 4_000, 8_000, 16_000), "exponential"),
    "retry: 7": (8, (1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000), "exponential"),
    "retry: 2, retryDelay: n => (n + 1) * 500": (3, (500, 1_000), "linear"),
    "retry: 2, retryDelay: 0": (3, (0, 0), "none"),
    "retry: true, retryDelay: 10": (None, (10, 10, 10, 10), "fixed"),
    "retry: (n) => n < 3, retryDelay: 1": (4, (1, 1, 1), "fixed"),
    "retry: (count, error) => error.status !== 404 && count < 2, retryDelay: 1": (3, (1, 1), "fixed"),
    "retry: (count, error) => { if (error.status === 429) return false; return count <= 1; }, retryDelay: 1": (
        3,
        (1, 1),
        "fixed",
    ),
}


@pytest.mark.parametrize("options", ATTEMPTS)
def test_retries(options: str) -> None:
    (retry,) = tanstack(options).retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == ATTEMPTS[options]
    assert (retry.file, retry.line) == ("app/page.tsx", 7)
    assert retry.endpoints == ("GET a.test/one",)


@pytest.mark.parametrize("options", ["retry: false", "retry: 0", "retryDelay: 500", "refetchInterval: 5"])
def test_no_retry(options: str) -> None:
    assert tanstack(options).retries == ()


CLIENT = """
import { QueryClient } from '@tanstack/react-query';
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10 * 1000,
      retry: 2,
    },
  },
});
"""


def test_options_for_all_queries_are_one_retry_and_one_cache() -> None:
    head = Q + "import { two } from '../lib/two';\nconst three = () => fetch('https://a.test/three');"
    body = (
        "useQuery({ queryKey: ['k'], queryFn: one }); useQuery({ queryKey: ['t'], queryFn: two });"
        "useQuery({ queryKey: ['u'], queryFn: three, retry: 0, staleTime: 5 });"
    )
    files = {"lib/client.ts": CLIENT, "lib/two.ts": "export const two = () => fetch('https://a.test/two');"}
    inventory = page(body, head, files)
    (retry,) = inventory.retries
    assert (retry.file, retry.line, retry.max_attempts) == ("lib/client.ts", 6, 3)
    assert retry.endpoints == ("GET a.test/one", "GET a.test/two")
    own, shared = sorted(inventory.guards, key=lambda guard: guard.file)
    assert (shared.file, shared.line, shared.ttl_ms) == ("lib/client.ts", 5, 10_000)
    assert shared.endpoints == ("GET a.test/one", "GET a.test/two")
    assert (own.file, own.ttl_ms, own.endpoints) == ("app/page.tsx", 5, ("GET a.test/three",))


def test_the_client_of_another_app_says_nothing() -> None:
    package = '{"name": "x", "dependencies": {"next": "15.0.0"}}'
    files = {
        "other/package.json": '{"name": "other"}',
        "other/client.ts": CLIENT,
        "lib/client.ts": CLIENT.replace("retry: 2", "retry: 4"),
    }
    (retry,) = page("useQuery({ queryKey: ['k'], queryFn: one });", Q, files, package).retries
    assert (retry.file, retry.max_attempts) == ("lib/client.ts", 5)


CACHES: dict[str, tuple[str, float | None, str]] = {
    "staleTime: 60_000": ("cache", 60_000, "shared"),
    "staleTime: 5 * 1000": ("cache", 5_000, "shared"),
    "staleTime: Infinity": ("cache", None, "shared"),
    "staleTime: 0": ("dedup", None, "shared"),
    "refetchInterval: 5": ("dedup", None, "shared"),
    "staleTime: 5, queryKey: ['k', id]": ("cache", 5, "per-key"),
    "staleTime: 5, queryKey: ['k', { id }]": ("cache", 5, "per-key"),
    "staleTime: 5, queryKey: ['k', 'all']": ("cache", 5, "shared"),
}


@pytest.mark.parametrize("options", CACHES)
def test_caches(options: str) -> None:
    (guard,) = tanstack(options).guards
    assert (guard.kind, guard.ttl_ms, guard.scope) == CACHES[options]
    assert guard.store == "browser"
    assert guard.endpoints == ("GET a.test/one",)


def test_a_query_that_may_be_switched_off_is_conditional() -> None:
    (entry,) = (entry for entry in tanstack("enabled: !!given").entries if entry.kind == "page")
    assert brief(entry) == {"GET a.test/one": (0, 1)}
    (entry,) = (entry for entry in tanstack("enabled: true").entries if entry.kind == "page")
    assert brief(entry) == {"GET a.test/one": (1, 1)}


@pytest.mark.parametrize(
    ("function", "least"), [("id ? () => one() : skipToken", 0), ("id ? () => one() : () => one(id)", 1)]
)
def test_a_query_that_may_be_skipped_is_conditional(function: str, least: int) -> None:
    head = "import { useQuery, skipToken } from '@tanstack/react-query';"
    inventory = page(f"useQuery({{ queryKey: ['k', id], queryFn: {function}, refetchInterval: 5000 }});", head)
    (trigger,) = polls(inventory)
    assert called(inventory, "page", "/") == {"GET a.test/one": (least, 1)}
    assert trigger.enabled == ("" if least else "it is not skipped")


def test_a_query_that_is_always_skipped_asks_nothing() -> None:
    head = "import { useQuery, skipToken } from '@tanstack/react-query';"
    assert not page("useQuery({ queryKey: ['k'], queryFn: skipToken });", head).triggers


def test_the_function_is_handed_the_key() -> None:
    body = "useQuery({ queryKey: ['https://a.test/two', 1], queryFn: ({ queryKey }) => fetch(queryKey[0]) });"
    (entry,) = (entry for entry in page(body, Q).entries if entry.kind == "page")
    assert brief(entry) == {"GET a.test/two": (1, 1)}


def test_every_page_of_an_infinite_query_is_asked_again() -> None:
    head = "import { useInfiniteQuery } from '@tanstack/react-query';"
    (trigger,) = polls(
        page("useInfiniteQuery({ queryKey: ['k'], queryFn: one, refetchInterval: 5, maxPages: 3 });", head)
    )
    assert dict(trigger.settings)["pages"] == "every loaded page again, one after the other, 3 at most"


PERHAPS_EMPTY = {
    "before": "(props.ids ?? []).map((id) => ({ queryKey: [id], queryFn: () => fetch('https://q.test/' + id) }))",
    "behind": "props.ids?.map((id) => ({ queryKey: [id], queryFn: () => fetch('https://q.test/' + id) })) ?? []",
}


@pytest.mark.parametrize("name", PERHAPS_EMPTY)
def test_lists_of_queries_that_may_be_empty_are_those_of_data(name: str) -> None:
    page = f"import {{ useQueries }} from '@tanstack/react-query'; export default function Page(props: {{ ids?: string[] }}) {{ useQueries({{ queries: {PERHAPS_EMPTY[name]} }}); return <b />; }}"
    inventory = audited({"package.json": '{"dependencies": {"next": "14.0.0"}}', "pages/index.tsx": page})
    assert called(inventory, "page", "/") == {"GET q.test/{}": (0, None)}


def test_two_lists_of_queries_are_not_known() -> None:
    lists = "props.on ? [{ queryKey: ['a'], queryFn: () => fetch('https://q.test/a') }] : [{ queryKey: ['b'], queryFn: () => fetch('https://q.test/b') }]"
    page = f"import {{ useQueries }} from '@tanstack/react-query'; export default function Page(props: {{ on: boolean }}) {{ useQueries({{ queries: {lists} }}); return <b />; }}"
    inventory = audited({"package.json": '{"dependencies": {"next": "14.0.0"}}', "pages/index.tsx": page})
    assert "the list of its queries is not known" in unresolved(inventory)
