"""TanStack Query 4 and 5, SWR 2.

The query function runs when the hook is mounted; mutations when they are called.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Model

_QUERY = Invoke((Arg(0, "queryFn"), Arg(1), Arg(1, "queryFn"), Arg(2, "queryFn")), how="once")
# the function alone, before its options or after its key, or among the options with what follows it
_MUTATION = Invoke((Arg(0), Arg(1)), how="event")
_QUERIES = Invoke((Arg(0, "queries"), Arg(0)), how="once")
_EXPORTS: dict[str, Model] = {
    **dict.fromkeys(
        ("useQuery", "useSuspenseQuery", "useInfiniteQuery", "useSuspenseInfiniteQuery", "usePrefetchQuery"),
        _QUERY,
    ),
    "useMutation": _MUTATION,
    "useQueries": _QUERIES,
    "useSuspenseQueries": _QUERIES,
    "queryOptions": Give(),
    "infiniteQueryOptions": Give(),
}

LIBRARY = Library(
    name="tanstack-query",
    packages=(
        "@tanstack/react-query",
        "react-query",
        "@tanstack/vue-query",
        "@tanstack/solid-query",
        "@tanstack/svelte-query",
        "@tanstack/angular-query-experimental",
        "@tanstack/preact-query",
    ),
    exports=_EXPORTS,
)
