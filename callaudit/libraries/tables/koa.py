"""Koa 2 and 3 with @koa/router 8 to 14: https://github.com/koajs/router/blob/master/API.md."""

from callaudit.libraries.model import Arg, Library, Make, Model, Quiet, Register
from callaudit.libraries.router_kinds import PART

_VERBS = ("get", "post", "put", "patch", "delete", "del", "head", "options")
# a route may be named: router.get("user", "/users/:id", handler)
_PATH = (Arg(1, only="text"), Arg(0))
_ROUTER: dict[str, Model] = {
    **{verb: Register(method="DELETE" if verb == "del" else verb.upper(), path=_PATH, least=2) for verb in _VERBS},
    "all": Register(method="ANY", path=_PATH, least=2),
    "register": Register(methods=(Arg(1),), handlers=(Arg(2),), least=3),
    "use": Register(method="ANY", how="mount"),
    "prefix": Register(how="prefix"),
    "routes": Register(how="same", least=0),
    "middleware": Register(how="same", least=0),
    "allowedMethods": Quiet(),
}

LIBRARY = Library(
    name="koa",
    packages=("koa", "@koa/router", "koa-router", "koa-tree-router"),
    exports={"default": Make("router"), "Router": Make(PART), "default.Router": Make(PART)},
    clients={"router": _ROUTER, PART: _ROUTER},
    types={"Router": "router", "Koa": "router"},
    serves=True,
    prefix="0.prefix",
)
