"""Hono 3 and 4, @hono/zod-openapi, itty-router: https://hono.dev/docs/api/routing."""

from callaudit.libraries.model import Arg, Give, Library, Make, Model, Register

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), least=2) for verb in _VERBS},
    "all": Register(method="ANY", least=2),
    "on": Register(methods=(Arg(0),), path=(Arg(1),), least=3),
    "use": Register(method="ANY", how="mount"),
    "route": Register(how="mount", least=2),
    "mount": Register(how="mount", least=2),
    "basePath": Register(how="base"),
    "openapi": Register(methods=(Arg(0, "method"),), path=(Arg(0, "path"),), handlers=(Arg(1),), least=2),
}

LIBRARY = Library(
    name="hono",
    packages=("hono", "hono/tiny", "hono/quick", "@hono/zod-openapi", "itty-router"),
    exports={
        "Hono": Make("app"),
        "OpenAPIHono": Make("app"),
        "createRoute": Give(),
        "Router": Make("app"),
        "AutoRouter": Make("app"),
        "default": Make("app"),
    },
    clients={"app": _APP},
    types={"Hono": "app", "OpenAPIHono": "app"},
    serves=True,
    prefix="0.prefix",
)
