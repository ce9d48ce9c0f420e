"""ahooks 3 (https://ahooks.js.org/hooks/use-request/basic and its source): `useRequest(service, options)`.

It polls so long after a run has ended, also in hidden tabs; focus asks again where that is asked for. `manual` waits
for `run`; it tries again where it is told, 1,000 · 2^n milliseconds later, 30 s at most. Answers are shared and kept by
`cacheKey`.
"""

from callaudit.libraries.model import Arg, Library, Query, QueryOptions

OPTIONS = QueryOptions(
    interval="pollingInterval",
    background="pollingWhenHidden",
    in_background=True,
    focus="refreshOnWindowFocus",
    others=(("debounceWait", "none"), ("throttleWait", "none"), ("cacheTime", "300000")),
    stale="staleTime",
    keyed=True,
    enabled="ready",
    disabled="manual",
    retry="retryCount",
    delay="retryInterval",
    first_delay=2_000,
    most_delay=30_000,
)

LIBRARY = Library(
    name="ahooks",
    packages=("ahooks", "ahooks/lib/useRequest", "ahooks/es/useRequest"),
    exports={
        name: Query(OPTIONS, (Arg(0),), (Arg(1),), (Arg(1, "cacheKey"),), handed="params", mechanism="useRequest")
        for name in ("useRequest", "default")
    },
)
