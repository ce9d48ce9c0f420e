"""Methods that make queries ask again, whoever holds them, and the results of hooks that have such methods.

TanStack Query 3 to 5 (https://tanstack.com/query/v5/docs/reference/QueryClient): `invalidateQueries` and
`refetchQueries` take filters (`queryKey`, in version 3 and 4 also the key itself first) and match all keys that begin
alike; without any they match all. SWR (https://swr.vercel.app/docs/mutation): `mutate(key)` asks for that key again.
"""

from __future__ import annotations

from msgspec import Struct


class Refetch(Struct, frozen=True):
    """A method of a query client that makes all queries ask again whose keys begin with the one it is given."""

    key: str = "queryKey"
    off: tuple[tuple[str, str], ...] = (("refetchType", "none"), ("type", "inactive"))
    """Options with which nothing that is mounted asks again."""


METHODS: dict[str, Refetch] = {
    "invalidateQueries": Refetch(),
    "refetchQueries": Refetch(),
    "resetQueries": Refetch(),
}
ANSWERS = ("refetch", "fetchNextPage", "mutate", "reload", "startPolling")
"""Members of what a query hook gives that ask again."""
POLLS = "startPolling"
"""The member that is handed an interval, and asks again at it (Apollo Client)."""
OF_PROCEDURES = ("invalidate", "refetch", "reset")
"""Members of what a tRPC client has under the names of procedures, by which all that is below them asks again."""
KEYED = "mutate"
KEYED_FROM = ("swr", ("mutate", "useSWRConfig"))
"""The function that is handed the key to ask for again, and the exports that it comes from."""
