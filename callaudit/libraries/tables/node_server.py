"""Plain servers of Node, Bun and Deno: one function answers every request.

https://nodejs.org/api/http.html, https://bun.sh/docs/api/http (since 1.2.3 with a table of `routes`),
https://docs.deno.com/api/deno/~/Deno.serve (the handler last, or among the options), and before it
https://deno.land/std@0.224.0/http/server.ts (the handler first, in `listenAndServe` and `serveListener` second).
"""

from callaudit.libraries.model import Arg, Library, Model, Register

_SERVE: dict[str, Model] = {
    "createServer": Register(method="ANY", path=(), how="server"),
    "createSecureServer": Register(method="ANY", path=(), how="server"),
}

_BUN = Register(method="ANY", path=(Arg(0, "routes"),), how="server", handlers=(Arg(0, "fetch"),))
_DENO = Register(method="ANY", path=(), how="server", handlers=(Arg(0), Arg(1), Arg(0, "handler")))
_FIRST = Register(method="ANY", path=(), how="server", handlers=(Arg(0),))
_SECOND = Register(method="ANY", path=(), how="server", handlers=(Arg(1),))
_STD: dict[str, Model] = {"serve": _FIRST, "serveTls": _FIRST, "listenAndServe": _SECOND, "serveListener": _SECOND}

_NODE = Library(
    name="node-http",
    packages=("http", "https", "node:http", "node:https", "http2", "node:http2"),
    exports={**_SERVE, **{f"default.{name}": model for name, model in _SERVE.items()}},
    serves=True,
)
LIBRARIES = (
    _NODE,
    Library(name="bun", packages=("",), exports={"Bun.serve": _BUN}, serves=True),
    Library(name="bun", packages=("bun",), exports={"serve": _BUN, "default.serve": _BUN}, serves=True),
    Library(name="deno", packages=("",), exports={"Deno.serve": _DENO}, serves=True),
    Library(name="deno", packages=("@std/http/server",), exports=_STD, serves=True),
)
