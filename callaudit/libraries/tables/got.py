"""got 11 to 14, and got-cjs 12, the same for CommonJS: https://github.com/sindresorhus/got/blob/main/documentation/2-options.md."""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_BASES = (
    Arg(1, "prefixUrl"),
    Arg(0, "prefixUrl"),
    Arg(-2, "0.prefixUrl"),
    Arg(-2, "1.prefixUrl"),
    Arg(-2, "2.prefixUrl"),
)
_URLS = (Arg(0, "url"), Arg(0))
_RETRY = (Arg(1, "retry"), Arg(-2, "0.retry"), Arg(-2, "1.retry"), Arg(-2, "2.retry"))
_ANY = Request(
    urls=_URLS,
    methods=(Arg(1, "method"), Arg(0, "method")),
    options=Arg(1),
    bases=_BASES,
    query=(Arg(1, "searchParams"),),
    retry=_RETRY,
)
_METHODS: dict[str, Model] = {
    "": _ANY,
    "stream": _ANY,
    **{
        prefix + name: Request(
            urls=_URLS,
            method=name.upper(),
            options=Arg(1),
            bases=_BASES,
            query=(Arg(1, "searchParams"),),
            retry=_RETRY,
            body=(Arg(1, "json"), Arg(1, "body")),
        )
        for name in ("get", "post", "put", "patch", "delete", "head")
        for prefix in ("", "stream.")
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
