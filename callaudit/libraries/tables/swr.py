"""SWR 2: https://swr.vercel.app/docs/api."""

from callaudit.libraries.model import Arg, Invoke, Library

LIBRARY = Library(
    name="swr",
    packages=("swr", "swr/immutable", "swr/infinite", "swr/mutation"),
    exports={
        "default": Invoke((Arg(1),), how="once"),
        "useSWR": Invoke((Arg(1),), how="once"),
        "mutate": Invoke((Arg(1),), how="maybe"),
        "preload": Invoke((Arg(1),), how="once"),
    },
)
