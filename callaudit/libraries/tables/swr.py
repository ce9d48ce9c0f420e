"""SWR 1 and 2: the fetcher is given the key.

Options and defaults: https://swr.vercel.app/docs/api, and the source of swr 2 (src/_internal/utils/config.ts): after
an error it asks again without end, 5,000 · 2^n milliseconds later, times a random number from 0.5 to 1.5.
"""

from callaudit.libraries.model import Arg, Defaults, Invoke, Library, Model, Query, QueryOptions

OPTIONS = QueryOptions(
    interval="refreshInterval",
    background="refreshWhenHidden",
    focus="revalidateOnFocus",
    on_focus=True,
    others=(("revalidateOnReconnect", "true"), ("revalidateIfStale", "true"), ("focusThrottleInterval", "5000")),
    window="dedupingInterval",
    window_ms=2_000,
    retry="errorRetryCount",
    retries=-1,
    delay="errorRetryInterval",
    first_delay=5_000,
    most_delay=1_280_000,
    jitter=True,
)
DEFAULTS = Defaults(packages=("swr",), name="SWRConfig", element="value")
_PLACES = (Arg(1), Arg(2))
_FUNCTIONS = (Arg(1), Arg(1, "fetcher"), Arg(2, "fetcher"))


def _query(name: str, how: str = "once", options: QueryOptions = OPTIONS) -> Query:
    return Query(options, _FUNCTIONS, _PLACES, (Arg(0),), how, handed="key", mechanism=name, defaults=DEFAULTS)


_EXPORTS: dict[str, Model] = {
    "default": _query("useSWR"),
    "useSWR": _query("useSWR"),
    "mutate": Invoke((Arg(1),), how="maybe"),
    "preload": Invoke((Arg(1),), how="once", given=(Arg(0),)),
}

LIBRARY = Library(name="swr", packages=("swr",), exports=_EXPORTS, network=True)
