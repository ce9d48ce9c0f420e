"""superagent 8 to 10: https://forwardemail.github.io/superagent/#request-basics and #setting-header-fields."""

from callaudit.libraries.model import Arg, Headers, Library, Make, Model, Request

_LATER = {"set": "", "auth": "authorization"}
_METHODS: dict[str, Model] = {
    **{
        name: Request(method="DELETE" if name == "del" else name.upper(), options=Arg(1), later=_LATER)
        for name in ("get", "post", "put", "patch", "delete", "head", "options", "del")
    },
    "": Request(urls=(Arg(1, only="text"), Arg(0)), methods=(Arg(0, only="method"),), later=_LATER),
    "agent": Make("agent"),
}

LIBRARY = Library(
    name="superagent",
    packages=("superagent",),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{name: model for name, model in _METHODS.items() if name},
    },
    clients={
        "agent": {
            **_METHODS,
            "set": Headers(named=Arg(0, only="text"), given=Arg(0)),
            "auth": Headers(always="authorization"),
        }
    },
    network=True,
)
