"""Routers of h3 1 where no files tell the routes: https://v1.h3.dev/guide/router."""

from callaudit.libraries.model import Library, Make, Model, Register
from callaudit.libraries.router_kinds import PART

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_ROUTER: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), least=2) for verb in _VERBS},
    "add": Register(method="ANY", least=2),
    "use": Register(method="ANY", how="mount"),
}

LIBRARY = Library(
    name="h3",
    packages=("h3",),
    exports={"createApp": Make("router"), "createRouter": Make(PART), "H3": Make("router")},
    clients={"router": _ROUTER, PART: _ROUTER},
    types={"App": "router", "Router": "router", "H3": "router"},
    serves=True,
)
