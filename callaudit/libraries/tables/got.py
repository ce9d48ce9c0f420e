"""got 11 to 14, and got-cjs 12, the same for CommonJS: https://github.com/sindresorhus/got/blob/main/documentation/2-options.md.

Hooks: documentation/9-hooks.md beside it.
"""

from msgspec.structs import replace

from callaudit.libraries.model import Arg, Backoff, Library, Make, Model, Request

_BASES = (
    Arg(1, "prefixUrl"),
    Arg(0, "prefixUrl"),
    Arg(-2, "0.prefixUrl"),
    Arg(-2, "1.prefixUrl"),
    Arg(-2, "2.prefixUrl"),
)
_URLS = (Arg(0, "url"), Arg(0))
_RETRY = (Arg(1, "retry"), Arg(0, "retry"), Arg(-2, "0.retry"), Arg(-2, "1.retry"), Arg(-2, "2.retry"))
_STREAM = Request(
    urls=_URLS,
    methods=(Arg(1, "method"), Arg(0, "method")),
    options=Arg(1),
    bases=_BASES,
    query=(Arg(1, "searchParams"),),
    before=("hooks.init", "hooks.beforeRequest"),
    again=("hooks.beforeRetry",),
    retry=_RETRY,
    retried=("GET", "PUT", "HEAD", "DELETE", "OPTIONS", "TRACE"),
    backoff=Backoff(1000, factor=2, jitter=True),
)
# a stream is tried again only by who listens for its `retry`
_ANY = replace(_STREAM, retries=2)
_METHODS: dict[str, Model] = {
    "": _ANY,
    "stream": _STREAM,
    **{
        prefix + name: replace(of, method=name.upper(), methods=(), body=(Arg(1, "json"), Arg(1, "body")))
        for name in ("get", "post", "put", "patch", "delete", "head")
        for prefix, of in (("", _ANY), ("stream.", _STREAM))
    },
    "extend": Make("instance"),
}

LIBRARY = Library(
    name="got",
    packages=("got", "got-cjs"),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{f"got.{name}" if name else "got": model for name, model in _METHODS.items()},
    },
    clients={"instance": _METHODS},
    types={"Got": "instance"},
    network=True,
)
