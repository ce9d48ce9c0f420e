"""TanStack Query 4 and 5, SWR 2: the query function runs when the hook is mounted; mutations when they are called."""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Model

_QUERY = Invoke((Arg(0, "queryFn"), Arg(1), Arg(1, "queryFn"), Arg(2, "queryFn")), how="once")
_MUTATION = Invoke((Arg(0, "mutationFn"), Arg(0), Arg(1, "mutationFn")), how="event")
_EXPORTS: dict[str, Model] = {
    **dict.fromkeys(
        ("useQuery", "useSuspenseQuery", "useInfiniteQuery", "useSuspenseInfiniteQuery", "usePrefetchQuery"),
        _QUERY,
    ),
    "useMutation": _MUTATION,
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
    ),
    exports=_EXPORTS,
)
