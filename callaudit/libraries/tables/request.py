"""request 2 and what is called as it is: https://github.com/request/request#requestoptions-callback."""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_URLS = (Arg(0, "url"), Arg(0, "uri"), Arg(0))
_BASES = (Arg(0, "baseUrl"), Arg(1, "baseUrl"), Arg(-2, "0.baseUrl"))
_METHODS: dict[str, Model] = {
    **{
        name: Request(urls=_URLS, method="DELETE" if name == "del" else name.upper(), options=Arg(0), bases=_BASES)
        for name in ("get", "post", "put", "patch", "delete", "head", "del")
    },
    "": Request(urls=_URLS, methods=(Arg(0, "method"), Arg(1, "method")), options=Arg(0), bases=_BASES),
    "defaults": Make("instance"),
}

LIBRARY = Library(
    name="request",
    packages=(
        "request",
        "request-promise",
        "request-promise-native",
        "phin",
        "teeny-request",
        "postman-request",
    ),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{name: model for name, model in _METHODS.items() if name},
        "teenyRequest": _METHODS[""],
    },
    clients={"instance": _METHODS},
    network=True,
)
