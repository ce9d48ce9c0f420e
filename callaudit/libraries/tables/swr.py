"""SWR 1 and 2: the fetcher is given the key. https://swr.vercel.app/docs/api."""

from callaudit.libraries.model import Arg, Invoke, Library

_FETCH = Invoke((Arg(1),), how="once", given=(Arg(0),))

LIBRARY = Library(
    name="swr",
    packages=("swr", "swr/immutable", "swr/infinite"),
    exports={
        "default": _FETCH,
        "useSWR": _FETCH,
        "mutate": Invoke((Arg(1),), how="maybe"),
        "preload": _FETCH,
    },
)
