"""TanStack Query 3 (`react-query`), 4 and 5, for every framework.

The query function runs when the hook is mounted and stale data is asked for again on focus, on reconnect and at an
interval; mutations run when they are called. Options and defaults: https://tanstack.com/query/v5/docs/framework/
react/reference/useQuery, /docs/framework/react/guides/important-defaults; the source of query-core 5.90
(queryObserver.ts, retryer.ts): 3 retries in a browser, after 1,000 · 2^n milliseconds, 30,000 at most.
"""

from callaudit.libraries.model import Arg, Defaults, Give, Library, Model, Query, QueryOptions

PACKAGES = (
    "@tanstack/react-query",
    "react-query",
    "@tanstack/vue-query",
    "vue-query",
    "@tanstack/solid-query",
    "@tanstack/svelte-query",
    "@sveltestack/svelte-query",
    "@tanstack/angular-query-experimental",
    "@tanstack/angular-query",
    "@tanstack/preact-query",
    "@tanstack/query-core",
)
OPTIONS = QueryOptions(
    interval="refetchInterval",
    background="refetchIntervalInBackground",
    focus="refetchOnWindowFocus",
    on_focus=True,
    others=(("refetchOnReconnect", "true"), ("refetchOnMount", "true")),
    stale="staleTime",
    enabled="enabled",
    retry="retry",
    retries=3,
    delay="retryDelay",
    first_delay=1_000,
    most_delay=30_000,
)
_AHEAD = QueryOptions(stale="staleTime", retry="retry", delay="retryDelay", first_delay=1_000, most_delay=30_000)
"""What is fetched ahead has nobody who asks again: https://tanstack.com/query/v5/docs/framework/react/reference/
usePrefetchQuery; `prefetchQuery` tries once (query-core, queryClient.ts)."""
_MUTATING = QueryOptions(retry="retry", delay="retryDelay", first_delay=1_000, most_delay=30_000)
DEFAULTS = Defaults(
    packages=PACKAGES,
    name="QueryClient",
    option="defaultOptions",
    setters=("setDefaultOptions",),
    keyed=("setQueryDefaults",),
)
_PLACES = (Arg(0), Arg(1), Arg(2))
# (options), or the key before (function, options) or (options)
_FUNCTIONS = (Arg(0, "queryFn"), Arg(1), Arg(1, "queryFn"), Arg(2, "queryFn"))
_KEYS = (Arg(0, "queryKey"), Arg(1, "queryKey"), Arg(0))


def _query(how: str, name: str) -> Query:
    return Query(OPTIONS, _FUNCTIONS, _PLACES, _KEYS, how, mechanism=name, defaults=DEFAULTS, of="queries")


def _of(kind: str) -> tuple[str, ...]:
    """What the frameworks call one kind of query."""
    return tuple(f"{verb}{kind}" for verb in ("use", "create", "inject"))


_EXPORTS: dict[str, Model] = {
    **{name: _query("once", name) for name in (*_of("Query"), *_of("SuspenseQuery"))},
    **{
        name: Query(_AHEAD, _FUNCTIONS, _PLACES, _KEYS, mechanism=name, defaults=DEFAULTS, of="queries")
        for name in (*_of("PrefetchQuery"), *_of("PrefetchInfiniteQuery"))
    },
    **{name: _query("pages", name) for name in (*_of("InfiniteQuery"), *_of("SuspenseInfiniteQuery"))},
    **{name: _query("list", name) for name in (*_of("Queries"), *_of("SuspenseQueries"))},
    **{
        name: Query(
            _MUTATING,
            (Arg(0, "mutationFn"), Arg(1, "mutationFn"), Arg(0), Arg(1)),
            _PLACES,
            how="mutation",
            mechanism=name,
            defaults=DEFAULTS,
            of="mutations",
        )
        for name in _of("Mutation")
    },
    "QueryObserver": Query(
        OPTIONS, (Arg(1, "queryFn"),), (Arg(1),), (Arg(1, "queryKey"),), mechanism="QueryObserver", defaults=DEFAULTS
    ),
    "queryOptions": Give(),
    "infiniteQueryOptions": Give(),
    "mutationOptions": Give(),
}

LIBRARY = Library(name="tanstack-query", packages=PACKAGES, exports=_EXPORTS)
