"""Express 4 and 5: https://expressjs.com/en/api.html#app.METHOD."""

from callaudit.libraries.model import Library, Make, Model, Register
from callaudit.libraries.router_kinds import PART

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
ROUTER: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), least=2) for verb in _VERBS},
    "all": Register(method="ANY", least=2),
    "use": Register(method="ANY", how="mount"),
    "route": Register(how="route-of"),
    "set": Register(how="keep", least=2),
}
CHAIN: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), path=()) for verb in _VERBS},
    "all": Register(method="ANY", path=()),
}

LIBRARY = Library(
    name="express",
    packages=("express", "express-promise-router", "@awaitjs/express", "restify", "polka", "router"),
    exports={
        "default": Make("router"),
        "default.Router": Make(PART),
        "Router": Make(PART),
        "express": Make("router"),
        "createServer": Make("router"),
    },
    clients={"router": ROUTER, PART: ROUTER, "chain": CHAIN},
    types={"Express": "router", "Application": "router", "Router": "router", "IRouter": "router"},
    serves=True,
)
