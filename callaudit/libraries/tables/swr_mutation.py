"""`useSWRMutation` of SWR 2 runs its function when `trigger` is called.

https://swr.vercel.app/docs/mutation.
"""

from callaudit.libraries.model import Arg, Invoke, Library

LIBRARY = Library(
    name="swr",
    packages=("swr/mutation",),
    exports={"default": Invoke((Arg(1),), how="event", given=(Arg(0),))},
)
