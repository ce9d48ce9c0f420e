"""Plain servers of Node, Bun and Deno: one function answers every request.

https://nodejs.org/api/http.html.
"""

from callaudit.libraries.model import Library, Model, Register

_SERVE: dict[str, Model] = {
    "createServer": Register(method="ANY", path=(), how="server"),
    "createSecureServer": Register(method="ANY", path=(), how="server"),
}

LIBRARY = Library(
    name="node-http",
    packages=("http", "https", "node:http", "node:https", "http2", "node:http2"),
    exports={**_SERVE, **{f"default.{name}": model for name, model in _SERVE.items()}},
    serves=True,
)
