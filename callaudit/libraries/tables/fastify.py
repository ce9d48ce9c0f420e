"""Fastify 3 to 5: https://fastify.dev/docs/latest/Reference/Routes/ and /Plugins/."""

from callaudit.libraries.model import Arg, Library, Make, Model, Register

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP: dict[str, Model] = {
    **{verb: Register(method=verb.upper(), handlers=(Arg(2), Arg(1), Arg(1, "handler")), least=2) for verb in _VERBS},
    "all": Register(method="ANY", handlers=(Arg(2), Arg(1)), least=2),
    "route": Register(methods=(Arg(0, "method"),), path=(Arg(0, "url"), Arg(0, "path")), handlers=(Arg(0, "handler"),)),
    "register": Register(how="plugin", path=(Arg(1, "prefix"),), handlers=(Arg(0),)),
    "addHook": Register(method="", methods=(Arg(0),), path=(), how="mount", handlers=(Arg(1),)),
    "withTypeProvider": Register(how="same"),
    "decorate": Register(how="decorate"),
    "decorateRequest": Register(how="decorate"),
}

AUTOLOAD = ("@fastify/autoload", "fastify-autoload")
"""Plugins that register those of a folder (`flow/apps/autoload.py`)."""

LIBRARY = Library(
    name="fastify",
    packages=("fastify",),
    exports={"default": Make("app"), "fastify": Make("app"), "Fastify": Make("app")},
    clients={"app": _APP},
    types={"FastifyInstance": "app"},
    serves=True,
    request=("server",),
)
