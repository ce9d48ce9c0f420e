"""Elysia 1: https://elysiajs.com/essential/route and /plugin; what a group holds is below its path."""

from callaudit.libraries.model import Arg, Library, Make, Model, Register

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), least=2) for verb in _VERBS},
    "all": Register(method="ANY", least=2),
    "route": Register(methods=(Arg(0),), path=(Arg(1),), least=3),
    "use": Register(method="ANY", how="mount"),
    "mount": Register(how="mount"),
    "group": Register(how="plugin", path=(Arg(0),), handlers=(Arg(1), Arg(2))),
    "guard": Register(how="plugin", path=(), handlers=(Arg(0), Arg(1))),
    "onRequest": Register(method="ANY", how="mount", path=()),
    "onBeforeHandle": Register(method="ANY", how="mount", path=()),
}

LIBRARY = Library(
    name="elysia",
    packages=("elysia",),
    exports={"Elysia": Make("app"), "default": Make("app")},
    clients={"app": _APP},
    types={"Elysia": "app"},
    serves=True,
    prefix="0.prefix",
)
