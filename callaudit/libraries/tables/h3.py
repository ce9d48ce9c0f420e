"""What Nitro 2 and Nuxt 3 and 4 give without an import: handlers, plugins and tasks, and what pages ask with.

https://nitro.build/guide/routing, /cache (`maxAge` in seconds, 1 where it is not told), /tasks; https://nuxt.com/docs/api/
composables/use-fetch and /utils/dollarfetch; h3 1: https://v1.h3.dev/guide.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Keep, Library, Model
from callaudit.libraries.tables.fetch_packages import LIBRARY as FETCHES

_KEPT = Keep(ttl=(Arg(1, "maxAge"),), unit=1_000)
_ASKS: Model = FETCHES.exports["$fetch"]
_EXPORTS: dict[str, Model] = {
    **{name: Give() for name in ("defineEventHandler", "eventHandler", "lazyEventHandler", "defineLazyEventHandler")},
    **{name: Give() for name in ("defineNitroPlugin", "defineTask", "defineNuxtPlugin", "defineNuxtRouteMiddleware")},
    **dict.fromkeys(("defineCachedEventHandler", "cachedEventHandler"), _KEPT),
    **dict.fromkeys(("defineCachedFunction", "cachedFunction"), _KEPT),
    **dict.fromkeys(("$fetch", "useFetch", "useLazyFetch"), _ASKS),
    **{name: Invoke((Arg(1), Arg(0))) for name in ("useAsyncData", "useLazyAsyncData")},
}

LIBRARY = Library(
    name="nitro",
    packages=(
        "",
        "h3",
        "nitropack",
        "nitropack/runtime",
        "nitro/h3",
        "nitro/runtime",
        "#imports",
        "#nitro",
        "#app",
        "nuxt/app",
    ),
    exports=_EXPORTS,
    network=True,
)
