"""The client of Hono 4 that is typed by its app: https://hono.dev/docs/guides/rpc: `client.orders[":id"].$get(…)`."""

from callaudit.libraries.model import Library, Make

VERBS = {
    "$get": "GET",
    "$post": "POST",
    "$put": "PUT",
    "$patch": "PATCH",
    "$delete": "DELETE",
    "$head": "HEAD",
    "$options": "OPTIONS",
    "$all": "ANY",
}
"""The methods by which a path is asked for."""
INDEX = "index"
"""What the path of a router itself is called."""

LIBRARY = Library(
    name="hono-client",
    packages=("hono/client", "hono/dist/client"),
    exports={"hc": Make("rpc")},
    clients={"rpc": {}},
    typed=("rpc",),
    network=True,
)
