"""Helpers that run a function once an item.

p-map 5 to 7, p-each-series, p-all, bluebird 3 (`Promise.map`), async 3.
"""

from callaudit.libraries.model import Arg, Invoke, Library

_ITEMS = Invoke((Arg(1),), how="items")
_LIMITED = Invoke((Arg(2),), how="items")

LIBRARY = Library(
    name="per-item",
    packages=("p-map", "p-map-series", "p-each-series", "p-filter", "bluebird", "async"),
    exports={
        "default": _ITEMS,
        "pMap": _ITEMS,
        **{
            f"{prefix}{name}": _ITEMS
            for prefix in ("", "default.")
            for name in ("map", "each", "mapSeries", "eachSeries", "forEach")
        },
        **{f"{prefix}{name}": _LIMITED for prefix in ("", "default.") for name in ("mapLimit", "eachLimit")},
    },
)
