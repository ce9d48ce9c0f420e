"""`useSWRInfinite` of SWR 1 and 2: the first page is asked for at each interval, all with `revalidateAll`.

https://swr.vercel.app/docs/pagination.
"""

from callaudit.libraries.model import Arg, Library, Query
from callaudit.libraries.tables.swr import DEFAULTS, OPTIONS

_INFINITE = Query(
    OPTIONS,
    (Arg(1), Arg(1, "fetcher"), Arg(2, "fetcher")),
    (Arg(1), Arg(2)),
    (Arg(0),),
    "first-page",
    handed="key",
    mechanism="useSWRInfinite",
    defaults=DEFAULTS,
)

LIBRARY = Library(
    name="swr",
    packages=("swr/infinite",),
    exports={"default": _INFINITE, "useSWRInfinite": _INFINITE},
    network=True,
)
