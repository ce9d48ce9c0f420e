"""What routers of procedures and their clients are called: those of tRPC 10 and 11, https://trpc.io/docs."""

from __future__ import annotations

ROUTERS = ("router", "merged")
"""The kinds of what holds procedures, or other routers."""
METHODS = {"query": "GET", "mutation": "POST", "subscription": "GET"}
"""The kinds of procedures, and the methods of HTTP that ask for them: https://trpc.io/docs/rpc."""
ASKED = "asked"
"""The kind of the function that asks for a procedure: `queryFn` of the options that a client gives."""
IN_PROCESS = ("helpers", "options")
"""The kinds of clients that run procedures in their own process, where they are made with a router."""
HTTP_LINKS = (
    "httpBatchLink",
    "httpLink",
    "httpBatchStreamLink",
    "unstable_httpBatchStreamLink",
    "httpSubscriptionLink",
    "unstable_httpSubscriptionLink",
)
BY_MOUNT = ("createExpressMiddleware", "trpcServer", "fastifyTRPCPlugin")
"""What serves a router where another router mounts it."""
BY_OPTION = {
    "fetchRequestHandler": "endpoint",
    "createHTTPServer": "basePath",
    "createHTTPHandler": "basePath",
    "nodeHTTPRequestHandler": "",
    "awsLambdaRequestHandler": "",
    "createKoaMiddleware": "prefix",
}
"""What serves a router below a path that an option names."""
BY_FILE = ("createNextApiHandler", "createNuxtApiHandler")
"""What serves a router at the path of its file."""

# --- uses of procedures by clients: https://trpc.io/docs/client --------------------------------------

GIVEN_FIRST = ("useMutation", "mutationOptions")
"""What is handed options alone, and no input before."""
HOOKS: dict[str, str] = {
    "useQuery": "useQuery",
    "useSuspenseQuery": "useSuspenseQuery",
    "usePrefetchQuery": "usePrefetchQuery",
    "useInfiniteQuery": "useInfiniteQuery",
    "useSuspenseInfiniteQuery": "useSuspenseInfiniteQuery",
    "usePrefetchInfiniteQuery": "usePrefetchQuery",
    "useMutation": "useMutation",
}
"""Hooks by the names of procedures, and those of TanStack Query that do the same."""
LISTS = ("useQueries", "useSuspenseQueries")
SENT = {"query": "query", "mutate": "mutation", "subscribe": "subscription"}
FETCHED = frozenset({"fetch", "prefetch", "ensureData", "fetchInfinite", "prefetchInfinite"})
OPTIONS = frozenset({"queryOptions", "infiniteQueryOptions", "mutationOptions"})
KEYS = frozenset({"queryKey", "infiniteQueryKey", "pathKey", "mutationKey"})
FILTERS = frozenset({"queryFilter", "infiniteQueryFilter", "pathFilter"})
PLUGIN_OPTIONS = "trpcOptions"
"""Where a plugin of Fastify is told what it serves."""
