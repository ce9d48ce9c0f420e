"""@better-fetch/fetch 1: https://better-fetch.vercel.app/docs: `betterFetch(url, options)`, `createFetch(defaults)`.

A number as `retry` is how often it tries again at once (/docs/timeout-and-retry); an object says `attempts`.
"""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_SEND: Model = Request(
    methods=(Arg(1, "method"),),
    options=Arg(1),
    bases=(Arg(1, "baseURL"), Arg(-2, "0.baseURL")),
    query=(Arg(1, "query"),),
    body=(Arg(1, "body"),),
    retry=(Arg(1, "retry.attempts"), Arg(1, "retry"), Arg(-2, "0.retry.attempts"), Arg(-2, "0.retry")),
)

LIBRARY = Library(
    name="better-fetch",
    packages=("@better-fetch/fetch",),
    exports={"betterFetch": _SEND, "createFetch": Make("better-fetch")},
    clients={"better-fetch": {"": _SEND}},
    network=True,
)
