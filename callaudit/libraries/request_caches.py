"""HTTP clients that keep answers by an option of theirs.

got 10 to 14 (https://github.com/sindresorhus/got/blob/main/documentation/cache.md: a store with the interface of a Map;
as long as the headers of answers say), axios-cache-adapter 2
(https://github.com/RasCarlito/axios-cache-adapter#options: `setupCache({ maxAge }).adapter`, or
`setup({ cache: { maxAge } })`; 0 by default, which keeps nothing), node-fetch-cache 3 to 5
(https://github.com/mistval/node-fetch-cache#readme: in memory and for ever where no cache or `ttl` is told;
all methods).
"""

from __future__ import annotations

from msgspec import Struct

GET = frozenset({"GET", "HEAD"})
BY_HEADERS = "as long as the headers of answers say"
FOR_EVER = "it never expires"


class RequestCache(Struct, frozen=True):
    """An option, by a dotted path, with which a client keeps answers to `methods`.

    `maker` is the package that makes what the option holds, or that of the client; empty where any does. `ttl` is where
    it says how long, in milliseconds: a property of what the option holds, or of what that was made with.
    """

    mechanism: str
    option: str
    maker: str = ""
    ttl: str = ""
    methods: frozenset[str] = GET
    untold: str = BY_HEADERS
    """What applies where it is not told how long."""
    always: bool = False
    """Whether it keeps answers where the option is not given."""


CACHES: dict[str, tuple[RequestCache, ...]] = {
    "got": (RequestCache("got cache", "cache"),),
    "axios": (
        RequestCache("axios-cache-adapter", "adapter", "axios-cache-adapter", "maxAge", untold=""),
        RequestCache("axios-cache-adapter", "cache", "client", "maxAge", untold=""),
    ),
    "node-fetch-cache": (
        RequestCache("node-fetch-cache", "cache", ttl="ttl", methods=frozenset(), untold=FOR_EVER, always=True),
    ),
}
"""By the name of the library; the first whose option is given counts."""
