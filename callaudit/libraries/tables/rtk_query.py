"""RTK Query of Redux Toolkit 1.6 to 2: an API made of endpoints, with a hook for each.

`createApi({ baseQuery, endpoints })`: https://redux-toolkit.js.org/rtk-query/api/createApi, fetchBaseQuery and retry
beside it. The intervals and defaults: https://redux-toolkit.js.org/rtk-query/api/created-api/hooks: nothing is asked
again by focus or reconnect, and polling goes on in hidden tabs, unless it is asked for; what nobody uses any more is
kept 60 seconds.
"""

from callaudit.libraries.model import Arg, Library, Make, Query, QueryOptions, Request

OPTIONS = QueryOptions(
    interval="pollingInterval",
    in_background=True,
    foreground="skipPollingIfUnfocused",
    focus="refetchOnFocus",
    others=(("refetchOnReconnect", "false"), ("refetchOnMountOrArgChange", "false")),
    stale="keepUnusedDataFor",
    stale_unit=1_000,
    disabled="skip",
)
QUERY = Query(OPTIONS, options=(Arg(1),))
BASE = Request(
    urls=(Arg(0, "url"), Arg(0)),
    methods=(Arg(0, "method"),),
    options=Arg(0),
    bases=(Arg(-2, "0.baseUrl"),),
    query=(Arg(0, "params"),),
    headed=("prepareHeaders",),
)
OF_API = ("keepUnusedDataFor", "refetchOnFocus", "refetchOnReconnect", "refetchOnMountOrArgChange")
"""Options that `createApi` takes for all of its endpoints; it heeds no others: only hooks are told to poll or to skip.
https://redux-toolkit.js.org/rtk-query/api/createApi#parameters"""
OF_ENDPOINT = ("keepUnusedDataFor",)
MOST_RETRIES = 5
"""How often `retry(baseQuery)` tries again where it is not told: it waits up to 300 · 2^n milliseconds before."""
FIRST_DELAY = 300

LIBRARY = Library(
    name="rtk-query",
    packages=(
        "@reduxjs/toolkit/query",
        "@reduxjs/toolkit/query/react",
        "@reduxjs/toolkit/dist/query",
        "@reduxjs/toolkit/dist/query/react",
    ),
    exports={
        "createApi": Make("api"),
        "fetchBaseQuery": Make("base-query"),
        "retry": Make("retried"),
    },
    clients={
        "api": {"injectEndpoints": Make("api"), "enhanceEndpoints": Make("api")},
        "builder": {"query": Make("query"), "mutation": Make("mutation"), "infiniteQuery": Make("pages")},
        "base-query": {"": BASE},
        "retried": {},
        "query": {},
        "mutation": {},
        "pages": {},
    },
    network=True,
)
