"""Hapi 18 to 21: https://hapi.dev/api/?v=21#-serverrouteroute."""

from callaudit.libraries.model import Arg, Library, Make, Register

_METHODS = (Arg(0, "method"),)
_HANDLERS = (Arg(0, "handler"), Arg(0, "options.handler"))

LIBRARY = Library(
    name="hapi",
    packages=("@hapi/hapi", "hapi"),
    exports={name: Make("server") for name in ("server", "Server", "default.server", "default.Server")},
    clients={"server": {"route": Register(methods=_METHODS, path=(Arg(0, "path"),), handlers=_HANDLERS)}},
    types={"Server": "server"},
    serves=True,
)
