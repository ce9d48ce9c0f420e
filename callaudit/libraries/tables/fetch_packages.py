"""Packages that export fetch.

Node-fetch 3, cross-fetch 4, isomorphic-fetch, undici 6, @whatwg-node/fetch, and ofetch 1: its hooks are handed the
request with its options (https://github.com/unjs/ofetch/tree/v1#%EF%B8%8F-interceptors); a request that fails is sent
again with options that `onRequestError` and `onResponseError` may have changed.
"""

from callaudit.libraries.model import Arg, Backoff, Connect, Library, Make, Model, Request
from callaudit.libraries.tables.web import FETCH

_OFETCH = Request(
    methods=(Arg(1, "method"),),
    options=Arg(1),
    bases=(Arg(1, "baseURL"), *(Arg(-2, f"{made}.baseURL") for made in (0, 1, 2)), Arg(-2, "0.defaults.baseURL")),
    query=(Arg(1, "query"), Arg(1, "params")),
    retry=(Arg(1, "retry"), Arg(-2, "0.retry")),
    retries=1,
    retried=("GET", "HEAD", "OPTIONS", "TRACE"),
    told_for_all=True,
    before=("onRequest", "defaults.onRequest"),
    replaces=True,
    again=("onRequestError", "onResponseError"),
    backoff=Backoff(0, first_at=(Arg(1, "retryDelay"), Arg(-2, "0.retryDelay"))),
)
_UNDICI = Request(methods=(Arg(1, "method"),), options=Arg(1), query=(Arg(1, "query"),))
_POOL: dict[str, Model] = {
    "request": Request(urls=(Arg(0, "path"),), methods=(Arg(0, "method"),), options=Arg(0), bases=(Arg(-2, "0"),))
}

LIBRARY = Library(
    name="fetch",
    packages=(
        "node-fetch",
        "cross-fetch",
        "isomorphic-fetch",
        "isomorphic-unfetch",
        "unfetch",
        "undici",
        "ofetch",
        "@whatwg-node/fetch",
        "node-fetch-native",
        "next/dist/compiled/node-fetch",
        "whatwg-fetch",
        "expo/fetch",
    ),
    exports={
        "default": FETCH,
        "fetch": FETCH,
        "request": _UNDICI,
        "stream": _UNDICI,
        "ofetch": _OFETCH,
        "$fetch": _OFETCH,
        "ofetch.create": Make("ofetch"),
        "$fetch.create": Make("ofetch"),
        "createFetch": Make("ofetch"),
        "ofetch.raw": _OFETCH,
        "$fetch.raw": _OFETCH,
        "Pool": Make("pool"),
        "Client": Make("pool"),
        "WebSocket": Connect(),
        "EventSource": Connect(protocol="server-sent events"),
    },
    clients={"ofetch": {"": _OFETCH, "raw": _OFETCH, "create": Make("ofetch")}, "pool": _POOL},
    network=True,
)
