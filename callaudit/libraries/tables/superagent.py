"""superagent 8 to 10, and request/needle, which are called the same way."""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_METHODS: dict[str, Model] = {
    **{
        name: Request(
            method=name.upper().replace("DEL", "DELETE", 1) if name == "del" else name.upper(),
            urls=(Arg(0, "url"), Arg(0, "uri"), Arg(0)),
            options=Arg(1),
        )
        for name in ("get", "post", "put", "patch", "delete", "head", "del")
    },
    "": Request(
        urls=(Arg(0, "url"), Arg(0, "uri"), Arg(1), Arg(0)),
        methods=(Arg(0, "method"), Arg(1, "method"), Arg(0)),
        options=Arg(0),
    ),
    "agent": Make("agent"),
    "defaults": Make("agent"),
}

LIBRARY = Library(
    name="superagent",
    packages=("superagent", "request", "request-promise", "request-promise-native", "needle"),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{name: model for name, model in _METHODS.items() if name},
    },
    clients={"agent": _METHODS},
    network=True,
)
