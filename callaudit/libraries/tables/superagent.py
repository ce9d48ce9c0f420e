"""superagent 8 to 10: https://forwardemail.github.io/superagent/#request-basics."""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_METHODS: dict[str, Model] = {
    **{
        name: Request(method="DELETE" if name == "del" else name.upper(), options=Arg(1))
        for name in ("get", "post", "put", "patch", "delete", "head", "options", "del")
    },
    "": Request(urls=(Arg(1, only="text"), Arg(0)), methods=(Arg(0, only="method"),)),
    "agent": Make("agent"),
}

LIBRARY = Library(
    name="superagent",
    packages=("superagent",),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{name: model for name, model in _METHODS.items() if name},
    },
    clients={"agent": _METHODS},
    network=True,
)
