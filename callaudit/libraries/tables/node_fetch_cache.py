"""node-fetch-cache 3 to 5: fetch that keeps answers (https://github.com/mistval/node-fetch-cache#readme).

`fetchBuilder.withCache(cache)` until 4, `NodeFetchCache.create({ cache })` since then.
"""

from callaudit.libraries.model import Library, Make, Model
from callaudit.libraries.tables.web import FETCH

_EXPORTS: dict[str, Model] = {
    "default": FETCH,
    "fetch": FETCH,
    "fetchBuilder": FETCH,
    **{f"{name}.create": Make("options") for name in ("default", "fetchBuilder")},
    **{f"{name}.withCache": Make("cache") for name in ("default", "fetchBuilder")},
}

LIBRARY = Library(
    name="node-fetch-cache",
    packages=("node-fetch-cache",),
    exports=_EXPORTS,
    clients={"options": {"": FETCH}, "cache": {"": FETCH}},
    network=True,
)
