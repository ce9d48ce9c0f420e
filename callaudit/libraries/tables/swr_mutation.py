"""`useSWRMutation` of SWR 2 runs its function when `trigger` is called.

https://swr.vercel.app/docs/mutation.
"""

from callaudit.libraries.model import Arg, Library, Query, QueryOptions

_MUTATION = Query(
    QueryOptions(),
    (Arg(1),),
    (Arg(2),),
    (Arg(0),),
    "mutation",
    handed="key",
    mechanism="useSWRMutation",
)

LIBRARY = Library(
    name="swr",
    packages=("swr/mutation",),
    exports={"default": _MUTATION, "useSWRMutation": _MUTATION},
)
