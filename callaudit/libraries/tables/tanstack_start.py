"""TanStack Start 1: https://tanstack.com/start/latest/docs/framework/react/guide/server-functions.

`createServerFn(…).handler(fn)` gives a function that a browser calls over the network; `fn` runs on the server.
"""

from callaudit.libraries.model import Arg, Give, Library, Make, Model

PACKAGES = ("@tanstack/react-start", "@tanstack/solid-start", "@tanstack/start")
MAKER = "createServerFn"
HANDLER = "handler"
_BUILDING = ("validator", "inputValidator", "middleware", "type")
_BUILDER: dict[str, Model] = {**dict.fromkeys(_BUILDING, Make("server-function")), HANDLER: Give(Arg(0))}

LIBRARY = Library(
    name="tanstack-start",
    packages=PACKAGES,
    exports={
        MAKER: Make("server-function"),
        "useServerFn": Give(Arg(0)),
        "createServerOnlyFn": Give(Arg(0)),
        "createClientOnlyFn": Give(Arg(0)),
    },
    clients={"server-function": _BUILDER},
)
