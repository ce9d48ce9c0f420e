"""ky 1 and 2: https://github.com/sindresorhus/ky#api."""

from msgspec.structs import replace

from callaudit.libraries.model import Arg, Backoff, Library, Make, Model, Request

# an extended instance was made with its own options, then with those of the one that it extends
_BASES = tuple(
    Arg(index, f"{made}{name}")
    for index, made in ((1, ""), (-2, "0."), (-2, "1."), (-2, "2."))
    for name in ("prefixUrl", "prefix", "baseUrl")
)
_RETRY = (Arg(1, "retry"), Arg(-2, "0.retry"), Arg(-2, "1.retry"), Arg(-2, "2.retry"))
_ANY = Request(
    methods=(Arg(1, "method"),),
    options=Arg(1),
    bases=_BASES,
    query=(Arg(1, "searchParams"),),
    before=("hooks.beforeRequest",),
    again=("hooks.beforeRetry",),
    retry=_RETRY,
    retries=2,
    retried=("GET", "PUT", "HEAD", "DELETE", "OPTIONS", "TRACE"),
    backoff=Backoff(300, factor=2),
    body=(Arg(1, "json"), Arg(1, "body")),
)
_METHODS: dict[str, Model] = {
    "": _ANY,
    **{
        name: replace(_ANY, method=name.upper(), methods=())
        for name in ("get", "post", "put", "patch", "delete", "head")
    },
    "create": Make("instance"),
    "extend": Make("instance"),
}

LIBRARY = Library(
    name="ky",
    packages=("ky", "ky-universal"),
    exports={f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
    clients={"instance": _METHODS},
    types={"KyInstance": "instance"},
    network=True,
)
