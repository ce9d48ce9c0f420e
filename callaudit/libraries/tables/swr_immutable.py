"""`useSWRImmutable` of SWR 1 and 2: data that is there is not asked for again by focus, reconnect or mount.

https://swr.vercel.app/docs/revalidation#disable-automatic-revalidations.
"""

from msgspec.structs import replace

from callaudit.libraries.model import Arg, Library, Query
from callaudit.libraries.tables.swr import DEFAULTS, OPTIONS

_IMMUTABLE = Query(
    replace(
        OPTIONS,
        on_focus=False,
        focus="",
        others=(("revalidateOnReconnect", "false"), ("revalidateIfStale", "false")),
    ),
    (Arg(1), Arg(1, "fetcher"), Arg(2, "fetcher")),
    (Arg(1), Arg(2)),
    (Arg(0),),
    handed="key",
    mechanism="useSWRImmutable",
    defaults=DEFAULTS,
)

LIBRARY = Library(
    name="swr",
    packages=("swr/immutable",),
    exports={"default": _IMMUTABLE, "useSWRImmutable": _IMMUTABLE},
    network=True,
)
